//! What would move a ranking: intervals, reversals, acceptability, resampling.
#![allow(clippy::needless_range_loop)]

mod acceptability;
mod crossing;
mod dice;
mod duel;
mod field;
mod fraction;
mod grid;
mod line;
mod network;

pub use acceptability::{Acceptability, Prior};
pub use duel::Duels;
pub use field::{Field, FieldFault, Slot};
pub use fraction::{Fraction, rounded, shortest};
pub use grid::{Grid, WEIGHT_SUM};
pub use line::{End, Interval, Line, Scope, Stair, Swap, TieKey};
