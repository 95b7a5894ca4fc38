//! Taking a plan out of the daily list, and back into it.

use scoring::json::Value;

use super::head::{PlanHead, State};
use crate::audit::change::Change;
use crate::error::StoreError;
use crate::ids::{Actor, PlanId};
use crate::store::Store;

impl Store {
    /// Puts a plan into the archive, or takes it out. A plan that is where it should be stays as it is. A plan that is
    /// opened, put on public display or corrected comes out by itself.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; [`StoreError::WrongState`] for one that is open: what takes votes is seen.
    pub async fn archive_plan(&self, actor: Actor<'_>, plan: &PlanId, archived: bool) -> Result<PlanHead, StoreError> {
        let mut change = Change::begin(self, plan.as_str(), actor).await?;
        loop {
            let old = self.plan_head(plan).await?;
            if old.archived == archived {
                return Ok(old);
            }
            if archived && old.state == State::Open {
                return Err(StoreError::WrongState);
            }
            let head = PlanHead { archived, ..old.clone() };
            let action = if archived { "plan_archived" } else { "plan_unarchived" };
            let writes = head.writes(Some((old.revision, old.state)));
            if change.commit(action, Value::object([]), writes).await? {
                return Ok(head);
            }
        }
    }
}
