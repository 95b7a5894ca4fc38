//! Paper ballots counted by hand: one batch is entered twice, by different people, and counts when both agree.
//!
//! A second entry that says the same completes the first. One that says something else is a batch of its own that
//! waits as well; whoever was wrong has theirs struck out.

use document::Value;
use scoring::{PaperTally, Problem};
use wire::record::Beside;

use super::put_record::given;
use super::record::{Struck, beside as read_beside, struck};
use super::record_id::{PAPER, RecordId, RecordSource};
use crate::audit::change::Change;
use crate::database::{Item, Key, Table, Write, keys};
use crate::error::StoreError;
use crate::ids::{Actor, Cursor, Page, PlanId, Timestamp};
use crate::limits::{LARGEST_BODY, LARGEST_WORDS};
use crate::store::Store;

/// What became of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperEntry {
    /// The batch's id; both entries share it.
    pub id: RecordId,
    /// Two people agree, so it counts.
    pub counted: bool,
}

/// A batch as staff see it.
#[derive(Debug, Clone, PartialEq)]
pub struct PaperRow {
    pub id: RecordId,
    /// What was entered.
    pub tally: PaperTally,
    /// What the first entry said beside it: where the ballots came from.
    pub beside: Beside,
    /// Who entered it first.
    pub first_by: String,
    /// Who entered the same; `None` while it waits.
    pub second_by: Option<String>,
    /// When it was entered first.
    pub at: Timestamp,
    /// `None` while it counts or waits.
    pub struck: Option<Struck>,
}

/// That marks and blanks add up, and that it says where it belongs.
fn check(tally: &PaperTally) -> Result<(), StoreError> {
    tally.adds_up().map_err(|index| StoreError::PaperDoesNotAddUp { index })?;
    let ids = [&tally.period, &tally.group, &tally.component];
    if ids.into_iter().all(|id| scoring::is_id(id)) { Ok(()) } else { Err(StoreError::MisplacedRecord) }
}

/// What the sort keys of all batches with a label begin with: the label as names are compared and without blanks, so
/// that one spelled in full width, or `信封 1` for `信封1`, is the same.
fn label_prefix(tally: &PaperTally) -> String {
    let mut label = scoring::names::folded(tally.label.as_deref().unwrap_or_default());
    label.retain(|sign| !sign.is_whitespace());
    format!("{PAPER}#{}#", &Value::Text(label).sha256()[..16])
}

/// The sort key of a batch: equal counts of one envelope have one.
fn key_of(tally: &PaperTally) -> String {
    let counted = Value::of(&PaperTally { label: None, ..tally.clone() });
    let PaperTally { component, group, period, .. } = tally;
    format!("{}{component}#{group}#{period}#{}", label_prefix(tally), &counted.sha256()[..16])
}

/// The batch that an item holds, as far as it can be read: it is found by its label and place even where a version
/// before took a count that none can be.
fn read(item: &Item) -> Result<PaperTally, StoreError> {
    PaperTally::read_leniently(&item.json("body")?).0.ok_or(StoreError::Corrupt)
}

/// A batch that counts, or what keeps this version from reading it.
pub(crate) struct CountedBatch {
    pub(crate) source: RecordSource,
    pub(crate) tally: Result<PaperTally, Vec<Problem>>,
}

