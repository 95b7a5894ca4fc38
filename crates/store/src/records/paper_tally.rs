//! Paper ballots counted by hand: one batch is entered twice, by different people, and counts when both agree.
//!
//! A second entry that says the same completes the first. One that says something else is a batch of its own that
//! waits as well; whoever was wrong has theirs struck out.

use document::Value;
use scoring::PaperTally;

use super::record::{PAPER, RecordId, Struck, struck};
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
    /// Its id.
    pub id: RecordId,
    /// What was entered.
    pub tally: PaperTally,
    /// Where the ballots came from.
    pub evidence: Option<String>,
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

/// What the sort keys of equal batches begin with.
fn prefix(tally: &PaperTally, body: &Value) -> String {
    format!("{PAPER}#{}#{}#{}#{}#", tally.component, tally.group, tally.period, &body.sha256()[..16])
}

fn read(item: &Item) -> Result<PaperTally, StoreError> {
    PaperTally::read(&item.json("body")?).map_err(|_| StoreError::Corrupt)
}

impl Store {
    /// Enters a batch. The same content from a second person makes it count. From the first person, while it waits,
    /// and from the second, once it counts, it is a repeat; from anyone else it is then another batch that happens to
    /// be equal.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for the plan, [`StoreError::WrongState`] unless it is open or closed,
    /// [`StoreError::PaperDoesNotAddUp`], [`StoreError::MisplacedRecord`], [`StoreError::TooLarge`].
    pub async fn put_paper_tally(
        &self,
        actor: Actor<'_>,
        plan: &PlanId,
        tally: &PaperTally,
        evidence: Option<&str>,
    ) -> Result<PaperEntry, StoreError> {
        check(tally)?;
        let body = Value::of(&tally.in_order());
        if body.canonical().len() > LARGEST_BODY || evidence.is_some_and(|evidence| evidence.len() > LARGEST_WORDS) {
            return Err(StoreError::TooLarge);
        }
        let partition = keys::record_partition(plan);
        let prefix = prefix(tally, &body);
        let mut change = Change::begin(self, plan.as_str(), actor).await?;
        loop {
            let check = self.plan_head(plan).await?.check_records_open()?;
            let equal = self.database.query_all(Table::Main, &partition, &prefix).await?;
            let waiting = equal.iter().find(|item| !item.has("second_by"));
            // Whoever completed one and says it again has not heard the answer.
            let last = equal.iter().max_by_key(|item| number_of(item, &prefix));
            if let Some(last) = last.filter(|_| waiting.is_none())
                && last.optional_text("second_by")?.as_deref() == Some(actor.name)
            {
                return Ok(PaperEntry { id: RecordId(last.sort_key()?.to_owned()), counted: true });
            }
            let (item, counted) = match waiting {
                Some(item) if item.text("made_by")? == actor.name => {
                    return Ok(PaperEntry { id: RecordId(item.sort_key()?.to_owned()), counted: false });
                }
                Some(item) => {
                    let item = item.clone().with_text("second_by", actor.name).with_time("second_at", change.now());
                    (item, true)
                }
                None => {
                    let number = equal.iter().filter_map(|item| number_of(item, &prefix)).max().map_or(1, |n| n + 1);
                    let item = Item::at(Key::new(partition.as_str(), format!("{prefix}{number}")))
                        .with_json("body", &body)
                        .with_optional_text("evidence", evidence)
                        .with_text("made_by", actor.name)
                        .with_time("made_at", change.now());
                    (item, false)
                }
            };
            let id = RecordId(item.sort_key()?.to_owned());
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
                evidence: item.optional_text("evidence")?,
                first_by: item.text("made_by")?.to_owned(),
                second_by: item.optional_text("second_by")?,
                at: item.time("made_at")?,
                struck: struck(item)?,
            })
        };
        Ok(Page { items: page.items.iter().map(row).collect::<Result<_, StoreError>>()?, next: page.next })
    }

    /// The batches that count.
    pub(crate) async fn counted_paper_tallies(&self, plan: &PlanId) -> Result<Vec<PaperTally>, StoreError> {
        let items = self.database.query_all(Table::Main, &keys::record_partition(plan), &format!("{PAPER}#")).await?;
        let counted = items.iter().filter(|item| item.has("second_by"));
        counted.map(read).collect()
    }
}

fn number_of(item: &Item, prefix: &str) -> Option<u64> {
    item.sort_key().ok()?.strip_prefix(prefix)?.parse().ok()
}
