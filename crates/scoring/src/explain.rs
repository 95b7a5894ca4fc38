//! Why this score: counts → means → raw → score, in figures that a calculator can follow.
//!
//! Owns no formula: it shows the steps of `leaf_score` and checks nothing itself. Figures that do
//! not end are cut after six places and marked with an ellipsis; scores are the official ones.

use serde::{Deserialize, Serialize};

use crate::decimal::{Decimal, Score};
use crate::fraction::Fraction;
use crate::index::{LeafIndex, PeriodIndex, RuleIndex, UnitIndex};
use crate::leaf_score::{deductions, raw, shown_survey};
use crate::plan::{Method, Plan, Survey};
use crate::plan_document::{Combine, IncidentsDocument, MethodDocument, Sign};
use crate::records::{LeafRecords, Records};
use crate::result_document::DecidedBy;
use crate::standing::Standing;

/// Places after which a figure that does not end is cut.
const SHOWN_PLACES: u32 = 6;

/// How a unit came to its total and its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explanation {
    /// The unit.
    pub unit: String,
    /// Its total.
    pub total: Score,
    /// Its rank.
    pub rank: u32,
    /// How the periods' totals make the unit's.
    pub combine: CombineWord,
    /// Its periods.
    pub periods: Vec<PeriodExplanation>,
    /// The unit one rank better.
    pub above: Option<Neighbour>,
    /// The unit one rank lower.
    pub below: Option<Neighbour>,
}

/// How periods, or linked totals, are combined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CombineWord {
    /// Their mean.
    Mean,
    /// Their sum.
    Sum,
    /// The last of them.
    Last,
}

impl From<Combine> for CombineWord {
    fn from(combine: Combine) -> Self {
        match combine {
            Combine::Mean => CombineWord::Mean,
            Combine::Sum => CombineWord::Sum,
            Combine::Last => CombineWord::Last,
        }
    }
}

/// The unit next in rank, and what decided between the two.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Neighbour {
    /// The unit.
    pub unit: String,
    /// Its total.
    pub total: Score,
    /// What decided; absent where the totals did (or a list of the shortlist), or nothing yet.
    pub decided_by: Option<DecidedBy>,
    /// Are the two tied with nothing to decide?
    pub undecided: bool,
}

/// One period of one unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeriodExplanation {
    /// The period.
    pub period: String,
    /// Does it count yet?
    pub counted: bool,
    /// The leaves that apply.
    pub leaves: Vec<LeafExplanation>,
    /// Bonuses and deductions, rule by rule.
    pub adjustments: Vec<AdjustmentExplanation>,
    /// Bonus points after caps.
    pub bonus: Decimal,
    /// Deductions after caps.
    pub deduction: Decimal,
    /// Scores + bonus − deduction.
    pub total: Score,
}

/// One rule's points for a unit in a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdjustmentExplanation {
    /// The rule.
    pub rule: String,
    /// Its name.
    pub name: String,
    /// Does it take points off?
    pub deduction: bool,
    /// What was recorded.
    pub points: Decimal,
    /// What counts after the rule's own cap.
    pub counts: Decimal,
}

/// One leaf's score, step by step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeafExplanation {
    /// The component.
    pub component: String,
    /// Its name.
    pub name: String,
    /// The most it can give.
    pub points: Decimal,
    /// Top of its own scale.
    pub out_of: Decimal,
    /// What the method or the decision gives on that scale; none where it is missing.
    pub raw: Option<String>,
    /// points × raw ÷ `out_of`, rounded once.
    pub score: Score,
    /// Is any data missing?
    pub missing: bool,
    /// The value of a decision that took the place of raw.
    pub decided: Option<Decimal>,
    /// The steps to raw.
    pub steps: Steps,
}

