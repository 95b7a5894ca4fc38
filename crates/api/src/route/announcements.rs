//! `/api/plans/{id}/announce` and the objections to what is on public display, by anybody and by staff.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use scoring::Moment;
use store::{Announcing, NewObjection, PlanId, Timestamp};
use wire::announcement::{
    AnnounceRequest, AnswerRequest, LONGEST_CONTACT, OBJECTION_LENGTH, Objection, ObjectionRequest, ObjectionTaken,
    Objections,
};
use wire::open_code::{Challenge, WORK_BITS, solves};
use wire::plan::StateAnswer;
use wire::{ErrorBody, ErrorCode, Field};

use super::codes::{check_groups, holds};
use super::plans::moved;
use super::rectifications::own_units;
use crate::body::Body;
use crate::names::{Asked, Names, Paging, plan_id};
use crate::refusal::{Refusal, field};
use crate::session::{Objector, Publisher, UnitReader};
use crate::state::AppState;
use crate::throttle::{Caller, count_objection, wrong_code};

/// Puts the final result of a closed plan on public display. Again: as it is then, with another end.
#[utoipa::path(post, path = "/api/plans/{id}/announce", tag = "plans", params(("id" = String, Path)),
    request_body = AnnounceRequest, responses(
    (status = 200, body = StateAnswer),
    (status = 400, body = ErrorBody), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
    (status = 409, body = ErrorBody, description = "wrong_state, unresolved_ties, count_mismatch"),
    (status = 422, body = ErrorBody, description = "incomplete, small_group, invalid_record; invalid_body: also for an end that is past"),
))]
pub(crate) async fn announce(
    State(state): State<AppState>,
    Publisher(member): Publisher,
    Names(id): Names<String>,
    Body(request): Body<AnnounceRequest>,
) -> Result<Json<StateAnswer>, Refusal> {
    let id = plan_id(&id)?;
    let row = state.store().plan(&id).await?;
    check_groups(&row, &request.allow_small)?;
    let contact = request.contact.trim();
    let until = Moment::parse(&request.until).map(|moment| Timestamp(moment.seconds()));
    let mut fields = Vec::new();
    if contact.is_empty() || contact.chars().count() > LONGEST_CONTACT {
        fields.push(field("/contact", "out_of_range"));
    }
    if until.is_none_or(|until| until <= state.store().now()) {
        fields.push(field("/until", "out_of_range"));
    }
    let Some(until) = until.filter(|_| fields.is_empty()) else {
        return Err(Refusal::with(ErrorCode::InvalidBody, fields));
    };
    let announcing = Announcing { until, contact, allow_small: &request.allow_small };
    moved(&state, state.store().announce_plan(member.actor(), &id, announcing).await?).await
}

/// Whether a text says something, and not too much.
fn is_said(text: &str) -> bool {
    scoring::names::is_seen(text) && OBJECTION_LENGTH.contains(&text.trim().chars().count())
}

/// What is wrong with an objection's words, and its unit.
async fn check(state: &AppState, id: &PlanId, request: &ObjectionRequest) -> Result<(), Refusal> {
    let mut fields: Vec<Field> = Vec::new();
    let unseen = |text: &str| text.chars().any(|sign| sign.is_control() && sign != '\n');
    if !is_said(&request.text) || unseen(&request.text) {
        fields.push(field("/text", "out_of_range"));
    }
    if request.contact.chars().count() > LONGEST_CONTACT || unseen(&request.contact) {
        fields.push(field("/contact", "out_of_range"));
    }
    if let Some(unit) = &request.unit
        && !holds(&state.store().plan(id).await?.document, "units", unit)
    {
        fields.push(field("/unit", "unknown_unit"));
    }
    if fields.is_empty() { Ok(()) } else { Err(Refusal::with(ErrorCode::InvalidBody, fields)) }
}

fn said(request: &ObjectionRequest) -> NewObjection<'_> {
    NewObjection { unit: request.unit.as_deref(), text: request.text.trim(), contact: request.contact.trim() }
}

fn taken(status: StatusCode, number: u64) -> Response {
    (status, Json(ObjectionTaken { number: Some(number), challenge: None })).into_response()
}

