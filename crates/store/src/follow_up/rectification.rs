//! Rectification (整改): items, their months' reports, what the office says to them, and what of them is public.
//!
//! Owns items' numbers, and the state that each is kept in. Refuses to own what the office says to them
//! (`rectification_review`), the lists that items are found in (`rectification_list`), what an item may say (`wire`), and which opinions it may be made of (`opinions`).
//!
//! An item stands once, under its number. Rows without content say where it is found: by unit, by state and last day, by
//! unit and state, and among the public ones. A change of state moves the rows in the item's own transaction. That an
//! item is overdue is never kept: it follows from the last day and the clock.
//!
//! Beside an item stand the opinions' words as they were, in the order of numbers drawn at random, without period, group
//! or ballot: an item is of one unit, a ballot has one opinion on it, so no item joins two opinions of one voter.

use scoring::is_id;
use scoring::json::Value;
use wire::day;
use wire::rectification::{
    Rectification, RectificationReport, RectificationRequest, RectificationReview, RectificationState, ReleasedField,
    ReportRequest,
};

use crate::audit::change::Change;
use crate::database::{Condition, Item, Key, Table, Write, keys};
use crate::error::StoreError;
use crate::ids::{Actor, PlanId, Revision};
use crate::limits::{LARGEST_BODY, MOST_ITEMS, MOST_REPORTS};
use crate::records::put_record::in_chain;
use crate::records::record::struck;
use crate::store::Store;

/// What the sort keys begin with: of items; of what finds one by the key of its request; of reports.
pub(super) const NUMBERED: &str = "N#";
const BY_KEY: &str = "K#";
const REPORTED: &str = "R#";
/// And of the rows.
pub(super) const BY_UNIT: &str = "U#";
pub(super) const BY_STATE: &str = "S#";
pub(super) const BY_UNIT_AND_STATE: &str = "V#";
pub(super) const PUBLIC: &str = "P#";

pub(super) fn key(plan: &PlanId, sort: &str) -> Key {
    Key::new(keys::rectification_partition(plan), sort)
}

pub(super) fn numbered(number: u64) -> String {
    format!("{NUMBERED}{}", keys::ordinal(number))
}

/// The rows that move with an item's state and last day.
pub(super) fn moving(unit: &str, state: RectificationState, deadline: &str, number: u64) -> [String; 2] {
    let place = format!("{}#{deadline}#{}", state.as_str(), keys::ordinal(number));
    [format!("{BY_STATE}{place}"), format!("{BY_UNIT_AND_STATE}{unit}#{place}")]
}

pub(super) fn public_row(number: u64) -> String {
    format!("{PUBLIC}{}", keys::ordinal(number))
}

/// How many of an item's reports the office has read and released, or accepted.
pub(super) const REPORTS_RELEASED: &str = "reports_released";

/// An item as it is kept: its state is not yet that of a day.
pub(super) struct Kept {
    pub(super) item: Item,
    pub(super) body: RectificationRequest,
    pub(super) number: u64,
    pub(super) revision: u64,
    pub(super) state: RectificationState,
    pub(super) reviews: u64,
    pub(super) reports: u64,
}

impl Kept {
    pub(super) fn read(item: Item) -> Result<Kept, StoreError> {
        let state = item.text("item_state")?;
        Ok(Kept {
            body: RectificationRequest::read(&item.json("body")?).map_err(|_| StoreError::Corrupt)?,
            number: item.number("item_number")?,
            revision: item.number("revision")?,
            state: RectificationState::ALL
                .into_iter()
                .find(|known| known.as_str() == state)
                .ok_or(StoreError::Corrupt)?,
            reviews: item.count("reviews")?,
            reports: item.count("reports")?,
            item,
        })
    }

    /// The item as it is on a day.
    pub(super) fn on(&self, today: &str) -> Result<Rectification, StoreError> {
        let RectificationRequest { unit, matter, source, measures, leader, department, deadline, term, .. } =
            self.body.clone();
        let item = &self.item;
        let json = |name: &str| if item.has(name) { item.json(name).map(Some) } else { Ok(None) };
        let last_report = json("last_report")?.map(|report| RectificationReport::read(&report)).transpose();
        let review = json("review")?.map(|review| RectificationReview::read(&review)).transpose();
        let released = item.optional_texts("released")?.unwrap_or_default();
        Ok(Rectification {
            number: self.number,
            revision: self.revision,
            unit,
            matter,
            source,
            measures,
            leader,
            department,
            state: self.state.on(today, &deadline),
            deadline,
            term,
            comments: self.body.comments.clone(),
            originals: item.texts("originals")?,
            findings: self.body.findings.clone(),
            reports: self.reports,
            last_report: last_report.map_err(|_| StoreError::Corrupt)?,
            review: review.map_err(|_| StoreError::Corrupt)?,
            reports_released: item.count(REPORTS_RELEASED)?,
            released: ReleasedField::ALL
                .into_iter()
                .filter(|field| released.iter().any(|name| name == field.as_str()))
                .collect(),
            by: item.text("made_by")?.to_owned(),
            at: item.time("made_at")?.0,
            struck: struck(item)?,
        })
    }

