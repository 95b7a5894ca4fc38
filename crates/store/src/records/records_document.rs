//! The records document of a plan, tallies included: what `scoring` scores.

use std::collections::BTreeSet;

use scoring::RecordsDocument;
use scoring::records_document::TallyRecord;

use super::record::{RecordKind, read};
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
        let head = self.plan_head(plan).await?;
        let frozen = self.frozen(&head).await?;
        self.records_of(&head, &frozen).await
    }

    pub(crate) async fn records_of(&self, head: &PlanHead, frozen: &FrozenPlan) -> Result<RecordsDocument, StoreError> {
        let tallies = self.tally_records(head, frozen).await?;
        let mut document = RecordsDocument { tallies, ..RecordsDocument::default() };
        for kind in RecordKind::ALL {
            let partition = keys::record_partition(&head.id);
            for item in self.database.query_all(Table::Main, &partition, &format!("{}#", kind.as_str())).await? {
                document.add(read(kind, &item)?);
            }
        }
        Ok(document)
    }

    /// The tallies, online and paper; several for one place add up.
    async fn tally_records(&self, head: &PlanHead, frozen: &FrozenPlan) -> Result<Vec<TallyRecord>, StoreError> {
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
            records.extend(layout.tallies(counters).map(|line| TallyRecord {
                period: period.into(),
                component: line.component.into(),
                group: group.into(),
                unit: line.unit.into(),
                criterion: line.criterion.map(Into::into),
                counts: line.counts.into_iter().map(|(option, count)| (option.into(), count)).collect(),
            }));
        }
        for batch in self.counted_paper_tallies(&head.id).await?.iter().filter(|batch| shown(&batch.group)) {
            // A line with blanks only has no marks: it is no tally.
            records.extend(batch.tallies().filter(|line| line.counts.values().any(|&count| count > 0)));
        }
        Ok(records)
    }
}
