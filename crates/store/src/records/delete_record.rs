//! Striking a record out. It is kept, with the reason; it counts no more.

use scoring::json::Value;

use super::put_record::in_chain;
use super::record::STRUCK;
use super::record_id::RecordId;
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
        let partition = keys::record_partition(plan);
        let key = Key::new(partition.as_str(), record.0.as_str());
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
            let kept =
                with_reason(item.moved_to(&Key::new(partition.as_str(), struck.as_str())), reason, actor, change.now());
            let writes = vec![check, Write::put(kept), Write::Delete(key.clone(), Some(Condition::present()))];
            if change.commit("record_struck", detail, writes).await? {
                return Ok(());
            }
        }
    }
}
