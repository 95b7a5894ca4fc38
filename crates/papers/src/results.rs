//! A result in names and published figures.
//!
//! Owns how what a paper says of a plan and its units is put in words. Refuses to own any figure.

use std::collections::{BTreeMap, BTreeSet};

use scoring::explain::{Explanation, LeafExplanation, Neighbour};
use scoring::plan_document::{Sign, TieBreak};
use scoring::records_document::HistoryRecord;
use scoring::result_document::DecidedBy;
use scoring::{
    CategoryIndex, Decimal, NodeIndex, OutcomeIndex, Plan, Records, Score, Standing, UnitIndex, WithheldRecord,
    explain, node_points,
};
use text::papers as words;

use crate::office_texts::Known;

/// How many of a group were asked and voted, in a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turnout {
    /// The period's id.
    pub period: String,
    /// The group's id.
    pub group: String,
    /// Ballots, where that may be told.
    pub ballots: Option<u64>,
}

/// Where a unit stood in the year before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RankBefore {
    /// Its rank in its category.
    pub rank: u64,
    /// How many units that had.
    pub of: u64,
    /// Whether it is of a category of that name now, too.
    pub same_category: bool,
}

/// What a paper is of.
#[derive(Debug, Clone, Copy)]
pub struct ResultsOf<'a> {
    /// The plan; of a period alone where the result is.
    pub plan: &'a Plan,
    /// Its records, as they were scored.
    pub records: &'a Records,
    /// What they gave, in final mode and without open ties.
    pub standing: &'a Standing,
    /// The marks that may not be told.
    pub withheld: &'a [WithheldRecord],
    /// The outcomes of earlier years.
    pub history: &'a [HistoryRecord],
    /// Where units stood in the year before, by their ids; empty where no result of that year is at hand.
    pub before: &'a BTreeMap<String, RankBefore>,
    /// How many voted.
    pub turnout: &'a [Turnout],
}

/// A result, ready to be told.
#[derive(Debug)]
pub struct Results<'a> {
    pub(crate) of: ResultsOf<'a>,
    /// Period, component and unit of marks that may not be told, with the groups.
    withheld: BTreeMap<(&'a str, &'a str, &'a str), (BTreeSet<&'a str>, &'a WithheldRecord)>,
}

/// What may be told of a cell whose marks are withheld.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Withheld<'r> {
    pub(crate) groups: &'r BTreeSet<&'r str>,
    pub(crate) record: &'r WithheldRecord,
}

impl<'a> Results<'a> {
    /// Reads a result.
    #[must_use]
    pub fn new(of: ResultsOf<'a>) -> Results<'a> {
        let mut withheld = BTreeMap::new();
        for record in of.withheld {
            let place = (record.period.as_str(), record.component.as_str(), record.unit.as_str());
            let groups = std::iter::once(&record.group).chain(&record.with).map(String::as_str).collect();
            withheld.insert(place, (groups, record));
        }
        Results { of, withheld }
    }

    pub(crate) fn plan(&self) -> &'a Plan {
        self.of.plan
    }

    fn decimals(&self) -> u32 {
        u32::try_from(self.of.plan.document().ranking.decimals).unwrap_or(2)
    }

    /// A score as results publish it.
    pub(crate) fn published(&self, score: Score) -> String {
        score.published(self.decimals())
    }

    /// Units of a category, the best first.
    pub(crate) fn ranked(&self, category: CategoryIndex) -> Vec<UnitIndex> {
        let mut units = self.of.plan.units_of(category).to_vec();
        units.sort_by_key(|unit| self.of.standing.rank(*unit));
        units
    }

    /// All units: category by category, the best first.
    pub(crate) fn all_ranked(&self) -> Vec<UnitIndex> {
        self.of.plan.category_indices().flat_map(|category| self.ranked(category)).collect()
    }

