//! Plans that have been opened: they never change again, so they are read and checked once and kept.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use scoring::Plan;
use scoring::json::Value;

use crate::ballot_box::layout::Layout;
use crate::{PlanHead, PlanId, State, Store, StoreError};

/// A plan as it was opened.
#[derive(Debug)]
pub struct FrozenPlan {
    /// Its id.
    pub id: PlanId,
    /// Its hash.
    pub sha256: String,
    /// The plan.
    pub plan: Plan,
    /// Its document.
    pub document: Value,
    pub(crate) layout: Layout,
}

/// The plans in memory.
#[derive(Debug, Default)]
pub(crate) struct Cache(Mutex<HashMap<PlanId, Arc<FrozenPlan>>>);

/// Most plans in memory. One with 500 units takes some megabytes.
const MOST_PLANS: usize = 32;

impl FrozenPlan {
    /// Checks a document that is about to be frozen, or was.
    ///
    /// # Errors
    /// [`StoreError::InvalidPlan`], [`StoreError::PaperTooLarge`].
    pub(crate) fn new(id: PlanId, document: Value) -> Result<FrozenPlan, StoreError> {
        let plan = Plan::from_json(&document).map_err(StoreError::InvalidPlan)?;
        let layout = Layout::new(&plan)?;
        let sha256 = scoring::plan_sha256(&document);
        Ok(FrozenPlan { id, sha256, plan, document, layout })
    }
}

impl Store {
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
        if let Some(frozen) = self.frozen.plans().get(&head.id).filter(|frozen| frozen.sha256 == *sha256) {
            return Ok(Arc::clone(frozen));
        }
        let document = self.document(head).await?;
        let frozen = FrozenPlan::new(head.id.clone(), document).map_err(|_| StoreError::Corrupt)?;
        // What is read must be what was frozen.
        if frozen.sha256 != *sha256 {
            return Err(StoreError::Corrupt);
        }
        let frozen = Arc::new(frozen);
        let mut plans = self.frozen.plans();
        if plans.len() >= MOST_PLANS {
            plans.clear();
        }
        plans.insert(head.id.clone(), Arc::clone(&frozen));
        Ok(frozen)
    }
}

impl Cache {
    fn plans(&self) -> std::sync::MutexGuard<'_, HashMap<PlanId, Arc<FrozenPlan>>> {
        self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}
