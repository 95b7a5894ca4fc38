//! `GET /api/health`: that this process answers, and that its disk takes what is written. No credentials.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;
use wire::{ErrorBody, ErrorCode};

use crate::refusal::Refusal;
use crate::state::{AppState, Disk};

/// Answer of `GET /api/health`.
#[derive(Serialize, ToSchema)]
pub(crate) struct Health {
    /// `ok`
    status: &'static str,
}

/// That this process answers, and that its disk takes what is written.
#[utoipa::path(get, path = "/api/health", tag = "service", responses(
    (status = 200, body = Health),
    (status = 503, body = ErrorBody, description = "disk_full, disk_unwritable"),
))]
pub(crate) async fn health(State(state): State<AppState>) -> Result<Json<Health>, Refusal> {
    let disk = match &state.settings().disk {
        Some(look) => look.now().await,
        None => Disk::Writable,
    };
    match disk {
        Disk::Writable => Ok(Json(Health { status: "ok" })),
        Disk::Full => Err(ErrorCode::DiskFull.into()),
        Disk::Unwritable => Err(ErrorCode::DiskUnwritable.into()),
    }
}
