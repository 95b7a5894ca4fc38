//! Giving a record: an entry, an incident, a link, an adjustment, a lot, a decision, a verdict, the history.

use document::Value;
use scoring::{Record, Second};
use wire::record::Beside;

use super::record::{WAITS, beside as read_beside, is_pending, key as place_of, read};
use super::record_id::RecordId;
use crate::audit::change::Change;
use crate::database::{Item, Key, Table, Write, keys};
use crate::error::StoreError;
use crate::ids::{Actor, PlanId, Timestamp, digits};
use crate::limits::{LARGEST_BODY, LARGEST_IN_CHAIN, LARGEST_WORDS};
use crate::plan::texts;
use crate::store::Store;

/// What became of a record that was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptRecord {
    pub id: RecordId,
    /// It waits for a second person.
    pub pending: bool,
}

/// Where a record goes.
enum Place {
    /// Under this key, in place of what is there.
    At(String, Option<Item>),
    /// It is there, just so.
    Known(KeptRecord),
}

impl Store {
    /// As [`Store::give_record`], with evidence alone.
    ///
    /// # Errors
    /// As [`Store::give_record`].
    pub async fn put_record(
        &self,
        actor: Actor<'_>,
        plan: &PlanId,
        record: &Record,
        evidence: Option<&str>,
    ) -> Result<RecordId, StoreError> {
        Ok(self.give_record(actor, plan, record, &Beside::evidence(evidence)).await?.id)
    }

    /// Keeps a record, checked against the plan by `scoring::Records::new`. An entry, a link or the history replaces the one
    /// before; a lot may add to it and never draw it anew; an incident or an adjustment is another; a decision or a verdict
    /// for a place that has one is refused. Where the plan's `approval` names its kind, it waits for a second person, and
    /// what counts stays as it is until then.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for the plan, [`StoreError::WrongState`] unless it is open or closed,
    /// [`StoreError::AlreadyRecorded`], [`StoreError::MisplacedRecord`], [`StoreError::TooLarge`].
    pub async fn give_record(
        &self,
        actor: Actor<'_>,
        plan: &PlanId,
        record: &Record,
        beside: &Beside,
    ) -> Result<KeptRecord, StoreError> {
        let body = &Value::of(record);
        let is_long = |words: &Option<String>| words.as_ref().is_some_and(|words| words.len() > LARGEST_WORDS);
        if body.canonical().len() > LARGEST_BODY || is_long(&beside.evidence) || is_long(&beside.clause) {
            return Err(StoreError::TooLarge);
        }
        let (kind, drawn) = (record.kind(), self.drawn_key(record)?);
        let mut change = Change::begin(self, plan.as_str(), actor).await?;
        loop {
            let head = self.plan_head(plan).await?;
            let check = head.check_records_open()?;
            let pending = self.frozen(&head).await?.plan.needs_approval(kind);
            let (sort_key, old) = match self.place_for(plan, record, beside, &drawn, pending).await? {
                Place::At(sort_key, old) => (sort_key, old),
                Place::Known(kept) => return Ok(kept),
            };
            let key = Key::new(keys::record_partition(plan), sort_key.as_str());
            let item = given(key, body, beside, actor, change.now(), pending);
            let mut detail = vec![
                ("kind".to_owned(), Value::Text(kind.as_str().to_owned())),
                ("id".to_owned(), Value::Text(RecordId(sort_key.clone()).to_string())),
                ("record".to_owned(), in_chain(body)),
            ];
            let words =
                |name: &str, words: Option<&str>| words.map(|words| (name.to_owned(), Value::Text(words.to_owned())));
            detail.extend(words("evidence", beside.evidence.as_deref()));
            detail.extend(words("clause", beside.clause.as_deref()));
            detail.extend(words("date", beside.date.as_deref()));
            if !beside.files.is_empty() {
                detail.push(("files".to_owned(), texts(&beside.files)));
            }
            detail.extend(pending.then(|| ("pending".to_owned(), Value::Bool(true))));
            if let Some(old) = &old {
                detail.push(("was".to_owned(), in_chain(&old.json("body")?)));
                detail.extend(words("evidence_was", old.optional_text("evidence")?.as_deref()));
            }
            if change.commit("record_put", Value::Object(detail), vec![check, Write::put(item)]).await? {
                return Ok(KeptRecord { id: RecordId(sort_key), pending });
            }
        }
    }

    /// A key of a record's place that no other record has: so what is approved under it is what was seen under it.
    pub(crate) fn drawn_key(&self, record: &Record) -> Result<String, StoreError> {
        Ok(format!("{}#{}", place_of(record)?, digits(u128::from_be_bytes(self.draw.bytes()?), 16)))
    }

    /// Where a record goes beside those that are there.
    async fn place_for(
        &self,
        plan: &PlanId,
        record: &Record,
        beside: &Beside,
        drawn: &str,
        pending: bool,
    ) -> Result<Place, StoreError> {
        let (kind, place) = (record.kind(), place_of(record)?);
        if kind.second() == Second::IsAnother {
            return Ok(Place::At(drawn.to_owned(), None));
        }
        let there = if pending {
            self.at_place(plan, &place).await?
        } else {
            let key = Key::new(keys::record_partition(plan), place.as_str());
            self.database.get(Table::Main, &key).await?.into_iter().collect()
        };
        if kind.second() == Second::IsRefused && !there.is_empty() {
            return Err(StoreError::AlreadyRecorded);
        }
        for old in &there {
            if pending && is_same(old, &Value::of(record), beside)? {
                let id = RecordId(old.sort_key()?.to_owned());
                return Ok(Place::Known(KeptRecord { id, pending: is_pending(old)? }));
            }
            // One that waits is approved or struck out before another is given.
            if is_pending(old)? || read(kind, old)?.is_ok_and(|old| !keeps_order(&old, record)) {
                return Err(StoreError::AlreadyRecorded);
            }
        }
        let old = if pending { None } else { there.into_iter().next() };
        Ok(Place::At(if pending { drawn.to_owned() } else { place }, old))
    }
}

/// Whether a record says what is said now, with the same beside it.
fn is_same(old: &Item, body: &Value, beside: &Beside) -> Result<bool, StoreError> {
    Ok(old.json("body")?.sha256() == body.sha256() && read_beside(old)? == *beside)
}

/// A record as an item.
pub(crate) fn given(key: Key, body: &Value, beside: &Beside, actor: Actor<'_>, at: Timestamp, pending: bool) -> Item {
    let item = Item::at(key)
        .with_json("body", body)
        .with_optional_text("evidence", beside.evidence.as_deref())
        .with_optional_text("clause", beside.clause.as_deref())
        .with_optional_text("on_day", beside.date.as_deref())
        .with_text("made_by", actor.name)
        .with_time("made_at", at);
    let item = match &beside.files[..] {
        [] => item,
        files => item.with_texts("file_hashes", files),
    };
    if pending { item.with_flag(WAITS, true) } else { item }
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
