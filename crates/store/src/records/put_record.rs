//! Giving a record: an entry, an incident, a link, an adjustment, a lot, a decision, a verdict, the history.

use document::Value;
use scoring::{Record, Second};

use super::record::{key as place_of, read};
use super::record_id::RecordId;
use crate::audit::change::Change;
use crate::database::{Item, Key, Table, Write, keys};
use crate::error::StoreError;
use crate::ids::{Actor, PlanId, Timestamp, digits};
use crate::limits::{LARGEST_BODY, LARGEST_IN_CHAIN, LARGEST_WORDS};
use crate::store::Store;

impl Store {
    /// Keeps a record, checked against the plan by `scoring::Records::new`. An entry, a link or the history replaces the one before; a lot may add to it and
    /// never draw it anew; an incident or an adjustment is another; a decision or a verdict for a place that has one is
    /// refused.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for the plan, [`StoreError::WrongState`] unless it is open or closed,
    /// [`StoreError::AlreadyRecorded`], [`StoreError::MisplacedRecord`], [`StoreError::TooLarge`].
    pub async fn put_record(
        &self,
        actor: Actor<'_>,
        plan: &PlanId,
        record: &Record,
        evidence: Option<&str>,
    ) -> Result<RecordId, StoreError> {
        let body = &Value::of(record);
        if body.canonical().len() > LARGEST_BODY || evidence.is_some_and(|evidence| evidence.len() > LARGEST_WORDS) {
            return Err(StoreError::TooLarge);
        }
        let (kind, place) = (record.kind(), place_of(record)?);
        let sort_key = match kind.second() {
            Second::IsAnother => format!("{place}#{}", digits(u128::from_be_bytes(self.draw.bytes()?), 16)),
            Second::Replaces | Second::IsRefused => place,
        };
        let key = Key::new(keys::record_partition(plan), sort_key.as_str());
        let mut change = Change::begin(self, plan.as_str(), actor).await?;
        loop {
            let head = self.plan_head(plan).await?;
            let check = head.check_records_open()?;
            let old = match kind.second() {
                Second::IsAnother => None,
                Second::Replaces | Second::IsRefused => self.database.get(Table::Main, &key).await?,
            };
            if old.is_some() && kind.second() == Second::IsRefused {
                return Err(StoreError::AlreadyRecorded);
            }
            if let Some(old) = &old
                && read(kind, old)?.is_ok_and(|old| !keeps_order(&old, record))
            {
                return Err(StoreError::AlreadyRecorded);
            }
            let item = given(key.clone(), body, evidence, actor, change.now());
            let mut detail = vec![
                ("kind".to_owned(), Value::Text(kind.as_str().to_owned())),
                ("id".to_owned(), Value::Text(RecordId(sort_key.clone()).to_string())),
                ("record".to_owned(), in_chain(body)),
            ];
            let words =
                |name: &str, words: Option<&str>| words.map(|words| (name.to_owned(), Value::Text(words.to_owned())));
            detail.extend(words("evidence", evidence));
            if let Some(old) = &old {
                detail.push(("was".to_owned(), in_chain(&old.json("body")?)));
                detail.extend(words("evidence_was", old.optional_text("evidence")?.as_deref()));
            }
            if change.commit("record_put", Value::Object(detail), vec![check, Write::put(item)]).await? {
                return Ok(RecordId(sort_key));
            }
        }
    }
}

/// A record as an item.
pub(crate) fn given(key: Key, body: &Value, evidence: Option<&str>, actor: Actor<'_>, at: Timestamp) -> Item {
    Item::at(key)
        .with_json("body", body)
        .with_optional_text("evidence", evidence)
        .with_text("made_by", actor.name)
        .with_time("made_at", at)
}

/// Whether a lot says of the units of an earlier one what that one says. It may name others as well.
fn keeps_order(old: &Record, new: &Record) -> bool {
    match (old, new) {
        (Record::Lot(old), Record::Lot(new)) => new.order.iter().filter(|unit| old.order.contains(unit)).eq(&old.order),
        _ => true,
    }
}

/// A record as the audit chain keeps it: whole, or if it is long, its hash.
pub(crate) fn in_chain(body: &Value) -> Value {
    if body.canonical().len() <= LARGEST_IN_CHAIN {
        body.clone()
    } else {
        Value::Object(vec![("sha256".to_owned(), Value::Text(scoring::plan_sha256(body)))])
    }
}
