//! Writing a new revision of a draft.

use scoring::json::Value;

use super::head::{PlanHead, State, version};
use crate::audit::change::Change;
use crate::database::Write;
use crate::error::StoreError;
use crate::ids::{Actor, PlanId, Revision};
use crate::store::Store;

impl Store {
    /// Replaces a draft's document, if `based_on` is still its revision.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], [`StoreError::PlanFrozen`], [`StoreError::RevisionMismatch`],
    /// [`StoreError::DraftTooLarge`].
    pub async fn put_plan(
        &self,
        actor: Actor<'_>,
        plan: &PlanId,
        document: &Value,
        based_on: Revision,
    ) -> Result<PlanHead, StoreError> {
        let mut change = Change::begin(self, plan.as_str(), actor).await?;
        loop {
            let old = self.plan_head(plan).await?;
            if old.state != State::Draft {
                return Err(StoreError::PlanFrozen);
            }
            if old.revision != based_on {
                return Err(StoreError::RevisionMismatch);
            }
            let head = PlanHead {
                archived: old.archived,
                ..PlanHead::draft(plan.clone(), Revision(old.revision.0 + 1), document)
            };
            let mut writes = head.writes(Some((old.revision, old.state)));
            writes.push(Write::put_new(version(plan, head.revision, document)?));
            let detail = Value::Object(vec![
                ("revision".to_owned(), Value::Text(head.revision.0.to_string())),
                ("sha256".to_owned(), Value::Text(scoring::plan_sha256(document))),
            ]);
            if change.commit("plan_put", detail, writes).await? {
                return Ok(head);
            }
        }
    }
}
