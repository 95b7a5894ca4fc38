//! `/api/plans/{id}/comments`: the opinions that came with ballots, once nobody votes any more.

use axum::Json;
use axum::extract::State;
use wire::ErrorBody;
use wire::comment::{Comments, KeptComment};

use crate::names::{Asked, Names, Paging, plan_id};
use crate::refusal::Refusal;
use crate::session::Reader;
use crate::state::AppState;

/// The opinions, unit by unit, each unit's in an order that says nothing.
#[utoipa::path(get, path = "/api/plans/{id}/comments", tag = "voting", params(("id" = String, Path), Paging), responses(
    (status = 200, body = Comments),
    (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
    (status = 409, body = ErrorBody, description = "wrong_state: before closing"),
    (status = 422, body = ErrorBody, description = "invalid_body: a limit or cursor that is none"),
))]
pub(crate) async fn list(
    State(state): State<AppState>,
    Reader(_): Reader,
    Names(id): Names<String>,
    Asked(paging): Asked<Paging>,
) -> Result<Json<Comments>, Refusal> {
    let page = state.store().comments(&plan_id(&id)?, paging.limit(), paging.cursor()?.as_ref()).await?;
    let comment = |kept: store::KeptComment| {
        let (period, group) = kept.place.unzip();
        KeptComment { id: kept.id, unit: kept.unit, period, group, text: kept.text }
    };
    let comments = page.items.into_iter().map(comment).collect();
    Ok(Json(Comments { comments, next: page.next.map(|next| next.to_string()) }))
}