    /// The writes that put the item as `next` says, with the rows that have moved.
    pub(super) fn moved(self, plan: &PlanId, next: &Kept) -> Vec<Write> {
        let put = |sort: &String| Write::put(Item::at(key(plan, sort)));
        let was = moving(&self.body.unit, self.state, &self.body.deadline, self.number);
        let is = moving(&next.body.unit, next.state, &next.body.deadline, next.number);
        let unchanged = Condition::that("revision = :was").with(":was", self.revision);
        let mut writes = vec![Write::Put(next.written(), Some(unchanged))];
        if was != is {
            writes.extend(was.iter().map(|sort| Write::Delete(key(plan, sort), None)));
            writes.extend(is.iter().map(put));
        }
        writes
    }

    /// The item with what may have changed of it.
    pub(super) fn written(&self) -> Item {
        self.item
            .clone()
            .with_json("body", &Value::of(&self.body))
            .with_number("revision", self.revision)
            .with_text("item_state", self.state.as_str())
            .with_number("reviews", self.reviews)
            .with_number("reports", self.reports)
    }

    pub(super) fn next(&self) -> Kept {
        Kept { item: self.item.clone(), body: self.body.clone(), revision: self.revision + 1, ..*self }
    }
}

impl Store {
    /// The day of the clock, by UTC+8.
    pub(super) fn today(&self) -> String {
        day::of(self.now().0)
    }

    pub(super) async fn kept_item(&self, plan: &PlanId, number: u64) -> Result<Kept, StoreError> {
        let found = self.database.get(Table::Main, &key(plan, &numbered(number))).await?;
        Kept::read(found.ok_or(StoreError::NotFound)?)
    }

    /// One that was not struck out.
    pub(super) async fn living_item(&self, plan: &PlanId, number: u64) -> Result<Kept, StoreError> {
        let kept = self.kept_item(plan, number).await?;
        if struck(&kept.item)?.is_some() { Err(StoreError::NotFound) } else { Ok(kept) }
    }

