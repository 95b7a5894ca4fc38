//! Counters: of the running shards, and of the official count. Both have the same shape, so they can be compared.

use std::collections::BTreeMap;

use super::layout::{GroupLayout, Layout};
use crate::database::{Item, Key, Write, keys};
use crate::error::StoreError;
use crate::plan::round_id::RoundId;

/// The attribute that names the stage of a paper which had one of two.
pub(crate) const IN_STAGE: &str = "in_stage";

/// Counts of ballots and of marks, by period and group.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Tally {
    places: BTreeMap<(String, String), Counts>,
}

/// The counts of one group in one period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) ballots: u64,
    /// In the order of the group's layout.
    pub(crate) counters: Vec<u64>,
}

impl RoundId {
    /// Whether a ballot, or what came with one, was cast in the round: it says its stage where its paper had that one alone.
    pub(crate) fn takes(&self, period: &str, group: &GroupLayout, ballot: &Item) -> Result<bool, StoreError> {
        let stage = ballot.count(IN_STAGE)?;
        Ok(period == self.period
            && group.stages.contains(&self.stage)
            && (stage == 0 || stage == u64::from(self.stage)))
    }
}

impl Tally {
    /// All zeros, for every period and group.
    pub(crate) fn new(layout: &Layout) -> Tally {
        let mut places = BTreeMap::new();
        for period in &layout.periods {
            for group in &layout.groups {
                let counts = Counts { ballots: 0, counters: vec![0; group.counters] };
                places.insert((period.clone(), group.group.clone()), counts);
            }
        }
        Tally { places }
    }

    pub(crate) fn places(&self) -> impl Iterator<Item = (&str, &str, &Counts)> {
        self.places.iter().map(|((period, group), counts)| (period.as_str(), group.as_str(), counts))
    }

    pub(crate) fn of(&self, period: &str, group: &str) -> Option<&Counts> {
        self.places.get(&(period.to_owned(), group.to_owned()))
    }

    pub(crate) fn ballots(&self) -> u64 {
        self.places.values().map(|counts| counts.ballots).sum()
    }

    /// Counts one ballot: all of it, or what of it belongs to a round.
    pub(crate) fn add_ballot(
        &mut self,
        layout: &Layout,
        ballot: &Item,
        round: Option<&RoundId>,
    ) -> Result<(), StoreError> {
        let group = layout.group(ballot.text("voters")?).ok_or(StoreError::Corrupt)?;
        let (period, marks) = (ballot.text("term")?, ballot.bytes("marks")?);
        match round {
            None => self.add_marks(period, group, marks),
            Some(round) if round.takes(period, group, ballot)? => {
                self.add_marks(period, group, &group.of_stage(round.stage, marks)?)
            }
            Some(_) => Ok(()),
        }
    }

    /// Takes what belongs to a round from another tally. Ballots of a group that marks in both stages are of neither alone.
    pub(crate) fn take(&mut self, layout: &Layout, round: &RoundId, from: &Tally) {
        for group in layout.groups_in(round.stage) {
            let place = (round.period.clone(), group.group.clone());
            let (Some(counts), Some(from)) = (self.places.get_mut(&place), from.places.get(&place)) else { continue };
            for counters in group.counters_of_stage(round.stage) {
                counts.counters[counters.clone()].copy_from_slice(&from.counters[counters]);
            }
            if group.is_of_one_stage() {
                counts.ballots = from.ballots;
            }
        }
    }

    /// Counts the marks of one ballot.
    pub(crate) fn add_marks(&mut self, period: &str, group: &GroupLayout, marks: &[u8]) -> Result<(), StoreError> {
        let place = (period.to_owned(), group.group.clone());
        let counts = self.places.get_mut(&place).ok_or(StoreError::Corrupt)?;
        counts.ballots += 1;
        group.add(marks, &mut counts.counters)
    }

    /// Adds stored counters: those of a shard, or of the official count.
    pub(crate) fn add_items(&mut self, layout: &Layout, items: &[Item]) -> Result<(), StoreError> {
        let mut chunks = BTreeMap::new();
        for period in &layout.periods {
            for group in &layout.groups {
                for chunk in group.chunks() {
                    chunks.insert(group.chunk_key(period, &chunk), (period, group, chunk));
                }
            }
        }
        for item in items {
            if item.sort_key()? == keys::HEAD {
                for ((period, group), counts) in &mut self.places {
                    let group = layout.group(group).ok_or(StoreError::Corrupt)?;
                    counts.ballots += layout.turnout_in(item, period, group)?;
                }
                continue;
            }
            let (period, group, chunk) = chunks.get(item.sort_key()?).ok_or(StoreError::Corrupt)?;
            let place = ((*period).clone(), group.group.clone());
            let counts = self.places.get_mut(&place).ok_or(StoreError::Corrupt)?;
            group.read_chunk(chunk, item, &mut counts.counters)?;
        }
        Ok(())
    }

    /// The tally as items of a partition, the head last: when it is there, all are.
    pub(crate) fn writes(
        &self,
        layout: &Layout,
        partition: &str,
        finish: impl FnOnce(Item) -> Item,
    ) -> Result<Vec<Write>, StoreError> {
        let mut writes = Vec::new();
        let mut head = finish(Item::at(Key::new(partition, keys::HEAD)));
        for (period, group, counts) in self.places() {
            let group = layout.group(group).ok_or(StoreError::Corrupt)?;
            if counts.ballots > 0 {
                head = head.with_number(&layout.turnout_attribute(period, group, None)?, counts.ballots);
            }
            for chunk in group.chunks() {
                let item = Item::at(Key::new(partition, group.chunk_key(period, &chunk)));
                writes.extend(group.write_chunk(&chunk, &counts.counters, item).map(Write::put));
            }
        }
        writes.push(Write::put(head));
        Ok(writes)
    }
}
