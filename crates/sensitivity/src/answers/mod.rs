//! What a plan's ranking answers: typed figures, with units, nodes and groups by their places in the plan.
//!
//! The page's messages carry these as they are; [`crate::Report`] makes ids and decimal texts of them.

mod importance;
mod lever;
mod overtake;
mod points_of;
mod reached;
mod resampling;
mod saving_ballots;
mod standstill;

pub use importance::{Importance, effective_importance, importance};
pub use lever::{Lever, Turn, levers};
pub(crate) use overtake::overtaking;
pub use overtake::{LeastChange, Overtake, overtake};
pub use points_of::PointsOf;
pub use reached::{Reached, reached};
pub use resampling::{Kept, resampled};
pub use saving_ballots::{SavingBallots, saving_ballots};
pub(crate) use standstill::standstills;
pub use standstill::{Standstill, StandstillEnd, SwapEnd};
