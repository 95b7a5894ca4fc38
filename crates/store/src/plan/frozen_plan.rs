//! Plans that have been opened: they never change again, so they are read and checked once and kept.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use scoring::json::Value;
use scoring::plan_document::Side;
use scoring::{IndexVec, Plan, UnitIndex};
use wire::result::FrozenLists;

use crate::ballot_box::layout::Layout;
use crate::error::StoreError;
use crate::ids::PlanId;
use crate::limits::MOST_PLANS;

/// The units of a frozen shortlist, by their ids.
pub type Shortlist = Arc<BTreeSet<String>>;

/// A frozen shortlist.
#[derive(Debug)]
pub(crate) struct FrozenShortlist {
    pub(crate) units: Shortlist,
    /// The list of each unit; `None` in plans whose shortlist was frozen before that was kept.
    pub(crate) sides: Option<IndexVec<UnitIndex, Option<Side>>>,
}

impl FrozenShortlist {
    /// The lists as the public reads them.
    pub(crate) fn lists(&self, plan: &Plan) -> Option<FrozenLists> {
        let sides = self.sides.as_ref()?;
        let on = |list: Side| {
            let units = plan.unit_indices().filter(|unit| sides[*unit] == Some(list));
            units.map(|unit| plan.unit(unit).id.clone()).collect()
        };
        Some(FrozenLists { top: on(Side::Top), bottom: on(Side::Bottom) })
    }
}

/// A plan as it was opened.
#[derive(Debug)]
pub struct FrozenPlan {
    pub id: PlanId,
    /// Its hash.
    pub sha256: String,
    pub plan: Plan,
    pub document: Value,
    pub(crate) layout: Layout,
    /// The shortlist, as soon as it was read.
    pub(crate) shortlist: OnceLock<FrozenShortlist>,
}

/// The plans in memory.
#[derive(Debug, Default)]
pub(crate) struct FrozenPlans(Mutex<HashMap<PlanId, Arc<FrozenPlan>>>);

impl FrozenPlan {
    /// Checks a document that is about to be frozen, or was.
    ///
    /// # Errors
    /// [`StoreError::InvalidPlan`], [`StoreError::PaperTooLarge`].
    pub(crate) fn new(id: PlanId, document: Value) -> Result<FrozenPlan, StoreError> {
        let plan = Plan::from_json(&document).map_err(StoreError::InvalidPlan)?;
        let layout = Layout::new(&plan)?;
        let sha256 = scoring::plan_sha256(&document);
        Ok(FrozenPlan { id, sha256, plan, document, layout, shortlist: OnceLock::new() })
    }
}

impl FrozenPlans {
    pub(crate) fn get(&self, id: &PlanId, sha256: &str) -> Option<Arc<FrozenPlan>> {
        self.lock().get(id).filter(|frozen| frozen.sha256 == sha256).map(Arc::clone)
    }

    pub(crate) fn keep(&self, frozen: &Arc<FrozenPlan>) {
        let mut plans = self.lock();
        if plans.len() >= MOST_PLANS {
            plans.clear();
        }
        plans.insert(frozen.id.clone(), Arc::clone(frozen));
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<PlanId, Arc<FrozenPlan>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