/// An objection to what is on public display: without work the challenge for it, with it its number.
#[utoipa::path(post, path = "/api/public/{id}/objections", tag = "public", params(("id" = String, Path)),
    request_body = ObjectionRequest, responses(
    (status = 201, body = ObjectionTaken, description = "It was taken"),
    (status = 200, body = ObjectionTaken, description = "A challenge; or it was taken before"),
    (status = 400, body = ErrorBody), (status = 404, body = ErrorBody),
    (status = 409, body = ErrorBody, description = "wrong_state: nothing is on display, or its time is over"),
    (status = 413, body = ErrorBody),
    (status = 422, body = ErrorBody, description = "challenge_failed, invalid_body"),
    (status = 429, body = ErrorBody, description = "too_many_objections, too_many_attempts"),
))]
pub(crate) async fn object(
    State(state): State<AppState>,
    caller: Caller,
    Names(id): Names<String>,
    Body(request): Body<ObjectionRequest>,
) -> Result<Response, Refusal> {
    let id = plan_id(&id)?;
    let store = state.store();
    // Of what nobody outside may know of there is no objection.
    if store.plan_head(&id).await?.announced.is_none() {
        return Err(ErrorCode::NotFound.into());
    }
    check(&state, &id, &request).await?;
    let digest = request.digest();
    let Some(work) = &request.work else {
        let challenge = Some(Challenge { text: store.objection_challenge(&id, &digest).await?, bits: WORK_BITS });
        return Ok(Json(ObjectionTaken { number: None, challenge }).into_response());
    };
    if let Some(number) = store.objection_of(&id, &work.challenge).await? {
        return Ok(taken(StatusCode::OK, number));
    }
    let solved = solves(&work.challenge, work.number, WORK_BITS)
        && store.is_objection_challenge(&id, &digest, &work.challenge).await?;
    if !solved {
        return Err(wrong_code(store, &caller, ErrorCode::ChallengeFailed.into()).await);
    }
    count_objection(store, &id, &caller).await?;
    Ok(taken(StatusCode::CREATED, store.take_objection(&id, &work.challenge, said(&request)).await?))
}

/// Enters an objection that came by telephone, by letter or in person; or that of a unit to its own result.
#[utoipa::path(post, path = "/api/plans/{id}/objections", tag = "plans", params(("id" = String, Path)),
    request_body = ObjectionRequest, responses(
    (status = 201, body = ObjectionTaken),
    (status = 400, body = ErrorBody), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
    (status = 409, body = ErrorBody, description = "wrong_state: nothing is on display"),
    (status = 422, body = ErrorBody, description = "invalid_body"),
    (status = 429, body = ErrorBody, description = "too_many_objections"),
))]
pub(crate) async fn enter(
    State(state): State<AppState>,
    Objector(member): Objector,
    Names(id): Names<String>,
    Body(request): Body<ObjectionRequest>,
) -> Result<Response, Refusal> {
    let id = plan_id(&id)?;
    check(&state, &id, &request).await?;
    if member.is_of_unit() {
        let own = own_units(&state, &member, &id).await?.unwrap_or_default();
        if request.unit.as_ref().is_none_or(|unit| !own.contains(unit)) {
            return Err(Refusal::at(ErrorCode::InvalidBody, "/unit", "other_unit"));
        }
    }
    Ok(taken(StatusCode::CREATED, state.store().put_objection(member.actor(), &id, said(&request)).await?))
}

/// The objections, in the order in which they came. A unit reads those to its own result, and who can be reached where
/// only of what it said itself.
#[utoipa::path(get, path = "/api/plans/{id}/objections", tag = "plans", params(("id" = String, Path), Paging), responses(
    (status = 200, body = Objections),
    (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
    (status = 422, body = ErrorBody, description = "invalid_body: a limit or cursor that is none"),
))]
pub(crate) async fn list(
    State(state): State<AppState>,
    UnitReader(member): UnitReader,
    Names(id): Names<String>,
    Asked(paging): Asked<Paging>,
) -> Result<Json<Objections>, Refusal> {
    let id = plan_id(&id)?;
    let mut page = state.store().objections(&id, paging.limit(), paging.cursor()?.as_ref()).await?;
    if let Some(own) = own_units(&state, &member, &id).await? {
        page.items.retain(|objection| objection.unit.as_ref().is_some_and(|unit| own.contains(unit)));
        for objection in page.items.iter_mut().filter(|objection| objection.by.as_deref() != Some(member.name())) {
            objection.contact.clear();
            objection.by = None;
        }
    }
    Ok(Json(Objections { objections: page.items, next: page.next.map(|next| next.to_string()) }))
}

/// Answers an objection, once.
#[utoipa::path(post, path = "/api/plans/{id}/objections/{number}/answer", tag = "plans",
    params(("id" = String, Path), ("number" = u64, Path)), request_body = AnswerRequest, responses(
    (status = 200, body = Objection),
    (status = 400, body = ErrorBody), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
    (status = 409, body = ErrorBody, description = "wrong_state; already_exists: it has another answer"),
    (status = 422, body = ErrorBody, description = "invalid_body"),
))]
pub(crate) async fn answer(
    State(state): State<AppState>,
    Publisher(member): Publisher,
    Names((id, number)): Names<(String, String)>,
    Body(request): Body<AnswerRequest>,
) -> Result<Json<Objection>, Refusal> {
    let text = request.text.trim();
    if !is_said(text) {
        return Err(Refusal::at(ErrorCode::InvalidBody, "/text", "out_of_range"));
    }
    let number = number.parse().map_err(|_| ErrorCode::NotFound)?;
    Ok(Json(state.store().answer_objection(member.actor(), &plan_id(&id)?, number, text, request.upheld).await?))
}
