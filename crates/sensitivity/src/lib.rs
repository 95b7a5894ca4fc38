//! What would move a ranking: intervals, reversals, acceptability, resampling.
//!
//! Owns the answers of sensitivity.md, Q1 to Q8, over results that [`scoring`] has scored. It has no I/O
//! and no clock, and builds for the browser. Every statement about an order is exact: whole numbers, or
//! fractions of them; floats only sample, or sort what is compared exactly afterwards. It refuses to score:
//! a plan with other points goes back to `scoring`.
//!
//! [`Simulation`] takes documents and gives [`Contest`]s; these give [`Field`]s (all weights at once) and
//! [`Line`]s (one weight moving), on which the algorithms work. [`report`] asks them all.

// Loops over lanes are written by index: that is the form that becomes one instruction.
#![allow(clippy::needless_range_loop)]

mod acceptability;
mod contest;
mod crossing;
mod dice;
mod dual_simplex;
mod duel;
mod field;
mod fraction;
mod grid;
mod importance;
mod lever;
mod line;
mod meeting;
mod network;
mod overtaking;
mod place_counts;
mod poisson;
mod poll;
mod poll_of_records;
mod rank_range;
mod reach;
mod report;
mod report_text;
mod reporting;
mod resampling;
mod saving_ballots;
mod simulation;

pub use acceptability::{Acceptability, Prior};
pub use contest::{Contest, Move, Weight};
pub use duel::Duels;
pub use field::{Field, FieldFault, Slot};
pub use fraction::{Fraction, rounded, shortest};
pub use grid::{Grid, WEIGHT_SUM};
pub use importance::effective_importance;
pub use lever::{Lever, Turn, levers};
pub use line::{End, Interval, Line, Scope, Stair, Swap, TieKey};
pub use overtaking::{Change, Overtaking};
pub use poll::{Effect, Marks, Poll};
pub use rank_range::{RankRange, Witness, rank_ranges};
pub use reach::{Goal, reach};
pub use report::{
    AcceptabilityReport, CategoryReport, FewestBallotsReport, ImportanceReport, IntervalReport, KeepsReport, Options,
    OvertakeReport, Report, ResamplingReport, report,
};
pub use reporting::{importance, intervals, overtake};
pub use resampling::{Kept, resampled};
pub use saving_ballots::{SavingBallots, saving_ballots};
pub use simulation::{Simulation, SimulationError};
