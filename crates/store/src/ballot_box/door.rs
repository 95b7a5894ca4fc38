//! Whether ballots are taken now, and of which rounds: by the server's clock, whatever has run in between.
//!
//! A group's ballots belong to the round of each stage in which it marks. Most groups mark in one. A group that marks in
//! both votes on what is open: its paper in one round has the components of that stage alone.
//!
//! Refuses to own the times themselves (`scoring::round`), and when a round is opened and closed by hand (`plan::round`).

use scoring::{Hour, Moment, Round};
use wire::round::RoundState;

use crate::database::Condition;
use crate::error::StoreError;
use crate::ids::{Actor, Timestamp};
use crate::plan::frozen_plan::FrozenPlan;
use crate::plan::frozen_plan::Shortlist;
use crate::plan::head::PlanHead;
use crate::plan::round_id::RoundId;
use crate::store::Store;

/// In whose name the schedule opens a round.
const SCHEDULE: Actor<'static> = Actor { name: "schedule" };

/// The rounds in which a ballot is cast.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenRounds {
    /// The stage to which the paper is narrowed, where its group marks in the other, too.
    pub stage: Option<u8>,
    /// Until when the ballot is taken, as the plan writes it, if it says so.
    pub closes: Option<String>,
    /// The attributes of a shard's head of which none may be there when the ballot goes in: each says that a round is shut.
    pub(crate) shut: Vec<String>,
    /// The units of the shortlist, where components of stage 2 are on the paper and it is frozen.
    pub(crate) shortlist: Option<Shortlist>,
}

impl OpenRounds {
    /// That the ballot is taken at a moment still.
    pub(crate) fn check_still(&self, now: Timestamp) -> Result<(), StoreError> {
        let closes = self.closes.as_deref().and_then(Moment::parse);
        if closes.is_some_and(|closes| closes.has_come(now.0)) { Err(StoreError::PlanClosed) } else { Ok(()) }
    }
}

impl Store {
    /// The rounds of a group in a period that take ballots now.
    ///
    /// # Errors
    /// [`StoreError::PlanNotOpen`] when none does yet; [`StoreError::PlanClosed`] when none does any more.
    pub(crate) async fn open_rounds(
        &self,
        head: &PlanHead,
        frozen: &FrozenPlan,
        period: &str,
        group: &str,
    ) -> Result<OpenRounds, StoreError> {
        head.check_voting()?;
        let stages = &frozen.layout.group(group).ok_or(StoreError::UnknownPlace)?.stages;
        let now = self.now().0;
        let opened = self.open_due(head, frozen, period, stages).await?;
        let head = opened.as_ref().unwrap_or(head);
        let rounds: Vec<(Round<'_>, Hour)> = (stages.iter())
            .map(|stage| frozen.plan.round(period, *stage))
            .map(|round| (round, hour(head, &round, now)))
            .collect();
        let open: Vec<&Round<'_>> =
            rounds.iter().filter(|(_, hour)| *hour == Hour::Within).map(|(round, _)| round).collect();
        let Some(first) = open.first() else {
            let early = rounds.iter().any(|(_, hour)| *hour == Hour::Early);
            return Err(if early { StoreError::PlanNotOpen } else { StoreError::PlanClosed });
        };
        let closes = open.iter().filter(|round| round.closes().is_some()).min_by_key(|round| round.closes());
        let shut = open.iter().map(|round| frozen.layout.shut_attribute(period, round.stage));
        let shut = shut.collect::<Result<_, _>>()?;
        let on_list = open.iter().any(|round| round.stage == 2);
        let shortlist = if on_list { self.shortlist(head, frozen).await? } else { None };
        Ok(OpenRounds {
            shut,
            shortlist,
            stage: (open.len() < stages.len()).then_some(first.stage),
            closes: closes.and_then(|round| round.closes_as_written()).map(str::to_owned),
        })
    }
}

impl Store {
    /// Opens rounds whose hour has come, whatever has run in between; answers the plan's head where one was. What cannot be
    /// opened yet waits, such as stage 2 without a shortlist.
    async fn open_due(
        &self,
        head: &PlanHead,
        frozen: &FrozenPlan,
        period: &str,
        stages: &[u8],
    ) -> Result<Option<PlanHead>, StoreError> {
        let now = self.now().0;
        let mut opened = None;
        for stage in stages {
            let round = frozen.plan.round(period, *stage);
            let waits = head.round_state(period, *stage) == RoundState::Waiting;
            if waits && round.opens().is_some() && round.hour(now) == Hour::Within {
                match self.open_round(SCHEDULE, &head.id, &RoundId::new(period, *stage), &[]).await {
                    Ok(head) => opened = Some(head),
                    Err(
                        StoreError::WrongState
                        | StoreError::NoShortlist(_)
                        | StoreError::Incomplete(_)
                        | StoreError::UnresolvedTies(_)
                        | StoreError::UnfitRecords(_),
                    ) => {}
                    Err(error) => return Err(error),
                }
            }
        }
        Ok(opened)
    }
}

/// What a moment is for a round, by its times and by what was done by hand.
fn hour(head: &PlanHead, round: &Round<'_>, now: i64) -> Hour {
    match head.round_state(round.period, round.stage) {
        RoundState::Waiting if round.opens().is_some() && round.hour(now) == Hour::Late => Hour::Late,
        RoundState::Waiting => Hour::Early,
        RoundState::Open => round.hour(now),
        RoundState::Closing | RoundState::Closed => Hour::Late,
    }
}

/// That nothing is shut which the ballot must come through: the plan, and the rounds that it is of.
pub(crate) fn gates(shut: &[String]) -> Condition {
    let rounds: String = shut.iter().map(|round| format!(" AND attribute_not_exists({round})")).collect();
    Condition::that(&format!("gate = :open{rounds}")).with(":open", "open")
}
