//! Units that are ranked against each other: the plan's tree as weights, lines and ties.

mod marks;
mod moves;
mod new_points;
mod ranked_units;
mod tie_keys;

pub(crate) use marks::{PlacedMarks, marks_of};
pub use moves::Move;
pub use ranked_units::{Contest, Weight};
