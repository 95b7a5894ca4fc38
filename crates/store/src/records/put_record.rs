//! Giving a record: an entry, an incident, a link, an adjustment, a lot, a decision, a verdict, the history.

use scoring::json::Value;

use super::record::{RecordId, RecordKind, Second};
use crate::audit::change::Change;
use crate::database::{Item, Key, Table, Write, keys};
use crate::error::StoreError;
use crate::ids::{Actor, PlanId, digits};
use crate::limits::{LARGEST_BODY, LARGEST_IN_CHAIN, LARGEST_WORDS};
use crate::store::Store;

impl Store {
    /// Keeps a record, whose body is the JSON object that stands in the records document, checked against the plan
    /// by `scoring::Records::new`. An entry, a link or the history replaces the one before; a lot may add to it and
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
        kind: RecordKind,
        body: &Value,
        evidence: Option<&str>,
    ) -> Result<RecordId, StoreError> {
        if body.canonical().len() > LARGEST_BODY || evidence.is_some_and(|evidence| evidence.len() > LARGEST_WORDS) {
            return Err(StoreError::TooLarge);
        }
        let place = kind.key(body)?;
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
                && kind == RecordKind::Lot
                && !keeps_order(&old.json("body")?, body)
            {
                return Err(StoreError::AlreadyRecorded);
            }
            let item = Item::at(key.clone())
                .with_json("body", body)
                .with_optional_text("evidence", evidence)
                .with_text("made_by", actor.name)
                .with_time("made_at", change.now());
            let mut detail = vec![
                ("kind".to_owned(), Value::Text(kind.list().to_owned())),
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

/// Whether a lot says of the units of an earlier one what that one says. It may name others as well.
fn keeps_order(old: &Value, new: &Value) -> bool {
    let order = |lot: &Value| match lot.get("order") {
        Some(Value::List(units)) => units.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        _ => Vec::new(),
    };
    let (old, new): (Vec<String>, Vec<String>) = (order(old), order(new));
    new.iter().filter(|unit| old.contains(unit)).eq(&old)
}

/// A record as the audit chain keeps it: whole, or if it is long, its hash.
pub(crate) fn in_chain(body: &Value) -> Value {
    if body.canonical().len() <= LARGEST_IN_CHAIN {
        body.clone()
    } else {
        Value::Object(vec![("sha256".to_owned(), Value::Text(scoring::plan_sha256(body)))])
    }
}
