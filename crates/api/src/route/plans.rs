//! `/api/plans`: drafts, revisions, and the way from draft to published.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use scoring::Plan;
use scoring::json::Value;
use scoring::similar_names::{SimilarName, similar_names};
use serde::Deserialize;
use store::{Closing, PlanHead, PlanId, Publishing, State as StoredState};
use wire::ballot::BlindKey;
use wire::paper_text::PaperTextsRequest;
use wire::plan::{
    Carried, ClosingAnswer, CorrectRequest, MOST_BYTES, OpenRequest, PlanAnswer, PlanList, PlanMade, PlanSaved,
    PlanState, PlanSummary, PublishRequest, StateAnswer, StepRequest, WaitingAnswer,
};
use wire::{ErrorBody, ErrorCode, Field};

use super::codes::check_groups;
use super::reconciliation::reason;
use super::rounds::{round_id, waiting, working};
use crate::body::{Body, Document, OptionalBody, OptionalDocument};
use crate::names::{Asked, Names, Paging, etag, if_match, plan_id};
use crate::refusal::{Refusal, field, problem_field, unfit_field};
use crate::session::{Member, PlanReader, Planner, Publisher};
use crate::state::AppState;

/// A plan's state as it stands in JSON.
pub(crate) fn state_in_json(head: &PlanHead) -> PlanState {
    match head.state {
        StoredState::Draft => PlanState::Draft,
        StoredState::Open if head.closing => PlanState::Closing,
        StoredState::Open => PlanState::Open,
        StoredState::Closed => PlanState::Closed,
        StoredState::Published => PlanState::Published,
    }
}

/// `?draft=1`: store what is there so far.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct Drafting {
    /// `1`: any well-formed object is stored, and its problems are part of the answer.
    draft: Option<u8>,
}

/// `?draft=1` and `?from=PLAN` of a new plan.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct Making {
    /// `1`: any well-formed object is stored, and its problems are part of the answer.
    draft: Option<u8>,
    /// The plan of which the new one is a copy for the next year; the body is then nothing or `{}`.
    from: Option<String>,
}

/// The problems of a draft; without `?draft=1` a plan with problems is refused.
fn admit(plan: &Value, drafting: &Drafting) -> Result<Vec<Field>, Refusal> {
    if !matches!(plan, Value::Object(_)) {
        return Err(Refusal::at(ErrorCode::InvalidBody, "", "wrong_type"));
    }
    if plan.canonical().len() > MOST_BYTES {
        return Err(ErrorCode::BodyTooLarge.into());
    }
    let problems = Plan::from_json(plan).err().unwrap_or_default();
    // Shape first: a document that cannot be read is an invalid body, one that breaks a rule an invalid plan. All
    // problems are told either way.
    let shape = problems.iter().any(|problem| problem.code.is_shape());
    let fields: Vec<Field> = problems.into_iter().map(problem_field).chain(of_drafts(plan)).collect();
    match fields {
        fields if drafting.draft == Some(1) || fields.is_empty() => Ok(fields),
        fields => Err(Refusal::with(if shape { ErrorCode::InvalidBody } else { ErrorCode::InvalidPlan }, fields)),
    }
}

/// What is asked of drafts alone: names that will do, and rounds that do not overlap. What was opened before is scored as
/// it is.
fn of_drafts(plan: &Value) -> Vec<Field> {
    scoring::names::problems(plan).into_iter().chain(scoring::round::problems(plan)).map(problem_field).collect()
}

/// Names that look alike: nothing is wrong with them, and a voter may take one for the other.
fn warnings(plan: &Value) -> Vec<Field> {
    let told = |one: SimilarName| Field { path: one.path, code: "similar_name".to_owned(), detail: Some(one.first) };
    similar_names(plan).into_iter().map(told).collect()
}

/// What is told of a document that was written: its revision, and what is the matter with it.
fn saved(head: &PlanHead, plan: &Value, problems: Vec<Field>) -> impl IntoResponse + use<> {
    let saved = PlanSaved {
        id: head.id.to_string(),
        revision: head.revision.0,
        state: state_in_json(head),
        problems,
        warnings: warnings(plan),
    };
    (etag(head.revision), Json(saved))
}

