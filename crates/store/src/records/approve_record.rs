//! A second person's word on a record: it counts from then on, or is struck out.
//!
//! Where the plan's `approval` names a kind, a record of it waits under its own id until another account has approved it.
//! The audit chain puts all changes of a plan in one order, so of many who approve at once one does.
//!
//! Owns which records wait, approving and rejecting them. Refuses to own who may (`api`), and which kinds need it
//! (`scoring`).

use scoring::json::Value;

use super::delete_record::struck_out;
use super::put_record::in_chain;
use super::record::{RecordKind, WAITS, is_pending};
use super::record_id::{RecordId, RecordSource, STRUCK};
use super::settled::Settled;
use crate::audit::change::Change;
use crate::database::{Condition, Item, Key, Table, Write, keys};
use crate::error::StoreError;
use crate::ids::{Actor, PlanId};
use crate::limits::LARGEST_WORDS;
use crate::plan::frozen_plan::FrozenPlan;
use crate::store::Store;

/// A record that somebody has a word on.
struct Found {
    kind: RecordKind,
    item: Item,
}

impl Store {
    /// Approves a record as the second person: it counts from now on. Asked again by the same person, it is as it was.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; [`StoreError::NotPending`]; [`StoreError::SamePerson`] for whoever gave it;
    /// [`StoreError::WrongState`] unless the plan is open or closed.
    pub async fn approve_record(&self, actor: Actor<'_>, plan: &PlanId, record: &RecordId) -> Result<(), StoreError> {
        let mut change = Change::begin(self, plan.as_str(), actor).await?;
        loop {
            let head = self.plan_head(plan).await?;
            let Found { kind, item } = self.unsettled(plan, record).await?;
            if !is_pending(&item)? {
                let said = item.optional_text("approved_by")?.is_some_and(|by| by == actor.name);
                return if said { Ok(()) } else { Err(StoreError::NotPending(Settled::Counts)) };
            }
            let mut writes = vec![head.check_records_open()?];
            if item.text("made_by")? == actor.name {
                return Err(StoreError::SamePerson);
            }
            let mut detail = vec![
                ("kind".to_owned(), Value::text(kind.as_str())),
                ("id".to_owned(), Value::Text(record.to_string())),
                ("made_by".to_owned(), Value::text(item.text("made_by")?)),
                ("record".to_owned(), in_chain(&item.json("body")?)),
            ];
            // A lot with more units takes the place of the one before.
            if kind == RecordKind::Lot {
                for old in self.at_place_of(plan, record).await? {
                    detail.push(("was".to_owned(), in_chain(&old.json("body")?)));
                    let key = Key::new(keys::record_partition(plan), old.sort_key()?);
                    writes.push(Write::Delete(key, Some(Condition::present())));
                }
            }
            let counted =
                item.without(WAITS).with_text("approved_by", actor.name).with_time("approved_at", change.now());
            writes.push(Write::Put(counted, Some(Condition::present())));
            if change.commit("record_approved", Value::Object(detail), writes).await? {
                return Ok(());
            }
        }
    }

    /// Rejects a record that waits: it is kept, struck out. Whoever gave it may take it back so, too. Asked again by the
    /// same person for the same reason, it is as it was.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; [`StoreError::NotPending`]; [`StoreError::WrongState`] unless the plan is open or
    /// closed; [`StoreError::TooLarge`].
    pub async fn reject_record(
        &self,
        actor: Actor<'_>,
        plan: &PlanId,
        record: &RecordId,
        reason: &str,
    ) -> Result<(), StoreError> {
        if reason.len() > LARGEST_WORDS {
            return Err(StoreError::TooLarge);
        }
        let struck = self.struck_key(record)?;
        let mut change = Change::begin(self, plan.as_str(), actor).await?;
        loop {
            let head = self.plan_head(plan).await?;
            let Found { kind, item } = match self.unsettled(plan, record).await {
                Err(StoreError::NotPending(Settled::Struck)) if self.said(actor, plan, record, reason).await? => {
                    return Ok(());
                }
                found => found?,
            };
            if !is_pending(&item)? {
                return Err(StoreError::NotPending(Settled::Counts));
            }
            let mut writes = vec![head.check_records_open()?];
            let detail = Value::object([
                ("kind", Value::text(kind.as_str())),
                ("id", Value::Text(record.to_string())),
                ("reason", Value::text(reason)),
                ("made_by", Value::text(item.text("made_by")?)),
                ("was", in_chain(&item.json("body")?)),
            ]);
            writes.extend(struck_out(plan, item, &struck, reason, actor, change.now())?);
            if change.commit("record_rejected", detail, writes).await? {
                return Ok(());
            }
        }
    }

