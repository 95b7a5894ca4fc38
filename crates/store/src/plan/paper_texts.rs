//! What the office wrote into the papers of a plan: titles, openings, who signs.

use scoring::json::Value;
use wire::paper_text::PaperTextsRequest;

use crate::audit::change::Change;
use crate::database::{Item, Table, Write, keys};
use crate::error::StoreError;
use crate::ids::{Actor, PlanId, Revision, Timestamp};
use crate::limits::LARGEST_BODY;
use crate::store::Store;

/// The texts as they are kept.
pub(crate) fn item(plan: &PlanId, revision: Revision, body: &Value, (actor, at): (Actor<'_>, Timestamp)) -> Item {
    Item::at(keys::paper_texts(plan))
        .with_number("revision", revision.0)
        .with_json("body", body)
        .with_text("made_by", actor.name)
        .with_time("made_at", at)
}

impl Store {
    /// What the office wrote, and how often; nothing and never before it did.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for the plan.
    pub async fn paper_texts(&self, plan: &PlanId) -> Result<(Revision, PaperTextsRequest), StoreError> {
        self.plan_head(plan).await?;
        let Some(item) = self.database.get(Table::Main, &keys::paper_texts(plan)).await? else {
            return Ok((Revision(0), PaperTextsRequest { texts: document::Map::new() }));
        };
        let texts = PaperTextsRequest::read(&item.json("body")?).map_err(|_| StoreError::Corrupt)?;
        Ok((Revision(item.number("revision")?), texts))
    }

    /// Writes all of them anew, over the revision they were based on.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], [`StoreError::RevisionMismatch`], [`StoreError::TooLarge`].
    pub async fn put_paper_texts(
        &self,
        actor: Actor<'_>,
        plan: &PlanId,
        texts: &PaperTextsRequest,
        based_on: Revision,
    ) -> Result<Revision, StoreError> {
        let body = Value::of(texts);
        if body.canonical().len() > LARGEST_BODY {
            return Err(StoreError::TooLarge);
        }
        let mut change = Change::begin(self, plan.as_str(), actor).await?;
        loop {
            let (kept, _) = self.paper_texts(plan).await?;
            if kept != based_on {
                return Err(StoreError::RevisionMismatch);
            }
            let revision = Revision(kept.0 + 1);
            let item = item(plan, revision, &body, (actor, change.now()));
            let names = texts.texts.iter().map(|(name, _)| Value::text(name)).collect();
            let detail = Value::object([
                ("revision", Value::Text(revision.0.to_string())),
                ("texts", Value::List(names)),
                ("sha256", Value::Text(body.sha256())),
            ]);
            if change.commit("paper_texts_put", detail, vec![Write::put(item)]).await? {
                return Ok(revision);
            }
        }
    }
}