    pub(crate) fn unit_name(&self, unit: UnitIndex) -> &'a str {
        &self.of.plan.unit(unit).name
    }

    fn unit_name_of(&self, id: &str) -> String {
        self.of.plan.unit_place(id).map_or_else(|| id.to_owned(), |unit| self.unit_name(unit).to_owned())
    }

    /// A unit's grade by its name; empty where the plan has none.
    pub(crate) fn grade(&self, unit: UnitIndex) -> &'a str {
        let grades = self.of.plan.document().grading.as_ref().map_or(&[][..], |grading| &grading.grades);
        self.of.standing.grade(unit).and_then(|grade| grades.get(grade.index())).map_or("", |grade| &grade.name)
    }

    pub(crate) fn has_grades(&self) -> bool {
        self.of.plan.document().grading.is_some()
    }

    fn outcome_name(&self, outcome: OutcomeIndex) -> &'a str {
        &self.of.plan.document().outcomes[outcome.index()].name
    }

    /// A unit's outcomes by their names.
    pub(crate) fn outcomes(&self, unit: UnitIndex) -> String {
        let names = self.of.standing.outcomes(unit).iter().map(|outcome| self.outcome_name(*outcome));
        names.collect::<Vec<_>>().join("；")
    }

    /// Each outcome that anybody has, with the units that have it, in plan order.
    pub(crate) fn by_outcome(&self) -> Vec<(&'a str, Vec<UnitIndex>)> {
        let outcomes = self.of.plan.document().outcomes.iter().enumerate();
        let with_units = outcomes.map(|(place, outcome)| {
            let has = |unit: &UnitIndex| self.of.standing.outcomes(*unit).iter().any(|has| has.index() == place);
            (outcome.name.as_str(), self.all_ranked().into_iter().filter(has).collect::<Vec<_>>())
        });
        with_units.filter(|(_, units)| !units.is_empty()).collect()
    }

    /// How the unit came to its score and rank.
    pub(crate) fn explanation(&self, unit: UnitIndex) -> Explanation {
        explain(self.of.plan, self.of.records, self.of.standing, unit)
    }

    /// What may be told of a leaf's marks for a unit, where something is withheld.
    pub(crate) fn withheld<'r>(
        &'r self,
        period: &'r str,
        leaf: &'r LeafExplanation,
        unit: UnitIndex,
    ) -> Option<Withheld<'r>> {
        let place = (period, leaf.component.as_str(), self.of.plan.unit(unit).id.as_str());
        self.withheld.get(&place).map(|(groups, record)| Withheld { groups, record })
    }

    /// A component and what it gives at most: `公开评议40分`.
    fn component_words(&self, node: NodeIndex) -> String {
        let name = &self.of.plan.nodes()[node].name;
        match node_points(self.of.plan, node) {
            Some(points) => format!("{name}（{points}{}）", words::POINTS),
            None => name.clone(),
        }
    }

    /// What is appraised, at the top of the tree.
    pub(crate) fn components(&self) -> String {
        self.of.plan.roots().map(|node| self.component_words(node)).collect::<Vec<_>>().join("、")
    }

    /// Who appraises.
    pub(crate) fn groups(&self) -> String {
        self.of.plan.groups().iter().map(|group| group.name.as_str()).collect::<Vec<_>>().join("、")
    }

    /// The bonuses and deductions that the plan knows, in a sentence; empty where there are none.
    pub(crate) fn adjustment_rules(&self) -> String {
        let names = |sign: Sign| {
            let rules = self.of.plan.document().adjustments.iter().filter(|rule| rule.sign == sign);
            rules.map(|rule| rule.name.as_str()).collect::<Vec<_>>().join("、")
        };
        let (bonus, deduction) = (names(Sign::Bonus), names(Sign::Deduction));
        match (bonus.is_empty(), deduction.is_empty()) {
            (true, true) => String::new(),
            (false, true) => format!("{}{bonus}。", words::BONUSES_ARE),
            (true, false) => format!("{}{deduction}。", words::DEDUCTIONS_ARE),
            (false, false) => format!("{}{bonus}；{}{deduction}。", words::BONUSES_ARE, words::DEDUCTIONS_ARE),
        }
    }

    /// The periods that the result is of.
    pub(crate) fn periods(&self) -> String {
        let names = self.of.plan.period_indices().map(|period| self.of.plan.period(period).name.as_str());
        names.collect::<Vec<_>>().join("、")
    }

    /// What decided a tie, in words.
    pub(crate) fn decided_by(&self, decided: &DecidedBy) -> String {
        match decided {
            DecidedBy::Lot(_) => words::BY_LOT.to_owned(),
            DecidedBy::Element(TieBreak::Component(id)) => {
                let name = self.of.plan.node_place(id).map_or(id.as_str(), |node| &self.of.plan.nodes()[node].name);
                words::BY_COMPONENT.replace("{0}", name)
            }
            DecidedBy::Element(TieBreak::OptionShare(share)) => {
                let leaf = self.of.plan.leaf_place(&share.component);
                let option = leaf.and_then(|leaf| self.of.plan.options_of(leaf).iter().find(|o| o.id == share.option));
                let name = leaf.map_or(share.component.as_str(), |leaf| {
                    &self.of.plan.nodes()[self.of.plan.leaves()[leaf].node].name
                });
                let option = option.map_or(share.option.as_str(), |option| &option.name);
                words::BY_SHARE.replace("{0}", name).replace("{1}", option)
            }
        }
    }

    /// What decided between a unit and its neighbours, where the totals did not: a list of the shortlist, or the rule for
    /// equal totals.
    pub(crate) fn beyond_totals(&self, explanation: &Explanation) -> Vec<String> {
        let said = |neighbour: &Option<Neighbour>, by_list: &str, tie: &str| {
            let neighbour = neighbour.as_ref()?;
            let name = self.unit_name_of(&neighbour.unit);
            if neighbour.by_list {
                return Some(by_list.replace("{0}", &name));
            }
            let by = self.decided_by(neighbour.decided_by.as_ref()?);
            Some(tie.replace("{0}", &name).replace("{1}", &by))
        };
        let above = said(&explanation.above, words::LIST_ABOVE, words::TIE_ABOVE);
        let below = said(&explanation.below, words::LIST_BELOW, words::TIE_BELOW);
        [above, below].into_iter().flatten().collect()
    }

    /// The outcomes of a unit in the year before; `None` where the records hold none of that year at all.
    pub(crate) fn last_year(&self, unit: UnitIndex) -> Option<String> {
        let year = self.of.plan.document().year?.checked_sub(1)?;
        let mut of_year = self.of.history.iter().filter(|record| record.year == year).peekable();
        of_year.peek()?;
        let id = &self.of.plan.unit(unit).id;
        let known = &self.of.plan.document().outcomes;
        let name = |outcome: &String| {
            known.iter().find(|known| known.id == *outcome).map_or_else(|| outcome.clone(), |known| known.name.clone())
        };
        let of_unit = of_year.filter(|record| record.unit == *id).flat_map(|record| record.outcomes.iter().map(name));
        let names: Vec<String> = of_unit.collect();
        Some(if names.is_empty() { words::NONE.to_owned() } else { names.join("；") })
    }

    /// A unit's rank in the year before; `None` where no result of that year is at hand.
    pub(crate) fn last_rank(&self, unit: UnitIndex) -> Option<String> {
        let before = self.of.before.get(&self.of.plan.unit(unit).id);
        let told = before.map(|RankBefore { rank, of, .. }| {
            words::RANK_OF.replace("{0}", &rank.to_string()).replace("{1}", &of.to_string())
        });
        (!self.of.before.is_empty()).then(|| told.unwrap_or_else(|| words::NONE.to_owned()))
    }

    /// The most that the components of a unit give together.
    pub(crate) fn total(&self) -> Decimal {
        self.of.plan.total()
    }

    /// What placeholders stand for in a paper on the whole result.
    pub(crate) fn known(&self) -> Known {
        known_of(self.of.plan)
            .with("period", self.periods())
            .with("total", self.total().to_string())
            .with("components", self.components())
            .with("groups", self.groups())
    }

    /// What they stand for in a paper on one unit.
    pub(crate) fn known_of_unit(&self, unit: UnitIndex) -> Known {
        let plan = self.of.plan;
        let category = plan.category_of(unit);
        let or_none = |text: String| if text.is_empty() { words::NONE.to_owned() } else { text };
        known_of(plan)
            .with("period", self.periods())
            .with("unit", self.unit_name(unit))
            .with("category", plan.category(category).name.clone())
            .with("score", self.published(self.of.standing.total(unit)))
            .with("rank", self.of.standing.rank(unit).to_string())
            .with("of", plan.units_of(category).len().to_string())
            .with("grade", self.grade(unit))
            .with("outcomes", or_none(self.outcomes(unit)))
    }
}

/// What placeholders stand for in any paper of a plan.
pub(crate) fn known_of(plan: &Plan) -> Known {
    let document = plan.document();
    Known::default()
        .with("title", document.title.trim())
        .with("year", document.year.map(|year| year.to_string()).unwrap_or_default())
        .with("count", plan.units().len().to_string())
}
