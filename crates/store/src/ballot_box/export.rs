//! The ballots as they leave the box at closing: in an order that has nothing to do with their casting, without
//! their ids, and apart from their receipts.
//!
//! The box has no backup on purpose; the export, in `main`, has. It holds every ballot's period, group and marks, in
//! the order of a hash of its id, and the receipts in their own order, each with a salted commitment to its ballot
//! that opens to nobody without the ballot's id. Nothing in it joins a receipt to marks, and no code comes near it.

use scoring::GroupIndex;
use scoring::ballot::Mark;
use sha2::{Digest, Sha256};

use super::count::Ballots;
use super::counted::Committed;
use super::layout::GroupLayout;
use super::receipt::Receipt;
use super::tally::Tally;
use crate::database::{Item, Key, Range, Table, Write, keys};
use crate::error::StoreError;
use crate::ids::{Cursor, PlanId};
use crate::limits::{LARGEST_PART, MOST_EXPORTED_AT_ONCE};
use crate::plan::frozen_plan::FrozenPlan;
use crate::plan::head::State;
use crate::store::Store;

#[derive(Debug, Clone, PartialEq)]
pub struct ExportedBallot {
    /// The period's id.
    pub period: String,
    /// The group's id.
    pub group: String,
    /// The marks, in plan order.
    pub marks: Vec<Mark>,
}

/// A part of the export.
#[derive(Debug, Clone, PartialEq)]
pub enum ExportPart {
    /// Ballots, in the order of a hash.
    Ballots(Vec<ExportedBallot>),
    /// Receipts, in their own order.
    Receipts(Vec<Receipt>),
}

/// More parts than one pass writes.
const PARTS_OF_A_PASS: u64 = 1_000_000;

/// The order of the export: SHA-256 of `"pingyi-export\0"` and the ballot's id. Ids are drawn by browsers, so their
/// own order might be anything.
fn order(id: &str) -> [u8; 32] {
    let mut sha = Sha256::new();
    sha.update(b"pingyi-export\0");
    sha.update(id.as_bytes());
    sha.finalize().into()
}

impl Store {
    /// In how many passes over the box so many ballots are exported, so that memory holds those of one.
    pub(crate) fn export_passes(&self, frozen: &FrozenPlan, ballots: u64) -> usize {
        let largest = frozen.layout.groups.iter().map(|group| group.marks).max().unwrap_or(0) + 64;
        let total = usize::try_from(ballots).unwrap_or(usize::MAX).saturating_mul(largest);
        total.div_ceil(MOST_EXPORTED_AT_ONCE).clamp(1, 256)
    }

    /// Writes what one pass exports of a plan whose gates are shut. Doing it again writes the same.
    pub(crate) async fn export_pass(&self, frozen: &FrozenPlan, pass: usize, passes: usize) -> Result<(), StoreError> {
        self.mark_spread(&frozen.id, Half::Ballots).await?;
        let mut sorted: Vec<([u8; 32], Vec<u8>)> = Vec::new();
        let mut pages = Ballots::of(self, frozen);
        while let Some(page) = pages.next_page().await? {
            for ballot in &page {
                let hash = order(ballot.sort_key()?);
                if usize::from(hash[0]) * passes / 256 == pass {
                    sorted.push((hash, record(frozen, ballot)?));
                }
            }
        }
        sorted.sort_unstable();
        // The parts of each pass have numbers of their own, so that none has to know how many the one before wrote.
        let mut parts = Parts::new(Half::Ballots, pass as u64 * PARTS_OF_A_PASS);
        for (hash, record) in sorted {
            parts.push(hash[0], &record);
        }
        self.write_parts(frozen, parts).await
    }

    /// Writes the receipts of a plan whose gates are shut. Doing it again writes the same.
    pub(crate) async fn export_receipts(&self, frozen: &FrozenPlan) -> Result<(), StoreError> {
        self.mark_spread(&frozen.id, Half::Receipts).await?;
        let mut parts = Parts::new(Half::Receipts, 0);
        for (receipt, commitment) in self.commit_to_ballots(frozen).await? {
            parts.push(receipt[0], &[&receipt[..], &commitment[..]].concat());
        }
        self.write_parts(frozen, parts).await
    }

    /// Notes that a half of the export stands in sixteen partitions.
    async fn mark_spread(&self, plan: &PlanId, half: Half) -> Result<(), StoreError> {
        let mark = Item::at(half.mark(plan));
        self.database.write(Table::Main, Write::put(mark), &self.pause).await?;
        Ok(())
    }

