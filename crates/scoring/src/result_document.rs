//! The result as it is printed (docs/plan.md, "The result").
//!
//! ```
//! use scoring::{Mode, Plan, Records, ResultDocument, json::Value, score, templates};
//!
//! let template = templates::find("yuanba").unwrap();
//! let plan = Plan::from_json(&Value::parse(template.document.as_bytes()).unwrap()).unwrap();
//! let standing = score(&plan, &Records::none(&plan), Mode::Provisional).unwrap();
//! let result: ResultDocument = standing.document(&plan);
//! // Nothing is recorded, so all are tied at 0 and nothing decides.
//! assert_eq!((result.units[0].published.as_str(), result.unresolved_ties[0].len()), ("0.00", plan.units().len()));
//! ```

#![expect(missing_docs, reason = "an id, a name or a figure that its type names needs no words")]

use document::{Path, Problem, Read, Tree, document, words};
use serde::Serialize;

use crate::decimal::{Decimal, Score};
use crate::index::{NodeIndex, PeriodIndex, UnitIndex};
use crate::plan::Plan;
use crate::plan_document::{Side, TieBreak};
use crate::ranking::Decider;
use crate::standing::{MissingPlace, Mode, Standing};

document! {
    /// What became of a plan's units.
    #[derive(Debug, Eq)]
    pub struct ResultDocument {
        /// How missing data was taken.
        pub mode: Mode,
        /// The units, in plan order.
        pub units: Vec<UnitResult>,
        /// Neighbours with equal totals and what decided between them.
        pub ties: Vec<Tie>,
        /// Ties that nothing decides, each in plan order.
        pub unresolved_ties: Vec<Vec<String>>,
        /// Places without data.
        pub missing: Vec<Missing>,
    }
}

document! {
    /// One unit's result.
    #[derive(Debug, Eq)]
    pub struct UnitResult {
        pub unit: String,
        pub category: String,
        /// Its total over the periods that count, six places.
        pub total: Score,
        /// The total as it is published; nothing is computed from it.
        pub published: String,
        /// Its rank inside the category, from 1.
        pub rank: u32,
        pub grade: Option<String> = null,
        /// Its outcomes, in plan order.
        pub outcomes: Vec<String>,
        /// Its list of the shortlist.
        pub list: Option<Side> = null,
        /// Its periods, in plan order.
        pub periods: Vec<PeriodResult>,
    }
}

document! {
    /// A unit's result of one period.
    #[derive(Debug, Eq)]
    pub struct PeriodResult {
        pub period: String,
        /// Scores + bonus − deduction.
        pub total: Score,
        /// Bonus points, after caps.
        pub bonus: Decimal,
        /// Points taken off, after caps.
        pub deduction: Decimal,
        /// The tree of what applies to the unit.
        pub components: Vec<ComponentResult>,
    }
}

document! {
    /// A component's score for a unit in a period.
    #[derive(Debug, Eq)]
    pub struct ComponentResult {
        pub component: String,
        /// The most it can give this unit.
        pub points: Decimal,
        /// What it gives.
        pub score: Score,
        /// Is any data of it missing?
        pub missing: bool,
        /// Did a decision take the place of its raw value?
        pub decided: bool,
        /// What is below it.
        #[cfg_attr(feature = "openapi", schema(no_recursion))]
        pub children: Vec<ComponentResult>,
    }
}

document! {
    /// Neighbours with equal totals, the better one first.
    #[derive(Debug, Eq)]
    pub struct Tie {
        /// The two units.
        pub units: [String; 2],
        /// The element of the tie rule as written, or the draw.
        pub decided_by: DecidedBy,
    }
}

/// What decided a tie.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(untagged)]
pub enum DecidedBy {
    /// The recorded draw: `"lot"`.
    Lot(LotWord),
    /// The element of `tie_break` as written.
    Element(TieBreak),
}

words! {
    /// The word for a draw.
    pub enum LotWord {
        /// `"lot"`
        Lot = "lot",
    }
}

impl Read for DecidedBy {
    fn blank() -> Self {
        DecidedBy::Lot(LotWord::Lot)
    }

    fn read(value: &Tree<'_>, path: &Path<'_>, problems: &mut Vec<Problem>) -> Option<Self> {
        if value.as_str() == Some(LotWord::Lot.as_str()) {
            return Some(DecidedBy::Lot(LotWord::Lot));
        }
        TieBreak::read(value, path, problems).map(DecidedBy::Element)
    }
}

