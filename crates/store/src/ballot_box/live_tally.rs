//! What staff see of a secret group's tallies while voting is open, where the plan shows them: counts that lie at
//! least ten ballots behind the box and move by at least ten at a time, for every reader alike. Where papers leave units
//! out, each place that moves also has ten marks more.
//!
//! Owns the steps. A step is the group's counts as they were once, under a number; the last step is seen by nobody,
//! the one before it by everyone. A new step is written when the box has ten ballots more than the last, so what is
//! seen is then ten ballots behind. Ballots write steps as they go in, and readers where a ballot's try broke off.
//! Steps stand in the box, so every process shows the same; closing deletes them, since the last step and the count
//! may be one ballot apart.
//!
//! Refuses to own whether a plan shows tallies at all (`scoring`).

use scoring::disclosure::FEWEST_SHOWN;

use super::code_fit::NARROWED;
use super::door::gates;
use super::layout::GroupLayout;
use super::tally::Counts;
use crate::database::{Item, Key, Range, Table, Write, WriteFault, keys};
use crate::error::StoreError;
use crate::limits::{ATTEMPTS, LARGEST_PART, STEPS_OF_A_LARGE_BOX};
use crate::plan::frozen_plan::FrozenPlan;
use crate::plan::round_id::RoundId;
use crate::store::Store;

/// One group in one period of a plan whose live tallies move in steps.
#[derive(Clone, Copy)]
pub(crate) struct Watched<'a> {
    frozen: &'a FrozenPlan,
    period: &'a str,
    group: &'a GroupLayout,
    shards: u64,
}

/// The last step: its number, and the most ballots that its counts may hold. Before the first both are 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Step {
    number: u64,
    ballots: u64,
}

impl<'a> Watched<'a> {
    /// `None` for a group whose tallies are no secret, or are shown to nobody while voting is open.
    pub(crate) fn new(
        frozen: &'a FrozenPlan,
        period: &'a str,
        group: &'a GroupLayout,
        shards: u64,
    ) -> Option<Watched<'a>> {
        let document = frozen.plan.group(group.place);
        let stepped = document.ballot.is_secret() && !frozen.plan.is_unseen_while_open(document);
        stepped.then_some(Watched { frozen, period, group, shards })
    }

    fn partition(&self) -> String {
        keys::live_partition(&self.frozen.id, self.period, &self.group.group)
    }
}

impl Step {
    /// Ballots in the box at which the next step is due.
    fn next_at(self) -> u64 {
        self.ballots + FEWEST_SHOWN.max(self.ballots / STEPS_OF_A_LARGE_BOX)
    }
}

impl Store {
    /// The counts that staff may see now. `ballots`: how many a reader has just found in the box.
    pub(crate) async fn live_counts(&self, watched: Watched<'_>, ballots: u64) -> Result<Counts, StoreError> {
        for _ in 0..ATTEMPTS {
            let last = self.step_on(watched, ballots).await?;
            if last.number < 2 {
                return Ok(Counts { ballots: 0, counters: vec![0; watched.group.counters] });
            }
            // None: a later step was written meanwhile, and this one deleted.
            if let Some(counts) = self.counts_of(watched, last.number - 1).await? {
                return Ok(counts);
            }
        }
        Err(StoreError::Contended)
    }

    /// A step's counts; `None` where there is no such step any more.
    async fn counts_of(&self, watched: Watched<'_>, number: u64) -> Result<Option<Counts>, StoreError> {
        let prefix = format!("{}#", keys::ordinal(number));
        let parts = self.database.query_all(Table::Box, &watched.partition(), &prefix).await?;
        let Some(first) = parts.first() else { return Ok(None) };
        let mut bytes = Vec::new();
        for part in &parts {
            bytes.extend_from_slice(part.bytes("part")?);
        }
        let counters = read_numbers(&bytes, watched.group.counters).ok_or(StoreError::Corrupt)?;
        Ok(Some(Counts { ballots: first.number("ballots")?, counters }))
    }