/// A new plan: the document of the body, or with `from` a copy of another plan for the next year.
#[utoipa::path(post, path = "/api/plans", tag = "plans", params(Making),
    request_body = Option<scoring::PlanDocument>, responses(
    (status = 201, body = PlanMade),
    (status = 400, body = ErrorBody, description = "malformed_json"),
    (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 404, body = ErrorBody, description = "not_found: the plan that is to be copied"),
    (status = 413, body = ErrorBody),
    (status = 422, body = ErrorBody, description = "invalid_plan, invalid_body"),
))]
pub(crate) async fn create(
    State(state): State<AppState>,
    Planner(member): Planner,
    Asked(making): Asked<Making>,
    OptionalDocument(body): OptionalDocument,
) -> Result<impl IntoResponse, Refusal> {
    // Whoever is kept to some plans makes no others.
    if member.account.plans.is_some() {
        return Err(ErrorCode::Forbidden.into());
    }
    let (head, plan, problems, carried) = match &making.from {
        Some(from) => copied(&state, &member, from, body).await?,
        None => {
            let plan = body.ok_or(ErrorCode::MalformedJson)?;
            let problems = admit(&plan, &Drafting { draft: making.draft })?;
            (state.store().create_plan(member.actor(), &plan).await?, plan, problems, None)
        }
    };
    let made = PlanMade {
        id: head.id.to_string(),
        revision: head.revision.0,
        state: state_in_json(&head),
        problems,
        warnings: warnings(&plan),
        carried,
    };
    Ok((StatusCode::CREATED, etag(head.revision), Json(made)))
}

/// A copy of a plan for the next year. What is wrong with it is told and keeps it from opening, as of any draft.
async fn copied(
    state: &AppState,
    member: &Member,
    from: &str,
    body: Option<Value>,
) -> Result<(PlanHead, Value, Vec<Field>, Option<Carried>), Refusal> {
    match body {
        None => {}
        Some(Value::Object(members)) if members.is_empty() => {}
        Some(Value::Object(members)) => {
            let unknown = |(name, _): &(String, Value)| field(&scoring::json_pointer("", name), "unknown_field");
            return Err(Refusal::with(ErrorCode::InvalidBody, members.iter().map(unknown).collect()));
        }
        Some(_) => return Err(Refusal::at(ErrorCode::InvalidBody, "", "wrong_type")),
    }
    let from = plan_id(from)?;
    let mut copy = state.store().next_year(&from).await?;
    let advice = advice_of(state, &from).await?;
    let advices = advice.as_deref().map_or(0, papers::advices) as u64;
    copy.texts = advice.map(|advice| PaperTextsRequest { texts: document::Map::from([(papers::ADVISED, advice)]) });
    let problems = admit(&copy.document, &Drafting { draft: Some(1) })?;
    let head = state.store().create_copy(member.actor(), &copy).await?;
    let carried = Carried {
        from: copy.from.to_string(),
        edition: copy.edition,
        year: copy.year,
        history: copy.history.map(|history| history.len() as u64),
        left_out: copy.left_out,
        advice: advices,
    };
    Ok((head, copy.document, problems, Some(carried)))
}

/// The advice of a plan's annual report, if it has any: the next year follows it up.
async fn advice_of(state: &AppState, plan: &PlanId) -> Result<Option<String>, Refusal> {
    let (_, kept) = state.store().paper_texts(plan).await?;
    Ok(kept.texts.get(papers::ADVICE).filter(|advice| papers::advices(advice) > 0).cloned())
}

/// All plans that the account may know, newest first.
#[utoipa::path(get, path = "/api/plans", tag = "plans", params(Paging), responses(
    (status = 200, body = PlanList), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 422, body = ErrorBody, description = "invalid_body: a limit or cursor that is none"),
))]
pub(crate) async fn list(
    State(state): State<AppState>,
    PlanReader(member): PlanReader,
    Asked(paging): Asked<Paging>,
) -> Result<Json<PlanList>, Refusal> {
    let page = state.store().list_plans(paging.limit(), paging.cursor()?.as_ref()).await?;
    let known = page.items.into_iter().filter(|head| member.knows(&head.id.to_string()));
    let plans = known.map(|head| PlanSummary {
        id: head.id.to_string(),
        state: state_in_json(&head),
        title: head.title,
        revision: head.revision.0,
    });
    Ok(Json(PlanList { plans: plans.collect(), next: page.next.map(|next| next.to_string()) }))
}

