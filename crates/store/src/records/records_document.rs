//! The records document of a plan, tallies included: what `scoring` scores.

use std::collections::BTreeMap;
use std::sync::Arc;

use scoring::plan_document::{BallotKind, GroupDocument};
use scoring::records_document::TallyRecord;
use scoring::{Problem, Records, RecordsDocument};

use super::paper_tally::CountedBatch;
use super::record::{RecordKind, is_pending, read};
use super::record_id::{RecordSource, UnfitRecord};
use crate::ballot_box::live_tally::Watched;
use crate::database::{Table, keys};
use crate::error::StoreError;
use crate::ids::PlanId;
use crate::plan::frozen_plan::FrozenPlan;
use crate::plan::head::PlanHead;
use crate::store::Store;

/// The records of a plan as they are kept.
#[derive(Default)]
struct Kept {
    document: RecordsDocument,
    /// Of each list of the document: which record each of its rows is.
    sources: BTreeMap<&'static str, Vec<Option<Arc<RecordSource>>>>,
    /// Those that could not be read.
    unreadable: Vec<UnfitRecord>,
    /// Some tallies are of paper, envelope by envelope.
    has_paper: bool,
}

impl Kept {
    /// That all rows of a list up to here, and not yet told, are of one record.
    fn told(&mut self, list: &'static str, rows: usize, source: Option<&Arc<RecordSource>>) {
        self.sources.entry(list).or_default().resize(rows, source.cloned());
    }

    fn unreadable(&mut self, list: &str, source: RecordSource, problems: Vec<Problem>) {
        for problem in problems {
            let problem = Problem { path: format!("/{list}"), detail: Some(problem.path), ..problem };
            self.unreadable.push(UnfitRecord { source: Some(source.clone()), problem });
        }
    }

    /// Which record a problem of the document is of: `/lots/2/order/0` is of the third lot.
    fn unfit(&self, problem: Problem) -> UnfitRecord {
        let mut path = problem.path.split('/').skip(1);
        let rows = path.next().and_then(|list| self.sources.get(list));
        let row = path.next().and_then(|row| row.parse::<usize>().ok());
        let source = rows.zip(row).and_then(|(rows, row)| rows.get(row)).and_then(Option::as_deref);
        UnfitRecord { source: source.cloned(), problem }
    }
}

impl Store {
    /// The records document of a plan that has been opened. While it is open, tallies come from the running shards,
    /// and those of secret groups are in it only if the plan says so, and then in steps (`ballot_box::live_tally`);
    /// after closing, of the plan or of a round, they come from the official count, without groups of whom too few voted
    /// (`ballot_box::small_group`).
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; [`StoreError::WrongState`] for a draft; [`StoreError::UnfitRecords`].
    pub async fn records(&self, plan: &PlanId) -> Result<RecordsDocument, StoreError> {
        let head = self.plan_head(plan).await?;
        let frozen = self.frozen(&head).await?;
        Ok(self.records_of(&head, &frozen).await?.0)
    }

    /// A plan that has been opened, and its records as they are scored.
    ///
    /// # Errors
    /// As [`Store::records`].
    pub async fn scored_records(&self, plan: &PlanId) -> Result<(Arc<FrozenPlan>, Records), StoreError> {
        let head = self.plan_head(plan).await?;
        let frozen = self.frozen(&head).await?;
        let records = self.records_of(&head, &frozen).await?.1;
        Ok((frozen, records))
    }

