//! The events of the audit chain.
//!
//! Each holds the hash of the one before, so none can be changed, removed or slipped in without all that follow.

use scoring::json::Value;
use sha2::{Digest, Sha256};

use crate::database::{Item, Key, keys};
use crate::error::StoreError;
use crate::ids::Timestamp;

/// One change by an office.
#[derive(Debug, Clone, PartialEq)]
pub struct AuditEvent {
    /// 1, 2, 3 ….
    pub sequence: u64,
    /// When.
    pub at: Timestamp,
    /// The account.
    pub by: String,
    /// What was done: `plan_opened`, `entry_put` ….
    pub action: String,
    /// Ids and figures of what was done.
    pub detail: Value,
    /// Hash of the event before, in hexadecimal; 64 zeros for the first.
    pub previous: String,
    /// Hash of this event, in hexadecimal.
    pub hash: String,
}

impl AuditEvent {
    /// SHA-256 of `"pingyi-audit\0"`, the log's name, `"\0"`, and the RFC 8785 form of all other fields.
    pub(crate) fn hash_in(&self, log: &str) -> String {
        let content = Value::Object(vec![
            ("action".to_owned(), Value::Text(self.action.clone())),
            ("at".to_owned(), Value::Text(self.at.0.to_string())),
            ("by".to_owned(), Value::Text(self.by.clone())),
            ("detail".to_owned(), self.detail.clone()),
            ("previous".to_owned(), Value::Text(self.previous.clone())),
            ("sequence".to_owned(), Value::Text(self.sequence.to_string())),
        ]);
        let mut sha = Sha256::new();
        sha.update(b"pingyi-audit\0");
        sha.update(log.as_bytes());
        sha.update(b"\0");
        sha.update(content.canonical().as_bytes());
        hex::encode(sha.finalize())
    }

    pub(crate) fn read(item: &Item) -> Result<AuditEvent, StoreError> {
        Ok(AuditEvent {
            sequence: item.sort_key()?.parse().map_err(|_| StoreError::Corrupt)?,
            at: item.time("made_at")?,
            by: item.text("made_by")?.to_owned(),
            action: item.text("what")?.to_owned(),
            detail: item.json("detail")?,
            previous: item.text("previous")?.to_owned(),
            hash: item.text("digest")?.to_owned(),
        })
    }

    pub(crate) fn write(&self, log: &str, mark: &str) -> Item {
        Item::at(Key::new(keys::audit_partition(log), keys::ordinal(self.sequence)))
            .with_time("made_at", self.at)
            .with_text("made_by", self.by.as_str())
            .with_text("what", self.action.as_str())
            .with_json("detail", &self.detail)
            .with_text("previous", self.previous.as_str())
            .with_text("digest", self.hash.as_str())
            .with_text("mark", mark)
    }
}