/// The steps to a leaf's raw value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Steps {
    /// Marks → means → weighted mean.
    Survey {
        /// Are all groups' marks counted as one group's?
        pooled: bool,
        /// The groups, or all of them as one.
        groups: Vec<GroupSteps>,
    },
    /// `out_of` less so much for each mark.
    Complaints {
        /// What was marked, all groups together.
        marks: Vec<Taken>,
        /// Taken off altogether, before it stops at zero.
        taken: String,
    },
    /// `out_of` less so much for each fact.
    Incidents {
        /// What was verified; serious ones stand apart.
        facts: Vec<Taken>,
        /// Multiplies the amount of a serious one.
        serious_factor: Decimal,
        /// Taken off altogether, before it stops at zero.
        taken: String,
    },
    /// What an office entered.
    Entered {
        /// The office.
        office: String,
        /// The value.
        value: Option<Decimal>,
    },
    /// Totals of linked plans, kept within 0 … `out_of`.
    Linked {
        /// How they are combined.
        combine: CombineWord,
        /// The totals.
        totals: Vec<Decimal>,
    },
}

/// So many, so much for each.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taken {
    /// The option or level.
    pub id: String,
    /// Its name.
    pub name: String,
    /// How many.
    pub count: u64,
    /// Taken off for each.
    pub amount: Decimal,
    /// A serious incident?
    pub serious: bool,
}

/// One group's part of a survey.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupSteps {
    /// The group; none for all groups pooled.
    pub group: Option<String>,
    /// Its name.
    pub name: String,
    /// Its weight; none for all groups pooled.
    pub weight: Option<Decimal>,
    /// What it marked.
    pub criteria: Vec<CriterionSteps>,
    /// Its mean over the criteria; none without marks.
    pub mean: Option<String>,
}

/// One group's marks on one criterion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CriterionSteps {
    /// The criterion's name; none where there are no criteria.
    pub name: Option<String>,
    /// Its weight.
    pub weight: Decimal,
    /// How many marks of each option.
    pub marks: Vec<Marked>,
    /// How many altogether.
    pub number: u64,
    /// Σ count × value.
    pub sum: String,
    /// sum ÷ number; none without marks.
    pub mean: Option<String>,
}

/// Marks of one option.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Marked {
    /// The option.
    pub option: String,
    /// Its name.
    pub name: String,
    /// What it is worth.
    pub value: Decimal,
    /// How many marks.
    pub count: u64,
}

/// How a unit came to its total and place in a standing of these records.
///
/// ```
/// # use scoring::json::Value;
/// # let template = scoring::templates::find("yuanba").unwrap();
/// # let plan = scoring::Plan::from_json(&Value::parse(template.document.as_bytes()).unwrap()).unwrap();
/// use scoring::{Mode, Records, explain, score};
///
/// let tally = br#"{ "format": 1, "tallies": [{ "period": "year", "component": "public", "unit": "forestry",
///     "group": "panel", "counts": { "good": 1, "fair": 2 } }] }"#;
/// let records = Records::from_json(&plan, &Value::parse(tally).unwrap()).unwrap();
/// let standing = score(&plan, &records, Mode::Provisional).unwrap();
/// let explained = explain(&plan, &records, &standing, plan.unit_place("forestry").unwrap());
/// // (90 + 2 × 70) ÷ 3 does not end: the figure shown is cut, the score is not.
/// let public = &explained.periods[0].leaves[0];
/// assert_eq!(public.raw.as_deref(), Some("76.666666…"));
/// assert_eq!(public.score.to_string(), "30.666667");
/// ```
#[must_use]
pub fn explain(plan: &Plan, records: &Records, standing: &Standing, unit: UnitIndex) -> Explanation {
    let neighbour = |rank: u32| {
        let units = plan.units_of(plan.category_of(unit));
        let other = units.iter().copied().find(|other| standing.rank(*other) == rank)?;
        let decided = standing.ties.iter().find(|(a, b, _)| (*a == other && *b == unit) || (*a == unit && *b == other));
        Some(Neighbour {
            unit: plan.unit(other).id.clone(),
            total: standing.total(other),
            decided_by: decided.map(|tie| standing.decided_by(plan, tie.2)),
            undecided: (standing.unresolved_ties().iter()).any(|tied| tied.contains(&unit) && tied.contains(&other)),
        })
    };
    Explanation {
        unit: plan.unit(unit).id.clone(),
        total: standing.total(unit),
        rank: standing.rank(unit),
        combine: plan.document().combine.into(),
        periods: (plan.period_indices()).map(|period| explain_period(plan, records, standing, period, unit)).collect(),
        above: standing.rank(unit).checked_sub(1).and_then(neighbour),
        below: neighbour(standing.rank(unit) + 1),
    }
}

