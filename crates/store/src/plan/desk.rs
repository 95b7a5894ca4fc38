//! The list of plans as a desk: where each stands, and what is to be done next.
//!
//! Owns the order of what comes next, and what looking costs: the end of each plan's chain; of a draft and of an open plan
//! its turnout, too (its head, the codes of its groups, and the counters of the open box); the objections of a result on
//! public display; the heads of the plans that totals were taken from. What follows from document and records, and the
//! turnout of a vote that is over, is read when something was changed since (`desk_facts`). No ballot is read.

use std::collections::BTreeSet;
use std::sync::Arc;

use tokio::task::JoinSet;
use wire::desk::{DeskDue, LastChange, NextKind, NextStep};
use wire::round::RoundState;

use super::desk_due::told;
use super::desk_facts::sums;
use super::head::{Outline, PlanHead, State};
use super::known_facts::Facts;
use crate::audit::change::end_of;
use crate::ballot_box::turnout::GroupTurnout;
use crate::database::{Table, keys};
use crate::error::StoreError;
use crate::limits::PLANS_AT_ONCE;
use crate::store::Store;

/// A plan of the list, and how it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct DeskLine {
    pub head: PlanHead,
    pub outline: Outline,
    /// Codes issued and not voided, and ballots cast; `None` in the archive.
    pub turnout: Option<(u64, u64)>,
    pub next: Option<NextStep>,
    pub changed: Option<LastChange>,
    /// What is due within a week, or late; nothing in the archive.
    pub due: Vec<DeskDue>,
    /// Plans of which a newer edition is public than the one that totals stand from here; none in the archive.
    pub newer_editions: u64,
}

impl DeskLine {
    /// What is told to those who read nothing of what came in.
    fn bare(head: PlanHead, outline: Outline) -> DeskLine {
        DeskLine { head, outline, turnout: None, next: None, changed: None, due: Vec::new(), newer_editions: 0 }
    }
}

fn step(what: NextKind) -> NextStep {
    NextStep { what, count: None, until: None }
}

fn some(what: NextKind, count: u64) -> Option<NextStep> {
    (count > 0).then_some(NextStep { what, count: Some(count), until: None })
}

impl Store {
    /// How plans of the list stand, in their order. One whose data cannot be read is listed without it, so that it keeps no
    /// other from view. `office`: what whoever enters for this one alone is told, of what came in nothing but its entries
    /// that are due.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn desk(&self, heads: Vec<PlanHead>, office: Option<&str>) -> Result<Vec<DeskLine>, StoreError> {
        let office = office.map(Arc::<str>::from);
        let mut lines: Vec<Option<DeskLine>> = heads.iter().map(|_| None).collect();
        let mut looks = JoinSet::new();
        let mut heads = heads.into_iter().enumerate();
        loop {
            while looks.len() < PLANS_AT_ONCE
                && let Some((place, head)) = heads.next()
            {
                let (store, office) = (self.clone(), office.clone());
                looks.spawn(async move { (place, store.line_of(head, office.as_deref()).await) });
            }
            let Some(look) = looks.join_next().await else { break };
            let (place, line) = look.map_err(|_| StoreError::Unavailable)?;
            lines[place] = line?;
        }
        Ok(lines.into_iter().flatten().collect())
    }

    /// What a list says of plans to those who read none of what came in.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn outlines(&self, heads: Vec<PlanHead>) -> Result<Vec<DeskLine>, StoreError> {
        let mut lines = Vec::new();
        for head in heads {
            let outline = self.outline(&head).await?;
            lines.push(DeskLine::bare(head, outline));
        }
        Ok(lines)
    }

    /// One line; `None` of a plan that was deleted meanwhile.
    async fn line_of(&self, head: PlanHead, office: Option<&str>) -> Result<Option<DeskLine>, StoreError> {
        match self.look_at(&head, office).await {
            Ok(line) => Ok(Some(line)),
            Err(StoreError::NotFound) => Ok(None),
            Err(error @ StoreError::Unavailable) => Err(error),
            Err(_) => {
                let outline = head.outline.unwrap_or_default();
                Ok(Some(DeskLine::bare(head, outline)))
            }
        }
    }

    async fn look_at(&self, head: &PlanHead, office: Option<&str>) -> Result<DeskLine, StoreError> {
        let end = end_of(self, head.id.as_str()).await?;
        let hash = end.as_ref().map(|end| end.hash.clone()).unwrap_or_default();
        let changed = end.map(|end| LastChange { at: end.at, by: end.by, action: end.action });
        if head.archived {
            let outline = self.outline(head).await?;
            let changed = changed.filter(|_| office.is_none());
            return Ok(DeskLine { changed, ..DeskLine::bare(head.clone(), outline) });
        }
        let facts = self.desk_facts(head, &hash).await?;
        if office.is_some() {
            let due = told(head, &facts.dates, None, self.now().0, office);
            return Ok(DeskLine { due, ..DeskLine::bare(head.clone(), facts.outline) });
        }
        let rows = if facts.turnout.is_none() { self.turnout(&head.id).await? } else { Vec::new() };
        let next = match head.state {
            State::Draft => Some(of_draft(&facts, &rows)),
            State::Open => Some(of_open(head, &facts, &rows)),
            State::Closed => Some(self.of_closed(head, &facts).await?),
            State::Published => None,
        };
        let turnout = facts.turnout.unwrap_or_else(|| sums(&rows));
        let due = told(head, &facts.dates, next, self.now().0, None);
        let newer_editions = self.newer_editions(&facts.taken).await?;
        let (head, outline) = (head.clone(), facts.outline);
        Ok(DeskLine { head, outline, turnout: Some(turnout), next, changed, due, newer_editions })
    }

    async fn of_closed(&self, head: &PlanHead, facts: &Facts) -> Result<NextStep, StoreError> {
        if let Some(next) = of_records(facts) {
            return Ok(next);
        }
        if head.count_mismatch && self.database.get(Table::Main, &keys::acceptance(&head.id)).await?.is_none() {
            return Ok(step(NextKind::Differences));
        }
        if let Some(next) = some(NextKind::Missing, facts.missing).or(some(NextKind::Ties, facts.ties)) {
            return Ok(next);
        }
        let Some(until) = head.announced else {
            // What is public already is published anew.
            return Ok(step(if head.is_public() { NextKind::Publish } else { NextKind::Announce }));
        };
        let objections = self.all_objections(&head.id).await?;
        let open = objections.iter().filter(|one| one.answer.is_none()).count() as u64;
        let next = match some(NextKind::Objections, open) {
            Some(next) => next,
            None if self.now() < until => step(NextKind::Display),
            None => step(NextKind::Publish),
        };
        Ok(NextStep { until: Some(until.0), ..next })
    }
}

