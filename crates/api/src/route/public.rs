//! `GET /api/public/{id}`: a published result for anybody, cacheable.

use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use serde::Serialize;
use scoring::json::Value;
use wire::result::Publication;
use wire::ErrorBody;

use crate::names::{Names, plan_id};
use crate::refusal::Refusal;
use crate::state::AppState;

/// How long anybody may keep what has been published: it never changes.
pub(crate) const CACHE: &str = "public, max-age=300";

/// A publication as the store keeps it: the result stays the JSON that was published.
#[derive(Serialize)]
struct Published {
    plan: Value,
    plan_sha256: String,
    result: Value,
}

/// A published plan and its final result.
#[utoipa::path(get, path = "/api/public/{id}", tag = "public", params(("id" = String, Path)), responses(
    (status = 200, body = Publication), (status = 404, body = ErrorBody),
))]
pub(crate) async fn publication(
    State(state): State<AppState>,
    Names(id): Names<String>,
) -> Result<impl IntoResponse, Refusal> {
    let publication = state.store().publication(&plan_id(&id)?).await?;
    let published = Published {
        plan: publication.plan,
        plan_sha256: publication.plan_sha256,
        result: publication.result,
    };
    Ok(([(header::CACHE_CONTROL, CACHE)], axum::Json(published)))
}
