//! What paper a code opens.

use std::sync::Arc;

use scoring::ballot::Paper;
use scoring::plan_document::BallotKind;

use super::batch::VOIDED;
use super::door::OpenRounds;
use super::holder::HOLDER;
use crate::database::{Item, Table, keys};
use crate::error::StoreError;
use crate::ids::{CodeHash, PlanId};
use crate::plan::frozen_plan::FrozenPlan;
use crate::plan::head::{PlanHead, State};
use crate::store::Store;

/// What an unused code says of its voter's paper, and of the voter what the ballot will hold.
#[derive(Debug, Clone)]
pub struct Voter {
    pub plan: Arc<FrozenPlan>,
    /// The period's id.
    pub period: String,
    /// The group's id.
    pub group: String,
    /// The units that the paper is narrowed to; `None`: all.
    pub units: Option<Vec<String>>,
    /// The voter's own unit.
    pub unit: Option<String>,
    /// Whom the ballot will name: of a named group, where the code was given to somebody on the list.
    pub holder: Option<String>,
    /// What of the paper is voted on now.
    pub rounds: OpenRounds,
}

impl Voter {
    pub fn paper(&self) -> Paper {
        let mut paper = Paper::new(&self.plan.plan, &self.group, self.units.as_deref(), self.unit.as_deref());
        if let Some(stage) = self.rounds.stage {
            paper.sections.retain(|section| self.plan.plan.stage_of(&section.component) == stage);
        }
        match &self.rounds.shortlist {
            Some(shortlist) => paper.of_shortlist(&self.plan.plan, |unit| shortlist.contains(unit)),
            None => paper,
        }
    }

    /// Whether a unit is marked there, as far as the shortlist goes: a component of stage 2 has its units alone.
    pub(crate) fn is_listed(&self, component: &str, unit: &str) -> bool {
        let Some(shortlist) = &self.rounds.shortlist else { return true };
        self.plan.plan.stage_of(component) == 1 || shortlist.contains(unit)
    }
}

impl PlanHead {
    /// That ballots are taken now.
    pub(crate) fn check_voting(&self) -> Result<(), StoreError> {
        match self.state {
            State::Draft => Err(StoreError::PlanNotOpen),
            State::Open if !self.closing => Ok(()),
            State::Open | State::Closed | State::Published => Err(StoreError::PlanClosed),
        }
    }
}

impl Store {
    /// The paper that a code opens.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for the plan; [`StoreError::PlanNotOpen`], [`StoreError::PlanClosed`];
    /// [`StoreError::UnknownCode`], [`StoreError::CodeUsed`], [`StoreError::CodeVoided`].
    pub async fn ballot_paper(&self, plan: &PlanId, code: &CodeHash) -> Result<Voter, StoreError> {
        let head = self.plan_head(plan).await?;
        let (voter, _) = self.voter_and_exchange(&head, code).await?;
        Ok(voter)
    }

    /// The paper, and whether the code was exchanged for a token. It still opens the paper then, for a page that was
    /// loaded again.
    pub(crate) async fn voter_and_exchange(
        &self,
        head: &PlanHead,
        code: &CodeHash,
    ) -> Result<(Voter, bool), StoreError> {
        head.check_voting()?;
        let item = self.database.get(Table::Box, &keys::code(&head.id, code)).await?;
        let item = item.ok_or(StoreError::UnknownCode)?;
        let voter = self.voter_of(head, &item).await?;
        if item.has("used") {
            return Err(StoreError::CodeUsed);
        }
        if item.has(VOIDED) {
            return Err(StoreError::CodeVoided);
        }
        Ok((voter, item.has("exchanged")))
    }

    /// Why a code that was good a moment ago is not: it was used since, or voided.
    pub(crate) async fn why_not(&self, plan: &PlanId, code: &CodeHash) -> Result<StoreError, StoreError> {
        let item = self.database.get(Table::Box, &keys::code(plan, code)).await?;
        let voided = item.is_some_and(|item| item.has(VOIDED));
        Ok(if voided { StoreError::CodeVoided } else { StoreError::CodeUsed })
    }

    async fn voter_of(&self, head: &PlanHead, item: &Item) -> Result<Voter, StoreError> {
        let plan = self.frozen(head).await?;
        let (period, group) = (item.text("term")?.to_owned(), item.text("voters")?.to_owned());
        // The draft may have lost the period or the group after the code was issued.
        if !plan.layout.periods.contains(&period) || plan.layout.group(&group).is_none() {
            return Err(StoreError::UnknownCode);
        }
        let named = plan.plan.groups().iter().any(|one| one.id == group && one.ballot == BallotKind::Named);
        Ok(Voter {
            holder: if named { item.optional_text(HOLDER)? } else { None },
            rounds: self.open_rounds(head, &plan, &period, &group).await?,
            plan,
            period,
            group,
            units: item.optional_texts("narrowed")?,
            unit: item.optional_text("own_unit")?,
        })
    }
}
