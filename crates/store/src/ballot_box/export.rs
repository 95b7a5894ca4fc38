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
        let mut parts = Parts::new(self, frozen, "B");
        // The parts of each pass have numbers of their own, so that none has to know how many the one before wrote.
        parts.number = pass as u64 * PARTS_OF_A_PASS;
        for (_, record) in sorted {
            parts.push(&record).await?;
        }
        parts.finish().await
    }

    /// Writes the receipts of a plan whose gates are shut. Doing it again writes the same.
    pub(crate) async fn export_receipts(&self, frozen: &FrozenPlan) -> Result<(), StoreError> {
        let mut parts = Parts::new(self, frozen, "R");
        for (receipt, commitment) in &self.commit_to_ballots(frozen).await? {
            parts.push(&[&receipt[..], &commitment[..]].concat()).await?;
        }
        parts.finish().await
    }

    /// Receipts and commitments as they were exported, in the order of the receipts.
    pub(crate) async fn exported_commitments(&self, plan: &PlanId) -> Result<Vec<Committed>, StoreError> {
        let mut committed = Vec::new();
        for item in self.database.query_all(Table::Main, &keys::export_partition(plan), "R#").await? {
            let (records, []) = item.bytes("part")?.as_chunks::<48>() else { return Err(StoreError::Corrupt) };
            committed.extend(records.iter().map(split));
        }
        Ok(committed)
    }

    /// Counts the ballots again, as they were exported.
    pub(crate) async fn exported_tally(&self, frozen: &FrozenPlan) -> Result<Tally, StoreError> {
        let mut tally = Tally::new(&frozen.layout);
        let partition = keys::export_partition(&frozen.id);
        let mut after: Option<String> = None;
        loop {
            let range = Range { prefix: "B#", after: after.as_deref(), ..Range::default() };
            let (parts, next) = self.database.query(Table::Main, &partition, range).await?;
            for part in &parts {
                each_record(frozen, part.bytes("part")?, |period, group, marks| tally.add_marks(period, group, marks))?;
            }
            match next {
                Some(next) => after = Some(next),
                None => return Ok(tally),
            }
        }
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
        let page = self.page(&keys::export_partition(plan), "", 1, after, false).await?;
        let Some(item) = page.items.first() else { return Ok(None) };
        let key = item.sort_key()?;
        if !item.has("part") {
            // The secret of the commitments, which lies between the two halves, is for nobody.
            let cursor = Cursor(key.to_owned());
            return Box::pin(self.exported(plan, Some(&cursor))).await;
        }
        let bytes = item.bytes("part")?;
        let part = if key.starts_with('R') {
            let (records, []) = bytes.as_chunks::<48>() else { return Err(StoreError::Corrupt) };
            ExportPart::Receipts(records.iter().map(|record| Receipt::from(split(record).0)).collect())
        } else {
            ExportPart::Ballots(read_records(&frozen, bytes)?)
        };
        Ok(Some((part, Cursor(key.to_owned()))))
    }
}

/// A receipt and a commitment out of the 48 bytes that hold them.
fn split(record: &[u8; 48]) -> Committed {
    let (mut receipt, mut commitment) = ([0; 16], [0; 32]);
    receipt.copy_from_slice(&record[..16]);
    commitment.copy_from_slice(&record[16..]);
    (receipt, commitment)
}

/// The parts of one half of the export, written as they fill up.
struct Parts<'a> {
    store: &'a Store,
    frozen: &'a FrozenPlan,
    half: &'static str,
    number: u64,
    bytes: Vec<u8>,
}

impl<'a> Parts<'a> {
    fn new(store: &'a Store, frozen: &'a FrozenPlan, half: &'static str) -> Parts<'a> {
        Parts { store, frozen, half, number: 0, bytes: Vec::new() }
    }

    async fn push(&mut self, record: &[u8]) -> Result<(), StoreError> {
        if self.bytes.len() + record.len() > LARGEST_PART {
            self.write().await?;
        }
        self.bytes.extend_from_slice(record);
        Ok(())
    }

    async fn finish(&mut self) -> Result<(), StoreError> {
        if self.bytes.is_empty() { Ok(()) } else { self.write().await }
    }

    async fn write(&mut self) -> Result<(), StoreError> {
        let key =
            Key::new(keys::export_partition(&self.frozen.id), format!("{}#{}", self.half, keys::ordinal(self.number)));
        let bytes = std::mem::take(&mut self.bytes);
        let item = Item::at(key)
            .with_text("plan_sha256", self.frozen.sha256.as_str())
            .with_text("sha256", hex::encode(Sha256::digest(&bytes)))
            .with_bytes("part", bytes);
        self.store.database.write(Table::Main, Write::put(item), &self.store.pause).await?;
        self.number += 1;
        Ok(())
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
