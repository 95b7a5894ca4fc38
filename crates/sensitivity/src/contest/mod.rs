//! Units that are ranked against each other: the plan's tree as weights, lines and ties.

mod moves;
mod new_points;
mod ranked_units;
mod tie_keys;

pub use moves::Move;
pub use ranked_units::{Contest, Weight};
