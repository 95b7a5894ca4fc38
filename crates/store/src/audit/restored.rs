//! Data that were put back: the event that says so, in the chain of every plan that it concerns.

use scoring::json::Value;

use super::change::{ACCOUNTS, Change};
use crate::error::StoreError;
use crate::ids::Actor;
use crate::limits::MOST_ROWS;
use crate::plan::head::State;
use crate::plan::texts;
use crate::store::Store;

impl Store {
    /// Notes that the data are not those that were left, who takes them as they are, and why. `found`: in names and
    /// figures. Where the box alone is concerned, plans whose ballots are counted are not. A plan that takes votes and
    /// whose box is gone gets an empty one, so that it can go on or be closed.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`], and then it can be repeated.
    pub async fn note_restore(
        &self,
        actor: Actor<'_>,
        reason: &str,
        found: &[String],
        box_alone: bool,
    ) -> Result<(), StoreError> {
        let detail = Value::Object(vec![
            ("reason".to_owned(), Value::Text(reason.to_owned())),
            ("found".to_owned(), texts(found)),
        ]);
        let mut after = None;
        loop {
            let page = self.list_plans(MOST_ROWS, after.as_ref()).await?;
            for head in page.items {
                if head.state == State::Open {
                    self.set_up_gates(&head.id).await?;
                }
                if !(box_alone && head.state.is_counted()) {
                    self.note_in(head.id.as_str(), actor, &detail).await?;
                }
            }
            after = page.next;
            if after.is_none() {
                return self.note_in(ACCOUNTS, actor, &detail).await;
            }
        }
    }

    async fn note_in(&self, log: &str, actor: Actor<'_>, detail: &Value) -> Result<(), StoreError> {
        let mut change = Change::begin(self, log, actor).await?;
        while !change.commit("data_restored", detail.clone(), Vec::new()).await? {}
        Ok(())
    }
}
