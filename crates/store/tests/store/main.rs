//! The store on the real SDK and the embedded engine.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod audit;
mod ballots;
mod closing;
mod codes;
mod faults;
mod house;
mod limits;
mod plans;
mod publishing;
mod records;
mod scale;
mod secrecy;
mod staff;
