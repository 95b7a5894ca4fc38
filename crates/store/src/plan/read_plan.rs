//! Reading plans: heads, documents, lists, and opened plans ready for use.

use std::sync::Arc;

use scoring::json::Value;

use super::frozen_plan::FrozenPlan;
use super::head::{PlanHead, State};
use crate::ballot_box::layout::LAYOUT;
use crate::database::{Table, keys};
use crate::error::StoreError;
use crate::ids::{Cursor, Page, PlanId};
use crate::store::Store;

/// A plan with its document.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanRow {
    /// State, revision and so on.
    pub head: PlanHead,
    /// The document, without null members.
    pub document: Value,
}

impl Store {
    /// A plan's state, revision and so on.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub async fn plan_head(&self, plan: &PlanId) -> Result<PlanHead, StoreError> {
        let item = self.database.get(Table::Main, &keys::plan_head(plan)).await?;
        PlanHead::read(&item.ok_or(StoreError::NotFound)?)
    }

    /// A plan with its document.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub async fn plan(&self, plan: &PlanId) -> Result<PlanRow, StoreError> {
        let head = self.plan_head(plan).await?;
        let document = match self.document(&head).await {
            // Between the two reads a draft may have been deleted.
            Err(StoreError::Corrupt) => self.plan_head(plan).await.and(Err(StoreError::Corrupt))?,
            document => document?,
        };
        Ok(PlanRow { head, document })
    }

    /// The document of a head's revision.
    pub(crate) async fn document(&self, head: &PlanHead) -> Result<Value, StoreError> {
        let key = keys::plan_version(&head.id, head.revision.0);
        self.database.get(Table::Main, &key).await?.ok_or(StoreError::Corrupt)?.json("document")
    }

    /// A page of all plans, the newest first.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn list_plans(&self, limit: usize, after: Option<&Cursor>) -> Result<Page<PlanHead>, StoreError> {
        let page = self.page(keys::PLANS, "", limit, after, true).await?;
        let items = page.items.iter().map(PlanHead::read).collect::<Result<_, _>>()?;
        Ok(Page { items, next: page.next })
    }

    /// A plan that has been opened, ready for scoring and for ballots.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; [`StoreError::WrongState`] for a draft.
    pub async fn frozen_plan(&self, plan: &PlanId) -> Result<Arc<FrozenPlan>, StoreError> {
        let head = self.plan_head(plan).await?;
        self.frozen(&head).await
    }

    pub(crate) async fn frozen(&self, head: &PlanHead) -> Result<Arc<FrozenPlan>, StoreError> {
        let sha256 = match (&head.plan_sha256, head.state) {
            (_, State::Draft) => return Err(StoreError::WrongState),
            (None, _) => return Err(StoreError::Corrupt),
            (Some(sha256), _) => sha256,
        };
        if head.layout > LAYOUT {
            return Err(StoreError::NewerLayout);
        }
        if let Some(frozen) = self.frozen_plans.get(&head.id, sha256) {
            return Ok(frozen);
        }
        let document = self.document(head).await?;
        let frozen = FrozenPlan::new(head.id.clone(), document).map_err(|_| StoreError::Corrupt)?;
        // What is read must be what was frozen.
        if frozen.sha256 != *sha256 {
            return Err(StoreError::Corrupt);
        }
        let frozen = Arc::new(frozen);
        self.frozen_plans.keep(&frozen);
        Ok(frozen)
    }
}
