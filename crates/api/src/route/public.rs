//! `GET /api/public/{id}`: a published result for anybody, cacheable.

use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use wire::ErrorBody;
use wire::result::Publication;

use super::plans::blind_keys;
use crate::names::{Names, plan_id};
use crate::refusal::{Refusal, internal};
use crate::state::AppState;
use crate::typed;

/// How long anybody may keep what has been published: it never changes.
pub(crate) const CACHE: &str = "public, max-age=300";

/// A published plan and its final result.
#[utoipa::path(get, path = "/api/public/{id}", tag = "public", params(("id" = String, Path)), responses(
    (status = 200, body = Publication), (status = 404, body = ErrorBody),
))]
pub(crate) async fn publication(
    State(state): State<AppState>,
    Names(id): Names<String>,
) -> Result<impl IntoResponse, Refusal> {
    let id = plan_id(&id)?;
    let publication = state.store().publication(&id).await?;
    // The store keeps no null members; the result document has them.
    let result = typed::read(&publication.result).map_err(|_| internal("a published result cannot be read"))?;
    let published = Publication {
        plan: publication.plan,
        plan_sha256: publication.plan_sha256,
        result,
        blind_keys: blind_keys(&state, &id).await?,
    };
    Ok(([(header::CACHE_CONTROL, CACHE)], axum::Json(published)))
}
