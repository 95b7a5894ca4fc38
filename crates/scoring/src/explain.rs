//! Why this score: counts → means → raw → score, in figures that a calculator can follow.
//!
//! Owns no formula: it shows the steps of `leaf_score` and checks nothing itself. Figures that do
//! not end are cut after six places and marked with an ellipsis; scores are the official ones.

pub use crate::explanation::{
    AdjustmentExplanation, CombineWord, CriterionSteps, Explanation, GroupSteps, LeafExplanation, Marked, Neighbour,
    PeriodExplanation, Steps, Taken,
};

use crate::decimal::Score;
use crate::fraction::Fraction;
use crate::index::{LeafIndex, PeriodIndex, RuleIndex, UnitIndex};
use crate::leaf_score::{deductions, raw, shown_survey};
use crate::plan::{Method, Plan, Survey};
use crate::plan_document::{IncidentsDocument, MethodDocument, Sign};
use crate::records::{LeafRecords, Records};
use crate::standing::Standing;

/// Places after which a figure that does not end is cut.
const SHOWN_PLACES: u32 = 6;

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
            by_list: standing.side(other) != standing.side(unit),
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
        None => raw(plan, leaf, records, period, unit),
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
            min_marks: survey.min_marks(),
            leaves_out: survey.leaves_out(),
            groups: if survey.pooled {
                vec![group_steps(plan, (leaf, unit), survey, counts, None)]
            } else {
                let groups = 0..survey.groups.len();
                groups.map(|group| group_steps(plan, (leaf, unit), survey, counts, Some(group))).collect()
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

fn group_steps(
    plan: &Plan,
    (leaf, unit): (LeafIndex, UnitIndex),
    survey: &Survey,
    counts: &[u64],
    group: Option<usize>,
) -> GroupSteps {
    let figures = shown_survey(plan, survey, &plan.leaves()[leaf], unit, counts);
    let groups = group.map_or(0..survey.groups.len(), |group| group..group + 1);
    let named = group.map(|group| plan.group(survey.groups[group]));
    let options = plan.options_of(leaf);
    let criteria = plan.criteria_of(leaf, unit);
    let weights = plan.criteria_weights(leaf, unit);
    let per_group = weights.len() * options.len();
    let steps = |criterion: usize| {
        let (sum, mean) = figures.criterion(groups.clone(), criterion);
        let count = |option: usize| -> u64 {
            groups
                .clone()
                .map(|group| counts[group * per_group + criterion * options.len() + option])
                .fold(0, u64::saturating_add)
        };
        CriterionSteps {
            name: criteria.get(criterion).map(|criterion| criterion.name.to_owned()),
            weight: weights[criterion],
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
        criteria: (0..weights.len()).map(steps).collect(),
        short: figures.is_short(&groups),
        mean: figures.group_mean(groups.clone()).as_ref().map(shown),
    }
}
