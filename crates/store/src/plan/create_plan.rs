//! Making a plan.

use scoring::json::Value;

use super::head::{PlanHead, version};
use crate::audit::change::Change;
use crate::database::Write;
use crate::error::StoreError;
use crate::ids::{Actor, PlanId, Revision};
use crate::store::Store;

impl Store {
    /// Keeps a new draft. Any object will do; whether it must be a valid plan is the caller's to say.
    ///
    /// # Errors
    /// [`StoreError::DraftTooLarge`].
    pub async fn create_plan(&self, actor: Actor<'_>, document: &Value) -> Result<PlanHead, StoreError> {
        let id = PlanId::draw(self.now(), &self.draw)?;
        let head = PlanHead::draft(id.clone(), Revision(1), document);
        let version = version(&id, head.revision, document)?;
        let mut change = Change::begin(self, id.as_str(), actor).await?;
        loop {
            let mut writes = head.writes(None);
            writes.push(Write::put_new(version.clone()));
            let detail = Value::Object(vec![
                ("revision".to_owned(), Value::Int(1)),
                ("sha256".to_owned(), Value::Text(scoring::plan_sha256(document))),
            ]);
            if change.commit("plan_created", detail, writes).await? {
                return Ok(head);
            }
        }
    }
}