    /// Writes parts, of each partition one after those of the others: each second DynamoDB takes 1,000 write units of a
    /// partition, and a part costs up to 700.
    async fn write_parts(&self, frozen: &FrozenPlan, parts: Parts) -> Result<(), StoreError> {
        let Parts { half, from, mut by_digit } = parts;
        let most = by_digit.iter().map(Vec::len).max().unwrap_or(0);
        for place in 0..most {
            for (digit, parts) in keys::SPREAD.iter().zip(&mut by_digit) {
                let Some(bytes) = parts.get_mut(place).map(std::mem::take) else { continue };
                let sort = format!("{}{}", half.prefix(), keys::ordinal(from + place as u64));
                let item = Item::at(Key::new(keys::spread_export_partition(&frozen.id, digit), sort))
                    .with_text("plan_sha256", frozen.sha256.as_str())
                    .with_text("sha256", hex::encode(Sha256::digest(&bytes)))
                    .with_bytes("part", bytes);
                self.database.write(Table::Main, Write::put(item), &self.pause).await?;
            }
        }
        Ok(())
    }

    /// The partitions of a half of the export, in their order: sixteen, or one if an older version wrote it.
    async fn export_partitions(&self, plan: &PlanId, half: Half) -> Result<Vec<String>, StoreError> {
        let mark = self.database.get(Table::Main, &half.mark(plan)).await?;
        Ok(match mark {
            Some(_) => keys::SPREAD.iter().map(|digit| keys::spread_export_partition(plan, digit)).collect(),
            None => vec![keys::export_partition(plan)],
        })
    }

    /// Receipts and commitments as they were exported, in the order of the receipts.
    pub(crate) async fn exported_commitments(&self, plan: &PlanId) -> Result<Vec<Committed>, StoreError> {
        let mut committed = Vec::new();
        for partition in self.export_partitions(plan, Half::Receipts).await? {
            for item in self.database.query_all(Table::Main, &partition, Half::Receipts.prefix()).await? {
                let (records, []) = item.bytes("part")?.as_chunks::<48>() else { return Err(StoreError::Corrupt) };
                committed.extend(records.iter().map(split));
            }
        }
        Ok(committed)
    }

    /// Counts the ballots again, as they were exported.
    pub(crate) async fn exported_tally(&self, frozen: &FrozenPlan) -> Result<Tally, StoreError> {
        let mut tally = Tally::new(&frozen.layout);
        for partition in self.export_partitions(&frozen.id, Half::Ballots).await? {
            let mut after: Option<String> = None;
            loop {
                let range = Range { prefix: Half::Ballots.prefix(), after: after.as_deref(), ..Range::default() };
                let (parts, next) = self.database.query(Table::Main, &partition, range).await?;
                for part in &parts {
                    each_record(frozen, part.bytes("part")?, |period, group, marks| {
                        tally.add_marks(period, group, marks)
                    })?;
                }
                match next {
                    Some(next) => after = Some(next),
                    None => break,
                }
            }
        }
        Ok(tally)
    }

    /// A page of the export: ballots first, then receipts; `None` when there are no more.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; [`StoreError::WrongState`] before closing.
    pub async fn exported(
        &self,
        plan: &PlanId,
        after: Option<&Cursor>,
    ) -> Result<Option<(ExportPart, Cursor)>, StoreError> {
        let head = self.plan_head(plan).await?;
        if !matches!(head.state, State::Closed | State::Published) {
            return Err(StoreError::WrongState);
        }
        let frozen = self.frozen(&head).await?;
        let (mut half, mut place, mut after) = match after.map(|cursor| place_of(&cursor.0)) {
            None => (Half::Ballots, 0, None),
            Some(Some((half, place, sort))) => (half, place, Some(sort)),
            Some(None) => return Ok(None),
        };
        loop {
            let partitions = self.export_partitions(plan, half).await?;
            let Some(partition) = partitions.get(place) else {
                if half == Half::Receipts {
                    return Ok(None);
                }
                (half, place, after) = (Half::Receipts, 0, None);
                continue;
            };
            let range = Range { prefix: half.prefix(), after: after.as_deref(), limit: Some(1), descending: false };
            let (items, _) = self.database.query(Table::Main, partition, range).await?;
            let Some(item) = items.first() else {
                (place, after) = (place + 1, None);
                continue;
            };
            let bytes = item.bytes("part")?;
            let part = if half == Half::Receipts {
                let (records, []) = bytes.as_chunks::<48>() else { return Err(StoreError::Corrupt) };
                ExportPart::Receipts(records.iter().map(|record| Receipt::from(split(record).0)).collect())
            } else {
                ExportPart::Ballots(read_records(&frozen, bytes)?)
            };
            return Ok(Some((part, Cursor(format!("{place}|{}", item.sort_key()?)))));
        }
    }
}

