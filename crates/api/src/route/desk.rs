//! `/api/desk`: how all plans stand. And what clears it: the archive, and the deletion of drafts.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use store::PlanHead;
use wire::ErrorBody;
use wire::desk::{Archived, Desk, DeskLine};
use wire::plan::StepRequest;

use super::plans::state_in_json;
use crate::body::OptionalBody;
use crate::names::{Asked, Names, Paging, plan_id};
use crate::refusal::Refusal;
use crate::session::{PlanReader, Planner};
use crate::state::AppState;

/// How all plans stand that the account may know, newest first, those in the archive among them. What came in, what is to
/// be done next, what is due within a week and who changed a plan last is told to those who read all records; an account of
/// one office is told which of its own entries are due.
#[utoipa::path(get, path = "/api/desk", tag = "plans", params(Paging), responses(
    (status = 200, body = Desk), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 422, body = ErrorBody, description = "invalid_body: a limit or cursor that is none"),
))]
pub(crate) async fn list(
    State(state): State<AppState>,
    PlanReader(member): PlanReader,
    Asked(paging): Asked<Paging>,
) -> Result<Json<Desk>, Refusal> {
    let page = state.store().list_plans(paging.limit(), paging.cursor()?.as_ref()).await?;
    let known: Vec<PlanHead> = page.items.into_iter().filter(|head| member.knows(head.id.as_str())).collect();
    let store = state.store();
    let lines = match member.enters_for() {
        Some(office) => store.desk(known, Some(office)).await?,
        None if member.reads_all() => store.desk(known, None).await?,
        None => store.outlines(known).await?,
    };
    let plans = lines.into_iter().map(line).collect();
    Ok(Json(Desk { plans, next: page.next.map(|next| next.to_string()) }))
}

fn line(line: store::DeskLine) -> DeskLine {
    let store::DeskLine { head, outline, turnout, next, changed, due, newer_editions } = line;
    DeskLine {
        id: head.id.to_string(),
        state: state_in_json(&head),
        revision: head.revision.0,
        archived: head.archived,
        title: head.title,
        year: outline.year,
        units: outline.units,
        issued: turnout.map(|(issued, _)| issued),
        cast: turnout.map(|(_, cast)| cast),
        next,
        changed,
        due,
        newer_editions: (newer_editions > 0).then_some(newer_editions),
    }
}

/// Takes a plan out of the daily list. Nothing else about it changes.
#[utoipa::path(post, path = "/api/plans/{id}/archive", tag = "plans", params(("id" = String, Path)),
    request_body = Option<StepRequest>, responses(
    (status = 200, body = Archived),
    (status = 400, body = ErrorBody), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
    (status = 409, body = ErrorBody, description = "wrong_state: it is open"),
    (status = 422, body = ErrorBody, description = "invalid_body"),
))]
pub(crate) async fn archive(
    State(state): State<AppState>,
    Planner(member): Planner,
    Names(id): Names<String>,
    OptionalBody(_): OptionalBody<StepRequest>,
) -> Result<Json<Archived>, Refusal> {
    let head = state.store().archive_plan(member.actor(), &plan_id(&id)?, true).await?;
    Ok(Json(Archived { archived: head.archived }))
}

/// Puts a plan back into the daily list.
#[utoipa::path(post, path = "/api/plans/{id}/unarchive", tag = "plans", params(("id" = String, Path)),
    request_body = Option<StepRequest>, responses(
    (status = 200, body = Archived),
    (status = 400, body = ErrorBody), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
    (status = 422, body = ErrorBody, description = "invalid_body"),
))]
pub(crate) async fn unarchive(
    State(state): State<AppState>,
    Planner(member): Planner,
    Names(id): Names<String>,
    OptionalBody(_): OptionalBody<StepRequest>,
) -> Result<Json<Archived>, Refusal> {
    let head = state.store().archive_plan(member.actor(), &plan_id(&id)?, false).await?;
    Ok(Json(Archived { archived: head.archived }))
}

/// Deletes a draft that has nothing which somebody would miss.
#[utoipa::path(delete, path = "/api/plans/{id}", tag = "plans", params(("id" = String, Path)),
    request_body = Option<StepRequest>, responses(
    (status = 204, description = "Deleted"),
    (status = 400, body = ErrorBody), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
    (status = 409, body = ErrorBody, description = "wrong_state: it has been opened; draft_in_use: what is there"),
    (status = 422, body = ErrorBody, description = "invalid_body"),
))]
pub(crate) async fn delete(
    State(state): State<AppState>,
    Planner(member): Planner,
    Names(id): Names<String>,
    OptionalBody(_): OptionalBody<StepRequest>,
) -> Result<StatusCode, Refusal> {
    state.store().delete_draft(member.actor(), &plan_id(&id)?).await?;
    Ok(StatusCode::NO_CONTENT)
}
