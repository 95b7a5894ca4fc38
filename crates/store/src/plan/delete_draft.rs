//! Deleting a draft that nobody would miss.
//!
//! Owns what keeps a draft, and what goes with it. One transaction takes the head and the row of the list away, if the plan
//! is a draft still and nothing was changed meanwhile, and writes the last event of its chain, an event in the chain of the
//! accounts, and a note; from then on there is no such plan, and whoever was about to change it is told so. What is left
//! goes afterwards, then the note: a deletion that was cut is completed by asking again, or by the timer. The plan's audit
//! chain stays where it is, for nothing may take an event away.

use scoring::RecordKind;
use scoring::json::Value;

use super::head::State;
use crate::audit::change::{ACCOUNTS, Change};
use crate::database::{Condition, Item, Key, Range, Table, Write, keys};
use crate::error::StoreError;
use crate::ids::{Actor, PlanId};
use crate::limits::{MOST_ACTIONS, SHARDS};
use crate::store::Store;

impl Store {
    /// Deletes a draft, for good.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; [`StoreError::WrongState`] once it has been opened; [`StoreError::DraftInUse`] with what is
    /// there. The history that a copy was given is no such thing: it stands in the plan that was copied.
    pub async fn delete_draft(&self, actor: Actor<'_>, plan: &PlanId) -> Result<(), StoreError> {
        let mut change = Change::begin(self, plan.as_str(), actor).await?;
        loop {
            let row = match self.plan(plan).await {
                // An earlier call came so far.
                Err(StoreError::NotFound) if self.deletion(plan).await?.is_some() => break,
                row => row?,
            };
            let head = row.head;
            if head.state != State::Draft {
                return Err(StoreError::WrongState);
            }
            let there = self.what_is_in(plan).await?;
            if !there.is_empty() {
                return Err(StoreError::DraftInUse(there));
            }
            let end = change.end();
            let detail = Value::object([
                ("plan", Value::text(plan.as_str())),
                ("title", Value::text(&head.title)),
                ("revision", Value::Text(head.revision.0.to_string())),
                ("sha256", Value::Text(scoring::plan_sha256(&row.document))),
                ("events", Value::Text(end.sequence.to_string())),
                ("last_event", Value::Text(end.hash)),
            ]);
            let still = Condition::that("plan_state = :state AND revision = :revision")
                .with(":state", State::Draft.as_str())
                .with(":revision", head.revision.0);
            let writes = vec![
                Write::Delete(keys::plan_head(plan), Some(still)),
                Write::Delete(keys::plan_row(plan), None),
                Write::put(Item::at(keys::deleted(plan)).with_number("revision", head.revision.0)),
                change.beside(ACCOUNTS, "plan_deleted", detail.clone()).await?,
            ];
            if change.commit("plan_deleted", detail, writes).await? {
                break;
            }
        }
        drop(change);
        self.complete_deletion(plan).await
    }

    /// Completes the deletions that were cut.
    pub(crate) async fn complete_deletions(&self) -> Result<u64, StoreError> {
        let mut completed = 0;
        for item in self.database.query_all(Table::Main, keys::DELETED, "").await? {
            let plan = PlanId::parse(item.sort_key()?).ok_or(StoreError::Corrupt)?;
            // One that cannot go on keeps no other from it.
            completed += u64::from(self.complete_deletion(&plan).await.is_ok());
        }
        Ok(completed)
    }

    /// The note of a deletion that has begun and is not finished.
    async fn deletion(&self, plan: &PlanId) -> Result<Option<Item>, StoreError> {
        self.database.get(Table::Main, &keys::deleted(plan)).await
    }

    /// Takes away what a deleted draft left: its versions, the words of its papers, the history that it was given, and in the box that somebody was
    /// taken off its list of voters. The note goes last.
    async fn complete_deletion(&self, plan: &PlanId) -> Result<(), StoreError> {
        let Some(note) = self.deletion(plan).await? else { return Ok(()) };
        let mut left: Vec<Key> =
            (1..=note.number("revision")?).map(|number| keys::plan_version(plan, number)).collect();
        left.push(keys::paper_texts(plan));
        let records = keys::record_partition(plan);
        for item in self.database.query_all(Table::Main, &records, "").await? {
            left.push(Key::new(records.as_str(), item.sort_key()?));
        }
        self.delete_all(Table::Main, left).await?;
        let holders = keys::holder_partition(plan);
        let mut gone = Vec::new();
        for item in self.database.query_all(Table::Box, &holders, "").await? {
            gone.push(Key::new(holders.as_str(), item.sort_key()?));
        }
        self.delete_all(Table::Box, gone).await?;
        self.delete_all(Table::Main, vec![keys::deleted(plan)]).await
    }

    async fn delete_all(&self, table: Table, keys: Vec<Key>) -> Result<(), StoreError> {
        let deletions: Vec<Write> = keys.into_iter().map(|key| Write::Delete(key, None)).collect();
        for deletions in deletions.chunks(MOST_ACTIONS) {
            self.database.write_all(table, deletions.to_vec(), &self.pause).await?;
        }
        Ok(())
    }

    /// What of a draft somebody would miss, by the names of the lists.
    async fn what_is_in(&self, plan: &PlanId) -> Result<Vec<&'static str>, StoreError> {
        let partitions = [
            // An issue of codes notes its group before the first code.
            ("codes", keys::issued_partition(plan)),
            ("voters", keys::voter_partition(plan)),
            ("findings", keys::finding_partition(plan)),
            ("files", keys::file_partition(plan)),
            ("rectifications", keys::rectification_partition(plan)),
            ("cases", keys::case_partition(plan)),
            // What is printed leads nowhere else, ever.
            ("addresses", keys::address_partition(plan)),
            ("scenarios", keys::scenario_partition(plan)),
        ];
        let mut there = Vec::new();
        for (what, partition) in partitions {
            let first = Range { limit: Some(1), ..Range::default() };
            if !self.database.query(Table::Main, &partition, first).await?.0.is_empty() {
                there.push(what);
            }
        }
        // Older versions noted a group after its codes.
        if !there.contains(&"codes") && !self.card_codes(plan).await?.is_empty() {
            there.push("codes");
        }
        let carried = format!("{}#", RecordKind::History.as_str());
        let records = self.database.query_all(Table::Main, &keys::record_partition(plan), "").await?;
        let sort_keys = records.iter().map(Item::sort_key).collect::<Result<Vec<_>, _>>()?;
        if sort_keys.iter().any(|key| !key.starts_with(&carried)) {
            there.push("records");
        }
        // Gates stand where an opening is under way, or broke off.
        let gates: Vec<Key> = (0..SHARDS).map(|shard| keys::shard_head(plan, shard)).collect();
        if !self.database.get_many(Table::Box, &gates).await?.is_empty() {
            there.push("opening");
        }
        Ok(there)
    }
}