    /// The records as a document and as they are scored, without those that wait for a second person; what does not fit the plan is named, record by record.
    pub(crate) async fn records_of(
        &self,
        head: &PlanHead,
        frozen: &FrozenPlan,
    ) -> Result<(RecordsDocument, Records), StoreError> {
        let mut kept = Kept::default();
        self.add_tallies(head, frozen, &mut kept).await?;
        for kind in RecordKind::ALL {
            let (list, partition) = (kind.as_str(), keys::record_partition(&head.id));
            for item in self.database.query_all(Table::Main, &partition, &format!("{list}#")).await? {
                if is_pending(&item)? {
                    continue;
                }
                let source = RecordSource::of(kind, item.sort_key()?);
                match read(kind, &item)? {
                    Ok(record) => {
                        kept.document.add(record);
                        let rows = kept.document.len_of(kind);
                        kept.told(list, rows, Some(&Arc::new(source)));
                    }
                    Err(problems) => kept.unreadable(list, source, problems),
                }
            }
        }
        let fitting = Records::new(&frozen.plan, &kept.document);
        match fitting {
            Ok(records) if kept.unreadable.is_empty() => {
                let frozen_lists = self.frozen_shortlist(head, frozen).await?.and_then(|list| list.sides.clone());
                let records = match frozen_lists {
                    Some(lists) => records.with_frozen_lists(lists),
                    None => records,
                };
                // Each envelope by itself is nobody's business but its counters'.
                if kept.has_paper {
                    kept.document.merge_tallies();
                }
                Ok((kept.document, records))
            }
            fitting => {
                let unfit = fitting.err().unwrap_or_default().into_iter().map(|problem| kept.unfit(problem));
                let unfit = unfit.chain(kept.unreadable.iter().cloned()).collect();
                Err(StoreError::UnfitRecords(unfit))
            }
        }
    }

    /// The tallies, online and paper; several for one place add up.
    async fn add_tallies(&self, head: &PlanHead, frozen: &FrozenPlan, kept: &mut Kept) -> Result<(), StoreError> {
        // Whether voting there is over: then everything is in, but for groups of whom too few voted.
        let counted = |period: &str, stage: u8| head.is_round_counted(period, stage);
        // Who of a named or per-unit group has voted is on the list of voters, so each step of its tally would say how.
        let is_listed = |group: &GroupDocument| matches!(group.ballot, BallotKind::Named | BallotKind::PerUnit);
        let may_name = !head.state.is_counted() && frozen.plan.groups().iter().any(is_listed);
        let by_name = may_name && self.has_holders(&head.id).await?;
        let unseen = |group: &str| {
            let mut known = frozen.plan.groups().iter().filter(|known| known.id == group);
            known.any(|group| frozen.plan.is_unseen_while_open(group) || by_name && is_listed(group))
        };
        let withheld = self.small_groups_withheld(head).await?;
        let records = &mut kept.document.tallies;
        for (period, group, counts) in self.tally(head, frozen).await?.places() {
            let layout = frozen.layout.group(group).ok_or(StoreError::Corrupt)?;
            let open = layout.stages.iter().any(|stage| !counted(period, *stage));
            let live = match Watched::new(frozen, period, layout, head.shards).filter(|_| open) {
                Some(watched) => Some(self.live_counts(watched, counts.ballots).await?),
                None => None,
            };
            let is_withheld = withheld.contains(&(period.to_owned(), group.to_owned()));
            let live = &live.as_ref().unwrap_or(counts).counters;
            let over = layout.tallies(&counts.counters).filter(|line| counted(period, line.stage) && !is_withheld);
            let running = layout.tallies(live).filter(|line| !counted(period, line.stage) && !unseen(group));
            records.extend(over.chain(running).map(|line| TallyRecord {
                period: period.into(),
                component: line.component.into(),
                group: group.into(),
                unit: line.unit.into(),
                criterion: line.criterion.map(Into::into),
                counts: line.counts.into_iter().collect(),
            }));
        }
        let list = "tallies";
        kept.told(list, kept.document.tallies.len(), None);
        for CountedBatch { source, tally } in self.counted_paper_tallies(&head.id).await? {
            kept.has_paper = true;
            match tally {
                Ok(batch)
                    if counted(&batch.period, frozen.plan.stage_of(&batch.component)) || !unseen(&batch.group) =>
                {
                    // A line with blanks only has no marks: it is no tally.
                    let lines = batch.tallies().filter(|line| line.counts.values().any(|&count| count > 0));
                    kept.document.tallies.extend(lines);
                    kept.told(list, kept.document.tallies.len(), Some(&Arc::new(source)));
                }
                Ok(_) => {}
                Err(problems) => kept.unreadable(list, source, problems),
            }
        }
        Ok(())
    }
}
