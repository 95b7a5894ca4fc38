//! `/api/plans/{id}/audit`: every change by an office, chained by hash.

use axum::Json;
use axum::extract::State;
use wire::ErrorBody;
use wire::ledger::AuditPage;

use crate::names::{Asked, Names, Paging, plan_id};
use crate::refusal::Refusal;
use crate::session::Reader;
use crate::state::AppState;

/// The plan's audit chain, oldest first.
#[utoipa::path(get, path = "/api/plans/{id}/audit", tag = "records", params(("id" = String, Path), Paging), responses(
    (status = 200, body = AuditPage),
    (status = 401, body = ErrorBody), (status = 404, body = ErrorBody),
    (status = 422, body = ErrorBody, description = "invalid_body: a limit or cursor that is none"),
))]
pub(crate) async fn list(
    State(state): State<AppState>,
    Reader(_): Reader,
    Names(id): Names<String>,
    Asked(paging): Asked<Paging>,
) -> Result<Json<AuditPage>, Refusal> {
    let page = state.store().audit(&plan_id(&id)?, paging.limit(), paging.cursor()?.as_ref()).await?;
    Ok(Json(AuditPage { events: page.items, next: page.next.map(|next| next.to_string()) }))
}
