//! Opening a plan: it freezes, and the box is set up.

use scoring::json::Value;
use scoring::{Problem, ProblemCode};
use wire::round::RoundState;

use super::frozen_plan::FrozenPlan;
use super::head::{PlanHead, State};
use super::next_year::OpeningHistory;
use super::round_id::RoundId;
use super::texts;
use crate::audit::change::Change;
use crate::ballot_box::batch::{by_group, by_paper};
use crate::ballot_box::code_fit::unfit;
use crate::ballot_box::layout::LAYOUT;
use crate::ballot_box::small_group::{not_allowed, small_groups};
use crate::database::{Item, Table, Write, keys};
use crate::error::StoreError;
use crate::ids::{Actor, PlanId};
use crate::limits::SHARDS;
use crate::store::Store;

impl Store {
    /// Opens a plan for voting. From now on it is frozen under its hash. A plan that is open stays as it is.
    ///
    /// # Errors
    /// [`StoreError::WrongState`] when it is closed or published, [`StoreError::InvalidPlan`] (also without a unit or a component),
    /// [`StoreError::PaperTooLarge`]; [`StoreError::CodesWithoutPaper`] for codes issued before that the plan does not
    /// fit; [`StoreError::SmallGroup`] for anonymous and blind groups with a unit that 1 to 4
    /// codes of a period may mark, unless `allow_small` names the group. What it names is allowed at later issues, too.
    pub async fn open_plan(
        &self,
        actor: Actor<'_>,
        plan: &PlanId,
        allow_small: &[String],
    ) -> Result<PlanHead, StoreError> {
        self.open_plan_with(actor, plan, allow_small, None).await
    }

    /// As [`Store::open_plan`], with those rounds alone that are named; `None`: all together. The others wait for
    /// [`Store::open_round`].
    ///
    /// # Errors
    /// As [`Store::open_plan`]; [`StoreError::UnknownRounds`]; [`StoreError::NoShortlist`] for a round of stage 2.
    pub async fn open_plan_with(
        &self,
        actor: Actor<'_>,
        plan: &PlanId,
        allow_small: &[String],
        rounds: Option<&[RoundId]>,
    ) -> Result<PlanHead, StoreError> {
        let mut change = Change::begin(self, plan.as_str(), actor).await?;
        loop {
            let old = self.plan_head(plan).await?;
            match old.state {
                State::Draft => {}
                State::Open if !old.closing => return Ok(old),
                State::Open | State::Closed | State::Published => return Err(StoreError::WrongState),
            }
            let frozen = FrozenPlan::new(plan.clone(), self.document(&old).await?)?;
            let lists = [("/units", frozen.plan.units().is_empty()), ("/components", frozen.plan.leaves().is_empty())];
            let empty = lists.into_iter().filter(|(_, empty)| *empty);
            let empty: Vec<_> = empty.map(|(list, _)| Problem::new(list, ProblemCode::EmptyList)).collect();
            if !empty.is_empty() {
                return Err(StoreError::InvalidPlan(empty));
            }
            check_rounds(&frozen, rounds.unwrap_or_default())?;
            let batches = self.codes_by_batch(plan).await?;
            let unfit = unfit(&frozen.plan, &batches, &self.kinds_of_codes(plan).await?);
            if !unfit.is_empty() {
                return Err(StoreError::CodesWithoutPaper(unfit));
            }
            let codes = by_paper(&batches);
            let small = small_groups(&frozen.plan, codes.iter().map(|(paper, count)| (paper, count.living)));
            let refused = not_allowed(&frozen.plan, &small, allow_small);
            if !refused.is_empty() {
                return Err(StoreError::SmallGroup(refused));
            }
            for ((period, group), count) in by_group(&codes) {
                self.note_issued(plan, &period, &group, count).await?;
            }
            let pinned = self.make_blind_keys(&frozen).await?;
            self.make_open_key(&frozen).await?;
            self.set_up_gates(plan).await?;
            let head = PlanHead {
                state: State::Open,
                // What takes votes is seen.
                archived: false,
                plan_sha256: Some(frozen.sha256.clone()),
                allow_small: allow_small.to_vec(),
                shards: SHARDS,
                layout: LAYOUT,
                rounds: rounds.map(|named| named.iter().map(|round| (round.clone(), RoundState::Open)).collect()),
                ..old.clone()
            };
            let mut detail = vec![
                ("plan_sha256".to_owned(), Value::Text(frozen.sha256)),
                ("small_groups".to_owned(), texts(&not_allowed(&frozen.plan, &small, &[]))),
                ("allow_small".to_owned(), texts(allow_small)),
            ];
            if let Some(named) = rounds {
                let named: Vec<String> =
                    named.iter().map(|round| format!("{} {}", round.period, round.stage)).collect();
                detail.push(("rounds".to_owned(), texts(&named)));
            }
            let mut writes = head.writes(Some((old.revision, old.state)));
            if !pinned.is_empty() {
                let named: Vec<String> =
                    pinned.iter().map(|key| format!("{} {} {}", key.period, key.group, key.fingerprint)).collect();
                detail.push(("blind_keys".to_owned(), texts(&named)));
                let item = Item::at(keys::pinned_keys(plan)).with_json("body", &Value::of(&pinned));
                writes.push(Write::put_new(item));
            }
            let history = self.history_at_opening(plan, &frozen.plan, (actor, change.now())).await?;
            if let Some(OpeningHistory { write, lost, carried }) = history {
                writes.push(write);
                if !lost.is_empty() {
                    detail.push(("history_without".to_owned(), texts(&lost)));
                }
                if let Some((from, history)) = carried {
                    detail.push(("history_from".to_owned(), Value::Text(from)));
                    detail.push(("history".to_owned(), history));
                }
            }
            if change.commit("plan_opened", Value::Object(detail), writes).await? {
                return Ok(head);
            }
        }
    }
}

/// That rounds which are opened with the plan can be: it has them, and they are of stage 1.
fn check_rounds(frozen: &FrozenPlan, rounds: &[RoundId]) -> Result<(), StoreError> {
    let unknown: Vec<usize> =
        rounds.iter().enumerate().filter(|(_, round)| !round.is_of(&frozen.plan)).map(|(place, _)| place).collect();
    match rounds.iter().position(|round| round.stage > 1) {
        _ if !unknown.is_empty() => Err(StoreError::UnknownRounds(unknown)),
        None => Ok(()),
        place => Err(StoreError::NoShortlist(place)),
    }
}

impl Store {
    /// Puts the shards' heads, their gates open, unless they are there from an opening that broke off.
    pub(crate) async fn set_up_gates(&self, plan: &PlanId) -> Result<(), StoreError> {
        let heads: Vec<_> = (0..SHARDS).map(|shard| keys::shard_head(plan, shard)).collect();
        if !self.database.get_many(Table::Box, &heads).await?.is_empty() {
            return Ok(());
        }
        let gate = |head| Write::put_new(Item::at(head).with_text("gate", "open"));
        // All or none. That they are there already is what was wanted.
        self.database.write_all(Table::Box, heads.into_iter().map(gate).collect(), &self.pause).await?;
        Ok(())
    }
}