    /// Whether a step from the last one would show no mark of fewer than ten people. Where everybody's paper is the same
    /// the ballots are enough of them; where papers leave units out, or have the components of one stage, ten ballots may
    /// have one mark on a unit.
    async fn moves_enough(&self, watched: Watched<'_>, last: Step, counters: &[u64]) -> Result<bool, StoreError> {
        let key = keys::issued(&watched.frozen.id, watched.period, &watched.group.group);
        let issued = self.database.get(Table::Main, &key).await?;
        if watched.group.is_of_one_stage() && !issued.is_some_and(|issued| issued.has(NARROWED)) {
            return Ok(true);
        }
        let before = match last.number {
            0 => vec![0; counters.len()],
            // Somebody else wrote the next step: this one is not due.
            number => match self.counts_of(watched, number).await? {
                Some(counts) => counts.counters,
                None => return Ok(false),
            },
        };
        let marks = watched.group.marks_by_place(counters).zip(watched.group.marks_by_place(&before));
        Ok(marks.into_iter().all(|(now, before)| now <= before || now - before >= FEWEST_SHOWN))
    }

    /// Writes the next step if a ballot that just went in made it due. The ballot is in, whatever becomes of this.
    pub(crate) async fn step_after_ballot(&self, watched: Watched<'_>) {
        if self.looks.are_due(&watched.partition())
            && let Ok(ballots) = self.ballots_in(watched).await
        {
            let _ = self.step_on(watched, ballots).await;
        }
    }

    /// Writes the next step if the box has enough ballots more than the last; answers the last step.
    async fn step_on(&self, watched: Watched<'_>, ballots: u64) -> Result<Step, StoreError> {
        let last = self.last_step(watched).await?;
        if ballots < last.next_at() {
            self.looks.note(watched.partition(), last.next_at() - ballots);
            return Ok(last);
        }
        let tally = self.running_tally(watched.frozen, watched.shards).await?;
        let counts = tally.of(watched.period, &watched.group.group).ok_or(StoreError::Corrupt)?;
        if !self.moves_enough(watched, last, &counts.counters).await? {
            self.looks.note(watched.partition(), 1);
            return Ok(last);
        }
        // Read after the counts: ballots that went in meanwhile may be among them.
        let step = Step { number: last.number + 1, ballots: self.ballots_in(watched).await? };
        let partition = watched.partition();
        let part = |(number, bytes): (u64, &[u8])| {
            let sort = format!("{}#{}", keys::ordinal(step.number), keys::ordinal(number));
            Write::put_new(
                Item::at(Key::new(partition.as_str(), sort))
                    .with_number("ballots", step.ballots)
                    .with_bytes("part", bytes.to_vec()),
            )
        };
        let numbers = write_numbers(&counts.counters);
        let mut writes: Vec<Write> = (0..).zip(numbers.chunks(LARGEST_PART)).map(part).collect();
        // Closing has deleted the steps when the gates are shut, and no step may follow.
        let of_one = watched.group.is_of_one_stage().then_some(watched.group.stages[0]);
        let shut = of_one.map(|stage| watched.frozen.layout.shut_attribute(watched.period, stage)).transpose()?;
        let open = gates(shut.as_slice());
        writes.push(Write::Check(keys::shard_head(&watched.frozen.id, 0), open));
        match self.database.transact(Table::Box, writes).await {
            Ok(()) => {}
            // Somebody else wrote it, or will: both would be the next step.
            Err(WriteFault::Conditions(_) | WriteFault::Contended | WriteFault::Unsure) => {
                return self.last_step(watched).await;
            }
        }
        self.looks.note(partition.clone(), step.next_at() - step.ballots);
        self.delete_steps(&partition, Some(last.number)).await?;
        Ok(step)
    }

