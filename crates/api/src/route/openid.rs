//! `/api/session/openid`: to the provider and back, for whoever signs in there.
//!
//! Owns the cookie that a browser takes along, and the session at the end. Refuses to own what of the provider's answer is
//! believed (`openid`). The page of an answer that leads to no session is written by [`crate::page::sign_in`].

use axum::Json;
use axum::extract::{Query, State};
use axum::http::header::{CACHE_CONTROL, LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, HeaderName, StatusCode};
use axum::response::{IntoResponse, Response};
use openid::{OpenIdError, Question};
use serde::Deserialize;
use store::{SignedInBy, StoreError};
use wire::staff::SignInWays;
use wire::{ErrorBody, ErrorCode};

use crate::limits::{LONGEST_WAY_BACK, QUESTION_LIFE};
use crate::page::sign_in::{NotSignedIn, not_signed_in};
use crate::refusal::Refusal;
use crate::session;
use crate::state::{AppState, Settings};
use crate::throttle::Caller;

/// By what one can sign in, beside a password.
#[utoipa::path(get, path = "/api/session/ways", tag = "session", responses((status = 200, body = SignInWays)))]
pub(crate) async fn ways(State(state): State<AppState>) -> Json<SignInWays> {
    Json(SignInWays { openid: state.settings().openid.as_ref().map(|provider| provider.name().to_owned()) })
}

/// Where to go afterwards.
#[derive(Deserialize)]
pub(crate) struct To {
    to: Option<String>,
}

/// Sends the browser to the provider: 303, and a cookie that lasts ten minutes.
#[utoipa::path(get, path = "/api/session/openid", tag = "session",
    params(("to" = Option<String>, Query, description = "a page of the office, to go to afterwards")),
    responses(
        (status = 303, description = "To the provider"),
        (status = 404, body = ErrorBody, description = "not_found: no provider is set"),
        (status = 503, body = ErrorBody, description = "unavailable: the provider does not answer"),
    ),
)]
pub(crate) async fn ask(
    State(state): State<AppState>,
    caller: Caller,
    Query(query): Query<To>,
) -> Result<Response, Refusal> {
    let provider = state.settings().openid.as_ref().ok_or(ErrorCode::NotFound)?;
    let _turn = state.sign_ins().turn(caller.network()).await.ok_or(ErrorCode::Unavailable)?;
    let (address, question) = provider.ask().await.map_err(|_| ErrorCode::Unavailable)?;
    let to = query.to.filter(|to| is_of_office(to)).unwrap_or_else(|| "/office".to_owned());
    let kept = question_cookie(Some(&format!("{question}:{to}")), state.settings());
    Ok((StatusCode::SEE_OTHER, [kept, (LOCATION, address), no_store()]).into_response())
}

/// What the provider sends a browser back with.
#[derive(Deserialize)]
pub(crate) struct Answer {
    code: Option<String>,
    state: Option<String>,
}

/// Takes who comes back in: to the page that was asked for, or a page that says why not.
pub(crate) async fn back(
    State(state): State<AppState>,
    caller: Caller,
    headers: HeaderMap,
    Query(answer): Query<Answer>,
) -> Response {
    // Whatever comes of it, a question is answered once.
    let forget = question_cookie(None, state.settings());
    match signed_in(&state, &caller, &headers, answer).await {
        Ok((token, to)) => {
            let [session] = session::set_cookie(Some(&token), state.settings());
            (StatusCode::SEE_OTHER, axum::response::AppendHeaders([forget, session, (LOCATION, to), no_store()]))
                .into_response()
        }
        Err(why) => ([forget], not_signed_in(&why)).into_response(),
    }
}

async fn signed_in(
    state: &AppState,
    caller: &Caller,
    headers: &HeaderMap,
    answer: Answer,
) -> Result<(store::SessionToken, String), NotSignedIn> {
    let provider = state.settings().openid.as_ref().ok_or(NotSignedIn::NotProven)?;
    let kept = session::cookie(headers, question_name(state.settings())).and_then(|kept| kept.split_once(':'));
    let (question, to) = kept.ok_or(NotSignedIn::NotProven)?;
    let question = Question::parse(question).ok_or(NotSignedIn::NotProven)?;
    let (Some(code), Some(said)) = (answer.code, answer.state) else { return Err(NotSignedIn::NotProven) };
    let _turn = state.sign_ins().turn(caller.network()).await.ok_or(NotSignedIn::Unavailable)?;
    let name = provider.answered(question, code, &said).await.map_err(|error| match error {
        OpenIdError::Unavailable => NotSignedIn::Unavailable,
        OpenIdError::NotProven => NotSignedIn::NotProven,
        OpenIdError::NoName => NotSignedIn::NoAccount { named: String::new() },
    })?;
    let account = match state.store().staff(&name).await {
        Ok(account) if !account.account.disabled => account,
        Ok(_) | Err(StoreError::NotFound) => return Err(NotSignedIn::NoAccount { named: name }),
        Err(_) => return Err(NotSignedIn::Unavailable),
    };
    let token = state.store().create_session(&account, SignedInBy::Provider).await;
    let to = if is_of_office(to) { to } else { "/office" };
    Ok((token.map_err(|_| NotSignedIn::Unavailable)?, to.to_owned()))
}

/// Whether an address is a page of the office here: what stands in it can stand in a cookie and in a header.
fn is_of_office(to: &str) -> bool {
    let rest = to.strip_prefix("/office");
    let is_written_plainly =
        to.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'"' | b',' | b';' | b'\\'));
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']))
        && is_written_plainly
        && to.len() <= LONGEST_WAY_BACK
}

fn question_name(settings: &Settings) -> &'static str {
    if settings.is_https() { "__Host-pingyi-question" } else { "pingyi-question" }
}

/// `Lax`, because it comes back by a link of the provider's.
fn question_cookie(kept: Option<&str>, settings: &Settings) -> (HeaderName, String) {
    let (name, secure) = (question_name(settings), if settings.is_https() { "; Secure" } else { "" });
    let (kept, life) = (kept.unwrap_or_default(), if kept.is_some() { QUESTION_LIFE } else { 0 });
    (SET_COOKIE, format!("{name}={kept}; Path=/; HttpOnly; SameSite=Lax{secure}; Max-Age={life}"))
}

fn no_store() -> (HeaderName, String) {
    (CACHE_CONTROL, "no-store".to_owned())
}

#[cfg(test)]
mod tests {
    use super::is_of_office;

    #[test]
    fn one_goes_back_to_pages_of_the_office_alone() {
        for to in ["/office", "/office/plans/p1/ranking", "/office?x=1"] {
            assert!(is_of_office(to), "{to}");
        }
        let long = format!("/office/{}", "a".repeat(2000));
        for to in [
            "",
            "/",
            "//evil.example",
            "/officer",
            "https://evil.example/office",
            "/office/a\r\nb",
            "/office/a;b",
            "/office/评",
            &long,
        ] {
            assert!(!is_of_office(to), "{to}");
        }
    }
}