    /// The records that wait for a second person, list by list.
    pub(crate) async fn pending_records(&self, frozen: &FrozenPlan) -> Result<Vec<RecordSource>, StoreError> {
        let mut pending = Vec::new();
        for kind in RecordKind::ALL.into_iter().filter(|kind| frozen.plan.needs_approval(*kind)) {
            let (list, partition) = (format!("{}#", kind.as_str()), keys::record_partition(&frozen.id));
            for item in self.database.query_all(Table::Main, &partition, &list).await? {
                if is_pending(&item)? {
                    pending.push(RecordSource::of(kind, item.sort_key()?));
                }
            }
        }
        Ok(pending)
    }

    /// That the final result of a closed plan, or of a period of it, is one that nobody is about to complete: under the
    /// conditions of [`Store::check_final`], with no record that waits for a second person and no batch of paper ballots
    /// that one person alone has counted.
    ///
    /// # Errors
    /// [`StoreError::WrongState`] while the plan is open, and those of [`Store::check_final`];
    /// [`StoreError::PendingRecords`].
    pub async fn check_settled(&self, plan: &PlanId, period: Option<&str>) -> Result<(), StoreError> {
        let head = self.plan_head(plan).await?;
        if !head.state.is_counted() {
            return Err(StoreError::WrongState);
        }
        self.check_final(plan, period).await?;
        let mut waiting = self.pending_records(&*self.frozen(&head).await?).await?;
        waiting.extend(self.waiting_paper_tallies(plan).await?);
        if waiting.is_empty() { Ok(()) } else { Err(StoreError::PendingRecords(waiting)) }
    }

    /// A record that is there, whether it waits or counts.
    async fn unsettled(&self, plan: &PlanId, record: &RecordId) -> Result<Found, StoreError> {
        if record.is_struck() {
            return Err(StoreError::NotPending(Settled::Struck));
        }
        let kind = record.kind().ok_or(StoreError::NotFound)?;
        let key = Key::new(keys::record_partition(plan), record.0.as_str());
        match self.database.get(Table::Main, &key).await? {
            Some(item) => Ok(Found { kind, item }),
            None if self.struck_rows(plan, record).await?.is_empty() => Err(StoreError::NotFound),
            None => Err(StoreError::NotPending(Settled::Struck)),
        }
    }

    /// What was struck out under an id. A record of a place may have been struck out more than once.
    pub(super) async fn struck_rows(&self, plan: &PlanId, record: &RecordId) -> Result<Vec<Item>, StoreError> {
        let prefix = format!("{STRUCK}#{}#", record.0);
        self.database.query_all(Table::Main, &keys::record_partition(plan), &prefix).await
    }

    /// Whether this person struck a record out for this reason before: the answer may have been lost.
    async fn said(&self, actor: Actor<'_>, plan: &PlanId, record: &RecordId, reason: &str) -> Result<bool, StoreError> {
        let is_same = |row: &Item| {
            row.text("struck_by").is_ok_and(|by| by == actor.name)
                && row.text("struck_reason").is_ok_and(|why| why == reason)
        };
        Ok(self.struck_rows(plan, record).await?.iter().any(is_same))
    }

    /// The other records of a record's place that are not struck out.
    async fn at_place_of(&self, plan: &PlanId, record: &RecordId) -> Result<Vec<Item>, StoreError> {
        let mut there = self.at_place(plan, &record.place()).await?;
        there.retain(|item| item.sort_key().is_ok_and(|key| key != record.0));
        Ok(there)
    }

    /// The records of a place, by the part of their keys that says it, that are not struck out.
    pub(super) async fn at_place(&self, plan: &PlanId, place: &str) -> Result<Vec<Item>, StoreError> {
        let mut there = self.database.query_all(Table::Main, &keys::record_partition(plan), place).await?;
        // `lots#dept` is no lot of `lots#dept2`.
        let is_there = |key: &str| key == place || key.strip_prefix(place).is_some_and(|rest| rest.starts_with('#'));
        there.retain(|item| item.sort_key().is_ok_and(is_there));
        Ok(there)
    }
}
