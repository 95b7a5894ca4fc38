//! `/api/plans/{id}/address`: the short word that leads to a ballot page.

use axum::Json;
use axum::extract::State;
use wire::ballot_address::{AddressRequest, ShortAddress};
use wire::{ErrorBody, ErrorCode};

use crate::body::OptionalBody;
use crate::names::{Names, plan_id};
use crate::refusal::{Refusal, field};
use crate::session::Planner;
use crate::state::AppState;

/// The word for `/b/{word}`, drawn when it is asked for first: it leads to the plan's ballot page, or to an open group's.
#[utoipa::path(post, path = "/api/plans/{id}/address", tag = "codes", params(("id" = String, Path)),
    request_body = Option<AddressRequest>, responses(
    (status = 200, body = ShortAddress),
    (status = 400, body = ErrorBody), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
    (status = 422, body = ErrorBody, description = "invalid_body: also a period or an open group that the plan does not have"),
))]
pub(crate) async fn make(
    State(state): State<AppState>,
    Planner(member): Planner,
    Names(id): Names<String>,
    OptionalBody(request): OptionalBody<AddressRequest>,
) -> Result<Json<ShortAddress>, Refusal> {
    let open = match (&request.period, &request.group) {
        (None, None) => None,
        (Some(period), Some(group)) => Some((period.as_str(), group.as_str())),
        (None, Some(_)) => return Err(missing("/period")),
        (Some(_), None) => return Err(missing("/group")),
    };
    let word = state.store().short_word(member.actor(), &plan_id(&id)?, open).await?;
    Ok(Json(ShortAddress { word }))
}

fn missing(path: &str) -> Refusal {
    Refusal::with(ErrorCode::InvalidBody, vec![field(path, "missing_field")])
}
