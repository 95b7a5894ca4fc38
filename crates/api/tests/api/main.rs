//! The API over real HTTP: the real router, the real store, the embedded engine. Modules follow the
//! addresses.

#![expect(clippy::unwrap_used, reason = "tests: what cannot be set up should stop them")]

mod client;
mod comments;
mod served;

mod addresses;
mod announcements;
mod approvals;
mod audit;
mod bad_input;
mod ballots;
mod blind;
mod bodies;
mod cases;
mod codes_fit;
mod desk;
mod docs;
mod documents;
mod due;
mod editions;
mod files;
mod findings;
mod golden_cases;
mod journey;
mod links_from;
mod live_tallies;
mod lots;
mod nanyang_year;
mod next_year;
mod open_codes;
mod openapi;
mod pages;
mod paper_tallies;
mod plan_names;
mod plans;
mod profiles;
mod publication;
mod reconciliation;
mod records;
mod rectification_readers;
mod rectifications;
mod repeated_ballots;
mod results;
mod roles;
mod rounds;
mod schedule;
mod second_factor;
mod series;
mod session;
mod small_groups;
mod tasks_and_limits;
mod units_side;
mod voiding;
mod voters;
