//! `/api/plans/{id}/audit` and `/api/staff/audit/export`: every change by an office, chained by hash.

use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::IntoResponse;
use futures_util::stream;
use store::{Cursor, PlanId, StoreError};
use wire::ErrorBody;
use wire::audit::{ACCOUNTS, AuditExport, CLOSING, line, opening};
use wire::ledger::AuditPage;

use crate::limits::EXPORTED_AT_ONCE;
use crate::names::{Asked, Names, Paging, plan_id};
use crate::refusal::Refusal;
use crate::session::{AccountReader, Reader};
use crate::state::AppState;

/// The plan's audit chain, oldest first.
#[utoipa::path(get, path = "/api/plans/{id}/audit", tag = "records", params(("id" = String, Path), Paging), responses(
    (status = 200, body = AuditPage),
    (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
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

/// The plan's whole chain as one document, for `pingyi audit`.
#[utoipa::path(get, path = "/api/plans/{id}/audit/export", tag = "records", params(("id" = String, Path)), responses(
    (status = 200, body = AuditExport), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
))]
pub(crate) async fn export(
    State(state): State<AppState>,
    Reader(_): Reader,
    Names(id): Names<String>,
) -> Result<impl IntoResponse, Refusal> {
    let id = plan_id(&id)?;
    state.store().plan_head(&id).await?;
    Ok(exported(state, Log::Plan(id)))
}

/// The whole chain of changes to the accounts as one document, for `pingyi audit`.
#[utoipa::path(get, path = "/api/staff/audit/export", tag = "staff", responses(
    (status = 200, body = AuditExport), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
))]
pub(crate) async fn export_accounts(
    State(state): State<AppState>,
    AccountReader(_): AccountReader,
) -> Result<impl IntoResponse, Refusal> {
    Ok(exported(state, Log::Accounts))
}

enum Log {
    Plan(PlanId),
    Accounts,
}

impl Log {
    fn name(&self) -> &str {
        match self {
            Log::Plan(id) => id.as_str(),
            Log::Accounts => ACCOUNTS,
        }
    }
}

/// What comes next of an export.
enum Next {
    Opening,
    Events(Option<Cursor>),
    Nothing,
}

/// A chain that is written as it is read. A reading that fails breaks the answer off: what was saved of it is told to be
/// cut.
fn exported(state: AppState, log: Log) -> impl IntoResponse {
    let name = format!("attachment; filename=\"audit-{}.json\"", log.name());
    let parts = stream::try_unfold((state, log, Next::Opening), |(state, log, next)| async move {
        match next {
            Next::Opening => Ok(Some((opening(log.name()), (state, log, Next::Events(None))))),
            Next::Events(after) => {
                let page = match &log {
                    Log::Plan(id) => state.store().audit(id, EXPORTED_AT_ONCE, after.as_ref()).await?,
                    Log::Accounts => state.store().account_audit(EXPORTED_AT_ONCE, after.as_ref()).await?,
                };
                let mut text = String::new();
                for event in &page.items {
                    text.push_str(&line(event, event.sequence == 1));
                }
                let next = match page.next {
                    Some(next) => Next::Events(Some(next)),
                    None => {
                        text.push_str(CLOSING);
                        Next::Nothing
                    }
                };
                Ok(Some((text, (state, log, next))))
            }
            Next::Nothing => Ok::<_, StoreError>(None),
        }
    });
    ([(CONTENT_TYPE, "application/json".to_owned()), (CONTENT_DISPOSITION, name)], Body::from_stream(parts))
}
