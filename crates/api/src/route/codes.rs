//! `/api/plans/{id}/codes` and `/turnout`: who may vote, and how many did. Codes come as hashes;
//! an unused code is never seen here.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use scoring::json::Value;
use store::{CodeHash, NewCodes};
use wire::code::{CodesAdded, CodesRequest, MOST_PER_CALL, Turnout};
use wire::{ErrorBody, ErrorCode, Field};

use crate::body::Body;
use crate::names::{Names, plan_id};
use crate::refusal::{Refusal, field};
use crate::session::{Planner, Reader};
use crate::state::AppState;

/// Whether a list of the plan holds an id.
pub(crate) fn holds(plan: &Value, list: &str, id: &str) -> bool {
    match plan.get(list) {
        Some(Value::List(items)) => items.iter().any(|item| item.get("id").and_then(Value::as_str) == Some(id)),
        _ => false,
    }
}

fn unknown_places(plan: &Value, request: &CodesRequest) -> Vec<Field> {
    let mut fields = Vec::new();
    let mut ask = |path: String, list: &str, id: &str, code: &str| {
        if !holds(plan, list, id) {
            fields.push(field(&path, code));
        }
    };
    ask("/period".to_owned(), "periods", &request.period, "unknown_period");
    ask("/group".to_owned(), "groups", &request.group, "unknown_group");
    for (index, unit) in request.units.iter().flatten().enumerate() {
        ask(format!("/units/{index}"), "units", unit, "unknown_unit");
    }
    if let Some(unit) = &request.unit {
        ask("/unit".to_owned(), "units", unit, "unknown_unit");
    }
    if request.units.as_ref().is_some_and(Vec::is_empty) {
        fields.push(field("/units", "empty_list"));
    }
    fields
}

/// More codes for one group in one period.
#[utoipa::path(post, path = "/api/plans/{id}/codes", tag = "voting", params(("id" = String, Path)),
    request_body = CodesRequest, responses(
    (status = 201, body = CodesAdded),
    (status = 400, body = ErrorBody), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 404, body = ErrorBody),
    (status = 409, body = ErrorBody, description = "wrong_state"),
    (status = 422, body = ErrorBody,
        description = "invalid_body, small_group, codes_without_paper, quota_on_narrowed, own_unit_required"),
))]
pub(crate) async fn add(
    State(state): State<AppState>,
    Planner(member): Planner,
    Names(id): Names<String>,
    Body(request): Body<CodesRequest>,
) -> Result<(StatusCode, Json<CodesAdded>), Refusal> {
    let id = plan_id(&id)?;
    let row = state.store().plan(&id).await?;
    if request.hashes.is_empty() {
        return Err(Refusal::at(ErrorCode::InvalidBody, "/hashes", "empty_list"));
    }
    if request.hashes.len() > MOST_PER_CALL {
        return Err(Refusal::at(ErrorCode::InvalidBody, "/hashes", "out_of_range"));
    }
    let mut fields = unknown_places(&row.document, &request);
    let mut hashes = Vec::with_capacity(request.hashes.len());
    for (index, hash) in request.hashes.iter().enumerate() {
        match CodeHash::parse(hash) {
            Some(hash) => hashes.push(hash),
            None => fields.push(field(&format!("/hashes/{index}"), "wrong_type")),
        }
    }
    if !fields.is_empty() {
        return Err(Refusal::with(ErrorCode::InvalidBody, fields));
    }
    let codes = NewCodes {
        period: &request.period,
        group: &request.group,
        hashes: &hashes,
        units: request.units.as_deref(),
        unit: request.unit.as_deref(),
    };
    let added = state.store().add_codes(member.actor(), &id, codes).await?;
    Ok((StatusCode::CREATED, Json(CodesAdded { added: added as u64 })))
}

/// How many codes each group has, and how many of them voted.
#[utoipa::path(get, path = "/api/plans/{id}/turnout", tag = "voting", params(("id" = String, Path)), responses(
    (status = 200, body = Turnout),
    (status = 401, body = ErrorBody), (status = 404, body = ErrorBody),
))]
pub(crate) async fn turnout(
    State(state): State<AppState>,
    Reader(_): Reader,
    Names(id): Names<String>,
) -> Result<Json<Turnout>, Refusal> {
    Ok(Json(Turnout { groups: state.store().turnout(&plan_id(&id)?).await? }))
}
