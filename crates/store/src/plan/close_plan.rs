//! Closing a plan, or one of its rounds: shut the gates, count the ballots, compare, export, and forget the order of writes.
//!
//! A round that is closed while the plan stays open has its count frozen; its ballots stay in the box, are counted once more
//! with all others when the plan is closed, and are exported then. What the box says of them must be the same still.
//!
//! Each step can be repeated, so a closing that was interrupted is resumed by asking for it again. Once a gate is
//! shut no ballot is acknowledged that the count could miss: a ballot goes in together with its shard's gate being
//! open, and the count begins when all gates are shut.

use std::time::Instant;

use scoring::json::Value;
use scoring::plan_document::Approval;
use wire::round::RoundState;

use super::agreement::Agreement;
use super::closing::{Closing, Found, Job};
use super::frozen_plan::FrozenPlan;
use super::head::{PlanHead, State};
use super::round_id::RoundId;
use super::texts;
use crate::audit::change::Change;
use crate::ballot_box::small_group::not_allowed;
use crate::database::{Condition, Table, Update, keys};
use crate::error::StoreError;
use crate::ids::{Actor, PlanId};
use crate::store::Store;

/// Who ends a vote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    /// A person, who may need a second one.
    Person,
    /// The schedule, to which everyone agreed when the plan was opened.
    Schedule,
}

/// What became of the beginning of a closing.
enum Begun {
    Closing(Box<PlanHead>),
    /// It was closed before.
    Closed,
    /// It takes a second person.
    Waiting,
}

impl Store {
    /// Ends voting and counts. A plan that is closed stays as it is.
    ///
    /// # Errors
    /// [`StoreError::WrongState`] for a draft and a published plan; [`StoreError::Unavailable`] when it was
    /// interrupted, and then it can be repeated; [`StoreError::SamePerson`] where it takes a second person, who has not
    /// asked yet.
    pub async fn close_plan(&self, actor: Actor<'_>, plan: &PlanId) -> Result<PlanHead, StoreError> {
        self.close_to_the_end(actor, plan, None).await
    }

    /// Ends the voting of one round, counts it, freezes its tallies and shows its opinions; the plan stays open. The last
    /// round of stage 1 freezes the shortlist, if its result says who is on it. A round that is closed stays as it is.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], also for a round that the plan does not have; [`StoreError::WrongState`] unless the plan and
    /// the round are open; [`StoreError::Unavailable`] as in [`Store::close_plan`].
    pub async fn close_round(&self, actor: Actor<'_>, plan: &PlanId, round: &RoundId) -> Result<PlanHead, StoreError> {
        self.close_to_the_end(actor, plan, Some(round)).await
    }

    /// As [`Store::close_plan`] and [`Store::close_round`], for no longer than a request may take: repeating it goes on,
    /// whoever repeats it. Where the plan's `approval` names `close`, a first call keeps that it was asked for, and the
    /// closing begins with the call of a second person.
    ///
    /// # Errors
    /// As these.
    pub async fn go_on_closing(
        &self,
        actor: Actor<'_>,
        plan: &PlanId,
        round: Option<&RoundId>,
    ) -> Result<Closing, StoreError> {
        self.close(actor, By::Person, plan, round, Some(Instant::now() + self.closing_limit)).await
    }

    /// As [`Store::go_on_closing`], by the schedule, which needs no second person.
    pub(super) async fn close_by_schedule(
        &self,
        actor: Actor<'_>,
        plan: &PlanId,
        round: Option<&RoundId>,
    ) -> Result<Closing, StoreError> {
        self.close(actor, By::Schedule, plan, round, Some(Instant::now() + self.closing_limit)).await
    }

    async fn close_to_the_end(
        &self,
        actor: Actor<'_>,
        plan: &PlanId,
        round: Option<&RoundId>,
    ) -> Result<PlanHead, StoreError> {
        match self.close(actor, By::Person, plan, round, None).await? {
            Closing::Done(head) => Ok(*head),
            Closing::Waiting => Err(StoreError::SamePerson),
            Closing::Working(_) => Err(StoreError::Unavailable),
        }
    }

