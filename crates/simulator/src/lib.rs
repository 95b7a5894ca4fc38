//! What the simulation page asks beside the page: `sensitivity`, in a worker of the browser.
//!
//! Owns the messages between the two ([`Request`], [`Reply`]) and the way from a question to an answer
//! ([`Analyst`]). It is a package of its own, apart from the app, so that the page holds the messages and
//! not the mathematics, and so that this part can be built for speed, with SIMD. It refuses to own any
//! formula, and words: figures go as figures, units, nodes and groups by their places in the plan.

mod analyst;
mod limits;
mod message;

pub use analyst::{Analyst, Told};
pub use message::{
    AllChances, AllVotes, Answer, Case, CentralWeights, Chances, Given, LeverAnswer, Levers, Nothing, Overtaken,
    Progress, Question, Reach, Reply, ReportText, Request, Votes, unpack_swap,
};
pub use sensitivity::{Importance, PointsOf, Reached, SavingBallots, Standstill, StandstillEnd, SwapEnd};
