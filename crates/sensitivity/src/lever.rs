//! What the slider of a node can say: how far it moves while every ranking stands, and all swaps on its way.
//!
//! Owns bringing the contests of a plan together on one scale of points. Which swaps there are is
//! [`crate::Line`]'s.

use scoring::{Decimal, slots};

use crate::contest::Contest;
use crate::fraction::Fraction;
use crate::report::{IntervalReport, narrowest_intervals};
use crate::simulation::Simulation;

/// A node that a scenario can move by itself, or nodes that can only be set together.
#[derive(Debug, Clone, PartialEq)]
pub struct Lever {
    /// The nodes, in plan order.
    pub nodes: Vec<usize>,
    /// The end of the scale: the points of everything under their parent.
    pub most: Decimal,
    /// How far the points go while all rankings of the plan stand.
    pub interval: IntervalReport,
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
    pub ahead: usize,
    /// The unit that is behind today.
    pub behind: usize,
}

/// The levers of a plan, in plan order.
#[must_use]
pub fn levers(simulation: &Simulation) -> Vec<Lever> {
    let plan = &simulation.plan;
    let contests = Contest::all(simulation);
    let mut levers: Vec<Lever> = Vec::new();
    for contest in &contests {
        let grain = contest.points(&Fraction::whole(1)).to_f64();
        for (place, one) in contest.moves().into_iter().enumerate() {
            if levers.len() == place {
                let parent = one.nodes.first().and_then(|&node| plan.nodes()[node].parent);
                let most = slots(plan, parent).iter().filter_map(|slot| slot.points(plan)).sum();
                let interval = IntervalReport::default();
                levers.push(Lever { nodes: one.nodes, most, interval, moves: false, swaps: Vec::new() });
            }
            let Some(line) = &one.line else { continue };
            let lever = &mut levers[place];
            lever.moves = true;
            let today = one.points.units() as f64 / Decimal::ONE.units() as f64;
            lever.swaps.extend(line.swaps().into_iter().map(|swap| Turn {
                at: today + swap.near * grain,
                ahead: contest.units()[swap.ahead as usize],
                behind: contest.units()[swap.behind as usize],
            }));
        }
    }
    for (lever, interval) in levers.iter_mut().zip(narrowest_intervals(simulation, &contests)) {
        lever.interval = interval;
        // Each contest's are in order; a stable sort of a few runs is a merge.
        lever.swaps.sort_by(|a, b| a.at.total_cmp(&b.at));
    }
    levers
}
