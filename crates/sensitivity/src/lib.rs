//! What would move a ranking: intervals, reversals, acceptability, resampling.
#![allow(clippy::needless_range_loop)]

mod acceptability;
mod crossing;
mod dice;
mod dual_simplex;
mod duel;
mod field;
mod fraction;
mod grid;
mod importance;
mod line;
mod network;
mod overtaking;
mod poisson;
mod poll;
mod rank_range;
mod reach;

pub use acceptability::{Acceptability, Prior};
pub use duel::Duels;
pub use field::{Field, FieldFault, Slot};
pub use fraction::{Fraction, rounded, shortest};
pub use grid::{Grid, WEIGHT_SUM};
pub use overtaking::{Change, Overtaking};
pub use importance::effective_importance;
pub use rank_range::{RankRange, Witness, rank_ranges};
pub use poll::{Effect, Marks, Poll};
pub use reach::{Goal, reach};
pub use line::{End, Interval, Line, Scope, Stair, Swap, TieKey};