/// What is the matter with records, before anything else can be said.
fn of_records(facts: &Facts) -> Option<NextStep> {
    if facts.unfit { Some(step(NextKind::Unfit)) } else { some(NextKind::Pending, facts.pending) }
}

/// How many groups lack codes for a round that is not over.
fn without_codes(facts: &Facts, turnout: &[GroupTurnout], is_over: impl Fn(&str, u8) -> bool) -> u64 {
    let has_codes = |period: &str, group: &str| {
        turnout.iter().any(|row| row.period == period && row.group == group && row.issued > 0)
    };
    let lacking = facts.voting.iter().filter(|(period, group, stages)| {
        !stages.iter().all(|stage| is_over(period, *stage)) && !has_codes(period, group)
    });
    lacking.map(|(_, group, _)| group).collect::<BTreeSet<_>>().len() as u64
}

fn of_draft(facts: &Facts, turnout: &[GroupTurnout]) -> NextStep {
    let codes = || some(NextKind::Codes, without_codes(facts, turnout, |_, _| false));
    some(NextKind::Problems, facts.problems).or_else(codes).unwrap_or(step(NextKind::Open))
}

fn of_open(head: &PlanHead, facts: &Facts, turnout: &[GroupTurnout]) -> NextStep {
    if head.closing {
        return step(NextKind::Closing);
    }
    let state = |period: &str, stage: u8| head.round_state(period, stage);
    let codes = || {
        let lacking = without_codes(facts, turnout, |period, stage| state(period, stage) == RoundState::Closed);
        some(NextKind::Codes, lacking)
    };
    let rounds = || {
        let states: Vec<RoundState> = facts.rounds.iter().map(|(period, stage)| state(period, *stage)).collect();
        let waiting = states.iter().filter(|state| **state == RoundState::Waiting).count() as u64;
        let is_any_open = states.iter().any(|state| matches!(state, RoundState::Open | RoundState::Closing));
        some(NextKind::Rounds, waiting).filter(|_| !is_any_open)
    };
    let voting = || some(NextKind::Voting, turnout.iter().map(|row| row.issued.saturating_sub(row.cast)).sum());
    let next = of_records(facts).or_else(codes).or_else(rounds).or_else(|| some(NextKind::Missing, facts.missing));
    next.or_else(voting).unwrap_or(step(NextKind::Close))
}
