//! Batches: the codes of one call are one, and may be voided together.
//!
//! Owns the id of a batch, the reading of a plan's codes by batch and by paper, and the mark of a batch that was voided
//! as a whole. The id follows from the plan, the paper and the hashes, so a call that is repeated completes the batch
//! that it began. Codes that an older version issued have no id: those of one paper are one batch.

use std::collections::BTreeMap;
use std::fmt;

use sha2::{Digest, Sha256};
pub use wire::code::CodeBatch;

use super::code_paper::{CodeCount, CodePaper, PeriodGroup};
use super::open_group::ON_DEMAND;
use crate::database::{Condition, Item, Table, Update, Write, keys};
use crate::error::StoreError;
use crate::ids::{CodeHash, Cursor, Page, PlanId, digits, is_digits};
use crate::store::Store;

/// A batch's id: 16 digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct BatchId(String);

impl BatchId {
    /// Reads an id. What cannot be one is `None`: there is no such batch.
    pub fn parse(text: &str) -> Option<BatchId> {
        is_digits(text).then(|| BatchId(text.to_owned()))
    }

    /// The batch of these codes; without any that of the codes of a paper that an older version issued.
    pub(crate) fn of<'a>(plan: &PlanId, paper: &CodePaper, hashes: impl IntoIterator<Item = &'a CodeHash>) -> BatchId {
        let mut sha = Sha256::new();
        let units = paper.units.as_ref().map_or(String::new(), |units| format!("={}", units.join("+")));
        let unit = paper.unit.as_deref().unwrap_or_default();
        for part in ["pingyi-batch", plan.as_str(), &paper.period, &paper.group, &units, unit] {
            sha.update(part.as_bytes());
            sha.update(b"\0");
        }
        for hash in hashes {
            sha.update(hash.to_string().as_bytes());
        }
        let digest: [u8; 32] = sha.finalize().into();
        let mut bits = [0; 16];
        bits.copy_from_slice(&digest[..16]);
        BatchId(digits(u128::from_be_bytes(bits), 16))
    }

    /// The batch that a code is of.
    pub(crate) fn of_code(plan: &PlanId, paper: &CodePaper, item: &Item) -> Result<BatchId, StoreError> {
        Ok(match item.optional_text(IN_BATCH)? {
            Some(id) => BatchId(id),
            None => BatchId::of(plan, paper, []),
        })
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for BatchId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The attribute of a code that names its batch.
pub(crate) const IN_BATCH: &str = "in_batch";

/// The mark of a code, and of a batch, that was voided.
pub(crate) const VOIDED: &str = "voided";

/// The paper that a stored code is for.
pub(crate) fn paper_of(item: &Item) -> Result<CodePaper, StoreError> {
    Ok(CodePaper {
        period: item.text("term")?.to_owned(),
        group: item.text("voters")?.to_owned(),
        units: item.optional_texts("narrowed")?,
        unit: item.optional_text("own_unit")?,
    })
}

/// That codes may still be put into a batch: it was begun, and not voided since.
pub(crate) fn check_living(plan: &PlanId, batch: &BatchId) -> Write {
    let living = Condition::that("attribute_exists(PK) AND attribute_not_exists(voided)");
    Write::Check(keys::batch(plan, batch.as_str()), living)
}

impl Store {
    /// Begins a batch, unless it was begun before.
    pub(crate) async fn begin_batch(&self, plan: &PlanId, batch: &BatchId) -> Result<(), StoreError> {
        let item = Item::at(keys::batch(plan, batch.as_str()));
        // That it is there already is what was wanted.
        self.database.write(Table::Box, Write::put_new(item), &self.pause).await?;
        Ok(())
    }

    /// Marks a batch as voided: from now on no code can be put into it. One of an older version has no item, and no
    /// call that still puts codes into it.
    pub(crate) async fn mark_batch_voided(&self, plan: &PlanId, batch: &BatchId) -> Result<(), StoreError> {
        let mark = Update::of(keys::batch(plan, batch.as_str()), "SET voided = :yes")
            .with(":yes", true)
            .when(Condition::present());
        self.database.write(Table::Box, mark, &self.pause).await?;
        Ok(())
    }

    /// A batch's item, if it was begun by this version.
    pub(crate) async fn batch_item(&self, plan: &PlanId, batch: &BatchId) -> Result<Option<Item>, StoreError> {
        self.database.get(Table::Box, &keys::batch(plan, batch.as_str())).await
    }

    /// A plan's codes, without those issued on demand: the hours count them.
    pub(crate) async fn card_codes(&self, plan: &PlanId) -> Result<Vec<Item>, StoreError> {
        let partitions = keys::SPREAD.iter().map(|digit| keys::code_partition(plan, digit)).collect();
        let mut codes = self.database.query_partitions(Table::Box, partitions).await?;
        codes.retain(|item| !item.has(ON_DEMAND));
        Ok(codes)
    }

    /// As [`Store::card_codes`], handed on one by one: not all of them are in memory.
    pub(crate) async fn each_card_code(
        &self,
        plan: &PlanId,
        take: &mut (dyn FnMut(&Item) -> Result<(), StoreError> + Send),
    ) -> Result<(), StoreError> {
        let partitions = keys::SPREAD.iter().map(|digit| keys::code_partition(plan, digit)).collect();
        let mut take = |item: &Item| if item.has(ON_DEMAND) { Ok(()) } else { take(item) };
        self.database.each_item(Table::Box, partitions, &mut take).await
    }

    /// A plan's codes by paper and batch.
    pub(crate) async fn codes_by_batch(
        &self,
        plan: &PlanId,
    ) -> Result<BTreeMap<(CodePaper, BatchId), CodeCount>, StoreError> {
        let mut counts: BTreeMap<(CodePaper, BatchId), CodeCount> = BTreeMap::new();
        for item in self.card_codes(plan).await? {
            let paper = paper_of(&item)?;
            let batch = BatchId::of_code(plan, &paper, &item)?;
            let count = counts.entry((paper, batch)).or_default();
            count.living += u64::from(!item.has(VOIDED));
            count.voided += u64::from(item.has(VOIDED));
            count.used += u64::from(item.has("used"));
        }
        Ok(counts)
    }

    /// A plan's codes by the paper they are for.
    pub(crate) async fn codes_by_paper(&self, plan: &PlanId) -> Result<BTreeMap<CodePaper, CodeCount>, StoreError> {
        Ok(by_paper(&self.codes_by_batch(plan).await?))
    }

    /// A page of a plan's batches, by period, group and id.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub async fn batches(
        &self,
        plan: &PlanId,
        limit: usize,
        after: Option<&Cursor>,
    ) -> Result<Page<CodeBatch>, StoreError> {
        self.plan_head(plan).await?;
        let mut rows = BTreeMap::new();
        for ((paper, batch), count) in self.codes_by_batch(plan).await? {
            let key = format!("{}#{}#{batch}", paper.period, paper.group);
            let row = CodeBatch {
                batch: batch.0,
                period: paper.period,
                group: paper.group,
                units: paper.units,
                unit: paper.unit,
                count: count.living + count.voided,
                voided: count.voided,
            };
            rows.insert(key, row);
        }
        if let Some(after) = after {
            rows.retain(|key, _| *key > after.0);
        }
        let more = rows.len() > limit;
        let mut items = Vec::new();
        let mut last = None;
        for (key, row) in rows.into_iter().take(limit) {
            items.push(row);
            last = Some(Cursor(key));
        }
        Ok(Page { items, next: last.filter(|_| more) })
    }
}

/// The same codes by paper alone.
pub(crate) fn by_paper(batches: &BTreeMap<(CodePaper, BatchId), CodeCount>) -> BTreeMap<CodePaper, CodeCount> {
    let mut counts: BTreeMap<CodePaper, CodeCount> = BTreeMap::new();
    for ((paper, _), more) in batches {
        counts.entry(paper.clone()).or_default().add(*more);
    }
    counts
}

/// The same codes by period and group.
pub(crate) fn by_group(codes: &BTreeMap<CodePaper, CodeCount>) -> BTreeMap<PeriodGroup, CodeCount> {
    let mut counts: BTreeMap<PeriodGroup, CodeCount> = BTreeMap::new();
    for (paper, more) in codes {
        counts.entry((paper.period.clone(), paper.group.clone())).or_default().add(*more);
    }
    counts
}
