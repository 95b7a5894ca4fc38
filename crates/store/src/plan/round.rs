//! Rounds that open and close by themselves, and the shortlist that stage 1 leaves behind.
//!
//! Owns the names of rounds, their opening, their list, and the freezing of the shortlist. Refuses to own what closing one
//! does (`close_plan`), what a moment means for one (`scoring::round`), and what their ballots are (`ballot_box`).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use scoring::json::Value;
use scoring::plan_document::Side;
use scoring::{Hour, NoShortlist, Plan};
use wire::result::FrozenLists;
use wire::round::{RoundProgress, RoundRow, RoundState};

use super::frozen_plan::{FrozenPlan, FrozenShortlist, Shortlist};
use super::head::{PlanHead, State};
use super::round_id::RoundId;
use super::texts;
use crate::audit::change::Change;
use crate::database::{Item, Table, Write, keys};
use crate::error::StoreError;
use crate::ids::{Actor, PlanId};
use crate::store::Store;

impl PlanHead {
    /// What became of each round at a moment, for a change of one of them. Where none was named before, all were opened
    /// together; but one of stage 2 whose hour has not come waits from then on, so that it is opened with its shortlist.
    pub(crate) fn all_rounds(&self, plan: &Plan, now: i64) -> BTreeMap<RoundId, RoundState> {
        let together = || {
            let state = |round: &scoring::Round<'_>| match (round.stage, round.hour(now)) {
                (2, Hour::Early) => RoundState::Waiting,
                _ => RoundState::Open,
            };
            let rounds = plan.rounds();
            rounds.iter().map(|round| (RoundId::new(round.period, round.stage), state(round))).collect()
        };
        self.rounds.clone().unwrap_or_else(together)
    }

    /// The head after a round has come to another state.
    pub(crate) fn with_round(&self, plan: &Plan, round: &RoundId, state: RoundState, now: i64) -> PlanHead {
        let mut rounds = self.all_rounds(plan, now);
        rounds.insert(round.clone(), state);
        PlanHead { rounds: Some(rounds), ..self.clone() }
    }

    /// That every round of stage 1 is closed.
    fn is_stage_1_closed(&self, plan: &Plan) -> bool {
        plan.rounds().iter().filter(|round| round.stage == 1).all(|round| self.is_round_counted(round.period, 1))
    }
}

