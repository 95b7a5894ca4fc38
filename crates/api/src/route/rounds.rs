//! `/api/plans/{id}/rounds`: rounds that open, close and are counted by themselves while the plan is open.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use store::{Closing, ClosingProgress, PlanId, RoundId};
use wire::plan::{ClosingAnswer, PlanState, StepRequest, WaitingAnswer};
use wire::round::{OpenRoundRequest, RoundList, RoundName, RoundRow};
use wire::{ErrorBody, ErrorCode};

use super::codes::check_groups;
use crate::body::OptionalBody;
use crate::names::{Names, plan_id};
use crate::refusal::Refusal;
use crate::session::{Planner, Reader};
use crate::state::AppState;

/// The round that a request names. A stage that none can have is one that no plan has.
pub(crate) fn round_id(name: &RoundName) -> RoundId {
    RoundId::new(&name.period, u8::try_from(name.stage).unwrap_or_default())
}

/// The round that an address names.
fn named(period: &str, stage: &str) -> Result<RoundId, Refusal> {
    match stage {
        "1" => Ok(RoundId::new(period, 1)),
        "2" => Ok(RoundId::new(period, 2)),
        _ => Err(ErrorCode::NotFound.into()),
    }
}

/// What is answered while a closing has more to do.
pub(crate) fn working(progress: ClosingProgress) -> Response {
    let ClosingProgress { done, of } = progress;
    let answer = ClosingAnswer { waiting: false, state: Some(PlanState::Closing), done: Some(done), of: Some(of) };
    (StatusCode::ACCEPTED, Json(answer)).into_response()
}

/// What the first of two people who ask for a step is answered.
pub(crate) fn waiting() -> Response {
    (StatusCode::ACCEPTED, Json(WaitingAnswer { waiting: true })).into_response()
}

async fn row(state: &AppState, plan: &PlanId, round: &RoundId) -> Result<Json<RoundRow>, Refusal> {
    let rounds = state.store().rounds(plan).await?;
    let found = rounds.into_iter().find(|row| row.period == round.period && row.stage == u64::from(round.stage));
    found.map(Json).ok_or_else(|| ErrorCode::NotFound.into())
}

/// All rounds of a plan, their states, and how many have voted.
#[utoipa::path(get, path = "/api/plans/{id}/rounds", tag = "plans", params(("id" = String, Path)), responses(
    (status = 200, body = RoundList),
    (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
))]
pub(crate) async fn list(
    State(state): State<AppState>,
    Reader(_): Reader,
    Names(id): Names<String>,
) -> Result<Json<RoundList>, Refusal> {
    Ok(Json(RoundList { rounds: state.store().rounds(&plan_id(&id)?).await? }))
}

/// Opens a round of an open plan. The first of stage 2 freezes the shortlist, if closing stage 1 has not.
#[utoipa::path(post, path = "/api/plans/{id}/rounds/{period}/{stage}/open", tag = "plans",
    params(("id" = String, Path), ("period" = String, Path), ("stage" = String, Path)),
    request_body = Option<OpenRoundRequest>, responses(
    (status = 200, body = RoundRow),
    (status = 400, body = ErrorBody), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
    (status = 409, body = ErrorBody, description = "wrong_state, shortlist_pending, unresolved_ties"),
    (status = 422, body = ErrorBody, description = "incomplete, invalid_record, invalid_body"),
))]
pub(crate) async fn open(
    State(state): State<AppState>,
    Planner(member): Planner,
    Names((id, period, stage)): Names<(String, String, String)>,
    OptionalBody(request): OptionalBody<OpenRoundRequest>,
) -> Result<Json<RoundRow>, Refusal> {
    let (id, round) = (plan_id(&id)?, named(&period, &stage)?);
    check_groups(&state.store().plan(&id).await?, &request.allow_small)?;
    state.store().open_round(member.actor(), &id, &round, &request.allow_small).await?;
    row(&state, &id, &round).await
}

/// Ends the voting of a round, counts it, freezes its tallies and shows its opinions. A close that was interrupted goes on.
#[utoipa::path(post, path = "/api/plans/{id}/rounds/{period}/{stage}/close", tag = "plans",
    params(("id" = String, Path), ("period" = String, Path), ("stage" = String, Path)),
    request_body = Option<StepRequest>, responses(
    (status = 200, body = RoundRow),
    (status = 202, body = ClosingAnswer, description = "There is more to do, or a second person is awaited"),
    (status = 400, body = ErrorBody), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
    (status = 409, body = ErrorBody, description = "wrong_state"),
    (status = 422, body = ErrorBody, description = "invalid_body"),
))]
pub(crate) async fn close(
    State(state): State<AppState>,
    Planner(member): Planner,
    Names((id, period, stage)): Names<(String, String, String)>,
    OptionalBody(_): OptionalBody<StepRequest>,
) -> Result<Response, Refusal> {
    let (id, round) = (plan_id(&id)?, named(&period, &stage)?);
    match state.store().go_on_closing(member.actor(), &id, Some(&round)).await? {
        Closing::Done(_) => Ok(row(&state, &id, &round).await?.into_response()),
        Closing::Working(progress) => Ok(working(progress)),
        Closing::Waiting => Ok(waiting()),
    }
}
