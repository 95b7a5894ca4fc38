//! What the time does: rounds that the schedule opens and closes, and closings and deletions that go on by themselves.
//!
//! Owns which of them are due. Refuses to own when it is asked (the server, or a schedule of AWS), and what opening and
//! closing are (`round`, `close_plan`). Nothing depends on it: ballots are held to the schedule by the clock alone. A plan
//! is closed by hand, once its rounds are. What the schedule ends needs no second person, also where the plan's `approval` names `close`: its hours were frozen with the plan, before the first vote.

use scoring::Hour;
use wire::round::RoundState;

use super::head::{PlanHead, State};
use super::round_id::RoundId;
use crate::error::StoreError;
use crate::ids::Actor;
use crate::limits::MOST_ROWS;
use crate::store::Store;

impl Store {
    /// Opens, closes and counts what is due in all plans that are open; a closing that has more to do goes on the next time.
    /// What cannot be done yet is passed over, such as stage 2 without a shortlist. Deletions of drafts that were cut are
    /// completed. Answers how many steps were taken.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] and the like, when the plans cannot be read.
    pub async fn keep_schedule(&self, actor: Actor<'_>) -> Result<u64, StoreError> {
        // A deletion that cannot go on keeps no plan from its hours.
        let (mut taken, mut after) = (self.complete_deletions().await.unwrap_or(0), None);
        loop {
            let page = self.list_plans(MOST_ROWS, after.as_ref()).await?;
            for head in page.items.iter().filter(|head| head.state == State::Open) {
                // One plan that cannot go on keeps no other from it.
                taken += self.keep_schedule_of(actor, head).await.unwrap_or(0);
            }
            after = page.next;
            if after.is_none() {
                return Ok(taken);
            }
        }
    }

    async fn keep_schedule_of(&self, actor: Actor<'_>, head: &PlanHead) -> Result<u64, StoreError> {
        if head.closing {
            self.close_by_schedule(actor, &head.id, None).await?;
            return Ok(1);
        }
        let (frozen, now) = (self.frozen(head).await?, self.now().0);
        let apart = head.all_rounds(&frozen.plan, now);
        let mut taken = 0;
        for round in frozen.plan.rounds() {
            let id = RoundId::new(round.period, round.stage);
            let state = apart.get(&id).copied().unwrap_or(RoundState::Waiting);
            let done = match (state, round.hour(now)) {
                // One whose time has passed meanwhile is opened all the same, and closed the next time.
                (RoundState::Waiting, Hour::Within | Hour::Late) if round.opens().is_some() => {
                    self.open_round(actor, &head.id, &id, &[]).await.is_ok()
                }
                (RoundState::Open, Hour::Late) | (RoundState::Closing, _) => {
                    self.close_by_schedule(actor, &head.id, Some(&id)).await.is_ok()
                }
                _ => false,
            };
            taken += u64::from(done);
        }
        Ok(taken)
    }
}