impl Store {
    /// All rounds of a plan. A draft that is no plan yet has none.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub async fn rounds(&self, plan: &PlanId) -> Result<Vec<RoundRow>, StoreError> {
        let row = self.plan(plan).await?;
        let Ok(checked) = Plan::from_json(&row.document) else { return Ok(Vec::new()) };
        let turnout = self.turnout_by_round(&row.head).await?;
        let rows = checked.rounds().into_iter().map(|round| {
            let id = RoundId::new(round.period, round.stage);
            let mut progress = RoundProgress { issued: 0, cast: 0 };
            for of_group in turnout.get(&id).into_iter().flatten() {
                progress.issued += of_group.issued;
                progress.cast += of_group.cast;
            }
            RoundRow {
                period: id.period,
                stage: id.stage.into(),
                state: row.head.round_state(round.period, round.stage),
                opens: round.times.and_then(|times| times.opens.clone()),
                closes: round.times.and_then(|times| times.closes.clone()),
                progress,
            }
        });
        Ok(rows.collect())
    }

    /// Opens a round of an open plan; one that is open stays as it is. Before the first of stage 2 the shortlist is frozen,
    /// with the marks of small groups that `allow_small` names.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], also for a round that the plan does not have; [`StoreError::WrongState`] unless the plan is
    /// open and the round waits; [`StoreError::NoShortlist`] for stage 2 while stage 1 is not closed, and
    /// [`StoreError::PendingRecords`], [`StoreError::Incomplete`], [`StoreError::UnresolvedTies`] or [`StoreError::UnfitRecords`] where its result does not
    /// say who is on the shortlist.
    pub async fn open_round(
        &self,
        actor: Actor<'_>,
        plan: &PlanId,
        round: &RoundId,
        allow_small: &[String],
    ) -> Result<PlanHead, StoreError> {
        let mut change = Change::begin(self, plan.as_str(), actor).await?;
        loop {
            let old = self.plan_head(plan).await?;
            let frozen = self.frozen(&old).await?;
            if !round.is_of(&frozen.plan) {
                return Err(StoreError::NotFound);
            }
            match old.round_state(&round.period, round.stage) {
                RoundState::Open => return Ok(old),
                RoundState::Waiting if old.state == State::Open => {}
                _ => return Err(StoreError::WrongState),
            }
            let mut head = old.with_round(&frozen.plan, round, RoundState::Open, self.now().0);
            let mut detail = vec![
                ("period".to_owned(), Value::text(&round.period)),
                ("stage".to_owned(), Value::Text(round.stage.to_string())),
                ("allow_small".to_owned(), texts(allow_small)),
            ];
            let mut writes = Vec::new();
            if round.stage == 2 && !head.shortlisted {
                if !head.is_stage_1_closed(&frozen.plan) {
                    return Err(StoreError::NoShortlist(None));
                }
                // Allowed for the list alone: what was read of closed rounds stays as it was.
                let mut drawing = head.clone();
                drawing.allow_small.extend(allow_small.iter().cloned());
                let drawn = self.draw_shortlist(&drawing, &frozen).await?;
                head.shortlisted = true;
                detail.push(("shortlist".to_owned(), texts(&drawn.units())));
                writes.push(drawn.write(&frozen));
            }
            writes.extend(head.writes(Some((old.revision, old.state))));
            if change.commit("round_opened", Value::Object(detail), writes).await? {
                return Ok(head);
            }
        }
    }

    /// The shortlist by the result of stage 1.
    async fn draw_shortlist(&self, head: &PlanHead, frozen: &FrozenPlan) -> Result<DrawnShortlist, StoreError> {
        let plan = &frozen.plan;
        let pending = self.pending_records(frozen).await?;
        if !pending.is_empty() {
            return Err(StoreError::PendingRecords(pending));
        }
        let records = self.records_of(head, frozen).await?.1;
        let id = |unit: &scoring::UnitIndex| plan.unit(*unit).id.clone();
        match scoring::shortlisted(plan, &records) {
            Ok(sides) => {
                Ok(DrawnShortlist(sides.enumerated().filter_map(|(unit, side)| Some((id(&unit), (*side)?))).collect()))
            }
            Err(NoShortlist::Missing(missing)) => {
                Err(StoreError::Incomplete(missing.iter().map(|place| place.named(plan)).collect()))
            }
            Err(NoShortlist::Ties(ties)) => {
                Err(StoreError::UnresolvedTies(ties.iter().map(|tie| tie.iter().map(id).collect()).collect()))
            }
        }
    }

    /// The shortlist that the closing of the last round of stage 1 freezes. `None`: there is more of stage 1, or its result
    /// does not say yet who is on the list; then the opening of stage 2 asks again.
    pub(crate) async fn shortlist_at_closing(
        &self,
        head: &PlanHead,
        frozen: &FrozenPlan,
    ) -> Result<Option<DrawnShortlist>, StoreError> {
        let asked = frozen.plan.document().shortlist.is_some() && !head.shortlisted;
        if !asked || !head.is_stage_1_closed(&frozen.plan) {
            return Ok(None);
        }
        match self.draw_shortlist(head, frozen).await {
            Ok(drawn) => Ok(Some(drawn)),
            Err(
                StoreError::PendingRecords(_)
                | StoreError::Incomplete(_)
                | StoreError::UnresolvedTies(_)
                | StoreError::UnfitRecords(_),
            ) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The units of the shortlist, once it is frozen.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn shortlist(&self, head: &PlanHead, frozen: &FrozenPlan) -> Result<Option<Shortlist>, StoreError> {
        Ok(self.frozen_shortlist(head, frozen).await?.map(|shortlist| Arc::clone(&shortlist.units)))
    }

    /// The lists of the shortlist, once they are frozen.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn frozen_lists(&self, head: &PlanHead) -> Result<Option<FrozenLists>, StoreError> {
        if !head.shortlisted {
            return Ok(None);
        }
        let frozen = self.frozen(head).await?;
        Ok(self.frozen_shortlist(head, &frozen).await?.and_then(|shortlist| shortlist.lists(&frozen.plan)))
    }

    /// The shortlist, once it is frozen. It never changes, so it is read once.
    pub(crate) async fn frozen_shortlist<'f>(
        &self,
        head: &PlanHead,
        frozen: &'f FrozenPlan,
    ) -> Result<Option<&'f FrozenShortlist>, StoreError> {
        if !head.shortlisted {
            return Ok(None);
        }
        if let Some(known) = frozen.shortlist.get() {
            return Ok(Some(known));
        }
        let item = self.database.get(Table::Main, &keys::shortlist(&head.id)).await?.ok_or(StoreError::Corrupt)?;
        let units: BTreeSet<String> = item.texts("units")?.into_iter().collect();
        let bottom = item.optional_texts("bottom")?;
        let side = |unit: &String| match &bottom {
            _ if !units.contains(unit) => None,
            Some(bottom) if bottom.contains(unit) => Some(Side::Bottom),
            _ => Some(Side::Top),
        };
        let sides = bottom.is_some().then(|| frozen.plan.units().iter().map(|unit| side(&unit.id)).collect());
        Ok(Some(frozen.shortlist.get_or_init(|| FrozenShortlist { units: Arc::new(units), sides })))
    }
}

/// A shortlist as stage 1 says it: the units on it, in plan order, each with its list.
pub(crate) struct DrawnShortlist(Vec<(String, Side)>);

impl DrawnShortlist {
    pub(crate) fn units(&self) -> Vec<String> {
        self.0.iter().map(|(unit, _)| unit.clone()).collect()
    }

    /// What freezes it.
    pub(crate) fn write(&self, frozen: &FrozenPlan) -> Write {
        let bottom = self.0.iter().filter(|(_, side)| *side == Side::Bottom);
        let bottom: Vec<String> = bottom.map(|(unit, _)| unit.clone()).collect();
        let item = Item::at(keys::shortlist(&frozen.id)).with_texts("units", &self.units());
        Write::put(item.with_texts("bottom", &bottom))
    }
}
