//! Steps that take two people: the first asks, the second acts, on what the first has seen.
//!
//! Owns what was asked by whom, and that a second person is another one who acts on the same. Where what would be done has
//! changed since it was asked, the next call asks anew. Refuses to own the steps (`close_plan`, `publish_plan`) and which of
//! them take two people (`scoring`).

use crate::database::{Item, Table, Write, keys};
use crate::error::StoreError;
use crate::ids::{Actor, PlanId, Timestamp};
use crate::store::Store;

/// What a call to a step that takes two people does.
#[derive(Debug)]
pub(crate) enum Agreement {
    /// This person has asked for just this before; there is nothing to write.
    Waits,
    /// This person is the first to ask for this: the write that keeps it.
    Asks(Write),
    /// Another person has asked for just this.
    Agreed(Asked),
}

/// What was asked for.
#[derive(Debug)]
pub(crate) struct Asked {
    /// The account.
    pub(crate) by: String,
    /// The words that came with it.
    pub(crate) words: Option<String>,
}

impl Store {
    /// What a call to `step` does, where `digest` names what would be done. Read it after the change was begun: the chain
    /// keeps of two who ask at once one as the first.
    pub(crate) async fn agreement(
        &self,
        actor: Actor<'_>,
        plan: &PlanId,
        (step, digest): (&str, &str),
        words: Option<&str>,
        at: Timestamp,
    ) -> Result<Agreement, StoreError> {
        let key = keys::agreement(plan, step);
        if let Some(item) = self.database.get(Table::Main, &key).await?
            && item.text("digest")? == digest
        {
            let by = item.text("made_by")?;
            if by == actor.name {
                return Ok(Agreement::Waits);
            }
            return Ok(Agreement::Agreed(Asked { by: by.to_owned(), words: item.optional_text("reason")? }));
        }
        let item = Item::at(key)
            .with_text("digest", digest)
            .with_optional_text("reason", words)
            .with_text("made_by", actor.name)
            .with_time("made_at", at);
        Ok(Agreement::Asks(Write::put(item)))
    }
}
