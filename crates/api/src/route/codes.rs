//! `/api/plans/{id}/codes` and `/turnout`: who may vote, who may no longer, and how many did. Codes come as hashes;
//! an unused code is never seen here.

use std::collections::BTreeSet;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use scoring::json::Value;
use store::{BatchId, CodeHash, NewCodes, PlanRow, Voiding};
use wire::code::{BatchPage, CodesAdded, CodesRequest, CodesVoided, MOST_PER_CALL, Turnout, VoidRequest};
use wire::{ErrorBody, ErrorCode, Field};

use super::records::check_reason;
use crate::body::Body;
use crate::names::{Asked, Names, Paging, plan_id};
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

/// That the plan has the groups that are allowed to be small: what a slip of the pen lets through cannot be taken back.
pub(crate) fn check_groups(row: &PlanRow, allow_small: &[String]) -> Result<(), Refusal> {
    let unknown = allow_small.iter().enumerate().filter(|(_, group)| !holds(&row.document, "groups", group));
    let fields: Vec<Field> =
        unknown.map(|(index, _)| field(&format!("/allow_small/{index}"), "unknown_group")).collect();
    if fields.is_empty() { Ok(()) } else { Err(Refusal::with(ErrorCode::InvalidBody, fields)) }
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

/// Hashes as they come, at least one and at most a thousand, or all that is wrong with them.
fn hashes_of(sent: &[String]) -> Result<Vec<CodeHash>, Vec<Field>> {
    if sent.is_empty() {
        return Err(vec![field("/hashes", "empty_list")]);
    }
    if sent.len() > MOST_PER_CALL {
        return Err(vec![field("/hashes", "out_of_range")]);
    }
    let parsed: Vec<Option<CodeHash>> = sent.iter().map(|hash| CodeHash::parse(hash)).collect();
    let wrong = parsed.iter().enumerate().filter(|(_, hash)| hash.is_none());
    let fields: Vec<Field> = wrong.map(|(index, _)| field(&format!("/hashes/{index}"), "wrong_type")).collect();
    if fields.is_empty() { Ok(parsed.into_iter().flatten().collect()) } else { Err(fields) }
}

/// What keeps codes and voters from being pairs: another number, or a code twice.
fn unpaired(request: &CodesRequest) -> Vec<Field> {
    if request.voters.as_ref().is_some_and(|voters| voters.len() != request.hashes.len()) {
        return vec![field("/voters", "out_of_range")];
    }
    let mut seen = BTreeSet::new();
    let twice = request.hashes.iter().enumerate().filter(|(_, hash)| !seen.insert(hash.to_ascii_lowercase()));
    twice.map(|(index, _)| field(&format!("/hashes/{index}"), "repeated_hash")).collect()
}

/// More codes for one group in one period.
#[utoipa::path(post, path = "/api/plans/{id}/codes", tag = "voting", params(("id" = String, Path)),
    request_body = CodesRequest, responses(
    (status = 201, body = CodesAdded),
    (status = 400, body = ErrorBody), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 404, body = ErrorBody),
    (status = 409, body = ErrorBody, description = "wrong_state, code_voided: these codes were voided as a batch"),
    (status = 422, body = ErrorBody,
        description = "invalid_body, small_group, codes_without_paper, quota_on_narrowed, own_unit_required, \
            voter_required, linked_secret"),
))]
pub(crate) async fn add(
    State(state): State<AppState>,
    Planner(member): Planner,
    Names(id): Names<String>,
    Body(request): Body<CodesRequest>,
) -> Result<(StatusCode, Json<CodesAdded>), Refusal> {
    let id = plan_id(&id)?;
    let row = state.store().plan(&id).await?;
    let mut fields = unknown_places(&row.document, &request);
    let hashes = hashes_of(&request.hashes).unwrap_or_else(|wrong| {
        fields.extend(wrong);
        Vec::new()
    });
    if request.voters.is_some() {
        fields.extend(unpaired(&request));
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
    let issued = match &request.voters {
        None => state.store().add_codes(member.actor(), &id, codes).await?,
        Some(voters) => state.store().add_codes_to(member.actor(), &id, codes, voters).await?,
    };
    Ok((StatusCode::CREATED, Json(CodesAdded { added: issued.added as u64, batch: issued.batch.to_string() })))
}

/// The batches of codes: how many each has, and how many of them are void. Never how many were used.
#[utoipa::path(get, path = "/api/plans/{id}/codes", tag = "voting", params(("id" = String, Path), Paging), responses(
    (status = 200, body = BatchPage),
    (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
    (status = 422, body = ErrorBody, description = "invalid_body: a limit or cursor that is none"),
))]
pub(crate) async fn list(
    State(state): State<AppState>,
    Reader(_): Reader,
    Names(id): Names<String>,
    Asked(paging): Asked<Paging>,
) -> Result<Json<BatchPage>, Refusal> {
    let page = state.store().batches(&plan_id(&id)?, paging.limit(), paging.cursor()?.as_ref()).await?;
    Ok(Json(BatchPage { batches: page.items, next: page.next.map(|next| next.to_string()) }))
}

