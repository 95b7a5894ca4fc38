//! A plan's scores in the office: read and computed once, and drawn alike wherever they are shown.
//!
//! Owns what the live ranking, the simulation and the lots share. Refuses to own any formula: `scoring` does that.

pub mod appraisal;
pub mod legend;
pub mod nothing_yet;
pub mod period_choice;
pub mod score_bar;
pub mod tie_reason;