fn explain_period(
    plan: &Plan,
    records: &Records,
    standing: &Standing,
    period: PeriodIndex,
    unit: UnitIndex,
) -> PeriodExplanation {
    let leaves: Vec<LeafExplanation> = (plan.leaves().indices())
        .filter(|leaf| standing.takes_part(plan, *leaf, unit))
        .map(|leaf| explain_leaf(plan, records, standing, leaf, period, unit))
        .collect();
    let (bonus, deduction) = (standing.bonus(period, unit), standing.deduction(period, unit));
    let scores: Score = leaves.iter().map(|leaf| leaf.score).sum();
    let first = (period, unit, RuleIndex::default());
    let adjustments = records.adjustments.range(first..).take_while(|((p, u, _), _)| (*p, *u) == (period, unit));
    PeriodExplanation {
        period: plan.period(period).id.clone(),
        counted: standing.counted_periods()[period],
        leaves,
        adjustments: adjustments
            .map(|(&(_, _, place), points)| {
                let (rule, document) = (&plan.rules[place], &plan.document().adjustments[place.index()]);
                let cap = rule.cap.and_then(Score::from_decimal);
                AdjustmentExplanation {
                    rule: document.id.clone(),
                    name: document.name.clone(),
                    deduction: rule.sign == Sign::Deduction,
                    points: points.to_decimal(),
                    counts: cap.map_or(*points, |cap| cap.min(*points)).to_decimal(),
                }
            })
            .collect(),
        bonus: bonus.to_decimal(),
        deduction: deduction.to_decimal(),
        total: scores + bonus - deduction,
    }
}

fn explain_leaf(
    plan: &Plan,
    records: &Records,
    standing: &Standing,
    leaf: LeafIndex,
    period: PeriodIndex,
    unit: UnitIndex,
) -> LeafExplanation {
    let place = &plan.leaves()[leaf];
    let decided = records.decisions.get(&(leaf, period, unit)).copied();
    let raw = match decided {
        Some(value) => Some(value.into()),
        None => raw(place, leaf, records, period, unit),
    };
    LeafExplanation {
        component: plan.leaf_id(leaf).to_owned(),
        name: plan.nodes()[place.node].name.clone(),
        points: place.points,
        out_of: place.out_of,
        raw: raw.as_ref().map(shown),
        score: standing.leaf_score(leaf, period, unit),
        missing: standing.leaf_missing(leaf, period, unit),
        decided,
        steps: steps(plan, records, leaf, period, unit),
    }
}

/// A figure as text: whole where it ends within six places, else cut and marked.
fn shown(figure: &Fraction) -> String {
    let (text, cut) = figure.cut(SHOWN_PLACES);
    if cut { text + "…" } else { text }
}