    /// An item, as it is today.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub async fn rectification(&self, plan: &PlanId, number: u64) -> Result<Rectification, StoreError> {
        self.kept_item(plan, number).await?.on(&self.today())
    }

    /// Makes an item. `originals` are the words of its opinions, in the order in which `item` names them. The same again
    /// is the one that is there: `true`.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for the plan; [`StoreError::AlreadyRecorded`] where its key is another item's;
    /// [`StoreError::TooManyKept`], [`StoreError::TooLarge`], [`StoreError::MisplacedRecord`].
    pub async fn put_rectification(
        &self,
        actor: Actor<'_>,
        plan: &PlanId,
        item: &RectificationRequest,
        originals: &[String],
    ) -> Result<(Rectification, bool), StoreError> {
        let body = RectificationRequest { key: None, ..item.clone() };
        let said = checked(&body, originals)?;
        let sha256 = said.sha256();
        let by_key = format!("{BY_KEY}{}", item.key.as_deref().unwrap_or(&sha256));
        let mut change = Change::begin(self, plan.as_str(), actor).await?;
        loop {
            self.plan_head(plan).await?;
            if let Some(found) = self.database.get(Table::Main, &key(plan, &by_key)).await? {
                if found.text("asked")? != sha256 {
                    return Err(StoreError::AlreadyRecorded);
                }
                return Ok((self.rectification(plan, found.number("item_number")?).await?, true));
            }
            let latest = match self.database.get(Table::Main, &key(plan, keys::HEAD)).await? {
                Some(head) => head.number("latest_number")?,
                None => 0,
            };
            if latest >= MOST_ITEMS {
                return Err(StoreError::TooManyKept);
            }
            let number = latest + 1;
            let made = Item::at(key(plan, &numbered(number)))
                .with_number("item_number", number)
                .with_texts("originals", originals)
                .with_text("made_by", actor.name)
                .with_time("made_at", change.now());
            let state = RectificationState::Open;
            let kept = Kept { item: made, body: body.clone(), number, revision: 1, state, reviews: 0, reports: 0 };
            let found = Item::at(key(plan, &by_key)).with_number("item_number", number).with_text("asked", &*sha256);
            let by_unit = format!("{BY_UNIT}{}#{}", body.unit, keys::ordinal(number));
            let mut writes = vec![
                Write::put(Item::at(key(plan, keys::HEAD)).with_number("latest_number", number)),
                Write::put_new(found),
                Write::put_new(kept.written()),
                Write::put(Item::at(key(plan, &by_unit))),
            ];
            let rows = moving(&body.unit, state, &body.deadline, number);
            writes.extend(rows.iter().map(|sort| Write::put(Item::at(key(plan, sort)))));
            if change.commit("rectification_put", detail(number, [("record", in_chain(&said))]), writes).await? {
                return Ok((kept.on(&self.today())?, false));
            }
        }
    }

    /// Writes an item anew, over the revision that the change is based on. An accepted one has to be returned before.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], [`StoreError::RevisionMismatch`], [`StoreError::WrongState`];
    /// [`StoreError::MisplacedRecord`] for another unit.
    pub async fn change_rectification(
        &self,
        actor: Actor<'_>,
        plan: &PlanId,
        number: u64,
        based_on: Revision,
        item: &RectificationRequest,
        originals: &[String],
    ) -> Result<Rectification, StoreError> {
        let body = RectificationRequest { key: None, ..item.clone() };
        let said = checked(&body, originals)?;
        let mut change = Change::begin(self, plan.as_str(), actor).await?;
        loop {
            let kept = self.living_item(plan, number).await?;
            if kept.revision != based_on.0 {
                return Err(StoreError::RevisionMismatch);
            }
            if kept.body.unit != body.unit {
                return Err(StoreError::MisplacedRecord);
            }
            if kept.state == RectificationState::Accepted {
                return Err(StoreError::WrongState);
            }
            let mut next = kept.next();
            next.body = body.clone();
            next.item = next.item.with_texts("originals", originals);
            let told = [("record", in_chain(&said)), ("was", in_chain(&Value::of(&kept.body)))];
            let read = Kept::read(next.written())?.on(&self.today())?;
            if change.commit("rectification_changed", detail(number, told), kept.moved(plan, &next)).await? {
                return Ok(read);
            }
        }
    }

    /// Takes a report. The same again is the one that is there: `true`.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; [`StoreError::WrongState`] for an accepted item; [`StoreError::AlreadyRecorded`] where
    /// its key is another report's; [`StoreError::TooManyKept`].
    pub async fn report_rectification(
        &self,
        actor: Actor<'_>,
        plan: &PlanId,
        number: u64,
        report: &ReportRequest,
    ) -> Result<(Rectification, bool), StoreError> {
        let said = Value::of(&ReportRequest { key: None, ..report.clone() });
        let sha256 = said.sha256();
        let mut change = Change::begin(self, plan.as_str(), actor).await?;
        loop {
            let kept = self.living_item(plan, number).await?;
            let own = report.key.clone().unwrap_or_else(|| format!("{}-{sha256}", kept.reviews));
            let place = key(plan, &format!("{REPORTED}{}#{own}", keys::ordinal(number)));
            if let Some(found) = self.database.get(Table::Main, &place).await? {
                if found.text("asked")? != sha256 {
                    return Err(StoreError::AlreadyRecorded);
                }
                return Ok((kept.on(&self.today())?, true));
            }
            if kept.state == RectificationState::Accepted {
                return Err(StoreError::WrongState);
            }
            if kept.reports >= MOST_REPORTS {
                return Err(StoreError::TooManyKept);
            }
            let ReportRequest { month, text, files, done, .. } = report.clone();
            let by = actor.name.to_owned();
            let body = Value::of(&RectificationReport { month, text, files, done, by, at: change.now().0 });
            let mut next = kept.next();
            next.reports += 1;
            next.item = next.item.with_json("last_report", &body);
            next.state = match (done, kept.state) {
                (true, _) => RectificationState::Reported,
                // What was said to be done is not, after all.
                (false, RectificationState::Reported) => RectificationState::Open,
                (false, state) => state,
            };
            let kept_report = Item::at(place)
                .with_json("body", &body)
                .with_text("asked", sha256.as_str())
                .with_number("report_number", next.reports);
            let read = Kept::read(next.written())?.on(&self.today())?;
            let mut writes = kept.moved(plan, &next);
            writes.push(Write::put_new(kept_report));
            if change.commit("rectification_reported", detail(number, [("record", in_chain(&said))]), writes).await? {
                return Ok((read, false));
            }
        }
    }

    /// The reports on an item, in the order in which they came.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn rectification_reports(
        &self,
        plan: &PlanId,
        number: u64,
    ) -> Result<Vec<RectificationReport>, StoreError> {
        let prefix = format!("{REPORTED}{}#", keys::ordinal(number));
        let mut items = self.database.query_all(Table::Main, &keys::rectification_partition(plan), &prefix).await?;
        items.sort_by_key(|item| item.count("report_number").unwrap_or_default());
        items
            .iter()
            .map(|item| RectificationReport::read(&item.json("body")?).map_err(|_| StoreError::Corrupt))
            .collect()
    }
}

pub(super) fn detail<const N: usize>(number: u64, more: [(&'static str, Value); N]) -> Value {
    let mut members = vec![("item".to_owned(), Value::Text(number.to_string()))];
    members.extend(more.map(|(name, value)| (name.to_owned(), value)));
    Value::Object(members)
}

/// The item's content, if it can be kept.
fn checked(body: &RectificationRequest, originals: &[String]) -> Result<Value, StoreError> {
    if !is_id(&body.unit) || !day::is_day(&body.deadline) {
        return Err(StoreError::MisplacedRecord);
    }
    let said = Value::of(body);
    let size = said.canonical().len() + originals.iter().map(String::len).sum::<usize>();
    if size > LARGEST_BODY { Err(StoreError::TooLarge) } else { Ok(said) }
}
