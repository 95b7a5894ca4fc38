//! What would move a ranking: intervals, reversals, acceptability, resampling.
//!
//! Owns the answers of docs/sensitivity.md, Q1 to Q8, over results that [`scoring`] has scored. It has no I/O
//! and no clock, and builds for the browser. Every statement about an order is exact: whole numbers, or
//! fractions of them; floats only sample, or sort what is compared exactly afterwards. It refuses to score:
//! a plan with other points goes back to `scoring`.
//!
//! A [`Simulation`] is a scored result; [`Contest::all`] gives who is ranked against whom in it. A [`Contest`] gives a
//! [`Field`] (all weights at once) and [`Line`]s (one weight moving), on which the algorithms work. [`report()`] asks them
//! all. The fast loops stand in `kernels`, with a page that says why each is as it is.

#![warn(missing_docs)]

mod answers;
mod contest;
mod field;
mod kernels;
mod limits;
mod line;
mod near;
mod place;
mod report;
mod simulation;
mod weights;

pub use answers::{
    Importance, Kept, LeastChange, Lever, Overtake, PointsOf, Reached, SavingBallots, Standstill, StandstillEnd,
    SwapEnd, Turn, effective_importance, importance, levers, overtake, reached, resampled, saving_ballots,
};
pub use contest::{Contest, Move, Weight};
pub use field::{Field, FieldFault, Slot};
pub use kernels::acceptability::{Acceptability, Prior};
pub use kernels::deficits::{Deficits, WEIGHT_SUM};
pub use kernels::duel::Duels;
pub use kernels::poll::{Effect, Marks, Poll};
pub use line::{End, Interval, Line, Scope, Stair, Swap, TieKey};
pub use near::near;
pub use place::{RankIndex, RivalIndex, SlotIndex};
pub use report::{
    AcceptabilityReport, CategoryReport, FewestBallotsReport, ImportanceReport, IntervalReport, KeepsReport, Options,
    OvertakeReport, Report, ResamplingReport, report,
};
pub use simulation::{Simulation, SimulationError};
pub use weights::{Change, Goal, Overtaking, RankRange, Witness, rank_ranges, reach};
