//! A published result, read for the pages and the table that show it, and the list of all that are published.

use scoring::json::Value;
use scoring::plan_document::PlanDocument;
use scoring::result_document::{ResultDocument, UnitResult};
use store::{Cursor, GroupTurnout, Page, PlanHead, Receipts, StoreError};

use wire::result::{Correction, Edition};

use crate::names::plan_id;
use crate::refusal::{Refusal, internal};
use crate::state::AppState;

/// A published result with the names to show it.
pub(crate) struct Published {
    pub(crate) id: String,
    pub(crate) sha256: String,
    pub(crate) plan: PlanDocument,
    pub(crate) result: ResultDocument,
    pub(crate) turnout: Vec<GroupTurnout>,
    pub(crate) receipts: Receipts,
    pub(crate) edition: u64,
    pub(crate) editions: Vec<Edition>,
    pub(crate) correction: Option<Correction>,
}

impl Published {
    pub(crate) fn unit_name<'a>(&'a self, id: &'a str) -> &'a str {
        self.plan.units.iter().find(|unit| unit.id == id).map_or(id, |unit| &unit.name)
    }

    /// What a link to another part of this page adds to its query: nothing for the latest edition.
    pub(crate) fn edition_query(&self) -> String {
        let is_latest = self.editions.last().is_none_or(|latest| latest.edition == self.edition);
        if is_latest { String::new() } else { format!("&edition={}", self.edition) }
    }

    pub(crate) fn decimals(&self) -> u32 {
        u32::try_from(self.plan.ranking.decimals).unwrap_or(2)
    }

    /// Units of a category, best first.
    pub(crate) fn ranked(&self, category: &str) -> Vec<&UnitResult> {
        let mut units: Vec<&UnitResult> = self.result.units.iter().filter(|unit| unit.category == category).collect();
        units.sort_by_key(|unit| unit.rank);
        units
    }
}

/// A published result: an edition by its number, or the latest.
pub(crate) async fn published(state: &AppState, id: &str, edition: Option<u64>) -> Result<Published, Refusal> {
    let id = plan_id(id)?;
    let publication = state.store().published_edition(&id, edition).await?;
    let editions = state.store().editions(&id).await?;
    let turnout = match state.store().turnout(&id).await {
        Ok(turnout) => turnout,
        Err(StoreError::NotFound) => Vec::new(),
        Err(error) => return Err(error.into()),
    };
    let read = |value: &Value| PlanDocument::read(value).map_err(|_| internal("a published plan cannot be read"));
    Ok(Published {
        id: id.to_string(),
        sha256: publication.plan_sha256,
        plan: read(&publication.plan)?,
        result: publication.result.to().ok_or_else(|| internal("a published result cannot be read"))?,
        turnout,
        receipts: publication.receipts,
        edition: publication.edition,
        editions,
        correction: publication.correction,
    })
}

/// The published ones among a page of plans, newest first; `next` where more plans follow.
pub(crate) async fn published_heads(
    state: &AppState,
    limit: usize,
    after: Option<&Cursor>,
) -> Result<Page<PlanHead>, Refusal> {
    let mut page = state.store().list_plans(limit, after).await?;
    page.items.retain(PlanHead::is_public);
    Ok(page)
}
