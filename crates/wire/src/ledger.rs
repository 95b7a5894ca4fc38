//! What staff see of the records beyond the records document: ids, evidence, struck-out rows, and
//! the audit chain.

use document::{Value, document, open_ended};
use scoring::Record;
pub use scoring::RecordKind;
use sha2::{Digest, Sha256};

document! {
    /// `GET /api/plans/{id}/ledger`, `?kind=` for one list, `?cursor=` for the next page.
    #[derive(Debug)]
    pub struct Ledger {
        /// One page of rows.
        pub rows: Vec<LedgerRow>,
        /// Pass it as `?cursor=` for the next page; null at the end.
        pub next: Option<String> = null,
    }
    shape: open_ended;
}

document! {
    /// One record as an office gave it.
    #[derive(Debug)]
    pub struct LedgerRow {
        /// `DELETE /api/plans/{plan}/{kind}/{id}` strikes it out.
        pub id: String,
        /// The list it belongs to.
        pub kind: RecordKind,
        /// The record as it stands in the records document.
        pub record: Record as Object,
        /// Where it comes from.
        pub evidence: Option<String> = null,
        /// The files that show it, by SHA-256.
        pub files: Vec<String> = omitted,
        /// The clause by which it counts.
        pub clause: Option<String>,
        /// Of an incident or an adjustment: the day on which it was.
        pub date: Option<String>,
        /// The account that gave it.
        pub by: String,
        /// When, in seconds since 1970-01-01T00:00:00Z.
        pub at: i64,
        /// It was given after the entries of its round were due, by the plan's schedule. It counts all the same.
        pub late: bool = omitted,
        /// It waits for a second person, and counts nowhere until then.
        pub pending: bool = omitted,
        /// The second person, where one was needed and has approved it.
        pub approved: Option<Approved>,
        /// Null while it counts or waits.
        pub struck: Option<Struck> = null,
    }
    shape: open_ended;
}

document! {
    /// Who approved a record as the second person.
    #[derive(Eq, Debug)]
    pub struct Approved {
        /// The account.
        pub by: String,
        /// When, in seconds since 1970-01-01T00:00:00Z.
        pub at: i64,
    }
    shape: open_ended;
}

document! {
    /// Why and by whom a record was struck out.
    #[derive(Eq, Debug)]
    pub struct Struck {
        /// Why.
        pub reason: String,
        /// The account.
        pub by: String,
        /// When, in seconds since 1970-01-01T00:00:00Z.
        pub at: i64,
    }
    shape: open_ended;
}

document! {
    /// `GET /api/plans/{id}/audit`, oldest first.
    #[derive(Debug)]
    pub struct AuditPage {
        /// One page of events.
        pub events: Vec<AuditEvent>,
        /// Pass it as `?cursor=` for the next page; null at the end.
        pub next: Option<String> = null,
    }
    shape: open_ended;
}

document! {
    /// One change by an office, chained to the one before by its hash.
    #[derive(Debug)]
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
        pub detail: Value as Object,
        /// Hash of the event before; of 32 zero bytes for the first.
        pub previous: String,
        /// Hash of this event.
        pub hash: String,
    }
    shape: open_ended;
}

impl AuditEvent {
    /// The hash that the event should have in a log (a plan's id, or [`ACCOUNTS`](crate::audit::ACCOUNTS)): SHA-256 of
    /// `"pingyi-audit\0"`, the log's name, `"\0"`, and the RFC 8785 form of all other fields, numbers as texts.
    #[must_use]
    pub fn hash_in(&self, log: &str) -> String {
        let content = Value::object([
            ("action", Value::text(&self.action)),
            ("at", Value::Text(self.at.to_string())),
            ("by", Value::text(&self.by)),
            ("detail", self.detail.clone()),
            ("previous", Value::text(&self.previous)),
            ("sequence", Value::Text(self.sequence.to_string())),
        ]);
        let mut sha = Sha256::new();
        sha.update(b"pingyi-audit\0");
        sha.update(log.as_bytes());
        sha.update(b"\0");
        sha.update(content.canonical().as_bytes());
        crate::code::hex(&sha.finalize())
    }
}