/// One plan.
#[utoipa::path(get, path = "/api/plans/{id}", tag = "plans", params(("id" = String, Path)), responses(
    (status = 200, body = PlanAnswer, headers(("ETag" = String))),
    (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
))]
pub(crate) async fn get(
    State(state): State<AppState>,
    PlanReader(_): PlanReader,
    Names(id): Names<String>,
) -> Result<impl IntoResponse, Refusal> {
    let row = state.store().plan(&plan_id(&id)?).await?;
    let state_now = state_in_json(&row.head);
    let shortlist = state.store().frozen_lists(&row.head).await?;
    let sha256 = row.head.plan_sha256.unwrap_or_else(|| scoring::plan_sha256(&row.document));
    let answer = PlanAnswer {
        id: row.head.id.to_string(),
        revision: row.head.revision.0,
        state: state_now,
        plan: row.document,
        plan_sha256: sha256,
        edition: (row.head.edition > 0).then_some(row.head.edition),
        announced: row.head.announced.map(|until| until.0),
        correction: row.head.correction,
        shortlist,
        blind_keys: blind_keys(&state, &row.head.id).await?,
    };
    Ok((etag(row.head.revision), Json(answer)))
}

/// A new revision of a draft.
#[utoipa::path(put, path = "/api/plans/{id}", tag = "plans",
    params(("id" = String, Path), ("If-Match" = String, Header), Drafting),
    request_body = scoring::PlanDocument, responses(
    (status = 200, body = PlanSaved, headers(("ETag" = String))),
    (status = 400, body = ErrorBody), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 404, body = ErrorBody),
    (status = 409, body = ErrorBody, description = "plan_frozen"),
    (status = 412, body = ErrorBody, description = "revision_mismatch"),
    (status = 413, body = ErrorBody),
    (status = 422, body = ErrorBody, description = "invalid_plan, invalid_body"),
    (status = 428, body = ErrorBody, description = "revision_required"),
))]
pub(crate) async fn put(
    State(state): State<AppState>,
    Planner(member): Planner,
    Names(id): Names<String>,
    Asked(drafting): Asked<Drafting>,
    headers: HeaderMap,
    Document(plan): Document,
) -> Result<impl IntoResponse, Refusal> {
    let id = plan_id(&id)?;
    let based_on = if_match(&headers)?;
    // Whether it may change at all comes before what it says.
    if state.store().plan_head(&id).await?.state != StoredState::Draft {
        return Err(ErrorCode::PlanFrozen.into());
    }
    let mut problems = admit(&plan, &drafting)?;
    // Codes are out already: whoever changes the plan under them is told, while it can be mended.
    problems.extend(state.store().unfit_codes(&id, &plan).await?.iter().map(unfit_field));
    let head = state.store().put_plan(member.actor(), &id, &plan, based_on).await?;
    Ok(saved(&head, &plan, problems))
}

pub(crate) async fn moved(state: &AppState, head: PlanHead) -> Result<Json<StateAnswer>, Refusal> {
    Ok(Json(StateAnswer {
        state: state_in_json(&head),
        blind_keys: blind_keys(state, &head.id).await?,
        plan_sha256: head.plan_sha256.unwrap_or_default(),
    }))
}

/// The keys of a plan's blind groups.
pub(crate) async fn blind_keys(state: &AppState, plan: &PlanId) -> Result<Vec<BlindKey>, Refusal> {
    Ok(state.store().blind_keys(plan).await?)
}

