//! `/api/plans/{id}/reconciliation`: codes, ballots and tallies held against each other.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use wire::reconciliation::{AcceptDifferences, AcceptanceAnswer, Reconciliation};
use wire::{ErrorBody, ErrorCode};

use crate::body::Body;
use crate::limits::LONGEST_REASON;
use crate::names::{Names, plan_id};
use crate::refusal::Refusal;
use crate::session::{Publisher, Reader};
use crate::state::AppState;

/// The books of every group in every period, and what does not agree in them.
#[utoipa::path(get, path = "/api/plans/{id}/reconciliation", tag = "results", params(("id" = String, Path)), responses(
    (status = 200, body = Reconciliation),
    (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
    (status = 409, body = ErrorBody, description = "wrong_state: before closing"),
    (status = 422, body = ErrorBody, description = "invalid_record: kept records that do not fit the plan"),
))]
pub(crate) async fn get(
    State(state): State<AppState>,
    Reader(_): Reader,
    Names(id): Names<String>,
) -> Result<Json<Reconciliation>, Refusal> {
    Ok(Json(state.store().reconciliation(&plan_id(&id)?).await?))
}

/// Lets the count stand although figures differ: two people must say so.
#[utoipa::path(post, path = "/api/plans/{id}/reconciliation", tag = "results", params(("id" = String, Path)),
    request_body = AcceptDifferences, responses(
    (status = 200, body = AcceptanceAnswer, description = "Two people have said so: publishing is free"),
    (status = 202, body = AcceptanceAnswer, description = "A second person is awaited"),
    (status = 400, body = ErrorBody), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 404, body = ErrorBody),
    (status = 409, body = ErrorBody, description = "wrong_state: the plan is not closed, or nothing differs"),
    (status = 422, body = ErrorBody, description = "invalid_body; invalid_record: kept records that do not fit the plan"),
))]
pub(crate) async fn accept(
    State(state): State<AppState>,
    Publisher(member): Publisher,
    Names(id): Names<String>,
    Body(request): Body<AcceptDifferences>,
) -> Result<(StatusCode, Json<AcceptanceAnswer>), Refusal> {
    let reason = reason(&request.reason)?;
    let waiting = state.store().accept_differences(member.actor(), &plan_id(&id)?, reason).await?;
    let status = if waiting { StatusCode::ACCEPTED } else { StatusCode::OK };
    Ok((status, Json(AcceptanceAnswer { waiting })))
}

/// A reason that is one.
pub(crate) fn reason(given: &str) -> Result<&str, Refusal> {
    let reason = given.trim();
    if !scoring::names::is_seen(reason) || reason.chars().count() > LONGEST_REASON {
        return Err(Refusal::at(ErrorCode::InvalidBody, "/reason", "out_of_range"));
    }
    Ok(reason)
}
