//! Records that offices give: their kinds, their keys, and the rows that staff see of them.

pub use scoring::RecordKind;
use scoring::{Plan, Problem, Record};
use wire::ledger::Approved;
pub use wire::ledger::Struck;
use wire::link::LinkSource;
use wire::record::Beside;

use super::link_sources::sources;
use super::record_id::{RecordId, STRUCK};
use crate::database::{Item, Key, Table, keys};
use crate::error::StoreError;
use crate::ids::{Cursor, Page, PlanId, Timestamp};
use crate::plan::head::State;
use crate::store::Store;

/// The sort key of a record's place: without the drawn part that tells apart those of which there may be many.
pub(crate) fn key(record: &Record) -> Result<String, StoreError> {
    let mut key = record.kind().as_str().to_owned();
    let place = record.place();
    if place.is_empty() {
        key.push_str("#-");
    }
    for id in place {
        // Only a draw across categories names none.
        let id = id.map_or(Ok("-"), |id| if scoring::is_id(id) { Ok(id) } else { Err(StoreError::MisplacedRecord) })?;
        key.push('#');
        key.push_str(id);
    }
    Ok(key)
}

/// Why and by whom an item was struck out, if it was.
pub(crate) fn struck(item: &Item) -> Result<Option<Struck>, StoreError> {
    if !item.has("struck_reason") {
        return Ok(None);
    }
    Ok(Some(Struck {
        reason: item.text("struck_reason")?.to_owned(),
        by: item.text("struck_by")?.to_owned(),
        at: item.time("struck_at")?.0,
    }))
}

/// Set while a record waits for a second person.
pub(crate) const WAITS: &str = "waits";

/// Whether a record waits for a second person. What was struck out waits for nobody.
pub(crate) fn is_pending(item: &Item) -> Result<bool, StoreError> {
    Ok(item.flag(WAITS)? && !item.has("struck_reason"))
}

/// Who the second person was, if one has approved it.
pub(crate) fn approved(item: &Item) -> Result<Option<Approved>, StoreError> {
    if !item.has("approved_by") {
        return Ok(None);
    }
    Ok(Some(Approved { by: item.text("approved_by")?.to_owned(), at: item.time("approved_at")?.0 }))
}

/// What stands beside a record.
pub(crate) fn beside(item: &Item) -> Result<Beside, StoreError> {
    Ok(Beside {
        evidence: item.optional_text("evidence")?,
        files: item.optional_texts("file_hashes")?.unwrap_or_default(),
        clause: item.optional_text("clause")?,
        date: item.optional_text("on_day")?,
    })
}

/// The record that an item holds; or what keeps this version from reading it, if an older one took it.
pub(crate) fn read(kind: RecordKind, item: &Item) -> Result<Result<Record, Vec<Problem>>, StoreError> {
    Ok(Record::read(kind, &item.json("body")?))
}

/// One record as an office gave it.
#[derive(Debug, Clone, PartialEq)]
pub struct RecordRow {
    pub id: RecordId,
    /// The record as it stands in the records document.
    pub record: Record,
    /// Where it comes from.
    pub evidence: Option<String>,
    /// The files that show it.
    pub files: Vec<String>,
    /// The clause by which it counts.
    pub clause: Option<String>,
    /// The day on which it was.
    pub date: Option<String>,
    /// Of a link that was taken from published plans: where each total came from.
    pub sources: Vec<LinkSource>,
    /// The account that gave it.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// It was given after its round's entries were due.
    pub late: bool,
    /// It waits for a second person, and counts nowhere until then.
    pub pending: bool,
    /// Who the second person was, where one was needed.
    pub approved: Option<Approved>,
    /// `None` while it counts or waits.
    pub struck: Option<Struck>,
}