impl Store {
    /// Enters a batch. The same content from a second person makes it count; from those two it is a repeat then. A label
    /// names one envelope: once its batch counts, nobody enters another under it; one person's count of it is replaced
    /// by striking it out; and it is counted for one place.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for the plan, [`StoreError::WrongState`] unless it is open or closed,
    /// [`StoreError::LabelTaken`], [`StoreError::PaperDoesNotAddUp`], [`StoreError::MisplacedRecord`],
    /// [`StoreError::TooLarge`].
    pub async fn put_paper_tally(
        &self,
        actor: Actor<'_>,
        plan: &PlanId,
        tally: &PaperTally,
        beside: &Beside,
    ) -> Result<PaperEntry, StoreError> {
        check(tally)?;
        let mut tally = tally.in_order();
        let is_long = |words: &Option<String>| words.as_ref().is_some_and(|words| words.len() > LARGEST_WORDS);
        if Value::of(&tally).canonical().len() > LARGEST_BODY || is_long(&beside.evidence) || is_long(&beside.clause) {
            return Err(StoreError::TooLarge);
        }
        let partition = keys::record_partition(plan);
        let (prefix, sort_key) = (label_prefix(&tally), key_of(&tally));
        let id = RecordId(sort_key.clone());
        let mut change = Change::begin(self, plan.as_str(), actor).await?;
        loop {
            let check = self.plan_head(plan).await?.check_records_open()?;
            let of_label = self.database.query_all(Table::Main, &partition, &prefix).await?;
            let same = of_label.iter().find(|item| item.sort_key().is_ok_and(|key| key == sort_key));
            // Whoever has said it before has not heard the answer.
            if let Some(same) = same.filter(|item| is_by(item, actor.name)) {
                return Ok(PaperEntry { id, counted: same.has("second_by") });
            }
            // Two people may disagree on an envelope, but not on whose ballots are in it.
            let elsewhere = |item: &Item| read(item).is_ok_and(|other| place(&other) != place(&tally));
            let taken = |item: &Item| is_by(item, actor.name) || elsewhere(item);
            if of_label.iter().any(|item| item.has("second_by")) || same.is_none() && of_label.iter().any(taken) {
                return Err(StoreError::LabelTaken);
            }
            // All entries of an envelope spell its label as the first one does.
            if let Some(first) = of_label.first() {
                tally.label = read(first)?.label;
            }
            let body = Value::of(&tally);
            let counted = same.is_some();
            let item = match same {
                Some(item) => item.clone().with_text("second_by", actor.name).with_time("second_at", change.now()),
                None => {
                    given(Key::new(partition.as_str(), sort_key.as_str()), &body, beside, actor, change.now(), false)
                }
            };
            let detail = Value::Object(vec![
                ("id".to_owned(), Value::Text(id.to_string())),
                ("counted".to_owned(), Value::Bool(counted)),
                ("sha256".to_owned(), Value::Text(body.sha256())),
            ]);
            if change.commit("paper_tally_put", detail, vec![check, Write::put(item)]).await? {
                return Ok(PaperEntry { id, counted });
            }
        }
    }

    /// A page of the batches: those that count or wait, then those struck out.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for the plan.
    pub async fn list_paper_tallies(
        &self,
        plan: &PlanId,
        limit: usize,
        after: Option<&Cursor>,
    ) -> Result<Page<PaperRow>, StoreError> {
        self.plan_head(plan).await?;
        let page = self.living_then_struck(plan, PAPER, limit, after).await?;
        let row = |item: &Item| {
            Ok(PaperRow {
                id: RecordId(item.sort_key()?.to_owned()),
                tally: read(item)?,
                beside: read_beside(item)?,
                first_by: item.text("made_by")?.to_owned(),
                second_by: item.optional_text("second_by")?,
                at: item.time("made_at")?,
                struck: struck(item)?,
            })
        };
        Ok(Page { items: page.items.iter().map(row).collect::<Result<_, StoreError>>()?, next: page.next })
    }

    /// The batches that count.
    pub(crate) async fn counted_paper_tallies(&self, plan: &PlanId) -> Result<Vec<CountedBatch>, StoreError> {
        let items = self.paper_items(plan).await?;
        let counted = items.iter().filter(|item| item.has("second_by"));
        let batch =
            |item: &Item| Ok(CountedBatch { source: source(item)?, tally: PaperTally::read(&item.json("body")?) });
        counted.map(batch).collect()
    }

    /// The batches that one person alone has counted.
    pub(crate) async fn waiting_paper_tallies(&self, plan: &PlanId) -> Result<Vec<RecordSource>, StoreError> {
        self.paper_items(plan).await?.iter().filter(|item| !item.has("second_by")).map(source).collect()
    }

    /// The batches that are not struck out.
    async fn paper_items(&self, plan: &PlanId) -> Result<Vec<Item>, StoreError> {
        self.database.query_all(Table::Main, &keys::record_partition(plan), &format!("{PAPER}#")).await
    }
}

/// Where a batch stands.
fn source(item: &Item) -> Result<RecordSource, StoreError> {
    let here = read(item)?;
    Ok(RecordSource { id: RecordId(item.sort_key()?.to_owned()), place: place(&here).into(), label: here.label })
}

/// Whether this person has entered it, first or second.
fn is_by(item: &Item, name: &str) -> bool {
    ["made_by", "second_by"].into_iter().any(|by| item.text(by).is_ok_and(|by| by == name))
}

/// Component, group and period.
fn place(tally: &PaperTally) -> [String; 3] {
    [&tally.component, &tally.group, &tally.period].map(String::clone)
}
