//! By which points a unit comes first, or last (Q3), confirmed by scoring.

use document::document;
use scoring::Decimal;
use scoring::fraction::Fraction;

use super::points_of::{PointsOf, shared_out};
use crate::contest::Contest;
use crate::field::{Field, Weights};
use crate::place::RivalIndex;
use crate::simulation::Simulation;
use crate::weights::{Goal, reach};

document! {
    /// The fewest points moved that bring a unit to an end of the ranking.
    #[derive(Debug, Eq)]
    pub struct Reached {
        /// Points moved in all, to 2 places, rounded up.
        pub distance: Decimal,
        /// New points by which scoring confirms it, to 2 places, of the leaves that change; empty if rounding undoes it.
        pub points: Vec<PointsOf>,
    }
}

/// What brings a unit, by its place in the contest, to an end of the contest's ranking; nothing if no weights do.
#[must_use]
pub fn reached(
    simulation: &Simulation,
    contest: &Contest<'_>,
    field: &Field,
    unit: RivalIndex,
    goal: Goal,
) -> Option<Reached> {
    let change = reach(field, unit, goal, &Fraction::ZERO)?;
    let hundredths = (&contest.points(&change.distance) * &Fraction::whole(100)).ceiling()?;
    // A margin of a hundredth of a point leaves room for points of two places.
    let confirmed = reach(field, unit, goal, &Fraction::whole(10_000)).and_then(|change| {
        let step = contest.in_grains(&Fraction::new(1, 100));
        let steps: Vec<Fraction> = change.weights.iter().map(|weight| weight / &step).collect();
        let weights: Weights = shared_out(&steps).into_iter().map(|steps| &step * &Fraction::whole(steps)).collect();
        let (plan, standing) = simulation.with_points(&contest.new_points(field, &weights)?)?;
        let inside = if goal == Goal::First { 1 } else { contest.units().len() };
        (standing.rank(contest.units()[unit]) as usize == contest.above() + inside).then_some(plan)
    });
    let points = confirmed.map(|new| {
        let leaves = simulation.plan.leaves().iter().zip(new.leaves());
        let changed = leaves.filter(|(old, new)| old.points != new.points);
        changed.map(|(old, new)| PointsOf { node: old.node, from: old.points, to: new.points }).collect()
    });
    Some(Reached { distance: Fraction::new(hundredths, 100).to_decimal(2), points: points.unwrap_or_default() })
}
