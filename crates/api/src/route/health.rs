//! `GET /api/health`: that this process answers. No credentials, no database.

use axum::Json;
use serde::Serialize;
use utoipa::ToSchema;

/// Answer of `GET /api/health`.
#[derive(Serialize, ToSchema)]
pub(crate) struct Health {
    /// `ok`
    status: &'static str,
}

/// That this process answers.
#[utoipa::path(get, path = "/api/health", tag = "service", responses((status = 200, body = Health)))]
pub(crate) async fn health() -> Json<Health> {
    Json(Health { status: "ok" })
}
