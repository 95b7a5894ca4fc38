//! `/api/open-codes`: codes on demand for open groups. One for each browser, known by a cookie of this route alone
//! and of one plan; after a little work; and so many a day for one network.

use axum::Json;
use axum::extract::State;
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use store::{BrowserToken, CodeHash, PlanId, StoreError};
use wire::open_code::{Challenge, OpenCodeAnswer, OpenCodeRequest, WORK_BITS, solves};
use wire::{ErrorBody, ErrorCode};

use crate::body::Body;
use crate::limits::BROWSER_KNOWN_FOR;
use crate::names::plan_id;
use crate::refusal::Refusal;
use crate::session::cookie;
use crate::state::{AppState, Settings};
use crate::throttle::{Caller, Issuing, count_issuing, give_back_issuing, wrong_code};

/// The cookie's name: one for each plan, so that nobody is followed from plan to plan.
fn cookie_name(plan: &PlanId) -> String {
    format!("pingyi-open-{plan}")
}

fn set_cookie(plan: &PlanId, browser: &BrowserToken, settings: &Settings) -> String {
    let secure = if settings.is_https() { "; Secure" } else { "" };
    let name = cookie_name(plan);
    format!("{name}={browser}; Path=/api/open-codes; Max-Age={BROWSER_KNOWN_FOR}; HttpOnly; SameSite=Strict{secure}")
}

/// A code of an open group for the browser that asks, or the work that comes before it.
#[utoipa::path(post, path = "/api/open-codes", tag = "voting", request_body = OpenCodeRequest, responses(
    (status = 201, body = OpenCodeAnswer, description = "The code was issued now"),
    (status = 200, body = OpenCodeAnswer, description = "The browser's code, used or not; or a challenge"),
    (status = 400, body = ErrorBody),
    (status = 404, body = ErrorBody, description = "not_found"),
    (status = 409, body = ErrorBody, description = "plan_not_open, plan_closed"),
    (status = 422, body = ErrorBody, description = "challenge_failed; invalid_body: also for what is no open group"),
    (status = 429, body = ErrorBody, description = "channel_busy, too_many_attempts"),
))]
pub(crate) async fn issue(
    State(state): State<AppState>,
    caller: Caller,
    headers: HeaderMap,
    Body(request): Body<OpenCodeRequest>,
) -> Result<Response, Refusal> {
    match answer(&state, &caller, &headers, &request).await {
        Ok(answer) => Ok(answer),
        Err(refusal) => Err(wrong_code(state.store(), &caller, refusal).await),
    }
}

async fn answer(
    state: &AppState,
    caller: &Caller,
    headers: &HeaderMap,
    request: &OpenCodeRequest,
) -> Result<Response, Refusal> {
    let store = state.store();
    let plan = plan_id(&request.plan)?;
    let channel = match store.channel(&plan, &request.period, &request.group).await {
        Err(StoreError::UnknownPlace) => return Err(Refusal::at(ErrorCode::InvalidBody, "/group", "not_applicable")),
        channel => channel?,
    };
    let known = cookie(headers, &cookie_name(&plan)).and_then(BrowserToken::parse);
    let Some(browser) = known else {
        // Work that was done for a cookie which the browser did not keep buys nothing.
        if request.work.is_some() {
            return Err(ErrorCode::ChallengeFailed.into());
        }
        let browser = store.draw_browser_token()?;
        let text = store.challenge(&channel, &browser);
        let answer = OpenCodeAnswer::Challenge(Challenge { text, bits: WORK_BITS });
        return Ok(([(SET_COOKIE, set_cookie(&plan, &browser, state.settings()))], Json(answer)).into_response());
    };
    let code = wire::code::write(channel.code(&browser));
    let hash = CodeHash::from(wire::code::hash(plan.as_str(), &code));
    if store.has_code(&plan, &hash).await? {
        return Ok(Json(OpenCodeAnswer::Code(code)).into_response());
    }
    let Some(work) = &request.work else {
        let text = store.challenge(&channel, &browser);
        return Ok(Json(OpenCodeAnswer::Challenge(Challenge { text, bits: WORK_BITS })).into_response());
    };
    let holds =
        solves(&work.challenge, work.number, WORK_BITS) && store.is_challenge(&channel, &browser, &work.challenge);
    if !holds {
        return Err(ErrorCode::ChallengeFailed.into());
    }
    let issuing = Issuing { plan: &plan, group: channel.group(), per_network: channel.per_network() };
    count_issuing(store, &issuing, caller).await?;
    let issued = store.issue_code(&channel, &hash).await;
    if !matches!(issued, Ok(true)) {
        give_back_issuing(store, &issuing, caller).await;
    }
    let new = issued?;
    let status = if new { StatusCode::CREATED } else { StatusCode::OK };
    Ok((status, Json(OpenCodeAnswer::Code(code))).into_response())
}
