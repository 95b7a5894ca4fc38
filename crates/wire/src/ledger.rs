//! What staff see of the records beyond the records document: ids, evidence, struck-out rows, and
//! the audit chain.

use scoring::json::Value;
use serde::{Deserialize, Serialize};

/// Which list of the records document a row belongs to.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum RecordKind {
    /// 录入分
    Entries,
    /// 扣分事项
    Incidents,
    /// 关联得分
    Links,
    /// 加减分
    Adjustments,
    /// 抽签
    Lots,
    /// 集体决定
    Decisions,
    /// 直接认定
    Verdicts,
    /// 往年结果
    History,
}

impl RecordKind {
    /// Every kind, in the order of the records document.
    pub const ALL: [RecordKind; 8] = [
        RecordKind::Entries,
        RecordKind::Incidents,
        RecordKind::Links,
        RecordKind::Adjustments,
        RecordKind::Lots,
        RecordKind::Decisions,
        RecordKind::Verdicts,
        RecordKind::History,
    ];

    /// The name in JSON and in addresses.
    pub const fn as_str(self) -> &'static str {
        match self {
            RecordKind::Entries => "entries",
            RecordKind::Incidents => "incidents",
            RecordKind::Links => "links",
            RecordKind::Adjustments => "adjustments",
            RecordKind::Lots => "lots",
            RecordKind::Decisions => "decisions",
            RecordKind::Verdicts => "verdicts",
            RecordKind::History => "history",
        }
    }
}

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
    pub record: Value,
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