    async fn close(
        &self,
        actor: Actor<'_>,
        by: By,
        plan: &PlanId,
        round: Option<&RoundId>,
        until: Option<Instant>,
    ) -> Result<Closing, StoreError> {
        let done = |head| Ok(Closing::Done(Box::new(head)));
        let head = match self.begin_closing(actor, by, plan, round).await? {
            Begun::Closing(head) => *head,
            Begun::Closed => return done(self.plan_head(plan).await?),
            Begun::Waiting => return Ok(Closing::Waiting),
        };
        let frozen = self.frozen(&head).await?;
        for shard in 0..head.shards {
            self.shut_gate(&frozen, shard, round).await?;
        }
        let job = Job { store: self, head: &head, frozen: &frozen, round, until };
        let found = match job.go_on().await? {
            Ok(found) => found,
            Err(progress) => return Ok(Closing::Working(progress)),
        };
        if let Some(rewrite) = &self.rewrite_box
            && !rewrite().await
        {
            return Err(StoreError::Unavailable);
        }
        let mut change = Change::begin(self, plan.as_str(), actor).await?;
        loop {
            let old = self.plan_head(plan).await?;
            if old.state != State::Open || round.is_some_and(|round| is_closed(&old, round)) {
                return done(old);
            }
            let Found { ballots, ref small, count_mismatch, ref receipts_root } = found;
            let mut head = match round {
                None => PlanHead { state: State::Closed, closing: false, count_mismatch, ..old.clone() },
                Some(round) => old.with_round(&frozen.plan, round, RoundState::Closed, self.now().0),
            };
            let mut detail = named(round);
            if round.is_none() {
                detail.push(("plan_sha256".to_owned(), Value::Text(frozen.sha256.clone())));
            }
            detail.extend([
                ("ballots".to_owned(), Value::Text(ballots.to_string())),
                ("count_mismatch".to_owned(), Value::Bool(count_mismatch)),
                ("small_groups".to_owned(), texts(&not_allowed(&frozen.plan, small, &[]))),
            ]);
            detail.extend(receipts_root.as_ref().map(|root| ("receipts_root".to_owned(), Value::text(root))));
            let mut writes = Vec::new();
            if round.is_some()
                && let Some(drawn) = self.shortlist_at_closing(&head, &frozen).await?
            {
                head.shortlisted = true;
                detail.push(("shortlist".to_owned(), texts(&drawn.units())));
                writes.push(drawn.write(&frozen));
            }
            writes.extend(head.writes(Some((old.revision, old.state))));
            let action = if round.is_some() { "round_closed" } else { "plan_closed" };
            if change.commit(action, Value::Object(detail), writes).await? {
                return done(head);
            }
        }
    }

    /// Notes that closing has begun: from now on no paper is handed out. Going on with one that has begun needs nobody else.
    async fn begin_closing(
        &self,
        actor: Actor<'_>,
        by: By,
        plan: &PlanId,
        round: Option<&RoundId>,
    ) -> Result<Begun, StoreError> {
        let mut change = Change::begin(self, plan.as_str(), actor).await?;
        loop {
            let old = self.plan_head(plan).await?;
            let head = match round {
                None => match old.state {
                    State::Open if old.closing => return Ok(Begun::Closing(Box::new(old))),
                    State::Open => PlanHead { closing: true, ..old.clone() },
                    State::Closed => return Ok(Begun::Closed),
                    State::Draft | State::Published => return Err(StoreError::WrongState),
                },
                Some(round) => {
                    let frozen = self.frozen(&old).await?;
                    if !round.is_of(&frozen.plan) {
                        return Err(StoreError::NotFound);
                    }
                    match old.round_state(&round.period, round.stage) {
                        RoundState::Closed => return Ok(Begun::Closed),
                        // The closing of the plan takes the round with it.
                        _ if old.closing => return Err(StoreError::WrongState),
                        RoundState::Closing => return Ok(Begun::Closing(Box::new(old))),
                        RoundState::Open => old.with_round(&frozen.plan, round, RoundState::Closing, self.now().0),
                        RoundState::Waiting => return Err(StoreError::WrongState),
                    }
                }
            };
            let mut detail = named(round);
            let takes_two = by == By::Person && self.frozen(&old).await?.plan.takes_two(Approval::Close);
            if takes_two {
                let what = closing_of(&old, round);
                match self.agreement(actor, plan, (&what.0, &what.1), None, change.now()).await? {
                    Agreement::Waits => return Ok(Begun::Waiting),
                    Agreement::Asks(asked) => {
                        let action = if round.is_some() { "round_close_asked" } else { "plan_close_asked" };
                        let writes = vec![old.check_still(State::Open), asked];
                        if change.commit(action, Value::Object(detail), writes).await? {
                            return Ok(Begun::Waiting);
                        }
                        continue;
                    }
                    Agreement::Agreed(asked) => detail.push(("asked_by".to_owned(), Value::Text(asked.by))),
                }
            }
            let action = if round.is_some() { "round_closing" } else { "plan_closing" };
            if change.commit(action, Value::Object(detail), head.writes(Some((old.revision, old.state)))).await? {
                return Ok(Begun::Closing(Box::new(head)));
            }
        }
    }

    async fn shut_gate(&self, frozen: &FrozenPlan, shard: u64, round: Option<&RoundId>) -> Result<(), StoreError> {
        let gate = match round {
            None => "gate".to_owned(),
            Some(round) => frozen.layout.shut_attribute(&round.period, round.stage)?,
        };
        let write = Update::of(keys::shard_head(&frozen.id, shard), format!("SET {gate} = :shut"))
            .with(":shut", "shut")
            .when(Condition::present());
        if self.database.write(Table::Box, write, &self.pause).await? { Ok(()) } else { Err(StoreError::Corrupt) }
    }
}

/// The round of an audit event, if it is of one.
fn named(round: Option<&RoundId>) -> Vec<(String, Value)> {
    let Some(round) = round else { return Vec::new() };
    vec![("period".to_owned(), Value::text(&round.period)), ("stage".to_owned(), Value::Text(round.stage.to_string()))]
}

/// The name of a closing, and what names what it ends: of a plan the rounds as they stand.
fn closing_of(head: &PlanHead, round: Option<&RoundId>) -> (String, String) {
    let Some(round) = round else {
        let rounds = head.rounds.iter().flatten().map(|(round, state)| format!("{round}#{}", state.as_str()));
        return ("close".to_owned(), texts(&rounds.collect::<Vec<_>>()).sha256());
    };
    (format!("close#{round}"), Value::text(&round.to_string()).sha256())
}

fn is_closed(head: &PlanHead, round: &RoundId) -> bool {
    head.is_round_counted(&round.period, round.stage)
}
