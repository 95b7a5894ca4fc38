//! What would move a ranking: intervals, reversals, acceptability, resampling.
//!
//! Owns the answers of sensitivity.md, Q1 to Q8, over results that [`scoring`] has scored. It has no I/O
//! and no clock, and builds for the browser. Every statement about an order is exact: whole numbers, or
//! fractions of them; floats only sample, or sort what is compared exactly afterwards. It refuses to score:
//! a plan with other points goes back to `scoring`.
//!
//! A [`Simulation`] is a scored result; [`Contest::all`] gives who is ranked against whom in it. A [`Contest`] gives a
//! [`Field`] (all weights at once) and [`Line`]s (one weight moving), on which the algorithms work. [`report()`] asks them
//! all. The fast loops stand in `kernels`, with a page that says why each is as it is.

mod contest;
mod dual_simplex;
mod field;
mod fraction;
mod importance;
mod kernels;
mod lever;
mod limits;
mod line;
mod overtaking;
mod poll_of_records;
mod rank_range;
mod reach;
mod report;
mod resampling;
mod saving_ballots;
mod simulation;

pub use contest::{Contest, Move, Weight};
pub use field::{Field, FieldFault, Slot};
pub use fraction::{Fraction, rounded, shortest};
pub use importance::effective_importance;
pub use kernels::acceptability::{Acceptability, Prior};
pub use kernels::deficits::{Deficits, WEIGHT_SUM};
pub use kernels::duel::Duels;
pub use kernels::poll::{Effect, Marks, Poll};
pub use lever::{Lever, Turn, levers};
pub use line::{End, Interval, Line, Scope, Stair, Swap, TieKey};
pub use overtaking::{Change, Overtaking};
pub use rank_range::{RankRange, Witness, rank_ranges};
pub use reach::{Goal, reach};
pub use report::{
    AcceptabilityReport, CategoryReport, FewestBallotsReport, ImportanceReport, IntervalReport, KeepsReport, Options,
    OvertakeReport, Report, ResamplingReport, importance, intervals, overtake, report,
};
pub use resampling::{Kept, resampled};
pub use saving_ballots::{SavingBallots, saving_ballots};
pub use simulation::{Simulation, SimulationError};
