//! `/api/plans/{id}/calendar`: what is due, by office, and what is late.

use axum::Json;
use axum::extract::State;
use wire::ErrorBody;
use wire::calendar::{Calendar, DueKind};

use crate::names::{Names, plan_id};
use crate::refusal::Refusal;
use crate::session::RecordReader;
use crate::state::AppState;

/// When rounds open and close, which entries of which office are due, the last days of items of rectification and of cases
/// that are not done, and what is late. An account of one office is told of its own entries alone, and of no items and cases.
#[utoipa::path(get, path = "/api/plans/{id}/calendar", tag = "plans", params(("id" = String, Path)), responses(
    (status = 200, body = Calendar),
    (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
))]
pub(crate) async fn get(
    State(state): State<AppState>,
    RecordReader(member): RecordReader,
    Names(id): Names<String>,
) -> Result<Json<Calendar>, Refusal> {
    let mut calendar = state.store().calendar(&plan_id(&id)?).await?;
    if let Some(office) = member.reads_only() {
        calendar.due.retain(|due| match due.what {
            DueKind::Opens | DueKind::Closes => true,
            DueKind::Entries => due.office.as_deref() == Some(office),
            DueKind::Rectification | DueKind::Cases => false,
        });
    }
    Ok(Json(calendar))
}
