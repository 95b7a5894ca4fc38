//! Results: the mode asked for, and what the public sees.

use scoring::{ResultDocument, json::Value};
use serde::{Deserialize, Serialize};

#[cfg(feature = "openapi")]
use crate::schema;

/// `GET /api/plans/{id}/result?mode=`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ResultMode {
    /// Nothing may be missing; only after closing.
    Final,
    /// What there is so far.
    Provisional,
}

/// `GET /api/public/{id}`: a published plan and its result.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Publication {
    /// The frozen plan document.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::PlanDocument))]
    pub plan: Value,
    /// SHA-256 of its RFC 8785 form without null members.
    pub plan_sha256: String,
    /// The final result.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::ResultDocument))]
    pub result: ResultDocument,
    /// Keys of blind groups, now with their secret halves.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub blind_keys: Vec<crate::ballot::BlindKey>,
}
