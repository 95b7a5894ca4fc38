//! A published result, read for the pages and the table that show it, and the list of all that are published.

use scoring::plan_document::{BallotKind, PlanDocument};
use scoring::result_document::{ResultDocument, UnitResult};
use store::{Cursor, GroupTurnout, Page, PlanHead, PlanId, Publication, Receipts, StoreError};

use wire::announcement::{Announced, Publicity};
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
    pub(crate) announced: Option<Announced>,
    pub(crate) publicity: Option<Publicity>,
    pub(crate) editions: Vec<Edition>,
    pub(crate) correction: Option<Correction>,
    /// Until when a correction of it is on public display, beside it.
    pub(crate) correction_until: Option<i64>,
    /// Has the plan a group whose voters have tokens?
    pub(crate) has_blind: bool,
    /// Is the app there, with its page that recomputes a result?
    pub(crate) has_app: bool,
}

impl Published {
    pub(crate) fn unit_name<'a>(&'a self, id: &'a str) -> &'a str {
        self.plan.units.iter().find(|unit| unit.id == id).map_or(id, |unit| &unit.name)
    }

    /// What a link to another part of this page adds to its query: nothing for the latest edition, 0 for what is on display.
    pub(crate) fn edition_query(&self) -> String {
        if self.announced.is_some() {
            return "&edition=0".to_owned();
        }
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

/// What anybody may see of a plan.
pub(crate) struct Shown {
    pub(crate) publication: Publication,
    /// That it is on public display, and not published yet.
    pub(crate) announced: Option<Announced>,
    /// All editions, none while it is on display.
    pub(crate) editions: Vec<Edition>,
}

/// An edition by its number, or the latest, or what is on display before there is one; by 0 what is on display, also where
/// there are editions that it corrects.
pub(crate) async fn shown(state: &AppState, id: &PlanId, edition: Option<u64>) -> Result<Shown, StoreError> {
    if edition == Some(0) {
        let (publication, announced) = state.store().announced(id).await?;
        return Ok(Shown { publication, announced: Some(announced), editions: Vec::new() });
    }
    match state.store().published_edition(id, edition).await {
        Ok(publication) => Ok(Shown { publication, announced: None, editions: state.store().editions(id).await? }),
        Err(StoreError::NotFound) if edition.is_none() => {
            let (publication, announced) = state.store().announced(id).await?;
            Ok(Shown { publication, announced: Some(announced), editions: Vec::new() })
        }
        Err(error) => Err(error),
    }
}

/// A published result: an edition by its number, or the latest; or what is on display.
pub(crate) async fn published(state: &AppState, id: &str, edition: Option<u64>) -> Result<Published, Refusal> {
    let id = plan_id(id)?;
    let Shown { publication, announced, editions } = shown(state, &id, edition).await?;
    let turnout = match state.store().turnout(&id).await {
        Ok(turnout) => turnout,
        Err(StoreError::NotFound) => Vec::new(),
        Err(error) => return Err(error.into()),
    };
    let plan = PlanDocument::read(&publication.plan).map_err(|_| internal("a published plan cannot be read"))?;
    let correction_until = match &announced {
        None => state.store().plan_head(&id).await?.announced.map(|until| until.0),
        Some(_) => None,
    };
    Ok(Published {
        id: id.to_string(),
        sha256: publication.plan_sha256,
        has_blind: plan.groups.iter().any(|group| group.ballot == BallotKind::Blind),
        plan,
        correction_until,
        result: publication.result.to().ok_or_else(|| internal("a published result cannot be read"))?,
        turnout,
        receipts: publication.receipts,
        edition: publication.edition,
        announced,
        publicity: publication.publicity,
        editions,
        correction: publication.correction,
        has_app: state.settings().app_dir.is_some(),
    })
}

/// The published ones, and those on public display, among a page of plans, newest first; `next` where more plans follow.
pub(crate) async fn published_heads(
    state: &AppState,
    limit: usize,
    after: Option<&Cursor>,
) -> Result<Page<PlanHead>, Refusal> {
    let mut page = state.store().list_plans(limit, after).await?;
    page.items.retain(|head| head.is_public() || head.announced.is_some());
    Ok(page)
}
