//! Reading what the list of plans says of a plan's document and records.
//!
//! Refuses to own when it is read again (`known_facts`), and the turnout of votes that go on.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use scoring::{Method, Mode, Plan, Records, RecordsDocument, names, round, score};

use super::frozen_plan::FrozenPlan;
use super::head::{Outline, PlanHead, State};
use super::known_facts::{Dates, Facts, Under};
use crate::ballot_box::turnout::GroupTurnout;
use crate::database::{Key, Table, keys};
use crate::error::StoreError;
use crate::ids::PlanId;
use crate::records::record::{RecordKind, is_pending, read};
use crate::store::Store;

/// Codes issued and not voided, and ballots cast, of all rounds and groups.
pub(crate) fn sums(turnout: &[GroupTurnout]) -> (u64, u64) {
    (turnout.iter().map(|row| row.issued).sum(), turnout.iter().map(|row| row.cast).sum())
}

impl Store {
    /// What the list says of a plan; `end`: the hash at the end of its chain, read before.
    pub(crate) async fn desk_facts(&self, head: &PlanHead, end: &str) -> Result<Arc<Facts>, StoreError> {
        let (state, closing, revision) = (head.state, head.closing, head.revision);
        let under = Under { end: end.to_owned(), state, closing, revision };
        if let Some(known) = self.known_facts.get(&head.id, &under) {
            return Ok(known);
        }
        let facts = match head.state {
            State::Draft => self.facts_of_draft(head).await?,
            State::Open | State::Closed => {
                let frozen = self.frozen(head).await?;
                let facts = match head.state {
                    State::Open => self.facts_of_open(&frozen).await?,
                    _ => self.facts_of_closed(head, &frozen).await?,
                };
                let rounds = self.dated(head, &frozen.plan).await?;
                let taken = self.taken_from(&frozen).await?;
                Facts { dates: Dates { rounds, ..Dates::default() }, taken, ..facts }
            }
            State::Published => Facts::default(),
        };
        let turnout = if head.state.is_counted() { Some(sums(&self.turnout(&head.id).await?)) } else { None };
        let (items, cases) = (self.open_deadlines(&head.id).await?, self.open_case_days(&head.id).await?);
        let dates = Dates { items, cases, rounds: facts.dates.rounds };
        let facts = Arc::new(Facts { outline: self.outline(head).await?, turnout, dates, ..facts });
        self.known_facts.keep(&head.id, under, &facts);
        Ok(facts)
    }

    /// What a list says of a plan's document. An older version did not keep it beside the head.
    pub(crate) async fn outline(&self, head: &PlanHead) -> Result<Outline, StoreError> {
        match head.outline {
            Some(outline) => Ok(outline),
            None => Ok(Outline::of(&self.document(head).await?)),
        }
    }

    async fn facts_of_draft(&self, head: &PlanHead) -> Result<Facts, StoreError> {
        let document = self.document(head).await?;
        let asked_of_drafts = names::problems(&document).len() + round::problems(&document).len();
        Ok(match Plan::from_json(&document) {
            Ok(plan) => {
                let empty = usize::from(plan.units().is_empty()) + usize::from(plan.leaves().is_empty());
                let dates = Dates { rounds: self.dated(head, &plan).await?, ..Dates::default() };
                Facts { problems: (asked_of_drafts + empty) as u64, dates, ..Facts::of_plan(&plan) }
            }
            Err(problems) => Facts { problems: (problems.len() + asked_of_drafts) as u64, ..Facts::default() },
        })
    }

    /// Without tallies: marks come in while a plan is open, and reading them is dear.
    async fn facts_of_open(&self, frozen: &FrozenPlan) -> Result<Facts, StoreError> {
        let mut facts = Facts::of_plan(&frozen.plan);
        let mut document = RecordsDocument::default();
        let partition = keys::record_partition(&frozen.id);
        for kind in RecordKind::ALL {
            for item in self.database.query_all(Table::Main, &partition, &format!("{}#", kind.as_str())).await? {
                match read(kind, &item)? {
                    _ if is_pending(&item)? => facts.pending += 1,
                    Ok(record) => document.add(record),
                    Err(_) => facts.unfit = true,
                }
            }
        }
        match Records::new(&frozen.plan, &document) {
            Ok(records) => match score(&frozen.plan, &records, Mode::Provisional) {
                // Nothing is said of what voters have not given yet.
                Ok(standing) => facts.scored(&standing, |place| place.group.is_none()),
                Err(_) => facts.unfit = true,
            },
            Err(_) => facts.unfit = true,
        }
        Ok(facts)
    }

    /// The plans that totals were taken from, each with the oldest edition of which some stand.
    async fn taken_from(&self, frozen: &FrozenPlan) -> Result<BTreeMap<PlanId, u64>, StoreError> {
        let mut taken = BTreeMap::new();
        if !frozen.plan.leaves().iter().any(|leaf| matches!(leaf.method, Method::Linked(_))) {
            return Ok(taken);
        }
        for source in self.kept_links(&frozen.id).await?.into_iter().flat_map(|kept| kept.sources) {
            let plan = PlanId::parse(&source.plan).ok_or(StoreError::Corrupt)?;
            let oldest: &mut u64 = taken.entry(plan).or_insert(source.edition);
            *oldest = source.edition.min(*oldest);
        }
        Ok(taken)
    }

    /// Of how many of these plans a newer edition is public.
    pub(crate) async fn newer_editions(&self, taken: &BTreeMap<PlanId, u64>) -> Result<u64, StoreError> {
        let heads: Vec<Key> = taken.keys().map(keys::plan_head).collect();
        let mut newer = 0;
        for item in self.database.get_many(Table::Main, &heads).await? {
            let head = PlanHead::read(&item)?;
            newer += u64::from(taken.get(&head.id).is_some_and(|edition| head.edition > *edition));
        }
        Ok(newer)
    }

    async fn facts_of_closed(&self, head: &PlanHead, frozen: &FrozenPlan) -> Result<Facts, StoreError> {
        let plan = &frozen.plan;
        let mut facts = Facts { pending: self.pending_records(frozen).await?.len() as u64, ..Facts::default() };
        let records = match self.records_of(head, frozen).await {
            Ok((_, records)) => records,
            Err(StoreError::UnfitRecords(_)) => return Ok(Facts { unfit: true, ..facts }),
            Err(error) => return Err(error),
        };
        // Few marks are withheld until they are allowed by name; they are not missing.
        let withheld: BTreeSet<(String, String)> = self.small_groups_withheld(head).await?;
        let is_withheld = |place: &scoring::MissingPlace| {
            place.group.is_some_and(|group| {
                withheld.contains(&(plan.period(place.period).id.clone(), plan.group(group).id.clone()))
            })
        };
        match score(plan, &records, Mode::Provisional) {
            Ok(standing) => facts.scored(&standing, |place| !is_withheld(place)),
            Err(_) => facts.unfit = true,
        }
        Ok(facts)
    }
}
