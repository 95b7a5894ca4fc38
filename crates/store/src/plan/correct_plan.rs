//! Correcting a published result: its records may change again until it is published anew. What is public stays so.

use scoring::json::Value;

use super::head::{PlanHead, State};
use crate::audit::change::Change;
use crate::error::StoreError;
use crate::ids::{Actor, PlanId};
use crate::limits::LARGEST_WORDS;
use crate::store::Store;

impl Store {
    /// Takes a published plan back to closed, for a reason that is published with the next edition. A plan that is being
    /// corrected stays as it is.
    ///
    /// # Errors
    /// [`StoreError::WrongState`] unless it is published; [`StoreError::TooLarge`].
    pub async fn correct_plan(&self, actor: Actor<'_>, plan: &PlanId, reason: &str) -> Result<PlanHead, StoreError> {
        if reason.len() > LARGEST_WORDS {
            return Err(StoreError::TooLarge);
        }
        let mut change = Change::begin(self, plan.as_str(), actor).await?;
        loop {
            let old = self.plan_head(plan).await?;
            match old.state {
                State::Published => {}
                State::Closed if old.correction.is_some() => return Ok(old),
                State::Draft | State::Open | State::Closed => return Err(StoreError::WrongState),
            }
            let correction = Some(reason.to_owned());
            let head = PlanHead { state: State::Closed, correction, archived: false, ..old.clone() };
            let detail =
                Value::object([("edition", Value::Text(old.edition.to_string())), ("reason", Value::text(reason))]);
            if change.commit("plan_correcting", detail, head.writes(Some((old.revision, old.state)))).await? {
                return Ok(head);
            }
        }
    }
}