document! {
    /// A place without data.
    #[derive(Debug, Eq)]
    pub struct Missing {
        pub period: String,
        pub component: String,
        /// The group without marks; null for an entry or link.
        pub group: Option<String> = null,
        pub unit: String,
    }
}

impl MissingPlace {
    /// The place by its ids.
    #[must_use]
    pub fn named(&self, plan: &Plan) -> Missing {
        Missing {
            period: plan.period(self.period).id.clone(),
            component: plan.leaf_id(self.leaf).to_owned(),
            group: self.group.map(|group| plan.group(group).id.clone()),
            unit: plan.unit(self.unit).id.clone(),
        }
    }
}

impl Standing {
    /// The result document of a standing under the plan it was scored with.
    #[must_use]
    pub fn document(&self, plan: &Plan) -> ResultDocument {
        let id = |unit: UnitIndex| plan.unit(unit).id.clone();
        ResultDocument {
            mode: self.mode,
            units: plan.unit_indices().map(|unit| self.unit_result(plan, unit)).collect(),
            ties: (self.ties.iter())
                .map(|(above, below, decider)| Tie {
                    units: [id(*above), id(*below)],
                    decided_by: self.decided_by(plan, *decider),
                })
                .collect(),
            unresolved_ties: (self.unresolved.iter()).map(|tied| tied.iter().map(|unit| id(*unit)).collect()).collect(),
            missing: self.missing.iter().map(|place| place.named(plan)).collect(),
        }
    }

    pub(crate) fn decided_by(&self, plan: &Plan, decider: Decider) -> DecidedBy {
        match decider {
            Decider::Lot => DecidedBy::Lot(LotWord::Lot),
            Decider::Rule(rule) => DecidedBy::Element(plan.tie_break()[rule.index()].clone()),
        }
    }

    fn unit_result(&self, plan: &Plan, unit: UnitIndex) -> UnitResult {
        let document = plan.document();
        let decimals = u32::try_from(document.ranking.decimals).unwrap_or(u32::MAX);
        let grades = document.grading.as_ref().map_or(&[][..], |grading| &grading.grades);
        UnitResult {
            unit: plan.unit(unit).id.clone(),
            category: plan.category(plan.category_of(unit)).id.clone(),
            total: self.total(unit),
            published: self.total(unit).published(decimals),
            rank: self.rank(unit),
            grade: self.grade(unit).map(|grade| grades[grade.index()].id.clone()),
            outcomes: self.outcomes(unit).iter().map(|o| document.outcomes[o.index()].id.clone()).collect(),
            list: self.side(unit),
            periods: plan.period_indices().map(|period| self.period_result(plan, unit, period)).collect(),
        }
    }

    fn period_result(&self, plan: &Plan, unit: UnitIndex, period: PeriodIndex) -> PeriodResult {
        let components: Vec<ComponentResult> =
            plan.roots().filter_map(|node| self.component_result(plan, node, period, unit)).collect();
        let (bonus, deduction) = (self.bonus(period, unit), self.deduction(period, unit));
        let scores: Score = components.iter().map(|component| component.score).sum();
        PeriodResult {
            period: plan.period(period).id.clone(),
            total: scores + bonus - deduction,
            bonus: bonus.to_decimal(),
            deduction: deduction.to_decimal(),
            components,
        }
    }

    fn component_result(
        &self,
        plan: &Plan,
        place: NodeIndex,
        period: PeriodIndex,
        unit: UnitIndex,
    ) -> Option<ComponentResult> {
        let node = &plan.nodes()[place];
        if let Some(leaf) = node.leaf {
            return self.takes_part(plan, leaf, unit).then(|| ComponentResult {
                component: node.id.clone(),
                points: plan.leaves()[leaf].points,
                score: self.leaf_score(leaf, period, unit),
                missing: self.leaf_missing(leaf, period, unit),
                decided: self.leaf_decided(leaf, period, unit),
                children: Vec::new(),
            });
        }
        // A branch applies where anything below it does: a stage-2 branch may hold a stage-1 leaf.
        let children: Vec<ComponentResult> =
            node.children.iter().filter_map(|c| self.component_result(plan, *c, period, unit)).collect();
        if children.is_empty() {
            return None;
        }
        Some(ComponentResult {
            component: node.id.clone(),
            points: children.iter().map(|child| child.points).sum(),
            score: children.iter().map(|child| child.score).sum(),
            missing: children.iter().any(|child| child.missing),
            decided: false,
            children,
        })
    }
}