impl RecordRow {
    /// The row of an item; `plan` is none of a draft.
    fn read(plan: Option<&Plan>, kind: RecordKind, item: &Item) -> Result<RecordRow, StoreError> {
        // What cannot be read whole is listed all the same, so that it can be struck out.
        let record = Record::read_leniently(kind, &item.json("body")?).ok_or(StoreError::Corrupt)?;
        let at = item.time("made_at")?;
        let Beside { evidence, files, clause, date } = beside(item)?;
        Ok(RecordRow {
            id: RecordId(item.sort_key()?.to_owned()),
            late: plan.is_some_and(|plan| is_late(plan, &record, at)),
            record,
            evidence,
            files,
            clause,
            date,
            sources: sources(item)?,
            by: item.text("made_by")?.to_owned(),
            at,
            pending: is_pending(item)?,
            approved: approved(item)?,
            struck: struck(item)?,
        })
    }
}

/// Whether a record was given after the entries of its period, and of its component's stage, were due.
pub(crate) fn is_late(plan: &Plan, record: &Record, at: Timestamp) -> bool {
    let places = record.place();
    let id = |name: &str| record.kind().place().iter().position(|known| *known == name).and_then(|place| places[place]);
    let Some(period) = id("period") else { return false };
    let stage = id("component").map_or(1, |component| plan.stage_of(component));
    plan.round(period, stage).entries_due().is_some_and(|due| at.0 > due.seconds())
}

impl Store {
    /// A page of the records of a kind: those that count or wait, then those struck out.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for the plan.
    pub async fn list_records(
        &self,
        plan: &PlanId,
        kind: RecordKind,
        limit: usize,
        after: Option<&Cursor>,
    ) -> Result<Page<RecordRow>, StoreError> {
        let head = self.plan_head(plan).await?;
        // A draft has no records but the history that a copy was given.
        let frozen = if head.state == State::Draft { None } else { Some(self.frozen(&head).await?) };
        let plan_now = frozen.as_ref().map(|frozen| &frozen.plan);
        let page = self.living_then_struck(plan, kind.as_str(), limit, after).await?;
        let rows = page.items.iter().map(|item| RecordRow::read(plan_now, kind, item));
        Ok(Page { items: rows.collect::<Result<_, StoreError>>()?, next: page.next })
    }

    /// One record that counts or waits.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] also for what was struck out and for a batch of paper ballots.
    pub async fn record(&self, plan: &PlanId, record: &RecordId) -> Result<RecordRow, StoreError> {
        let kind = record.kind().ok_or(StoreError::NotFound)?;
        let key = Key::new(keys::record_partition(plan), record.0.as_str());
        let item = self.database.get(Table::Main, &key).await?.ok_or(StoreError::NotFound)?;
        RecordRow::read(Some(&self.frozen_plan(plan).await?.plan), kind, &item)
    }

    /// A record whether it counts, waits or was struck out.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] also for a batch of paper ballots.
    pub async fn any_record(&self, plan: &PlanId, record: &RecordId) -> Result<Record, StoreError> {
        let kind = record.kind_of_any().ok_or(StoreError::NotFound)?;
        let key = Key::new(keys::record_partition(plan), record.0.as_str());
        let item = match self.database.get(Table::Main, &key).await? {
            Some(item) => item,
            None => self.struck_rows(plan, record).await?.pop().ok_or(StoreError::NotFound)?,
        };
        Record::read_leniently(kind, &item.json("body")?).ok_or(StoreError::Corrupt)
    }

    /// A page of the records whose sort key begins with a list's name, those struck out last.
    pub(crate) async fn living_then_struck(
        &self,
        plan: &PlanId,
        list: &str,
        limit: usize,
        after: Option<&Cursor>,
    ) -> Result<Page<Item>, StoreError> {
        let partition = keys::record_partition(plan);
        let struck = format!("{STRUCK}#{list}#");
        let mut items = Vec::new();
        let mut after = after.cloned();
        if after.as_ref().is_none_or(|cursor| !cursor.0.starts_with(&struck)) {
            let page = self.page(&partition, &format!("{list}#"), limit, after.as_ref(), false).await?;
            if page.next.is_some() {
                return Ok(page);
            }
            items = page.items;
            after = Some(Cursor(struck.clone()));
        }
        if items.len() >= limit {
            return Ok(Page { items, next: after });
        }
        let page = self.page(&partition, &struck, limit - items.len(), after.as_ref(), false).await?;
        items.extend(page.items);
        Ok(Page { items, next: page.next })
    }
}
