//! The routes of the API, one module for each noun of the address.

pub(crate) mod announcements;
pub(crate) mod audit;
pub(crate) mod ballots;
pub(crate) mod calendar;
pub(crate) mod codes;
pub(crate) mod comments;
pub(crate) mod findings;
pub(crate) mod health;
pub(crate) mod ledger;
pub(crate) mod named_ballots;
pub(crate) mod open_codes;
pub(crate) mod paper_tallies;
pub(crate) mod plans;
pub(crate) mod public;
mod public_table;
pub(crate) mod reconciliation;
pub(crate) mod records;
pub(crate) mod rectification_table;
pub(crate) mod rectifications;
pub(crate) mod results;
pub(crate) mod rounds;
pub(crate) mod scenarios;
pub(crate) mod sessions;
pub(crate) mod staff;
pub(crate) mod templates;
pub(crate) mod voters;
