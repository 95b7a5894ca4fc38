//! Striking a record out. It is kept, with the reason; it counts no more.

use scoring::json::Value;

use super::put_record::in_chain;
use super::record_id::{RecordId, STRUCK};
use crate::audit::change::Change;
use crate::database::{Condition, Item, Key, Table, Write, keys};
use crate::error::StoreError;
use crate::ids::{Actor, PlanId, Timestamp, digits};
use crate::limits::LARGEST_WORDS;
use crate::store::Store;

/// An item with what is said of it when it is struck out.
pub(crate) fn with_reason(item: Item, reason: &str, actor: Actor<'_>, at: Timestamp) -> Item {
    item.with_text("struck_reason", reason).with_text("struck_by", actor.name).with_time("struck_at", at)
}

/// The writes that strike a record out: it goes from its place, and is kept under another key.
pub(crate) fn struck_out(
    plan: &PlanId,
    item: Item,
    struck: &str,
    reason: &str,
    actor: Actor<'_>,
    at: Timestamp,
) -> Result<[Write; 2], StoreError> {
    let partition = keys::record_partition(plan);
    let gone = Write::Delete(Key::new(partition.as_str(), item.sort_key()?), Some(Condition::present()));
    let kept = with_reason(item.moved_to(&Key::new(partition, struck)), reason, actor, at);
    Ok([Write::put(kept), gone])
}

impl Store {
    /// The sort key under which a record is kept once it is struck out.
    pub(crate) fn struck_key(&self, record: &RecordId) -> Result<String, StoreError> {
        Ok(format!("{STRUCK}#{}#{}", record.0, digits(u128::from_be_bytes(self.draw.bytes()?), 16)))
    }

    /// Strikes a record or a batch of paper ballots out.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] also for what is struck out already; [`StoreError::WrongState`] unless the plan is
    /// open or closed.
    pub async fn delete_record(
        &self,
        actor: Actor<'_>,
        plan: &PlanId,
        record: &RecordId,
        reason: &str,
    ) -> Result<(), StoreError> {
        if reason.len() > LARGEST_WORDS {
            return Err(StoreError::TooLarge);
        }
        if !record.is_living() {
            return Err(StoreError::NotFound);
        }
        let key = Key::new(keys::record_partition(plan), record.0.as_str());
        let struck = self.struck_key(record)?;
        let mut change = Change::begin(self, plan.as_str(), actor).await?;
        loop {
            let check = self.plan_head(plan).await?.check_records_open()?;
            let item = self.database.get(Table::Main, &key).await?.ok_or(StoreError::NotFound)?;
            let detail = Value::Object(vec![
                ("id".to_owned(), Value::Text(record.to_string())),
                ("reason".to_owned(), Value::Text(reason.to_owned())),
                ("was".to_owned(), in_chain(&item.json("body")?)),
            ]);
            let mut writes = vec![check];
            writes.extend(struck_out(plan, item, &struck, reason, actor, change.now())?);
            if change.commit("record_struck", detail, writes).await? {
                return Ok(());
            }
        }
    }
}
