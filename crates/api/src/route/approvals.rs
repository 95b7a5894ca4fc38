//! `/api/plans/{id}/records/{record}/approve` and `/reject`: a second person's word on a record.
//!
//! Owns who may say it: whoever might have given the record. Refuses to own which records wait, and that it is a second
//! person: that is the store's.

use axum::Json;
use axum::extract::State;
use store::{PlanId, RecordId, StoreError};
use wire::plan::StepRequest;
use wire::record::{RecordKept, StrikeRequest};
use wire::{ErrorBody, ErrorCode};

use super::records::{check_office, check_reason};
use crate::body::{Body, OptionalBody};
use crate::names::{Names, plan_id};
use crate::refusal::Refusal;
use crate::session::{Member, Recorder};
use crate::state::AppState;

/// The record that an address names, if the account might have given it.
async fn of_own_right(state: &AppState, member: &Member, plan: &PlanId, record: &str) -> Result<RecordId, Refusal> {
    let record = RecordId::parse(record).ok_or(ErrorCode::NotFound)?;
    if member.office().is_some() {
        let frozen = state.store().frozen_plan(plan).await?;
        match state.store().any_record(plan, &record).await {
            Ok(row) => check_office(member, &frozen.plan, &row)?,
            // Nor does it learn what there is of no office, or of another.
            Err(StoreError::NotFound) => return Err(ErrorCode::Forbidden.into()),
            Err(error) => return Err(error.into()),
        }
    }
    Ok(record)
}

/// Approves a record that waits for a second person: it counts from now on.
#[utoipa::path(post, path = "/api/plans/{id}/records/{record}/approve", tag = "records",
    params(("id" = String, Path), ("record" = String, Path)), request_body = Option<StepRequest>, responses(
    (status = 200, body = RecordKept),
    (status = 400, body = ErrorBody), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
    (status = 409, body = ErrorBody, description = "same_person; not_pending; wrong_state"),
    (status = 422, body = ErrorBody, description = "invalid_body"),
))]
pub(crate) async fn approve(
    State(state): State<AppState>,
    Recorder(member): Recorder,
    Names((id, record)): Names<(String, String)>,
    OptionalBody(_): OptionalBody<StepRequest>,
) -> Result<Json<RecordKept>, Refusal> {
    let plan = plan_id(&id)?;
    let record = of_own_right(&state, &member, &plan, &record).await?;
    state.store().approve_record(member.actor(), &plan, &record).await?;
    Ok(Json(RecordKept::of(record)))
}

/// Rejects a record that waits for a second person: it is kept, struck out.
#[utoipa::path(post, path = "/api/plans/{id}/records/{record}/reject", tag = "records",
    params(("id" = String, Path), ("record" = String, Path)), request_body = StrikeRequest, responses(
    (status = 200, body = RecordKept),
    (status = 400, body = ErrorBody), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
    (status = 409, body = ErrorBody, description = "not_pending; wrong_state"),
    (status = 422, body = ErrorBody, description = "invalid_body"),
))]
pub(crate) async fn reject(
    State(state): State<AppState>,
    Recorder(member): Recorder,
    Names((id, record)): Names<(String, String)>,
    Body(request): Body<StrikeRequest>,
) -> Result<Json<RecordKept>, Refusal> {
    check_reason(&request.reason)?;
    let plan = plan_id(&id)?;
    let record = of_own_right(&state, &member, &plan, &record).await?;
    state.store().reject_record(member.actor(), &plan, &record, &request.reason).await?;
    Ok(Json(RecordKept::of(record)))
}
