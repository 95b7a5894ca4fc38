//! Searching all weights of a field: the least change by which one unit overtakes another (Q2), what makes a unit first
//! or last (Q3), and the ranks that a unit can reach near today's weights (Q4).

mod dual_simplex;
mod overtaking;
mod rank_range;
mod reach;

pub use overtaking::{Change, Overtaking};
pub use rank_range::{RankRange, Witness, rank_ranges};
pub use reach::{Goal, reach};
