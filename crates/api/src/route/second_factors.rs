//! `/api/session/second-factor`: one's own second factor, from the first code to its removal.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use wire::second_factor::{
    NewSecondFactor, RecoveryCodes, SecondFactorCode, SecondFactorRemoval, SecondFactorStart, SecondFactorState,
};
use wire::{ErrorBody, ErrorCode};

use super::sessions::with_own_password;
use crate::body::Body;
use crate::refusal::Refusal;
use crate::second_factor::{
    Given, address, count_try, draw_recovery_codes, draw_secret, forget_tries, in_base32, step_of,
};
use crate::session::{SettingUp, Signed};
use crate::state::AppState;

/// Whether one has a second factor, and how many recovery codes are left.
#[utoipa::path(get, path = "/api/session/second-factor", tag = "session", responses(
    (status = 200, body = SecondFactorState),
    (status = 401, body = ErrorBody, description = "not_signed_in"),
))]
pub(crate) async fn get(
    State(state): State<AppState>,
    SettingUp(member): SettingUp,
) -> Result<Json<SecondFactorState>, Refusal> {
    let factor = state.store().staff(member.name()).await?.second_factor;
    let left = factor.as_ref().map_or(0, store::SecondFactor::recovery_codes);
    Ok(Json(SecondFactorState { set: factor.is_some(), recovery_codes: left as u64 }))
}

/// Begins to set up a second factor: a new secret, which is told this once and holds nothing yet.
#[utoipa::path(post, path = "/api/session/second-factor", tag = "session", request_body = SecondFactorStart, responses(
    (status = 201, body = NewSecondFactor),
    (status = 400, body = ErrorBody), (status = 401, body = ErrorBody, description = "bad_credentials, not_signed_in"),
    (status = 409, body = ErrorBody, description = "second_factor_state: there is one"),
    (status = 422, body = ErrorBody, description = "invalid_body"),
    (status = 429, body = ErrorBody, description = "too_many_attempts"),
))]
pub(crate) async fn start(
    State(state): State<AppState>,
    SettingUp(member): SettingUp,
    Body(request): Body<SecondFactorStart>,
) -> Result<(StatusCode, Json<NewSecondFactor>), Refusal> {
    let account = with_own_password(&state, member.name(), request.password).await?;
    let secret = draw_secret()?;
    state.store().begin_second_factor(&account, &secret).await?;
    let told = NewSecondFactor { secret: in_base32(secret), address: address(member.name(), secret) };
    Ok((StatusCode::CREATED, Json(told)))
}

/// Confirms the second factor that was begun by a first code: from now on it holds, and all other sessions have ended.
#[utoipa::path(put, path = "/api/session/second-factor", tag = "session", request_body = SecondFactorCode, responses(
    (status = 200, body = RecoveryCodes),
    (status = 400, body = ErrorBody), (status = 401, body = ErrorBody, description = "bad_one_time_code, not_signed_in"),
    (status = 409, body = ErrorBody, description = "second_factor_state: none was begun within 15 minutes, or there is one"),
    (status = 422, body = ErrorBody, description = "invalid_body"),
    (status = 429, body = ErrorBody, description = "too_many_attempts"),
))]
pub(crate) async fn confirm(
    State(state): State<AppState>,
    SettingUp(member): SettingUp,
    Body(request): Body<SecondFactorCode>,
) -> Result<Json<RecoveryCodes>, Refusal> {
    let store = state.store();
    let account = store.staff(member.name()).await?;
    let pending = account.pending_factor.as_deref().ok_or(ErrorCode::SecondFactorState)?;
    // Counted, for whoever holds a session may not be the one who was told the secret.
    count_try(store, &account).await?;
    let step = step_of(pending, &request.code, store.now().0)?.ok_or(ErrorCode::BadOneTimeCode)?;
    let codes = draw_recovery_codes()?;
    store.set_second_factor(member.actor(), &account, step, &codes, &member.session).await?;
    forget_tries(store, &account).await?;
    let recovery_codes = codes.iter().map(|code| wire::code::grouped(code)).collect();
    Ok(Json(RecoveryCodes { recovery_codes }))
}

/// Removes one's own second factor.
#[utoipa::path(delete, path = "/api/session/second-factor", tag = "session", request_body = SecondFactorRemoval, responses(
    (status = 204, description = "Removed"),
    (status = 400, body = ErrorBody), (status = 401, body = ErrorBody, description = "bad_credentials, bad_one_time_code, not_signed_in"), (status = 403, body = ErrorBody),
    (status = 409, body = ErrorBody, description = "second_factor_state: there is none"),
    (status = 422, body = ErrorBody, description = "invalid_body"),
    (status = 429, body = ErrorBody, description = "too_many_attempts"),
))]
pub(crate) async fn remove(
    State(state): State<AppState>,
    Signed(member): Signed,
    Body(request): Body<SecondFactorRemoval>,
) -> Result<StatusCode, Refusal> {
    let store = state.store();
    let account = with_own_password(&state, member.name(), request.password).await?;
    let given = Given::read(store, &account, &request.code).await?;
    if !store.remove_second_factor(member.actor(), member.name(), Some(given.proof())).await? {
        return Err(ErrorCode::BadOneTimeCode.into());
    }
    forget_tries(store, &account).await?;
    Ok(StatusCode::NO_CONTENT)
}