    async fn last_step(&self, watched: Watched<'_>) -> Result<Step, StoreError> {
        let range = Range { descending: true, limit: Some(1), ..Range::default() };
        let (items, _) = self.database.query(Table::Box, &watched.partition(), range).await?;
        let Some(item) = items.first() else { return Ok(Step::default()) };
        Ok(Step { number: number_of(item)?, ballots: item.number("ballots")? })
    }

    /// The ballots of a group in a period that are in the box now.
    async fn ballots_in(&self, watched: Watched<'_>) -> Result<u64, StoreError> {
        let heads: Vec<Key> = (0..watched.shards).map(|shard| keys::shard_head(&watched.frozen.id, shard)).collect();
        let heads = self.database.get_many(Table::Box, &heads).await?;
        heads.iter().map(|head| watched.frozen.layout.turnout_in(head, watched.period, watched.group)).sum()
    }

    /// Deletes the steps of all groups, or of those that mark in a round alone. The gates must be shut.
    pub(crate) async fn delete_all_steps(
        &self,
        frozen: &FrozenPlan,
        round: Option<&RoundId>,
    ) -> Result<(), StoreError> {
        let over = |period: &str, group: &GroupLayout| {
            round.is_none_or(|round| round.period == period && group.stages == [round.stage])
        };
        for period in &frozen.layout.periods {
            for group in frozen.layout.groups.iter().filter(|group| over(period, group)) {
                self.delete_steps(&keys::live_partition(&frozen.id, period, &group.group), None).await?;
            }
        }
        Ok(())
    }

    /// Deletes the steps before one, or all.
    async fn delete_steps(&self, partition: &str, before: Option<u64>) -> Result<(), StoreError> {
        for item in self.database.query_all(Table::Box, partition, "").await? {
            if before.is_none_or(|before| number_of(&item).is_ok_and(|number| number < before)) {
                let key = Key::new(partition, item.sort_key()?);
                self.database.write(Table::Box, Write::Delete(key, None), &self.pause).await?;
            }
        }
        Ok(())
    }
}

/// The step's number out of an item's sort key.
fn number_of(item: &Item) -> Result<u64, StoreError> {
    let number = item.sort_key()?.split('#').next().and_then(|number| number.parse().ok());
    number.ok_or(StoreError::Corrupt)
}

/// Numbers as bytes: seven bits each, the lowest first, the eighth saying that more follow.
fn write_numbers(numbers: &[u64]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(numbers.len());
    for &number in numbers {
        let mut rest = number;
        loop {
            let seven = (rest & 0x7f) as u8;
            rest >>= 7;
            if rest == 0 {
                bytes.push(seven);
                break;
            }
            bytes.push(seven | 0x80);
        }
    }
    bytes
}

/// The numbers read back; `None` if there are not exactly so many.
fn read_numbers(bytes: &[u8], count: usize) -> Option<Vec<u64>> {
    let mut numbers = Vec::with_capacity(count);
    let (mut number, mut shift) = (0u64, 0u32);
    for &byte in bytes {
        number |= u64::from(byte & 0x7f).checked_shl(shift)?;
        shift += 7;
        if byte & 0x80 == 0 {
            numbers.push(number);
            (number, shift) = (0, 0);
        }
    }
    (shift == 0 && numbers.len() == count).then_some(numbers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_they_were_written() {
        let numbers = [0, 1, 127, 128, 300, 16_383, 16_384, 1_000_000_000_000, u64::MAX];
        assert_eq!(read_numbers(&write_numbers(&numbers), numbers.len()), Some(numbers.to_vec()));
        assert_eq!(read_numbers(&write_numbers(&numbers), numbers.len() + 1), None);
        assert_eq!(read_numbers(&[0x80], 1), None);
        assert_eq!(read_numbers(&[], 0), Some(Vec::new()));
    }

    #[test]
    fn steps_are_ten_ballots_and_of_a_large_box_a_twentieth() {
        let next = |ballots| Step { number: 1, ballots }.next_at();
        assert_eq!([0, 10, 199, 200, 400, 20_000].map(next), [10, 20, 209, 210, 420, 21_000]);
    }
}
