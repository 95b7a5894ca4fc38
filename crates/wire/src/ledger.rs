//! What staff see of the records beyond the records document: ids, evidence, struck-out rows, and
//! the audit chain.

use document::Value;
use scoring::Record;
pub use scoring::RecordKind;
use serde::{Deserialize, Serialize};

/// `GET /api/plans/{id}/ledger`, `?kind=` for one list, `?cursor=` for the next page.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Ledger {
    /// One page of rows.
    pub rows: Vec<LedgerRow>,
    /// Pass it as `?cursor=` for the next page; null at the end.
    pub next: Option<String>,
}

/// One record as an office gave it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LedgerRow {
    /// `DELETE /api/plans/{plan}/{kind}/{id}` strikes it out.
    pub id: String,
    /// The list it belongs to.
    pub kind: RecordKind,
    /// The record as it stands in the records document.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub record: Record,
    /// Where it comes from.
    pub evidence: Option<String>,
    /// The account that gave it.
    pub by: String,
    /// When, in seconds since 1970-01-01T00:00:00Z.
    pub at: i64,
    /// Null while it counts.
    pub struck: Option<Struck>,
}

/// Why and by whom a record was struck out.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Struck {
    /// Why.
    pub reason: String,
    /// The account.
    pub by: String,
    /// When, in seconds since 1970-01-01T00:00:00Z.
    pub at: i64,
}

/// `GET /api/plans/{id}/audit`, oldest first.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditPage {
    /// One page of events.
    pub events: Vec<AuditEvent>,
    /// Pass it as `?cursor=` for the next page; null at the end.
    pub next: Option<String>,
}

/// One change by an office, chained to the one before by its hash.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditEvent {
    /// 1, 2, 3 …
    pub sequence: u64,
    /// Seconds since 1970-01-01T00:00:00Z.
    pub at: i64,
    /// The account.
    pub by: String,
    /// What was done.
    pub action: String,
    /// Ids and figures of what was done.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub detail: Value,
    /// Hash of the event before; of 32 zero bytes for the first.
    pub previous: String,
    /// Hash of this event.
    pub hash: String,
}
