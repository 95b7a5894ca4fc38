//! What the slider of a node can say: how far it moves while every ranking stands, and all swaps on its way.
//!
//! Owns bringing the contests of a plan together on one scale of points. Which swaps there are is
//! [`crate::Line`]'s.

use scoring::fraction::Fraction;
use scoring::{Decimal, UnitIndex, slots};

use super::standstill::Standstill;
use crate::contest::Contest;
use crate::near::near;
use crate::simulation::Simulation;

/// A node that a scenario can move by itself, or nodes that can only be set together.
#[derive(Debug, Clone, PartialEq)]
pub struct Lever {
    /// How far the points go while all rankings of the plan stand.
    pub standstill: Standstill,
    /// The end of the scale: the points of everything under the nodes' parent.
    pub most: Decimal,
    /// Can they move at all?
    pub moves: bool,
    /// All swaps on the way, in order of points.
    pub swaps: Vec<Turn>,
}

/// Two units change places.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Turn {
    /// At these points, near enough to draw and to read.
    pub at: f64,
    /// The unit that is ahead today, by its place in the plan.
    pub ahead: UnitIndex,
    /// The unit that is behind today.
    pub behind: UnitIndex,
}

/// The levers of a plan, in plan order.
#[must_use]
pub fn levers(simulation: &Simulation) -> Vec<Lever> {
    let plan = &simulation.plan;
    let mut levers: Vec<Lever> = Vec::new();
    for contest in &Contest::all(simulation) {
        let grain = near(&contest.points(&Fraction::whole(1)));
        for (place, one) in contest.moves().into_iter().enumerate() {
            let standstill = Standstill::of(contest, &one);
            if let Some(lever) = levers.get_mut(place) {
                lever.standstill.narrow(standstill);
            } else {
                let parent = one.nodes.first().and_then(|&node| plan.nodes()[node].parent);
                let most = slots(plan, parent).iter().filter_map(|slot| slot.points(plan)).sum();
                levers.push(Lever { standstill, most, moves: false, swaps: Vec::new() });
            }
            let Some(line) = &one.line else { continue };
            let lever = &mut levers[place];
            lever.moves = true;
            let today = near(&Fraction::from(one.points));
            lever.swaps.extend(line.swaps().into_iter().map(|swap| Turn {
                at: today + swap.near * grain,
                ahead: contest.units()[swap.ahead()],
                behind: contest.units()[swap.behind()],
            }));
        }
    }
    for lever in &mut levers {
        // Each contest's are in order; a stable sort of a few runs is a merge.
        lever.swaps.sort_by(|a, b| a.at.total_cmp(&b.at));
    }
    levers
}
