//! What the list of plans says of a plan's document and records, kept in memory for as long as nothing was changed.
//!
//! Owns these facts and when they are still true: every change by an office is an event, so the end of the plan's chain
//! names them, with the head that they were read under. Refuses to own the turnout of votes that go on.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use scoring::plan_document::BallotKind;
use scoring::{Mode, Plan, Records, RecordsDocument, Standing, names, round, score};

use super::frozen_plan::FrozenPlan;
use super::head::{Outline, PlanHead, State};
use crate::ballot_box::turnout::GroupTurnout;
use crate::database::{Table, keys};
use crate::error::StoreError;
use crate::ids::{PlanId, Revision};
use crate::limits::MOST_FACTS;
use crate::records::record::{RecordKind, is_pending, read};
use crate::store::Store;

/// What follows from a plan's document and records.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Facts {
    pub(crate) outline: Outline,
    /// What keeps a draft from opening.
    pub(crate) problems: u64,
    /// Period, group and stages of everybody who needs a code from the office.
    pub(crate) voting: Vec<(String, String, Vec<u8>)>,
    /// Periods and stages, in the order of the plan.
    pub(crate) rounds: Vec<(String, u8)>,
    /// Records that wait for a second person.
    pub(crate) pending: u64,
    /// Some records do not fit the plan.
    pub(crate) unfit: bool,
    /// Places without data: of an open plan what offices give, of a closed one all.
    pub(crate) missing: u64,
    /// Ties that nothing decides, of a closed plan.
    pub(crate) ties: u64,
    /// Codes issued and ballots cast, where voting is over: neither becomes more.
    pub(crate) turnout: Option<(u64, u64)>,
}

/// What facts were read under: the end of the chain, and the head.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Under {
    end: String,
    state: State,
    closing: bool,
    revision: Revision,
}

/// The facts in memory.
#[derive(Debug, Default)]
pub(crate) struct KnownFacts(Mutex<HashMap<PlanId, (Under, Arc<Facts>)>>);

impl KnownFacts {
    fn get(&self, plan: &PlanId, under: &Under) -> Option<Arc<Facts>> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(plan).filter(|(of, _)| of == under).map(|(_, facts)| Arc::clone(facts))
    }

    fn keep(&self, plan: &PlanId, under: Under, facts: &Arc<Facts>) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MOST_FACTS {
            known.clear();
        }
        known.insert(plan.clone(), (under, Arc::clone(facts)));
    }
}

impl Facts {
    fn of_plan(plan: &Plan) -> Facts {
        let mut facts = Facts::default();
        for period in plan.periods() {
            for group in plan.group_indices() {
                let (stages, known) = (plan.stages_of(group), plan.group(group));
                // Who comes by a link gets a code there.
                if !stages.is_empty() && known.ballot != BallotKind::Open {
                    facts.voting.push((period.id.clone(), known.id.clone(), stages));
                }
            }
        }
        facts.rounds = plan.rounds().into_iter().map(|round| (round.period.to_owned(), round.stage)).collect();
        facts
    }

    fn scored(&mut self, standing: &Standing, counts: impl Fn(&scoring::MissingPlace) -> bool) {
        self.missing = standing.missing().iter().filter(|place| counts(place)).count() as u64;
        self.ties = standing.unresolved_ties().len() as u64;
    }
}

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
            State::Open => self.facts_of_open(&*self.frozen(head).await?).await?,
            State::Closed => self.facts_of_closed(head, &*self.frozen(head).await?).await?,
            State::Published => Facts::default(),
        };
        let turnout = if head.state.is_counted() { Some(sums(&self.turnout(&head.id).await?)) } else { None };
        let facts = Arc::new(Facts { outline: self.outline(head).await?, turnout, ..facts });
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
                Facts { problems: (asked_of_drafts + empty) as u64, ..Facts::of_plan(&plan) }
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
