//! `/api/session`: signing in and out, and one's own password.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use store::{Scope, SignedInBy, Staff, StoreError};
use wire::staff::{PasswordRequest, Session, SignIn};
use wire::{ErrorBody, ErrorCode};

use crate::body::Body;
use crate::limits::MOST_WRONG_PASSWORDS;
use crate::refusal::Refusal;
use crate::second_factor;
use crate::session::{self, SettingUp, Signed};
use crate::state::AppState;
use crate::throttle::Caller;

/// Signs in: 204 and a cookie that lasts 30 minutes after its last use, and 12 hours in all.
#[utoipa::path(post, path = "/api/session", tag = "session", request_body = SignIn, responses(
    (status = 204, description = "Signed in; the cookie is set"),
    (status = 400, body = ErrorBody), (status = 403, body = ErrorBody), (status = 422, body = ErrorBody),
    (status = 401, body = ErrorBody, description = "bad_credentials, one_time_code_required, bad_one_time_code"),
    (status = 429, body = ErrorBody, description = "too_many_attempts"),
))]
pub(crate) async fn sign_in(
    State(state): State<AppState>,
    caller: Caller,
    Body(request): Body<SignIn>,
) -> Result<impl IntoResponse, Refusal> {
    let _turn = state.sign_ins().turn(caller.network()).await.ok_or(ErrorCode::Unavailable)?;
    let store = state.store();
    let account = match store.staff(&request.name).await {
        Ok(account) => Some(account),
        Err(StoreError::NotFound) => None,
        Err(error) => return Err(error.into()),
    };
    let tries = caller.signing_in(&request.name, account.as_ref().map_or(0, Staff::password_version));
    // Before the password is looked at: of guesses sent at once no more are tried than of guesses sent one by one.
    if !store.count_up_to(Scope::Password, &tries, MOST_WRONG_PASSWORDS).await? {
        return Err(ErrorCode::TooManyAttempts.into());
    }
    let hash = account.as_ref().map(|account| account.password_hash.clone());
    let holds = state.hashing().password_holds(request.password, hash).await?;
    let Some(account) = account.filter(|account| holds && !account.account.disabled) else {
        return Err(ErrorCode::BadCredentials.into());
    };
    if account.second_factor.is_some() {
        // What was counted for the password stays counted until both are right.
        let code = request.code.ok_or(ErrorCode::OneTimeCodeRequired)?;
        second_factor::prove(store, &account, &code).await?;
    }
    store.forget_counted(Scope::Password, &tries).await?;
    let token = store.create_session(&account, SignedInBy::Password).await?;
    Ok((StatusCode::NO_CONTENT, session::set_cookie(Some(&token), state.settings())))
}

/// Who is signed in.
#[utoipa::path(get, path = "/api/session", tag = "session", responses(
    (status = 200, body = Session),
    (status = 401, body = ErrorBody, description = "not_signed_in"),
))]
pub(crate) async fn who(State(state): State<AppState>, SettingUp(member): SettingUp) -> Json<Session> {
    let public_url = state.settings().public_url.clone();
    let store::Account { name, display, office, unit, plans, second_factor, .. } = member.account;
    let display = if display.is_empty() { name.clone() } else { display };
    let (roles, must_set_second_factor) = (member.roles, member.must_set_second_factor);
    Json(Session { name, display, roles, office, unit, plans, second_factor, must_set_second_factor, public_url })
}

/// Signs out; without a session it changes nothing.
#[utoipa::path(delete, path = "/api/session", tag = "session", responses((status = 204, description = "Signed out")))]
pub(crate) async fn sign_out(State(state): State<AppState>, headers: HeaderMap) -> Result<impl IntoResponse, Refusal> {
    if let Some(token) = session::token(&headers, state.settings()) {
        state.store().end_session(&token).await?;
    }
    Ok((StatusCode::NO_CONTENT, session::set_cookie(None, state.settings())))
}

/// The account whose own password was just asked for again, and is right. Tries are counted apart from those at sign-in,
/// which strangers can use up.
pub(crate) async fn with_own_password(state: &AppState, name: &str, password: String) -> Result<Staff, Refusal> {
    let store = state.store();
    let account = store.staff(name).await?;
    if !store.count_up_to(Scope::OwnPassword, name, MOST_WRONG_PASSWORDS).await? {
        return Err(ErrorCode::TooManyAttempts.into());
    }
    if !state.hashing().password_holds(password, Some(account.password_hash.clone())).await? {
        return Err(ErrorCode::BadCredentials.into());
    }
    store.forget_counted(Scope::OwnPassword, name).await?;
    Ok(account)
}

/// Changes one's own password. The session goes on, all others of the account end.
#[utoipa::path(put, path = "/api/session/password", tag = "session", request_body = PasswordRequest, responses(
    (status = 204, description = "Changed"),
    (status = 401, body = ErrorBody, description = "bad_credentials, not_signed_in"), (status = 403, body = ErrorBody),
    (status = 422, body = ErrorBody, description = "invalid_body"),
    (status = 429, body = ErrorBody, description = "too_many_attempts"),
))]
pub(crate) async fn change_password(
    State(state): State<AppState>,
    Signed(member): Signed,
    Body(request): Body<PasswordRequest>,
) -> Result<StatusCode, Refusal> {
    let store = state.store();
    if !wire::staff::PASSWORD_LENGTH.contains(&request.new.chars().count()) {
        return Err(Refusal::at(ErrorCode::InvalidBody, "/new", "out_of_range"));
    }
    let account = with_own_password(&state, member.name(), request.current).await?;
    let hash = state.hashing().hash_password(request.new).await?;
    match store.change_own_password(member.actor(), &account, &hash, Some(&member.session)).await {
        // What was asked for is not the password any more.
        Err(StoreError::RevisionMismatch) => return Err(ErrorCode::BadCredentials.into()),
        changed => changed?,
    }
    Ok(StatusCode::NO_CONTENT)
}
