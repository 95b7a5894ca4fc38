//! `/api/plans/{id}/scenarios`: simulations that a planner keeps, with the revision each change
//! was based on.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse;
use scoring::names;
use scoring::scenario::ScenarioDocument;
use store::StoreError;
use wire::scenario::{LONGEST_NAME, SavedScenario, ScenarioList, ScenarioSaved, ScenarioSummary};
use wire::{ErrorBody, ErrorCode};

use super::results::read_scenario;
use crate::body::Document;
use crate::names::{Asked, Names, Paging, etag, if_match, plan_id};
use crate::refusal::{Refusal, internal};
use crate::session::{Planner, Reader};
use crate::state::AppState;

/// The plan's saved scenarios.
#[utoipa::path(get, path = "/api/plans/{id}/scenarios", tag = "results", params(("id" = String, Path), Paging), responses(
    (status = 200, body = ScenarioList),
    (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
    (status = 422, body = ErrorBody, description = "invalid_body: a limit or cursor that is none"),
))]
pub(crate) async fn list(
    State(state): State<AppState>,
    Reader(_): Reader,
    Names(id): Names<String>,
    Asked(paging): Asked<Paging>,
) -> Result<Json<ScenarioList>, Refusal> {
    let plan = plan_id(&id)?;
    let page = state.store().list_scenarios(&plan, paging.limit(), paging.cursor()?.as_ref()).await?;
    let scenarios = page.items.into_iter().map(|row| ScenarioSummary {
        name: row.name,
        revision: row.revision.0,
        by: row.by,
        at: row.at.0,
    });
    Ok(Json(ScenarioList { scenarios: scenarios.collect(), next: page.next.map(|next| next.to_string()) }))
}

/// One saved scenario.
#[utoipa::path(get, path = "/api/plans/{id}/scenarios/{name}", tag = "results",
    params(("id" = String, Path), ("name" = String, Path)), responses(
    (status = 200, body = SavedScenario, headers(("ETag" = String))),
    (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
))]
pub(crate) async fn get(
    State(state): State<AppState>,
    Reader(_): Reader,
    Names((id, name)): Names<(String, String)>,
) -> Result<impl IntoResponse, Refusal> {
    let (revision, body) = state.store().scenario(&plan_id(&id)?, &name).await?;
    let scenario = ScenarioDocument::read(&body).map_err(|_| internal("a kept scenario cannot be read"))?;
    Ok((etag(revision), Json(SavedScenario { name, revision: revision.0, scenario })))
}

/// Saves a scenario: a new one with `If-None-Match: *`, else with the revision it was based on.
#[utoipa::path(put, path = "/api/plans/{id}/scenarios/{name}", tag = "results",
    params(("id" = String, Path), ("name" = String, Path), ("If-Match" = Option<String>, Header), ("If-None-Match" = Option<String>, Header)),
    request_body = scoring::ScenarioDocument, responses(
    (status = 200, body = ScenarioSaved),
    (status = 400, body = ErrorBody), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 404, body = ErrorBody),
    (status = 412, body = ErrorBody, description = "revision_mismatch"),
    (status = 422, body = ErrorBody, description = "invalid_scenario, invalid_body: also a name with signs that names may not have (`/name`)"),
    (status = 428, body = ErrorBody, description = "revision_required"),
))]
pub(crate) async fn put(
    State(state): State<AppState>,
    Planner(member): Planner,
    Names((id, name)): Names<(String, String)>,
    headers: HeaderMap,
    Document(body): Document,
) -> Result<impl IntoResponse, Refusal> {
    let plan = plan_id(&id)?;
    if !(1..=LONGEST_NAME).contains(&name.chars().count()) || name.trim() != name {
        return Err(ErrorCode::NotFound.into());
    }
    if let Some(fault) = names::fault(&name) {
        return Err(Refusal::at(ErrorCode::InvalidBody, "/name", fault.as_str()));
    }
    let is_new = headers.get(header::IF_NONE_MATCH).is_some_and(|value| value.as_bytes() == b"*");
    let based_on = if is_new { None } else { Some(if_match(&headers)?) };
    read_scenario(&body)?;
    let saved = state.store().put_scenario(member.actor(), &plan, &name, &body, based_on).await;
    let revision = saved.map_err(|error| match error {
        // `If-None-Match: *` did not hold.
        StoreError::NameTaken => ErrorCode::RevisionMismatch.into(),
        error => Refusal::from(error),
    })?;
    Ok((etag(revision), Json(ScenarioSaved { name, revision: revision.0 })))
}

/// Forgets a saved scenario.
#[utoipa::path(delete, path = "/api/plans/{id}/scenarios/{name}", tag = "results",
    params(("id" = String, Path), ("name" = String, Path)), responses(
    (status = 204, description = "Forgotten"),
    (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
))]
pub(crate) async fn delete(
    State(state): State<AppState>,
    Planner(member): Planner,
    Names((id, name)): Names<(String, String)>,
) -> Result<StatusCode, Refusal> {
    state.store().delete_scenario(member.actor(), &plan_id(&id)?, &name).await?;
    Ok(StatusCode::NO_CONTENT)
}
