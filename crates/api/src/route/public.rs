//! `GET /api/public/{id}`: a published result for anybody, cacheable.

use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use store::{PlanId, Receipt};
use wire::result::{OpenGroup, Publication, ReceiptProof, Receipts};
use wire::{ErrorBody, ErrorCode};

use super::codes::group_turnout;
use super::plans::blind_keys;
use crate::names::{Names, plan_id};
use crate::refusal::{Refusal, internal};
use crate::state::AppState;

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
    let result = publication.result.to().ok_or_else(|| internal("a published result cannot be read"))?;
    let published = Publication {
        plan: publication.plan,
        plan_sha256: publication.plan_sha256,
        result,
        receipts: Receipts { root: publication.receipts.root, count: store::public_total(publication.receipts.count) },
        blind_keys: blind_keys(&state, &id).await?,
        open_groups: open_groups(&state, &id).await?,
    };
    Ok(([(header::CACHE_CONTROL, CACHE)], axum::Json(published)))
}

/// The open groups' codes by the hour.
async fn open_groups(state: &AppState, id: &PlanId) -> Result<Vec<OpenGroup>, Refusal> {
    let turnout = state.store().turnout(id).await?.into_iter().map(group_turnout);
    let open = turnout.filter(|group| !group.hours.is_empty());
    Ok(open.map(|group| OpenGroup { period: group.period, group: group.group, hours: group.hours }).collect())
}

/// That a receipt's ballot is among those that were counted.
#[utoipa::path(get, path = "/api/public/{id}/receipts/{receipt}", tag = "public",
    params(("id" = String, Path), ("receipt" = String, Path)), responses(
    (status = 200, body = ReceiptProof), (status = 404, body = ErrorBody),
))]
pub(crate) async fn receipt(
    State(state): State<AppState>,
    Names((id, receipt)): Names<(String, String)>,
) -> Result<impl IntoResponse, Refusal> {
    let receipt = Receipt::parse(&receipt).ok_or(ErrorCode::NotFound)?;
    let proof = state.store().receipt_proof(&plan_id(&id)?, &receipt).await?;
    // Whose receipt was asked for stays out of caches on the way.
    Ok(axum::Json(ReceiptProof {
        commitment: proof.commitment,
        index: proof.index,
        size: proof.size,
        path: proof.path,
    }))
}
