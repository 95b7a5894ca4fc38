//! Records that offices give: entries, incidents, adjustments, links, lots, decisions, verdicts and
//! history. Shapes are those of the records document, less what the address says already, plus
//! `evidence`.

use serde::{Deserialize, Serialize};

/// Most characters of an `evidence` or a `reason`.
pub const MOST_WORDS: usize = 2000;

/// `PUT .../entries/{period}/{component}/{unit}`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct EntryRequest {
    /// A decimal from 0 to the component's `out_of`.
    pub value: String,
    /// Where it comes from.
    #[serde(default)]
    pub evidence: Option<String>,
}

/// `PUT .../links/{period}/{component}/{unit}`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct LinkRequest {
    /// Totals of the linked plans, as decimals.
    pub totals: Vec<String>,
    /// Where they come from.
    #[serde(default)]
    pub evidence: Option<String>,
}

/// `POST .../incidents`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct IncidentRequest {
    /// The period's id.
    pub period: String,
    /// The component's id.
    pub component: String,
    /// The unit's id.
    pub unit: String,
    /// The level's id.
    pub level: String,
    /// How many times.
    pub count: u64,
    /// Whether the component's `serious_factor` applies.
    pub serious: bool,
    /// Where it comes from.
    #[serde(default)]
    pub evidence: Option<String>,
}

/// `POST .../adjustments`: a bonus or a deduction, by `level` or by `points` as its rule says.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AdjustmentRequest {
    /// The period's id.
    pub period: String,
    /// The rule's id.
    pub rule: String,
    /// The unit's id.
    pub unit: String,
    /// The level's id, where the rule has levels.
    #[serde(default)]
    pub level: Option<String>,
    /// A decimal, where the rule has a range.
    #[serde(default)]
    pub points: Option<String>,
    /// Where it comes from.
    #[serde(default)]
    pub evidence: Option<String>,
}

/// `PUT .../lots/{category}`, `-` for a lot across categories.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct LotRequest {
    /// Unit ids in the order that was drawn.
    pub order: Vec<String>,
    /// Who drew it, and where.
    #[serde(default)]
    pub evidence: Option<String>,
}

/// `POST .../decisions`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DecisionRequest {
    /// The period's id.
    pub period: String,
    /// The component's id.
    pub component: String,
    /// The unit's id.
    pub unit: String,
    /// A decimal from 0 to `out_of`; it takes the place of raw.
    pub value: String,
    /// Who decided, and why.
    pub reason: String,
    /// Where it comes from.
    #[serde(default)]
    pub evidence: Option<String>,
}

/// `POST .../verdicts`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct VerdictRequest {
    /// The unit's id.
    pub unit: String,
    /// The outcome's id.
    pub outcome: String,
    /// Why.
    pub reason: String,
    /// Where it comes from.
    #[serde(default)]
    pub evidence: Option<String>,
}

/// `PUT .../history`: the whole history of earlier years.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct HistoryRequest {
    /// One for each year and unit.
    pub history: Vec<HistoryYear>,
    /// Where it comes from.
    #[serde(default)]
    pub evidence: Option<String>,
}

/// The outcomes of one unit in one earlier year.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct HistoryYear {
    /// The year.
    pub year: u64,
    /// The unit's id.
    pub unit: String,
    /// Outcome ids; they may be of that year's plan alone.
    pub outcomes: Vec<String>,
}

/// Body of every `DELETE` of a record: it stays, struck out.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct StrikeRequest {
    /// Why.
    pub reason: String,
}

/// Answer to a `POST`, `PUT` or `DELETE` of a record.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RecordKept {
    /// The record's id: the last part of its address under its kind for `DELETE`.
    pub id: String,
}