/// Voids the codes of a batch, of a voter, or some by their hashes, as far as they were not used. Repeating it completes it.
#[utoipa::path(post, path = "/api/plans/{id}/codes/void", tag = "voting", params(("id" = String, Path)),
    request_body = VoidRequest, responses(
    (status = 200, body = CodesVoided),
    (status = 400, body = ErrorBody), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 404, body = ErrorBody),
    (status = 409, body = ErrorBody, description = "wrong_state"),
    (status = 422, body = ErrorBody, description = "invalid_body: also for batches and codes that there are not; small_group"),
))]
pub(crate) async fn void(
    State(state): State<AppState>,
    Planner(member): Planner,
    Names(id): Names<String>,
    Body(request): Body<VoidRequest>,
) -> Result<Json<CodesVoided>, Refusal> {
    let id = plan_id(&id)?;
    check_groups(&state.store().plan(&id).await?, &request.allow_small)?;
    check_reason(&request.reason)?;
    let (batch, hashes);
    let which = match (&request.batch, &request.voter, &request.hashes) {
        (Some(named), None, None) => {
            batch = BatchId::parse(named).ok_or(store::StoreError::UnknownBatch)?;
            Voiding::Batch(&batch)
        }
        (None, Some(voter), None) if scoring::is_id(voter) => Voiding::Voter(voter),
        (None, Some(_), None) => return Err(store::StoreError::UnknownVoter.into()),
        (None, None, Some(sent)) => {
            hashes = hashes_of(sent).map_err(|fields| Refusal::with(ErrorCode::InvalidBody, fields))?;
            Voiding::Hashes(&hashes)
        }
        (None, None, None) => return Err(Refusal::at(ErrorCode::InvalidBody, "/batch", "missing_field")),
        (Some(_), Some(_), _) => return Err(Refusal::at(ErrorCode::InvalidBody, "/voter", "unknown_field")),
        (_, _, Some(_)) => return Err(Refusal::at(ErrorCode::InvalidBody, "/hashes", "unknown_field")),
    };
    let done = state.store().void_codes(member.actor(), &id, which, &request.reason, &request.allow_small).await?;
    Ok(Json(CodesVoided { voided: done.voided as u64, used: done.used as u64 }))
}

/// How many codes each group has, and how many of them voted.
#[utoipa::path(get, path = "/api/plans/{id}/turnout", tag = "voting", params(("id" = String, Path)), responses(
    (status = 200, body = Turnout),
    (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
))]
pub(crate) async fn turnout(
    State(state): State<AppState>,
    Reader(_): Reader,
    Names(id): Names<String>,
) -> Result<Json<Turnout>, Refusal> {
    Ok(Json(Turnout { groups: state.store().turnout(&plan_id(&id)?).await? }))
}
