//! The official count: from the ballots, from scratch; and the reading of either tally.

use std::collections::BTreeSet;

use super::code_paper::PeriodGroup;
use super::tally::Tally;
use crate::database::{Item, Key, Range, Table, Write, keys};
use crate::error::StoreError;
use crate::plan::frozen_plan::FrozenPlan;
use crate::plan::head::{PlanHead, State};
use crate::plan::round_id::RoundId;
use crate::store::Store;

impl Store {
    /// The tally of a count that is not finished, by the name under which it was kept and its number of items; zeros where
    /// there are none. `None`: another closer has gone on from it, and dropped it.
    pub(crate) async fn kept_tally(
        &self,
        frozen: &FrozenPlan,
        name: &str,
        items: u64,
    ) -> Result<Option<Tally>, StoreError> {
        let mut tally = Tally::new(&frozen.layout);
        if items > 0 {
            let found = self.database.query_all(Table::Box, &keys::kept_partition(&frozen.id, name), "").await?;
            if found.len() as u64 != items {
                return Ok(None);
            }
            tally.add_items(&frozen.layout, &found)?;
        }
        Ok(Some(tally))
    }

    /// Keeps the tally of a count that is not finished, under a name that nobody else has; answers its number of items.
    pub(crate) async fn keep_tally(&self, frozen: &FrozenPlan, name: &str, tally: &Tally) -> Result<u64, StoreError> {
        let writes = tally.writes(&frozen.layout, &keys::kept_partition(&frozen.id, name), |head| head)?;
        let items = writes.len() as u64;
        for write in writes {
            self.database.write(Table::Box, write, &self.pause).await?;
        }
        Ok(items)
    }

    /// Drops a kept tally.
    pub(crate) async fn drop_tally(&self, frozen: &FrozenPlan, name: &str) -> Result<(), StoreError> {
        if name.is_empty() {
            return Ok(());
        }
        let partition = keys::kept_partition(&frozen.id, name);
        for item in self.database.query_all(Table::Box, &partition, "").await? {
            let key = Key::new(partition.as_str(), item.sort_key()?);
            self.database.write(Table::Box, Write::Delete(key, None), &self.pause).await?;
        }
        Ok(())
    }

    /// Adds up the running tallies of all shards.
    pub(crate) async fn running_tally(&self, frozen: &FrozenPlan, shards: u64) -> Result<Tally, StoreError> {
        let partitions = (0..shards).map(|shard| keys::shard_partition(&frozen.id, shard)).collect();
        let items = self.database.query_partitions(Table::Box, partitions).await?;
        let mut tally = Tally::new(&frozen.layout);
        tally.add_items(&frozen.layout, &items)?;
        Ok(tally)
    }

    /// Keeps the official count, of all or of a round. Counting again gives the same, so it may be written over.
    pub(crate) async fn put_count(
        &self,
        frozen: &FrozenPlan,
        round: Option<&RoundId>,
        tally: &Tally,
        small: &BTreeSet<PeriodGroup>,
    ) -> Result<(), StoreError> {
        let partition = partition_of(frozen, round);
        let small: Vec<String> = small.iter().map(|(period, group)| format!("{period}#{group}")).collect();
        let writes = tally.writes(&frozen.layout, &partition, |head| {
            head.with_text("plan_sha256", frozen.sha256.as_str())
                .with_number("ballots", tally.ballots())
                .with_texts("small", &small)
        })?;
        for write in writes {
            self.database.write(Table::Main, write, &self.pause).await?;
        }
        Ok(())
    }

    /// The tally that holds at the moment: the running one while the plan is open, then the official count; of rounds that
    /// were closed before, what was frozen then.
    pub(crate) async fn tally(&self, head: &PlanHead, frozen: &FrozenPlan) -> Result<Tally, StoreError> {
        let mut tally = if head.state == State::Open {
            self.running_tally(frozen, head.shards).await?
        } else {
            self.official_count(frozen, None).await?
        };
        self.take_frozen(head, frozen, &mut tally).await?;
        Ok(tally)
    }

    /// Puts what was frozen of closed rounds into a tally.
    pub(crate) async fn take_frozen(
        &self,
        head: &PlanHead,
        frozen: &FrozenPlan,
        tally: &mut Tally,
    ) -> Result<(), StoreError> {
        for round in head.frozen_rounds() {
            tally.take(&frozen.layout, round, &self.official_count(frozen, Some(round)).await?);
        }
        Ok(())
    }

    /// The official count of a closed plan, or of a closed round.
    pub(crate) async fn official_count(
        &self,
        frozen: &FrozenPlan,
        round: Option<&RoundId>,
    ) -> Result<Tally, StoreError> {
        let items = self.database.query_all(Table::Main, &partition_of(frozen, round), "").await?;
        let counted = items.iter().any(|item| item.text("plan_sha256").is_ok_and(|sha256| sha256 == frozen.sha256));
        if !counted {
            return Err(StoreError::Corrupt);
        }
        let mut tally = Tally::new(&frozen.layout);
        tally.add_items(&frozen.layout, &items)?;
        Ok(tally)
    }
}

/// Where an official count is kept.
pub(crate) fn partition_of(frozen: &FrozenPlan, round: Option<&RoundId>) -> String {
    match round {
        None => keys::count_partition(&frozen.id),
        Some(round) => keys::round_partition(&frozen.id, round),
    }
}

/// A plan's ballots, a page at a time, in the order of their ids.
pub(crate) struct Ballots<'a> {
    store: &'a Store,
    frozen: &'a FrozenPlan,
    partition: usize,
    after: Option<String>,
}

impl<'a> Ballots<'a> {
    pub(crate) fn of(store: &'a Store, frozen: &'a FrozenPlan) -> Ballots<'a> {
        Ballots::from(store, frozen, 0, None)
    }

    /// Those after a [place](Ballots::place).
    pub(crate) fn from(
        store: &'a Store,
        frozen: &'a FrozenPlan,
        partition: usize,
        after: Option<String>,
    ) -> Ballots<'a> {
        Ballots { store, frozen, partition, after }
    }

    /// How far they were read: the partition, and the last key in it.
    pub(crate) fn place(&self) -> (usize, Option<String>) {
        (self.partition, self.after.clone())
    }

    /// The next page; `None` after the last. A page may be empty.
    pub(crate) async fn next_page(&mut self) -> Result<Option<Vec<Item>>, StoreError> {
        let Some(digit) = keys::SPREAD.get(self.partition) else { return Ok(None) };
        let partition = keys::ballot_partition(&self.frozen.id, digit);
        let range = Range { after: self.after.as_deref(), ..Range::default() };
        let (ballots, next) = self.store.database.query(Table::Box, &partition, range).await?;
        if next.is_none() {
            self.partition += 1;
        }
        self.after = next;
        Ok(Some(ballots))
    }
}