/// The half, the partition's place and the sort key that a cursor of the export says.
fn place_of(cursor: &str) -> Option<(Half, usize, String)> {
    let (place, sort) = cursor.split_once('|')?;
    let half = [Half::Ballots, Half::Receipts].into_iter().find(|half| sort.starts_with(half.prefix()))?;
    Some((half, place.parse().ok()?, sort.to_owned()))
}

/// A receipt and a commitment out of the 48 bytes that hold them.
fn split(record: &[u8; 48]) -> Committed {
    let (mut receipt, mut commitment) = ([0; 16], [0; 32]);
    receipt.copy_from_slice(&record[..16]);
    commitment.copy_from_slice(&record[16..]);
    (receipt, commitment)
}

/// The two halves of the export, which nothing joins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Half {
    Ballots,
    Receipts,
}

impl Half {
    /// What sort keys of its parts begin with.
    fn prefix(self) -> &'static str {
        match self {
            Half::Ballots => "B#",
            Half::Receipts => "R#",
        }
    }

    /// Where it is noted that the half stands in sixteen partitions.
    fn mark(self, plan: &PlanId) -> Key {
        Key::new(keys::export_partition(plan), format!("SPREAD#{}", self.prefix()))
    }
}

/// Parts of one half of the export, by the first digit of what it is in the order of.
struct Parts {
    half: Half,
    /// The first part's number in each partition.
    from: u64,
    by_digit: [Vec<Vec<u8>>; 16],
}

impl Parts {
    fn new(half: Half, from: u64) -> Parts {
        Parts { half, from, by_digit: Default::default() }
    }

    /// Adds the next record in the order, by the first byte of what it is in the order of.
    fn push(&mut self, first: u8, record: &[u8]) {
        let Some(parts) = self.by_digit.get_mut(usize::from(first >> 4)) else { return };
        match parts.last_mut() {
            Some(part) if part.len() + record.len() <= LARGEST_PART => part.extend_from_slice(record),
            _ => parts.push(record.to_vec()),
        }
    }
}

/// A ballot as bytes: its period and its group by place in the plan, two bytes each, then a byte a mark.
fn record(frozen: &FrozenPlan, ballot: &Item) -> Result<Vec<u8>, StoreError> {
    let period = frozen.plan.period_place(ballot.text("term")?).ok_or(StoreError::Corrupt)?;
    let group = frozen.layout.group(ballot.text("voters")?).ok_or(StoreError::Corrupt)?;
    let marks = ballot.bytes("marks")?;
    if marks.len() != group.marks {
        return Err(StoreError::Corrupt);
    }
    let mut record = Vec::with_capacity(4 + marks.len());
    for place in [period.index(), group.place.index()] {
        record.extend(u16::try_from(place).map_err(|_| StoreError::Corrupt)?.to_be_bytes());
    }
    record.extend_from_slice(marks);
    Ok(record)
}

fn read_records(frozen: &FrozenPlan, bytes: &[u8]) -> Result<Vec<ExportedBallot>, StoreError> {
    let mut ballots = Vec::new();
    each_record(frozen, bytes, |period, group, marks| {
        ballots.push(ExportedBallot {
            period: period.to_owned(),
            group: group.group.clone(),
            marks: group.decode(marks)?,
        });
        Ok(())
    })?;
    Ok(ballots)
}

/// Takes a part of the export apart: period, group and marks of each ballot.
fn each_record(
    frozen: &FrozenPlan,
    mut bytes: &[u8],
    mut take: impl FnMut(&str, &GroupLayout, &[u8]) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    while let Some((head, rest)) = bytes.split_first_chunk::<4>() {
        let period = usize::from(u16::from_be_bytes([head[0], head[1]]));
        let place = GroupIndex::from(usize::from(u16::from_be_bytes([head[2], head[3]])));
        let period = frozen.layout.periods.get(period).ok_or(StoreError::Corrupt)?;
        let group = frozen.layout.groups.iter().find(|group| group.place == place).ok_or(StoreError::Corrupt)?;
        let (marks, rest) = rest.split_at_checked(group.marks).ok_or(StoreError::Corrupt)?;
        take(period, group, marks)?;
        bytes = rest;
    }
    if bytes.is_empty() { Ok(()) } else { Err(StoreError::Corrupt) }
}
