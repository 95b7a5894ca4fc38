//! A line through the space of weights, and the ranking along it (Q1).
//!
//! [`Line`] holds totals and slopes. On it one asks how far the ranking stands ([`Line::interval`]), who changes places
//! where ([`Line::swaps`]), and which ranks a unit has ([`Line::staircase`]). All answers are exact; floats only sort
//! what exact comparison then confirms.

mod interval;
mod staircase;
mod step;
mod swaps;
mod tie_key;
mod totals;

pub use interval::{End, Interval, Scope};
pub use staircase::Stair;
pub use swaps::Swap;
pub use tie_key::TieKey;
pub use totals::{Line, slopes_of_one_weight};
