//! Saved scenarios of the office's simulation. A frozen plan can be simulated, never changed.
//!
//! `PUT /api/plans/{id}/scenarios/{name}` takes the scenario document itself, with
//! `If-None-Match: *` for a new one or `If-Match` with the revision it was based on.

use scoring::scenario::ScenarioDocument;
use serde::{Deserialize, Serialize};

/// Most characters of a scenario's name.
pub const LONGEST_NAME: usize = 60;

/// `GET /api/plans/{id}/scenarios/{name}`; the revision is the `ETag` too.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SavedScenario {
    /// What the planner calls it, and its address.
    pub name: String,
    /// Its revision.
    pub revision: u64,
    /// The scenario.
    pub scenario: ScenarioDocument,
}

/// `GET /api/plans/{id}/scenarios`.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ScenarioList {
    /// One page of saved scenarios.
    pub scenarios: Vec<ScenarioSummary>,
    /// Pass it as `?cursor=` for the next page; null at the end.
    pub next: Option<String>,
}

/// One line of the list of saved scenarios.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ScenarioSummary {
    /// What the planner calls it, and its address.
    pub name: String,
    /// Its revision.
    pub revision: u64,
    /// The account that saved it last.
    pub by: String,
    /// When, in seconds since 1970-01-01T00:00:00Z.
    pub at: i64,
}

/// Answer to a scenario that was saved.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ScenarioSaved {
    /// Its name.
    pub name: String,
    /// Its new revision.
    pub revision: u64,
}
