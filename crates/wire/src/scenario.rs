//! Saved scenarios of the office's simulation. A frozen plan can be simulated, never changed.
//!
//! `PUT /api/plans/{id}/scenarios/{name}` takes the scenario document itself, with
//! `If-None-Match: *` for a new one or `If-Match` with the revision it was based on.

use document::{document, open_ended};
use scoring::scenario::ScenarioDocument;

/// Most characters of a scenario's name.
pub const LONGEST_NAME: usize = 60;

document! {
    /// `GET /api/plans/{id}/scenarios/{name}`; the revision is the `ETag` too.
    #[derive(Debug)]
    pub struct SavedScenario {
        /// What the planner calls it, and its address.
        pub name: String,
        pub revision: u64,
        pub scenario: ScenarioDocument,
    }
    shape: open_ended;
}

document! {
    /// `GET /api/plans/{id}/scenarios`.
    #[derive(Debug)]
    pub struct ScenarioList {
        /// One page of saved scenarios.
        pub scenarios: Vec<ScenarioSummary>,
        /// Pass it as `?cursor=` for the next page; null at the end.
        pub next: Option<String> = null,
    }
    shape: open_ended;
}

document! {
    /// One line of the list of saved scenarios.
    #[derive(Eq, Debug)]
    pub struct ScenarioSummary {
        /// What the planner calls it, and its address.
        pub name: String,
        pub revision: u64,
        /// The account that saved it last.
        pub by: String,
        /// When, in seconds since 1970-01-01T00:00:00Z.
        pub at: i64,
    }
    shape: open_ended;
}

document! {
    /// Answer to a scenario that was saved.
    #[derive(Eq, Debug)]
    pub struct ScenarioSaved {
        pub name: String,
        /// Its new revision.
        pub revision: u64,
    }
    shape: open_ended;
}
