//! The audit chain, and the one way by which an office changes anything.
//!
//! Owns: events, their hashes, the order of changes, and the check of a whole chain. Refuses to own: what a change
//! writes, and whether it is allowed.

mod chain;
pub(crate) mod change;
pub(crate) mod event;
mod restored;
pub(crate) mod turns;
