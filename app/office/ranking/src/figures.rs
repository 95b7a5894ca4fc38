//! What the ranking's table shows of a unit, as a pure function of what was scored.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use scoring::plan_document::Side;
use scoring::{LeafIndex, NodeIndex, Plan, ResultDocument, Score, Standing, UnitIndex};

/// A component of the top level in one unit's line.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Figure {
    /// It does not apply to the unit, or the unit does not take part in its stage.
    None,
    /// Its score, the share of its points in per cent, and whether something of it is missing.
    Score { score: Score, share: i128, missing: bool },
}

/// A unit's line.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Line {
    pub(super) unit: UnitIndex,
    pub(super) rank: u32,
    pub(super) name: String,
    pub(super) figures: Vec<Figure>,
    pub(super) adjustments: Score,
    pub(super) total: Score,
    pub(super) published: String,
    /// Whether any figure is missing: then nothing follows from the rank yet.
    pub(super) missing: bool,
    /// Name of its grade.
    pub(super) grade: Option<String>,
    /// Names of its outcomes.
    pub(super) outcomes: Vec<String>,
    pub(super) side: Option<Side>,
}

/// What a table is ordered by.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Order {
    Rank,
    Name,
    /// A component by its place among those of the top level.
    Component(usize),
    Adjustments,
    Total,
}

/// The lines of the units of a category, best first.
pub(super) fn lines(plan: &Plan, standing: &Standing, result: &ResultDocument, units: &[UnitIndex]) -> Vec<Line> {
    let document = plan.document();
    let grades = document.grading.as_ref().map_or(&[][..], |grading| &grading.grades);
    let mut missing_of: BTreeMap<UnitIndex, Vec<LeafIndex>> = BTreeMap::new();
    for place in standing.missing() {
        missing_of.entry(place.unit).or_default().push(place.leaf);
    }
    let mut lines: Vec<Line> = units
        .iter()
        .map(|&unit| {
            let line = &result.units[unit.index()];
            let lacks = missing_of.get(&unit).map_or(&[][..], Vec::as_slice);
            let missing = !lacks.is_empty();
            let outcomes = line.outcomes.iter();
            let named = |id: &String| document.outcomes.iter().find(|outcome| outcome.id == *id);
            Line {
                unit,
                rank: line.rank,
                name: plan.unit(unit).name.clone(),
                figures: plan.roots().map(|node| figure(plan, standing, node, unit, lacks)).collect(),
                adjustments: standing.adjustments(unit),
                total: line.total,
                published: line.published.clone(),
                missing,
                grade: line
                    .grade
                    .as_ref()
                    .filter(|_| !missing)
                    .and_then(|id| grades.iter().find(|grade| grade.id == *id))
                    .map(|grade| grade.name.clone()),
                outcomes: outcomes.filter(|_| !missing).filter_map(named).map(|one| one.name.clone()).collect(),
                side: line.list,
            }
        })
        .collect();
    lines.sort_by_key(|line| line.rank);
    lines
}

fn figure(plan: &Plan, standing: &Standing, node: NodeIndex, unit: UnitIndex, lacks: &[LeafIndex]) -> Figure {
    let leaves = plan.leaves().indices().filter(|leaf| plan.nodes()[node].leaves.contains(leaf));
    let own: Vec<_> = leaves.filter(|leaf| standing.takes_part(plan, *leaf, unit)).collect();
    if own.is_empty() {
        return Figure::None;
    }
    let score = standing.combined(plan, node, unit);
    let points: i128 = own.iter().map(|leaf| plan.leaves()[*leaf].points.units() / 1_000_000).sum();
    let share = if points == 0 { 0 } else { (score.millionths() * 100 / points).clamp(0, 100) };
    Figure::Score { score, share, missing: lacks.iter().any(|leaf| own.contains(leaf)) }
}

/// Puts lines into an order; equal ones stay by rank.
pub(super) fn sort(lines: &mut [Line], order: Order, backwards: bool) {
    let score = |line: &Line, place: usize| match line.figures.get(place) {
        Some(Figure::Score { score, .. }) => Some(*score),
        _ => None,
    };
    match order {
        Order::Rank => lines.sort_by_key(|line| line.rank),
        Order::Name => lines.sort_by(|one, other| one.name.cmp(&other.name)),
        Order::Component(place) => lines.sort_by_key(|line| Reverse(score(line, place))),
        Order::Adjustments => lines.sort_by_key(|line| Reverse(line.adjustments)),
        Order::Total => lines.sort_by_key(|line| Reverse(line.total)),
    }
    if backwards {
        lines.reverse();
    }
}

/// How many units lack a figure.
pub(super) fn lacking(standing: &Standing) -> usize {
    standing.missing().iter().map(|place| place.unit).collect::<BTreeSet<_>>().len()
}
