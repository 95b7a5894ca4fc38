//! The list of voters of a plan.
//!
//! Owns who is on it, and how far each has come. Refuses to own codes and the links to them (`ballot_box`).

pub(crate) mod list_voters;
pub(crate) mod put_voters;
pub(crate) mod voter;
pub(crate) mod voter_fault;
