//! Closing as a job: it works for a while, keeps its place, and goes on when it is asked again.
//!
//! The gates are shut when it begins, so what it reads does not change any more, and each of its steps can be done again
//! with the same end. A place says which step comes next and where in the box; a step that was begun and not noted is done
//! again. Of two closers each goes on from the place that was noted last: a place is written only over the one that its
//! writer began from, and the tally of a count that is not finished is kept under a name drawn for it alone.
//!
//! Owns the steps, the place and how far it has come. Refuses to own what a step does (`ballot_box`), and where the plan's
//! state changes (`close_plan`).

use std::collections::BTreeSet;
use std::time::Instant;

use wire::reconciliation::DifferenceKind;

use super::frozen_plan::FrozenPlan;
use super::head::PlanHead;
use super::round_id::RoundId;
use crate::ballot_box::code_paper::PeriodGroup;
use crate::ballot_box::count::Ballots;
use crate::ballot_box::receipt_proof;
use crate::ballot_box::tally::Tally;
use crate::database::{Condition, Item, Key, Table, Write, keys};
use crate::error::StoreError;
use crate::store::Store;

/// What became of a call to close.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Closing {
    /// Closed.
    Done(Box<PlanHead>),
    /// There is more to do: call again.
    Working(ClosingProgress),
    /// It takes a second person, who has not asked yet.
    Waiting,
}

/// How far a closing has come, in ballots read; a plan's are read three times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClosingProgress {
    /// Read so far.
    pub done: u64,
    /// To be read.
    pub of: u64,
}

/// What closing found.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) ballots: u64,
    pub(crate) small: BTreeSet<PeriodGroup>,
    pub(crate) count_mismatch: bool,
    /// The root over the receipts, of a plan.
    pub(crate) receipts_root: Option<String>,
}

/// The steps, in their order. A round has no books, and is not exported by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Count,
    Books,
    Export,
    Receipts,
    Comments,
    End,
}

/// As an older version, which exported otherwise, noted that it had come to the export: it begins anew.
const OLD_EXPORT: &str = "export";

const STEPS: [(Step, &str); 6] = [
    (Step::Count, "count"),
    (Step::Books, "books"),
    (Step::Export, "spread_export"),
    (Step::Receipts, "receipts"),
    (Step::Comments, "comments"),
    (Step::End, "end"),
];

/// Where a closing goes on.
#[derive(Debug, Clone)]
struct Place {
    /// What tells it from the place before; empty at the beginning.
    name: String,
    step: Step,
    /// The partition of the box, by its digit's place, or the pass of the export.
    part: usize,
    /// The last ballot of that partition that was counted, or the last opinion that was copied.
    after: Option<String>,
    /// Ballots counted.
    counted: u64,
    /// Items of the tally that was kept under this name; 0: none was.
    kept: u64,
}

impl Place {
    fn begin() -> Place {
        Place { name: String::new(), step: Step::Count, part: 0, after: None, counted: 0, kept: 0 }
    }

    /// The first place of a later step.
    fn at(&self, step: Step, part: usize) -> Place {
        Place { step, part, after: None, kept: 0, ..self.clone() }
    }

    fn read(item: &Item) -> Result<Place, StoreError> {
        let step = item.text("step")?;
        if step == OLD_EXPORT {
            let place = Place { counted: item.number("counted")?, ..Place::begin() };
            return Ok(Place { name: item.text("place_name")?.to_owned(), ..place.at(Step::Export, 0) });
        }
        let step = STEPS.into_iter().find(|(_, name)| *name == step).ok_or(StoreError::Corrupt)?.0;
        Ok(Place {
            name: item.text("place_name")?.to_owned(),
            step,
            part: usize::try_from(item.number("part")?).map_err(|_| StoreError::Corrupt)?,
            after: item.optional_text("after_key")?,
            counted: item.number("counted")?,
            kept: item.number("kept")?,
        })
    }

    fn item(&self, key: Key) -> Item {
        let step = STEPS.into_iter().find(|(step, _)| *step == self.step).map_or("", |(_, name)| name);
        Item::at(key)
            .with_text("place_name", self.name.as_str())
            .with_text("step", step)
            .with_number("part", self.part as u64)
            .with_optional_text("after_key", self.after.as_deref())
            .with_number("counted", self.counted)
            .with_number("kept", self.kept)
    }
}

/// One closing: of a plan, or of a round.
pub(crate) struct Job<'a> {
    pub(crate) store: &'a Store,
    pub(crate) head: &'a PlanHead,
    pub(crate) frozen: &'a FrozenPlan,
    pub(crate) round: Option<&'a RoundId>,
    /// How long to work in this call; `None`: to the end.
    pub(crate) until: Option<Instant>,
}

