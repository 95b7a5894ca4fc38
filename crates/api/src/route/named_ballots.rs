//! `/api/plans/{id}/named-ballots`: who voted how in named groups, for inspectors.

use axum::Json;
use axum::extract::State;
use wire::ErrorBody;
use wire::named_ballot::{NamedBallot, NamedBallots};

use crate::names::{Asked, Names, Paging, plan_id};
use crate::refusal::Refusal;
use crate::session::Inspector;
use crate::state::AppState;

/// The ballots that name their voter, after closing. Each reading is an event in the plan's audit.
#[utoipa::path(get, path = "/api/plans/{id}/named-ballots", tag = "ballots", params(("id" = String, Path), Paging), responses(
    (status = 200, body = NamedBallots),
    (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
    (status = 409, body = ErrorBody, description = "wrong_state"),
    (status = 422, body = ErrorBody, description = "invalid_body: a limit or cursor that is none"),
))]
pub(crate) async fn list(
    State(state): State<AppState>,
    Inspector(member): Inspector,
    Names(id): Names<String>,
    Asked(paging): Asked<Paging>,
) -> Result<Json<NamedBallots>, Refusal> {
    let (id, cursor) = (plan_id(&id)?, paging.cursor()?);
    let page = state.store().named_ballots(member.actor(), &id, paging.limit(), cursor.as_ref()).await?;
    let ballots = page.items.into_iter().map(|ballot| NamedBallot {
        voter: ballot.voter,
        name: ballot.name,
        period: ballot.period,
        group: ballot.group,
        marks: ballot.marks,
    });
    Ok(Json(NamedBallots { ballots: ballots.collect(), next: page.next.map(|next| next.to_string()) }))
}