/// Freezes a draft and lets votes in: in all rounds, or in those that are named.
#[utoipa::path(post, path = "/api/plans/{id}/open", tag = "plans", params(("id" = String, Path)),
    request_body = OpenRequest, responses(
    (status = 200, body = StateAnswer),
    (status = 400, body = ErrorBody), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 404, body = ErrorBody),
    (status = 409, body = ErrorBody, description = "wrong_state, shortlist_pending"),
    (status = 422, body = ErrorBody, description = "invalid_plan, codes_without_paper, small_group, paper_too_large, invalid_body"),
))]
pub(crate) async fn open(
    State(state): State<AppState>,
    Planner(member): Planner,
    Names(id): Names<String>,
    OptionalBody(request): OptionalBody<OpenRequest>,
) -> Result<Json<StateAnswer>, Refusal> {
    let id = plan_id(&id)?;
    let row = state.store().plan(&id).await?;
    check_groups(&row, &request.allow_small)?;
    // What was opened before these rules stays as it is.
    let problems = of_drafts(&row.document);
    if row.head.state == StoredState::Draft && !problems.is_empty() {
        return Err(Refusal::with(ErrorCode::InvalidPlan, problems));
    }
    let rounds = request.rounds.as_ref().map(|named| named.iter().map(round_id).collect::<Vec<_>>());
    let opened = state.store().open_plan_with(member.actor(), &id, &request.allow_small, rounds.as_deref());
    moved(&state, opened.await?).await
}

/// Ends voting and counts the ballots, for some seconds at a time: asking again goes on. A close that was interrupted goes
/// on as well.
#[utoipa::path(post, path = "/api/plans/{id}/close", tag = "plans", params(("id" = String, Path)),
    request_body = Option<StepRequest>, responses(
    (status = 200, body = StateAnswer),
    (status = 202, body = ClosingAnswer, description = "There is more to do, or a second person is awaited"),
    (status = 400, body = ErrorBody), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
    (status = 409, body = ErrorBody, description = "wrong_state"),
    (status = 422, body = ErrorBody, description = "invalid_body"),
))]
pub(crate) async fn close(
    State(state): State<AppState>,
    Planner(member): Planner,
    Names(id): Names<String>,
    OptionalBody(_): OptionalBody<StepRequest>,
) -> Result<Response, Refusal> {
    match state.store().go_on_closing(member.actor(), &plan_id(&id)?, None).await? {
        Closing::Done(head) => Ok(moved(&state, *head).await?.into_response()),
        Closing::Working(progress) => Ok(working(progress)),
        Closing::Waiting => Ok(waiting()),
    }
}

/// Makes the final result public. Where that takes two people, the first is told that it waits.
#[utoipa::path(post, path = "/api/plans/{id}/publish", tag = "plans", params(("id" = String, Path)),
    request_body = Option<PublishRequest>, responses(
    (status = 200, body = StateAnswer),
    (status = 202, body = WaitingAnswer, description = "A second person is awaited"),
    (status = 400, body = ErrorBody), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
    (status = 409, body = ErrorBody, description = "wrong_state, unresolved_ties, count_mismatch, still_announced, open_objections"),
    (status = 422, body = ErrorBody, description = "pending_records, incomplete, small_group, invalid_body"),
))]
pub(crate) async fn publish(
    State(state): State<AppState>,
    Publisher(member): Publisher,
    Names(id): Names<String>,
    OptionalBody(request): OptionalBody<PublishRequest>,
) -> Result<Response, Refusal> {
    let id = plan_id(&id)?;
    check_groups(&state.store().plan(&id).await?, &request.allow_small)?;
    let early = match &request.early {
        Some(words) => Some(reason(words).map_err(|_| Refusal::at(ErrorCode::InvalidBody, "/early", "out_of_range"))?),
        None => None,
    };
    match state.store().publish_plan_early(member.actor(), &id, &request.allow_small, early).await? {
        Publishing::Done(head) => Ok(moved(&state, *head).await?.into_response()),
        Publishing::Waiting => Ok(waiting()),
    }
}

/// Takes a published plan back to closed, so that its records can be corrected. What is public stays so until the next
/// edition is published.
#[utoipa::path(post, path = "/api/plans/{id}/correct", tag = "plans", params(("id" = String, Path)),
    request_body = CorrectRequest, responses(
    (status = 200, body = StateAnswer),
    (status = 400, body = ErrorBody), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
    (status = 409, body = ErrorBody, description = "wrong_state: it is not published"),
    (status = 422, body = ErrorBody, description = "invalid_body"),
))]
pub(crate) async fn correct(
    State(state): State<AppState>,
    Publisher(member): Publisher,
    Names(id): Names<String>,
    Body(request): Body<CorrectRequest>,
) -> Result<Json<StateAnswer>, Refusal> {
    let reason = reason(&request.reason)?;
    moved(&state, state.store().correct_plan(member.actor(), &plan_id(&id)?, reason).await?).await
}
