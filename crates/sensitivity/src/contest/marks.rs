//! The marks of a contest, taken from the records.
//!
//! Owns what one mark is worth to a unit in points, for resampling and for counting the ballots that
//! would change a place. A leaf whose marks do not give its official score (a decision took its place,
//! say) is left out: it stays as it is.

use scoring::fraction::Fraction;
use scoring::plan_document::Combine;
use scoring::{Decimal, GroupIndex, LeafIndex, Method, PeriodIndex, Survey};

use super::ranked_units::Contest;
use crate::kernels::poll::{Effect, Marks};
use crate::near::near;
use crate::place::RivalIndex;
use crate::simulation::Simulation;

/// Marks and where they stand in the records.
#[derive(Debug, Clone)]
pub(crate) struct PlacedMarks {
    pub(crate) marks: Marks,
    pub(crate) leaf: LeafIndex,
    pub(crate) period: PeriodIndex,
    /// Whose mark each count is (by place in the plan), and its place among the leaf's counts.
    pub(crate) cells: Vec<(GroupIndex, usize)>,
}

/// Floats agree with the official score to so many points.
const NEAR: f64 = 2e-6;

/// All marks that decide something in the contest.
pub(crate) fn marks_of(simulation: &Simulation, contest: &Contest<'_>) -> Vec<PlacedMarks> {
    let (plan, standing) = (&simulation.plan, &simulation.standing);
    let counted = standing.counted_periods();
    let periods: Vec<PeriodIndex> = counted.indices().filter(|&period| counted[period]).collect();
    let mut records = simulation.records.clone();
    let mut all = Vec::new();
    for (leaf, of_leaf) in plan.leaves().enumerated() {
        for &period in &periods {
            let share = match plan.document().combine {
                Combine::Mean => 1.0 / periods.len() as f64,
                Combine::Sum => 1.0,
                Combine::Last if Some(&period) == periods.last() => 1.0,
                Combine::Last => continue,
            };
            for (place, &unit) in contest.units().enumerated() {
                if !standing.takes_part(plan, leaf, unit) || standing.leaf_decided(leaf, period, unit) {
                    continue;
                }
                let counts = records.counts_mut(leaf, period, unit);
                let factor = float(of_leaf.points) / float(of_leaf.out_of);
                let groups = plan.groups_of(leaf);
                let mut placed = match &of_leaf.method {
                    Method::Survey(survey) => {
                        survey_marks(survey, plan.criteria_weights(leaf, unit), counts, groups, factor)
                    }
                    Method::Complaints { deduct, .. } => {
                        vec![complaint_marks(deduct, counts, groups, of_leaf.out_of, factor)]
                    }
                    _ => Vec::new(),
                };
                let points: f64 = placed.iter().map(|(marks, _)| marks.points()).sum();
                let official = standing.leaf_score(leaf, period, unit).millionths() as f64 / 1e6;
                if (points - official).abs() > NEAR * (1.0 + official.abs() / 100.0) {
                    continue;
                }
                all.extend(placed.drain(..).map(|(mut marks, cells)| {
                    marks.unit = place;
                    marks.factor *= share;
                    PlacedMarks { marks, leaf, period, cells }
                }));
            }
        }
    }
    all
}

type Placed = (Marks, Vec<(GroupIndex, usize)>);

/// One block of marks for each group and criterion (for each criterion, where groups are pooled); groups
/// that have too few to count have none, the others share their weight. Drawing marks again, or changing them, leaves
/// their number as it is: who counts today counts then.
fn survey_marks(
    survey: &Survey,
    weights: &[Decimal],
    counts: &[u64],
    groups: &[GroupIndex],
    factor: f64,
) -> Vec<Placed> {
    let options = survey.values.len();
    let criteria = weights.len();
    let all_criteria = weights.iter().map(|&decimal| float(decimal)).sum::<f64>();
    let cell = |group: usize, criterion: usize, option: usize| (group * criteria + criterion) * options + option;
    let number = |group: usize, criterion: usize| {
        (0..options).fold(0, |sum: u64, option| sum.saturating_add(counts[cell(group, criterion, option)]))
    };
    let block = |factor: f64, members: &[usize], criterion: usize| {
        let places = members.iter().flat_map(|&group| (0..options).map(move |option| (group, option)));
        let places = places.map(|(group, option)| (group, option, cell(group, criterion, option)));
        let places: Vec<_> = places.filter(|(_, _, place)| counts[*place] > 0).collect();
        let values = places.iter().map(|&(_, option, place)| (counts[place], float(survey.values[option])));
        let marks = Marks { unit: RivalIndex::default(), factor, effect: Effect::Mean, counts: values.collect() };
        (marks, places.iter().map(|&(group, _, place)| (groups[group], place)).collect())
    };
    let mut blocks = Vec::new();
    if survey.pooled {
        let members: Vec<usize> = (0..groups.len()).collect();
        let together =
            |criterion: usize| members.iter().fold(0, |sum: u64, group| sum.saturating_add(number(*group, criterion)));
        if (0..criteria).any(|criterion| together(criterion) < survey.min_marks()) {
            return blocks;
        }
        for (criterion, weight) in weights.iter().enumerate() {
            blocks.push(block(factor * float(*weight) / all_criteria, &members, criterion));
        }
        return blocks;
    }
    let counting = |&group: &usize| (0..criteria).all(|criterion| number(group, criterion) >= survey.min_marks());
    let present: Vec<usize> = (0..groups.len()).filter(counting).collect();
    let all_groups: f64 = present.iter().map(|&group| float(survey.weights[group])).sum();
    if all_groups > 0.0 {
        for &group in &present {
            let share = float(survey.weights[group]) / all_groups;
            for (criterion, weight) in weights.iter().enumerate() {
                blocks.push(block(factor * share * float(*weight) / all_criteria, &[group], criterion));
            }
        }
    }
    blocks
}

fn complaint_marks(deduct: &[Decimal], counts: &[u64], groups: &[GroupIndex], out_of: Decimal, factor: f64) -> Placed {
    let cells = (0..counts.len()).filter(|&place| counts[place] > 0);
    let cells: Vec<usize> = cells.collect();
    let values = cells.iter().map(|&place| (counts[place], float(deduct[place % deduct.len()])));
    let effect = Effect::Less { from: float(out_of) };
    let marks = Marks { unit: RivalIndex::default(), factor, effect, counts: values.collect() };
    (marks, cells.iter().map(|&place| (groups[place / deduct.len()], place)).collect())
}

fn float(decimal: Decimal) -> f64 {
    near(&Fraction::from(decimal))
}
