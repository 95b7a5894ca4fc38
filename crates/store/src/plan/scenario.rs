//! Saved scenarios of the office's simulation.

use scoring::json::Value;

use crate::audit::change::Change;
use crate::database::{Condition, Item, Key, Table, Write, keys};
use crate::error::StoreError;
use crate::ids::{Actor, Cursor, Page, PlanId, Revision, Timestamp};
use crate::limits::{LARGEST_BODY, LONGEST_SCENARIO_NAME};
use crate::store::Store;

/// A saved scenario in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScenarioRow {
    pub name: String,
    /// How often it was saved.
    pub revision: Revision,
    /// Who saved it last.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

fn key(plan: &PlanId, name: &str) -> Key {
    Key::new(keys::scenario_partition(plan), name)
}

impl Store {
    /// Saves a scenario: over the revision it was based on, or with `None` as a new one.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], [`StoreError::RevisionMismatch`], [`StoreError::NameTaken`],
    /// [`StoreError::TooLarge`].
    pub async fn put_scenario(
        &self,
        actor: Actor<'_>,
        plan: &PlanId,
        name: &str,
        body: &Value,
        based_on: Option<Revision>,
    ) -> Result<Revision, StoreError> {
        if name.is_empty() || name.len() > LONGEST_SCENARIO_NAME || body.canonical().len() > LARGEST_BODY {
            return Err(StoreError::TooLarge);
        }
        let mut change = Change::begin(self, plan.as_str(), actor).await?;
        loop {
            self.plan_head(plan).await?;
            let old = self.database.get(Table::Main, &key(plan, name)).await?;
            let revision = match (&old, based_on) {
                (None, None) => Revision(1),
                (Some(_), None) => return Err(StoreError::NameTaken),
                (None, Some(_)) => return Err(StoreError::NotFound),
                (Some(item), Some(based_on)) if item.number("revision")? == based_on.0 => Revision(based_on.0 + 1),
                (Some(_), Some(_)) => return Err(StoreError::RevisionMismatch),
            };
            let item = Item::at(key(plan, name))
                .with_number("revision", revision.0)
                .with_json("body", body)
                .with_text("made_by", actor.name)
                .with_time("made_at", change.now());
            let detail = Value::Object(vec![
                ("name".to_owned(), Value::Text(name.to_owned())),
                ("revision".to_owned(), Value::Text(revision.0.to_string())),
                ("sha256".to_owned(), Value::Text(scoring::plan_sha256(body))),
            ]);
            if change.commit("scenario_put", detail, vec![Write::put(item)]).await? {
                return Ok(revision);
            }
        }
    }

    /// A saved scenario and its revision.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub async fn scenario(&self, plan: &PlanId, name: &str) -> Result<(Revision, Value), StoreError> {
        if name.is_empty() || name.len() > LONGEST_SCENARIO_NAME {
            return Err(StoreError::NotFound);
        }
        let item = self.database.get(Table::Main, &key(plan, name)).await?.ok_or(StoreError::NotFound)?;
        Ok((Revision(item.number("revision")?), item.json("body")?))
    }

    /// A page of a plan's saved scenarios, by name.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for the plan.
    pub async fn list_scenarios(
        &self,
        plan: &PlanId,
        limit: usize,
        after: Option<&Cursor>,
    ) -> Result<Page<ScenarioRow>, StoreError> {
        self.plan_head(plan).await?;
        let page = self.page(&keys::scenario_partition(plan), "", limit, after, false).await?;
        let row = |item: &Item| {
            Ok(ScenarioRow {
                name: item.sort_key()?.to_owned(),
                revision: Revision(item.number("revision")?),
                by: item.text("made_by")?.to_owned(),
                at: item.time("made_at")?,
            })
        };
        Ok(Page { items: page.items.iter().map(row).collect::<Result<_, StoreError>>()?, next: page.next })
    }

    /// Deletes a saved scenario. What it was can be seen in the audit chain by its hash alone.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub async fn delete_scenario(&self, actor: Actor<'_>, plan: &PlanId, name: &str) -> Result<(), StoreError> {
        let mut change = Change::begin(self, plan.as_str(), actor).await?;
        loop {
            self.scenario(plan, name).await?;
            let detail = Value::Object(vec![("name".to_owned(), Value::Text(name.to_owned()))]);
            let write = Write::Delete(key(plan, name), Some(Condition::present()));
            if change.commit("scenario_deleted", detail, vec![write]).await? {
                return Ok(());
            }
        }
    }
}
