//! The records document of a plan, tallies included: what `scoring` scores.

use std::collections::BTreeSet;

use scoring::RecordsDocument;
use scoring::json::Value;

use super::record::RecordKind;
use crate::ballot_box::live_tally::Watched;
use crate::database::{Table, keys};
use crate::error::StoreError;
use crate::ids::PlanId;
use crate::plan::frozen_plan::FrozenPlan;
use crate::plan::head::{PlanHead, State};
use crate::store::Store;

impl Store {
    /// The records document of a plan that has been opened. While it is open, tallies come from the running shards,
    /// and those of secret groups are in it only if the plan says so, and then in steps (`ballot_box::live_tally`);
    /// after closing they come from the official count, without groups of whom too few voted
    /// (`ballot_box::small_group`).
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; [`StoreError::WrongState`] for a draft.
    pub async fn records(&self, plan: &PlanId) -> Result<RecordsDocument, StoreError> {
        let document = self.records_json(plan).await?;
        RecordsDocument::read(&document).map_err(|_| StoreError::Corrupt)
    }

    /// As [`Store::records`], as JSON.
    ///
    /// # Errors
    /// As [`Store::records`].
    pub async fn records_json(&self, plan: &PlanId) -> Result<Value, StoreError> {
        let head = self.plan_head(plan).await?;
        let frozen = self.frozen(&head).await?;
        self.records_of(&head, &frozen).await
    }

    pub(crate) async fn records_of(&self, head: &PlanHead, frozen: &FrozenPlan) -> Result<Value, StoreError> {
        let mut document = vec![
            ("format".to_owned(), Value::Int(1)),
            ("tallies".to_owned(), Value::List(self.tally_records(head, frozen).await?)),
        ];
        for kind in RecordKind::ALL {
            let partition = keys::record_partition(&head.id);
            let items = self.database.query_all(Table::Main, &partition, &format!("{}#", kind.list())).await?;
            let mut list = Vec::with_capacity(items.len());
            for item in items {
                match (kind, item.json("body")?) {
                    (RecordKind::History, Value::Object(members)) => {
                        let history = members.into_iter().find(|(key, _)| key == "history");
                        let Some((_, Value::List(history))) = history else { return Err(StoreError::Corrupt) };
                        list.extend(history);
                    }
                    (_, body) => list.push(body),
                }
            }
            document.push((kind.list().to_owned(), Value::List(list)));
        }
        Ok(Value::Object(document))
    }

    /// The tallies, online and paper; several for one place add up.
    async fn tally_records(&self, head: &PlanHead, frozen: &FrozenPlan) -> Result<Vec<Value>, StoreError> {
        let open = head.state == State::Open;
        let shown = |group: &str| {
            let mut known = frozen.plan.groups().iter().filter(|known| known.id == group);
            known.any(|group| !(open && frozen.plan.is_unseen_while_open(group)))
        };
        let withheld = if open { BTreeSet::new() } else { self.small_groups_withheld(head).await? };
        let mut records = Vec::new();
        for (period, group, counts) in self.tally(head, frozen).await?.places() {
            if !shown(group) || withheld.contains(&(period.to_owned(), group.to_owned())) {
                continue;
            }
            let layout = frozen.layout.group(group).ok_or(StoreError::Corrupt)?;
            let live = match Watched::new(frozen, period, layout, head.shards).filter(|_| open) {
                Some(watched) => Some(self.live_counts(watched, counts.ballots).await?),
                None => None,
            };
            let counters = &live.as_ref().unwrap_or(counts).counters;
            records.extend(
                layout.tallies(counters).map(|line| {
                    record(period, group, line.component, line.unit, line.criterion, line.counts.into_iter())
                }),
            );
        }
        for batch in self.counted_paper_tallies(&head.id).await?.iter().filter(|batch| shown(&batch.group)) {
            // A line with blanks only has no marks: it is no tally.
            for line in batch.counts.iter().filter(|line| line.counts.values().any(|&count| count > 0)) {
                let counts = line.counts.iter().map(|(option, count)| (option.as_str(), *count));
                let criterion = line.criterion.as_deref();
                records.push(record(&batch.period, &batch.group, &batch.component, &line.unit, criterion, counts));
            }
        }
        Ok(records)
    }
}

fn record<'a>(
    period: &str,
    group: &str,
    component: &str,
    unit: &str,
    criterion: Option<&str>,
    counts: impl Iterator<Item = (&'a str, u64)>,
) -> Value {
    let text = |text: &str| Value::Text(text.to_owned());
    let counts =
        counts.map(|(option, count)| (option.to_owned(), Value::Int(i64::try_from(count).unwrap_or(i64::MAX))));
    Value::Object(vec![
        ("period".to_owned(), text(period)),
        ("component".to_owned(), text(component)),
        ("group".to_owned(), text(group)),
        ("unit".to_owned(), text(unit)),
        ("criterion".to_owned(), criterion.map_or(Value::Null, text)),
        ("counts".to_owned(), Value::Object(counts.collect())),
    ])
}
