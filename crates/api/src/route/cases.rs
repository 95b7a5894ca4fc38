//! `/api/plans/{id}/cases`: outcomes that ask for something, until it is done.
//!
//! Owns the check of a case beside its plan, and which outcomes have none yet. Refuses to own which outcomes ask for
//! something: the office says, case by case.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use scoring::Mode;
use wire::case::{
    Case, CaseDoneRequest, CaseKept, CaseRequest, Cases, LONGEST_TEXT, ProposedCase, ProposedCases, check,
};
use wire::finding::is_text;
use wire::record::{RecordKept, StrikeRequest};
use wire::{ErrorBody, ErrorCode};

use super::codes::holds;
use super::records::check_reason;
use super::results::scored;
use crate::body::Body;
use crate::names::{Asked, Names, Paging, plan_id};
use crate::refusal::{Refusal, field};
use crate::session::{Reader, Rectifier};
use crate::state::AppState;

/// Makes a case of a unit's outcome.
#[utoipa::path(post, path = "/api/plans/{id}/cases", tag = "follow-up", params(("id" = String, Path)),
    request_body = CaseRequest, responses(
    (status = 201, body = CaseKept),
    (status = 200, body = CaseKept, description = "It was sent before"),
    (status = 400, body = ErrorBody), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
    (status = 409, body = ErrorBody, description = "wrong_state: a draft; already_exists: its key is another case's; list_full"),
    (status = 422, body = ErrorBody, description = "invalid_body"),
))]
pub(crate) async fn post(
    State(state): State<AppState>,
    Rectifier(member): Rectifier,
    Names(id): Names<String>,
    Body(case): Body<CaseRequest>,
) -> Result<(StatusCode, Json<CaseKept>), Refusal> {
    let plan = plan_id(&id)?;
    let row = state.store().plan(&plan).await?;
    let mut fields = check(&case);
    if !holds(&row.document, "units", &case.unit) {
        fields.push(field("/unit", "unknown_unit"));
    }
    if !holds(&row.document, "outcomes", &case.outcome) {
        fields.push(field("/outcome", "unknown_outcome"));
    }
    if !fields.is_empty() {
        return Err(Refusal::with(ErrorCode::InvalidBody, fields));
    }
    let (number, repeated) = state.store().put_case(member.actor(), &plan, &case).await?;
    let status = if repeated { StatusCode::OK } else { StatusCode::CREATED };
    Ok((status, Json(CaseKept { number, repeated })))
}

/// The cases, by number.
#[utoipa::path(get, path = "/api/plans/{id}/cases", tag = "follow-up", params(("id" = String, Path), Paging), responses(
    (status = 200, body = Cases),
    (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
    (status = 422, body = ErrorBody, description = "invalid_body: a limit or cursor that is none"),
))]
pub(crate) async fn list(
    State(state): State<AppState>,
    Reader(_): Reader,
    Names(id): Names<String>,
    Asked(paging): Asked<Paging>,
) -> Result<Json<Cases>, Refusal> {
    let page = state.store().cases(&plan_id(&id)?, paging.limit(), paging.cursor()?.as_ref()).await?;
    Ok(Json(Cases { cases: page.items, next: page.next.map(|next| next.to_string()) }))
}

/// The outcomes of the final result that have no case.
#[utoipa::path(get, path = "/api/plans/{id}/cases/proposed", tag = "follow-up", params(("id" = String, Path)), responses(
    (status = 200, body = ProposedCases),
    (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
    (status = 409, body = ErrorBody, description = "wrong_state: before closing"),
    (status = 422, body = ErrorBody, description = "incomplete, small_group, invalid_record: there is no final result"),
))]
pub(crate) async fn proposed(
    State(state): State<AppState>,
    Reader(_): Reader,
    Names(id): Names<String>,
) -> Result<Json<ProposedCases>, Refusal> {
    let plan = plan_id(&id)?;
    let store = state.store();
    store.check_final(&plan, None).await?;
    let (frozen, records) = store.scored_records(&plan).await?;
    let result = scored(&frozen.plan, &records, Mode::Final)?;
    let cases = store.living_cases(&plan).await?;
    let mut proposed = Vec::new();
    for unit in &result.units {
        for outcome in &unit.outcomes {
            if !cases.iter().any(|case| case.unit == unit.unit && case.outcome == *outcome) {
                proposed.push(ProposedCase { unit: unit.unit.clone(), outcome: outcome.clone() });
            }
        }
    }
    Ok(Json(ProposedCases { proposed }))
}

fn case_number(text: &str) -> Result<u64, Refusal> {
    text.parse().map_err(|_| ErrorCode::NotFound.into())
}

/// Says that a case is done, once.
#[utoipa::path(post, path = "/api/plans/{id}/cases/{number}/done", tag = "follow-up",
    params(("id" = String, Path), ("number" = u64, Path)), request_body = CaseDoneRequest, responses(
    (status = 200, body = Case),
    (status = 400, body = ErrorBody), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
    (status = 409, body = ErrorBody, description = "already_exists: other words stand"),
    (status = 422, body = ErrorBody, description = "invalid_body"),
))]
pub(crate) async fn done(
    State(state): State<AppState>,
    Rectifier(member): Rectifier,
    Names((id, number)): Names<(String, String)>,
    Body(request): Body<CaseDoneRequest>,
) -> Result<Json<Case>, Refusal> {
    if !is_text(&request.text, LONGEST_TEXT) {
        return Err(Refusal::at(ErrorCode::InvalidBody, "/text", "out_of_range"));
    }
    let (plan, number) = (plan_id(&id)?, case_number(&number)?);
    Ok(Json(state.store().finish_case(member.actor(), &plan, number, &request.text).await?))
}

/// Strikes a case out; it is kept.
#[utoipa::path(delete, path = "/api/plans/{id}/cases/{number}", tag = "follow-up",
    params(("id" = String, Path), ("number" = u64, Path)), request_body = StrikeRequest, responses(
    (status = 200, body = RecordKept),
    (status = 400, body = ErrorBody), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
    (status = 409, body = ErrorBody, description = "already_exists: struck out for another reason"),
    (status = 422, body = ErrorBody, description = "invalid_body"),
))]
pub(crate) async fn strike(
    State(state): State<AppState>,
    Rectifier(member): Rectifier,
    Names((id, number)): Names<(String, String)>,
    Body(request): Body<StrikeRequest>,
) -> Result<Json<RecordKept>, Refusal> {
    check_reason(&request.reason)?;
    let (plan, number) = (plan_id(&id)?, case_number(&number)?);
    state.store().strike_case(member.actor(), &plan, number, &request.reason).await?;
    Ok(Json(RecordKept::of(number)))
}
