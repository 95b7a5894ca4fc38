//! Saved scenarios of the office's simulation. A frozen plan can be simulated, never changed.

use scoring::scenario::ScenarioDocument;
use serde::{Deserialize, Serialize};

#[cfg(feature = "openapi")]
use crate::schema;

/// `POST /api/plans/{id}/scenarios`, and `PUT /api/plans/{id}/scenarios/{scenario}` with
/// `If-Match`: the revision it was based on.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ScenarioRequest {
    /// What the planner calls it.
    pub name: String,
    /// The scenario.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::ScenarioDocument))]
    pub scenario: ScenarioDocument,
}

/// One saved scenario; the revision is the `ETag` too.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SavedScenario {
    /// Its id.
    pub id: String,
    /// Its revision.
    pub revision: u64,
    /// What the planner calls it.
    pub name: String,
    /// The scenario.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::ScenarioDocument))]
    pub scenario: ScenarioDocument,
    /// The account that saved it last.
    pub by: String,
}

/// `GET /api/plans/{id}/scenarios`.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ScenarioList {
    /// All saved scenarios of the plan.
    pub scenarios: Vec<SavedScenario>,
}

/// Answer to a scenario that was saved.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ScenarioSaved {
    /// Its id.
    pub id: String,
    /// Its new revision.
    pub revision: u64,
}
