//! The rules of a ballot: what stands on the paper, which marks make it valid, what it gives.
//!
//! Owns the one check that the browser makes while marks are chosen and the server repeats before
//! anything is stored. Knows no codes, no voters and no storage.

mod check;
mod paper;
mod preview;

pub use check::{BallotFault, BallotProblem, MOST_MARKS, Mark, QuotaState, check};
pub use paper::{Paper, PaperCriterion, PaperOption, PaperQuota, PaperUnit, Section, SectionKind};
pub use preview::{UnitPreview, preview};
