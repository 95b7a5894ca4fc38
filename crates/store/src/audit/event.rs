//! The events of the audit chain.
//!
//! Each holds the hash of the one before, so none can be changed, removed or slipped in without all that follow.

use crate::database::{Item, Key, keys};
use crate::error::StoreError;
use crate::ids::Timestamp;

pub use wire::ledger::AuditEvent;

/// The event that an item holds.
pub(crate) fn read(item: &Item) -> Result<AuditEvent, StoreError> {
    Ok(AuditEvent {
        sequence: item.sort_key()?.parse().map_err(|_| StoreError::Corrupt)?,
        at: item.time("made_at")?.0,
        by: item.text("made_by")?.to_owned(),
        action: item.text("what")?.to_owned(),
        detail: item.json("detail")?,
        previous: item.text("previous")?.to_owned(),
        hash: item.text("digest")?.to_owned(),
    })
}

/// An event as an item of its log.
pub(crate) fn write(event: &AuditEvent, log: &str, mark: &str) -> Item {
    Item::at(Key::new(keys::audit_partition(log), keys::ordinal(event.sequence)))
        .with_time("made_at", Timestamp(event.at))
        .with_text("made_by", event.by.as_str())
        .with_text("what", event.action.as_str())
        .with_json("detail", &event.detail)
        .with_text("previous", event.previous.as_str())
        .with_text("digest", event.hash.as_str())
        .with_text("mark", mark)
}