fn steps(plan: &Plan, records: &Records, leaf: LeafIndex, period: PeriodIndex, unit: UnitIndex) -> Steps {
    let counts = records.counts(leaf, period, unit);
    let cell = (period, unit);
    let options = plan.options_of(leaf);
    let taken =
        deductions(&plan.leaves()[leaf]).map_or_else(|_| String::new(), |figures| shown(&figures.shown(counts).0));
    match (&plan.leaves()[leaf].method, plan.method_document(leaf)) {
        (Method::Survey(survey), _) => Steps::Survey {
            pooled: survey.pooled,
            groups: if survey.pooled {
                vec![group_steps(plan, leaf, survey, counts, None)]
            } else {
                (0..survey.groups.len()).map(|group| group_steps(plan, leaf, survey, counts, Some(group))).collect()
            },
        },
        (Method::Complaints { deduct, .. }, _) => {
            let marks: Vec<Taken> = (options.iter().zip(deduct).enumerate())
                .map(|(i, (option, amount))| Taken {
                    id: option.id.clone(),
                    name: option.name.clone(),
                    count: counts.iter().skip(i).step_by(options.len()).sum(),
                    amount: *amount,
                    serious: false,
                })
                .collect();
            Steps::Complaints { taken, marks }
        }
        (
            Method::Incidents { serious_factor, amounts },
            MethodDocument::Incidents(IncidentsDocument { levels, .. }),
        ) => {
            let facts: Vec<Taken> = (levels.iter().zip(amounts).zip(counts.chunks(2)))
                .flat_map(|((level, amount), counts)| {
                    [false, true].map(|serious| Taken {
                        id: level.id.clone(),
                        name: level.name.clone(),
                        count: counts[usize::from(serious)],
                        amount: *amount,
                        serious,
                    })
                })
                .collect();
            Steps::Incidents { taken, facts, serious_factor: *serious_factor }
        }
        (Method::Linked(combine), _) => Steps::Linked {
            combine: (*combine).into(),
            totals: match &records.leaves[leaf] {
                LeafRecords::Links(links) => links[cell].clone().unwrap_or_default(),
                _ => Vec::new(),
            },
        },
        (_, document) => Steps::Entered {
            office: match document {
                MethodDocument::Entered(entered) => entered.office.clone(),
                _ => String::new(),
            },
            value: match &records.leaves[leaf] {
                LeafRecords::Entries(entries) => entries[cell],
                _ => None,
            },
        },
    }
}

fn group_steps(plan: &Plan, leaf: LeafIndex, survey: &Survey, counts: &[u64], group: Option<usize>) -> GroupSteps {
    let figures = shown_survey(survey, &plan.leaves()[leaf], counts);
    let groups = group.map_or(0..survey.groups.len(), |group| group..group + 1);
    let named = group.map(|group| plan.group(survey.groups[group]));
    let options = plan.options_of(leaf);
    let criteria = plan.criteria_of(leaf);
    let per_group = survey.criteria.len() * options.len();
    let steps = |criterion: usize| {
        let (sum, mean) = figures.criterion(groups.clone(), criterion);
        let count = |option: usize| -> u64 {
            groups
                .clone()
                .map(|group| counts[group * per_group + criterion * options.len() + option])
                .fold(0, u64::saturating_add)
        };
        CriterionSteps {
            name: criteria.get(criterion).map(|criterion| criterion.name.clone()),
            weight: survey.criteria[criterion],
            marks: (options.iter().enumerate())
                .map(|(i, option)| Marked {
                    option: option.id.clone(),
                    name: option.name.clone(),
                    value: survey.values[i],
                    count: count(i),
                })
                .collect(),
            number: (0..options.len()).map(count).fold(0, u64::saturating_add),
            sum: shown(&sum),
            mean: mean.as_ref().map(shown),
        }
    };
    GroupSteps {
        group: named.map(|group| group.id.clone()),
        name: named.map_or_else(
            || {
                let names = survey.groups.iter().map(|group| plan.group(*group).name.as_str());
                names.collect::<Vec<_>>().join("、")
            },
            |group| group.name.clone(),
        ),
        weight: group.map(|group| survey.weights[group]),
        criteria: (0..survey.criteria.len()).map(steps).collect(),
        mean: figures.group_mean(groups.clone()).as_ref().map(shown),
    }
}
