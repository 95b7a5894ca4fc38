//! `/api/settings`: what holds for the whole installation.

use axum::Json;
use axum::extract::State;
use wire::ErrorBody;
use wire::settings::{Settings, SettingsChange};

use crate::body::Body;
use crate::refusal::Refusal;
use crate::session::{AccountReader, Administrator};
use crate::state::AppState;

/// The settings.
#[utoipa::path(get, path = "/api/settings", tag = "session", responses(
    (status = 200, body = Settings),
    (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
))]
pub(crate) async fn get(
    State(state): State<AppState>,
    AccountReader(_): AccountReader,
) -> Result<Json<Settings>, Refusal> {
    Ok(Json(state.store().settings().await?))
}

/// Changes settings: what the request names; the rest stays.
#[utoipa::path(put, path = "/api/settings", tag = "session", request_body = SettingsChange, responses(
    (status = 200, body = Settings),
    (status = 400, body = ErrorBody), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 422, body = ErrorBody, description = "invalid_body"),
))]
pub(crate) async fn put(
    State(state): State<AppState>,
    Administrator(member): Administrator,
    Body(request): Body<SettingsChange>,
) -> Result<Json<Settings>, Refusal> {
    Ok(Json(state.store().change_settings(member.actor(), &request).await?))
}
