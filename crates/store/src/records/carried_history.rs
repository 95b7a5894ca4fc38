//! The history that a copy of a plan is given.
//!
//! Owns the one record that a draft may have. Refuses to own where the outcomes come from, and when (`plan::next_year`).

use std::collections::BTreeSet;

use scoring::json::Value;
use scoring::records_document::HistoryRecord;
use scoring::{History, Plan, Record, RecordKind};
use wire::record::Beside;

use super::put_record::given;
use super::record::{key as place_of, read};
use crate::database::{Item, Key, Table, keys};
use crate::error::StoreError;
use crate::ids::{Actor, PlanId, Timestamp};
use crate::limits::LARGEST_BODY;
use crate::store::Store;

/// As many of the newest years as one record holds.
pub(crate) fn newest_years(mut history: Vec<HistoryRecord>) -> Vec<HistoryRecord> {
    while !history.is_empty() && body(&history).canonical().len() > LARGEST_BODY {
        let oldest = history.iter().map(|record| record.year).min();
        history.retain(|record| Some(record.year) != oldest);
    }
    history
}

fn body(history: &[HistoryRecord]) -> Value {
    Value::of(&Record::History(History { history: history.to_vec() }))
}

/// A history as the item of a plan.
pub(crate) fn item(
    plan: &PlanId,
    history: &[HistoryRecord],
    evidence: &str,
    (actor, at): (Actor<'_>, Timestamp),
) -> Result<Item, StoreError> {
    let key = place_of(&Record::History(History::default()))?;
    let beside = Beside { evidence: Some(evidence.to_owned()), ..Beside::default() };
    Ok(given(Key::new(keys::record_partition(plan), key), &body(history), &beside, actor, at, false))
}

impl Store {
    /// The history of a plan, if it has one that can be read.
    pub(crate) async fn kept_history(&self, plan: &PlanId) -> Result<Option<(Item, Vec<HistoryRecord>)>, StoreError> {
        let key = place_of(&Record::History(History::default()))?;
        let item = self.database.get(Table::Main, &Key::new(keys::record_partition(plan), key)).await?;
        let Some(item) = item else { return Ok(None) };
        match read(RecordKind::History, &item)? {
            Ok(Record::History(history)) => Ok(Some((item, history.history))),
            _ => Ok(None),
        }
    }
}

/// A history as a plan has it when it opens: without the units that the draft has lost since, which are named beside it.
pub(crate) fn fitted(history: Vec<HistoryRecord>, plan: &Plan) -> (Vec<HistoryRecord>, Vec<String>) {
    let (stays, gone): (Vec<_>, Vec<_>) =
        history.into_iter().partition(|record| plan.unit_place(&record.unit).is_some());
    let lost: BTreeSet<String> = gone.into_iter().map(|record| record.unit).collect();
    (stays, lost.into_iter().collect())
}

/// The item of a history with other outcomes in it.
pub(crate) fn with_outcomes(item: Item, history: &[HistoryRecord]) -> Item {
    item.with_json("body", &body(history))
}