impl Job<'_> {
    fn is_time_over(&self) -> bool {
        self.until.is_some_and(|until| Instant::now() >= until)
    }

    async fn place(&self) -> Result<Place, StoreError> {
        let key = keys::closing(&self.head.id, self.round);
        let item = self.store.database.get(Table::Box, &key).await?;
        item.as_ref().map_or_else(|| Ok(Place::begin()), Place::read)
    }

    /// Notes a place, unless another closer has noted one since.
    async fn note(&self, old: &Place, new: Place) -> Result<(), StoreError> {
        let name = if new.name == old.name { hex::encode(self.store.draw.bytes::<16>()?) } else { new.name.clone() };
        let condition = if old.name.is_empty() {
            Condition::absent()
        } else {
            Condition::that("place_name = :old").with(":old", old.name.as_str())
        };
        let item = Place { name, ..new }.item(keys::closing(&self.head.id, self.round));
        self.store.database.write(Table::Box, Write::Put(item, Some(condition)), &self.store.pause).await?;
        Ok(())
    }

    fn progress(&self, place: &Place, ballots: u64, passes: u64) -> ClosingProgress {
        let all = ballots.max(place.counted);
        let of = if self.round.is_some() { all } else { 3 * all };
        let done = match place.step {
            Step::Count => place.counted,
            Step::Books => all,
            Step::Export => all + all * place.part as u64 / passes.max(1),
            Step::Receipts => 2 * all,
            Step::Comments | Step::End => of,
        };
        ClosingProgress { done: done.min(of), of }
    }

    /// Goes on until the end, or until the time is over. The gates must be shut.
    pub(crate) async fn go_on(&self) -> Result<Result<Found, ClosingProgress>, StoreError> {
        let (store, frozen) = (self.store, self.frozen);
        let mut place = self.place().await?;
        loop {
            match place.step {
                Step::Count => self.count(&place).await?,
                Step::Books => {
                    let count = store.official_count(frozen, None).await?;
                    store.put_books(frozen, self.head.shards, &count).await?;
                    self.note(&place, place.at(Step::Export, 0)).await?;
                }
                Step::Export => {
                    let passes = store.export_passes(frozen, place.counted);
                    store.export_pass(frozen, place.part, passes).await?;
                    let next = place.part + 1;
                    let next = if next < passes { place.at(Step::Export, next) } else { place.at(Step::Receipts, 0) };
                    self.note(&place, next).await?;
                }
                Step::Receipts => {
                    store.export_receipts(frozen).await?;
                    self.note(&place, place.at(Step::Comments, 0)).await?;
                }
                Step::Comments => self.copy_comments(&place).await?,
                Step::End => return self.found().await.map(Ok),
            }
            place = self.place().await?;
            if self.is_time_over() && place.step != Step::End {
                let passes = store.export_passes(frozen, place.counted) as u64;
                let ballots = store.ballots_in_box(self.head).await?;
                return Ok(Err(self.progress(&place, ballots, passes)));
            }
        }
    }

    /// Copies opinions on from a place.
    async fn copy_comments(&self, place: &Place) -> Result<(), StoreError> {
        let mut after = None;
        if let Some(digit) = keys::SPREAD.get(place.part) {
            let from = (*digit, place.after.clone());
            let is_time_over = || self.is_time_over();
            after = self.store.export_comments(self.head, self.frozen, self.round, from, is_time_over).await?;
        }
        let next = place.part + 1;
        let next = if after.is_some() {
            Place { after, ..place.clone() }
        } else if next < keys::SPREAD.len() {
            place.at(Step::Comments, next)
        } else {
            place.at(Step::End, 0)
        };
        self.note(place, next).await
    }

    /// Counts on from a place, and keeps the count when it is finished.
    async fn count(&self, place: &Place) -> Result<(), StoreError> {
        let (store, frozen) = (self.store, self.frozen);
        let Some(mut tally) = store.kept_tally(frozen, &place.name, place.kept).await? else {
            return if self.place().await?.name == place.name { Err(StoreError::Corrupt) } else { Ok(()) };
        };
        let mut counted = place.counted;
        let mut ballots = Ballots::from(store, frozen, place.part, place.after.clone());
        while let Some(page) = ballots.next_page().await? {
            for ballot in &page {
                tally.add_ballot(&frozen.layout, ballot, self.round)?;
            }
            counted += page.len() as u64;
            if self.is_time_over() {
                let name = hex::encode(store.draw.bytes::<16>()?);
                let kept = store.keep_tally(frozen, &name, &tally).await?;
                let (part, after) = ballots.place();
                self.note(place, Place { name: name.clone(), part, after, counted, kept, ..place.clone() }).await?;
                // Of two closers one has noted its place: what the other kept, and what was kept before, nobody needs.
                let last = self.place().await?.name;
                for old in [&name, &place.name].into_iter().filter(|old| **old != last) {
                    store.drop_tally(frozen, old).await?;
                }
                return Ok(());
            }
        }
        let papers = store.papers_cast(frozen, self.round, &tally).await?;
        let mut small = papers.small_groups();
        if self.round.is_none() {
            // What was found of a round holds, whoever voted in another since.
            for round in self.head.frozen_rounds() {
                small.extend(store.small_groups_in(frozen, Some(round)).await?);
            }
        }
        store.put_ballots_by_unit(&frozen.id, self.round, &papers.ballots_by_unit()).await?;
        store.put_count(frozen, self.round, &tally, &small).await?;
        store.delete_all_steps(frozen, self.round).await?;
        let next = if self.round.is_some() { Step::Comments } else { Step::Books };
        self.note(place, Place { counted, ..place.at(next, 0) }).await?;
        store.drop_tally(frozen, &place.name).await
    }

    async fn found(&self) -> Result<Found, StoreError> {
        let (store, frozen) = (self.store, self.frozen);
        let count = store.official_count(frozen, self.round).await?;
        let small = store.small_groups_in(frozen, self.round).await?;
        let ballots = count.ballots();
        let Some(round) = self.round else {
            let books = store.books(self.head, frozen, &count).await?;
            let mut kept: Tally = count.clone();
            store.take_frozen(self.head, frozen, &mut kept).await?;
            let counters = books.differences.iter().any(|found| found.kind == DifferenceKind::Counters);
            let receipts = receipt_proof::receipts(&store.exported_commitments(&self.head.id).await?);
            let count_mismatch = counters || kept != count;
            return Ok(Found { ballots, small, count_mismatch, receipts_root: Some(receipts.root) });
        };
        let running = store.running_tally(frozen, self.head.shards).await?;
        let mut in_round = count.clone();
        in_round.take(&frozen.layout, round, &running);
        Ok(Found { ballots, small, count_mismatch: in_round != count, receipts_root: None })
    }
}
