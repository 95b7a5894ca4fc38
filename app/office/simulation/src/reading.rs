//! What the assistant says of the settled plan: how far each slider moves, its swaps, what decides.
//!
//! Owns looking things up in the answer. Refuses to own when it is asked for: that is the state's.

use std::rc::Rc;

use js_sys::Float64Array;
use leptos::prelude::*;
use scoring::{NodeIndex, UnitIndex};
use simulator::{Importance, LeverAnswer, unpack_swap};

/// The answer of the last settled gesture.
pub struct Reading {
    /// One for each node that can be set by itself.
    pub levers: Vec<LeverAnswer>,
    /// Where each lever's swaps begin among the figures.
    starts: Vec<u32>,
    /// Points and units, two figures a swap.
    figures: Float64Array,
    /// By category, then by node.
    pub weighing: Vec<Vec<Importance>>,
}

/// Two units change places on the way of a slider.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Turn {
    /// Its place among the slider's swaps.
    pub place: u32,
    /// At these points.
    pub at: f64,
    /// The unit that is ahead today, and the one behind.
    pub units: [UnitIndex; 2],
}

impl Reading {
    /// What an answer says; its figures are the swaps of all levers.
    pub fn new(levers: Vec<LeverAnswer>, weighing: Vec<Vec<Importance>>, figures: Float64Array) -> Reading {
        let mut start = 0;
        let starts = levers.iter().map(|lever| {
            let here = start;
            start += count(lever);
            here
        });
        let starts = starts.collect();
        Reading { levers, starts, figures, weighing }
    }

    /// The lever that moves this node alone.
    pub fn lever(&self, node: NodeIndex) -> Option<usize> {
        self.levers.iter().position(|lever| lever.standstill.nodes == [node])
    }

    /// How many swaps a lever has.
    pub fn swaps(&self, lever: usize) -> u32 {
        count(&self.levers[lever])
    }

    /// A swap of a lever.
    pub fn swap(&self, lever: usize, place: u32) -> Turn {
        let figure = 2 * (self.starts[lever] + place);
        Turn { place, at: self.figures.get_index(figure), units: unpack_swap(self.figures.get_index(figure + 1)) }
    }

    /// How many swaps of a lever lie below so many points.
    pub fn below(&self, lever: usize, points: f64) -> u32 {
        let (mut from, mut to) = (0, self.swaps(lever));
        while from < to {
            let middle = from + (to - from) / 2;
            if self.swap(lever, middle).at < points { from = middle + 1 } else { to = middle }
        }
        from
    }

    /// The swap of a lever that is nearest to so many points.
    pub fn nearest(&self, lever: usize, points: f64) -> Option<Turn> {
        let above = self.below(lever, points);
        let around = [above.checked_sub(1), (above < self.swaps(lever)).then_some(above)];
        let swaps = around.into_iter().flatten().map(|place| self.swap(lever, place));
        swaps.min_by(|a, b| (a.at - points).abs().total_cmp(&(b.at - points).abs()))
    }
}

fn count(lever: &LeverAnswer) -> u32 {
    u32::try_from(lever.swaps).unwrap_or(u32::MAX)
}

/// The answer for what is settled; nothing until there is one. A handle.
pub type Readings = RwSignal<Option<Rc<Reading>>, LocalStorage>;
