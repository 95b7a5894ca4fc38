//! What the list of plans says of a plan's document and records, kept in memory for as long as nothing was changed.
//!
//! Owns these facts and when they are still true: every change by an office is an event, so the end of the plan's chain
//! names them, with the head that they were read under. Refuses to own their reading (`desk_facts`).

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use scoring::plan_document::BallotKind;
use scoring::{MissingPlace, Plan, Standing};
use wire::calendar::Due;

use super::head::{Outline, State};
use crate::ids::{PlanId, Revision};
use crate::limits::MOST_FACTS;

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
    /// What has a date.
    pub(crate) dates: Dates,
    /// The plans that totals of links were taken from, each with the oldest edition of which some stand.
    pub(crate) taken: BTreeMap<PlanId, u64>,
}

/// What of a plan has a date.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Dates {
    /// The times of the schedule, with what is given of entries.
    pub(crate) rounds: Vec<Dated>,
    /// The last days of open items of rectification, the earliest first, and how many end on each.
    pub(crate) items: Vec<(String, u64)>,
    /// The last days of cases that are not done, likewise.
    pub(crate) cases: Vec<(String, u64)>,
}

/// A time of the schedule, and the period's name where the plan has several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Dated {
    pub(crate) due: Due,
    pub(crate) period: Option<String>,
}

/// What facts were read under: the end of the chain, and the head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Under {
    pub(crate) end: String,
    pub(crate) state: State,
    pub(crate) closing: bool,
    pub(crate) revision: Revision,
}

/// The facts in memory.
#[derive(Debug, Default)]
pub(crate) struct KnownFacts(Mutex<HashMap<PlanId, (Under, Arc<Facts>)>>);

impl KnownFacts {
    pub(crate) fn get(&self, plan: &PlanId, under: &Under) -> Option<Arc<Facts>> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(plan).filter(|(of, _)| of == under).map(|(_, facts)| Arc::clone(facts))
    }

    pub(crate) fn keep(&self, plan: &PlanId, under: Under, facts: &Arc<Facts>) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MOST_FACTS {
            known.clear();
        }
        known.insert(plan.clone(), (under, Arc::clone(facts)));
    }
}

impl Facts {
    pub(crate) fn of_plan(plan: &Plan) -> Facts {
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

    pub(crate) fn scored(&mut self, standing: &Standing, counts: impl Fn(&MissingPlace) -> bool) {
        self.missing = standing.missing().iter().filter(|place| counts(place)).count() as u64;
        self.ties = standing.unresolved_ties().len() as u64;
    }
}
