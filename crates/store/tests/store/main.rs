//! The store on the real SDK and the embedded engine.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod approvals;
mod audit;
mod ballots;
mod base;
mod capacity;
mod closing;
mod closing_under_limits;
mod codes;
mod comments;
mod crowds;
mod deleting;
mod desk;
mod dice;
mod faults;
mod follow_up_scale;
mod home;
mod house;
mod killing;
mod limits;
mod linking;
mod model;
mod objections;
mod open_groups;
mod plans;
mod profiles;
mod proxy;
mod publishing;
mod reconciliation;
mod records;
mod rounds;
mod scale;
mod schedule;
mod second_factor;
mod secrecy;
mod staff;
mod taken_links;
mod two_people;
mod voiding;
mod voters;
mod weather;
