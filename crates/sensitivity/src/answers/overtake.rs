//! The least change of a plan's points by which one unit overtakes another (Q2).

use scoring::fraction::Fraction;
use scoring::{Decimal, Score, UnitIndex, node_points};

use super::points_of::{PointsOf, shared_out};
use crate::contest::Contest;
use crate::field::{Field, Weights};
use crate::limits::MOST_TRIALS;
use crate::place::RivalIndex;
use crate::simulation::Simulation;
use crate::weights::Overtaking;

/// What it takes for one unit to overtake another; units by their places in the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overtake {
    /// Who overtakes.
    pub behind: UnitIndex,
    /// Whom.
    pub ahead: UnitIndex,
    /// The border, where the two totals meet; nothing where weights alone cannot do it.
    pub least: Option<LeastChange>,
    /// The next points by steps of 0.5 at which the order really is reversed, confirmed by scoring; nothing if none
    /// were found.
    pub grid: Option<Vec<PointsOf>>,
}

/// A change of points by which two totals meet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeastChange {
    /// Points moved in all, Σ |change|, to 6 places, rounded up.
    pub distance: Decimal,
    /// The points of every node that bears weight, to 6 places that add up, in plan order.
    pub points: Vec<PointsOf>,
}

/// The least change that lets one unit overtake another of the same contest: nothing if no ranking has both in it, or
/// figures are too large to be compared exactly.
#[must_use]
pub fn overtake(simulation: &Simulation, behind: UnitIndex, ahead: UnitIndex) -> Option<Overtake> {
    let contests = Contest::all(simulation);
    let (contest, behind, ahead) =
        contests.iter().find_map(|contest| Some((contest, contest.place(behind)?, contest.place(ahead)?)))?;
    Some(overtaking(simulation, contest, &contest.field()?, ahead, behind))
}

/// [`overtake`] of units by their places in a contest.
pub(crate) fn overtaking(
    simulation: &Simulation,
    contest: &Contest<'_>,
    field: &Field,
    ahead: RivalIndex,
    behind: RivalIndex,
) -> Overtake {
    let overtaking = Overtaking::new(field, ahead, behind);
    let least = overtaking.fewest_points();
    let mut grid = None;
    if least.is_some() {
        overtaking.on_grid(&contest.in_grains(&Fraction::new(1, 2)), MOST_TRIALS, |weights| {
            grid = reversed(simulation, contest, field, weights, ahead, behind);
            grid.is_some()
        });
    }
    Overtake {
        behind: contest.units()[behind],
        ahead: contest.units()[ahead],
        least: least.map(|change| LeastChange {
            distance: rounded_up(&contest.points(&change.distance)),
            points: border_points(simulation, contest, &change.weights),
        }),
        grid,
    }
}

/// The nodes' points if the plan with these weights, when scored, has the two the other way round.
fn reversed(
    simulation: &Simulation,
    contest: &Contest<'_>,
    field: &Field,
    weights: &Weights,
    ahead: RivalIndex,
    behind: RivalIndex,
) -> Option<Vec<PointsOf>> {
    let (new, standing) = simulation.with_points(&contest.new_points(field, weights)?)?;
    let rank = |unit: RivalIndex| standing.rank(contest.units()[unit]);
    (rank(behind) < rank(ahead)).then(|| {
        let nodes = contest.weights().iter().flat_map(|weight| weight.nodes.nodes());
        let points = |node| PointsOf::new(&simulation.plan, node, node_points(&new, node).unwrap_or_default());
        in_plan_order(nodes.map(points).collect())
    })
}

/// Points of the nodes where two totals meet, to 6 places that add up.
fn border_points(simulation: &Simulation, contest: &Contest<'_>, weights: &Weights) -> Vec<PointsOf> {
    let plan = &simulation.plan;
    let million = Fraction::whole(1_000_000);
    let exact: Vec<Fraction> = weights.iter().map(|weight| &contest.points(weight) * &million).collect();
    let slots = shared_out(&exact);
    let mut points = Vec::new();
    for ((weight, millionths), exact) in contest.weights().iter().zip(slots).zip(&exact) {
        for nodes in &weight.nodes.alternatives {
            let today: Vec<Decimal> = nodes.iter().map(|&node| node_points(plan, node).unwrap_or_default()).collect();
            let sum: Decimal = today.iter().copied().sum();
            let part = |part: Decimal| match nodes.len() {
                1 => Fraction::whole(millionths),
                _ if sum.is_zero() => Fraction::ZERO,
                _ => exact * &(&Fraction::from(part) / &Fraction::from(sum)),
            };
            let parts: Vec<Fraction> = today.into_iter().map(part).collect();
            for (&node, part) in nodes.iter().zip(shared_out(&parts)) {
                points.push(PointsOf::new(plan, node, Score::from_millionths(part).to_decimal()));
            }
        }
    }
    in_plan_order(points)
}

fn in_plan_order(mut points: Vec<PointsOf>) -> Vec<PointsOf> {
    points.sort_by_key(|one| one.node);
    points
}

/// A figure to 6 places, rounded up: a distance that is enough.
fn rounded_up(points: &Fraction) -> Decimal {
    // Twice all points at most: 128 bits hold its millionths.
    let millionths = (points * &Fraction::whole(1_000_000)).ceiling().unwrap_or_default();
    Score::from_millionths(millionths).to_decimal()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_rounded_up() {
        assert_eq!(rounded_up(&Fraction::new(1, 3)).to_string(), "0.333334");
        assert_eq!(rounded_up(&Fraction::new(5, 2)).to_string(), "2.5");
    }
}
