//! `/api/plans/{id}/documents/texts`: what the office writes into its papers.

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::IntoResponse;
use papers::TextFault;
use store::{PlanId, Revision};
use wire::paper_text::{PaperText, PaperTexts, PaperTextsKept, PaperTextsRequest};
use wire::{ErrorBody, ErrorCode, Field};

use crate::body::Body;
use crate::names::{Names, etag, if_match, plan_id};
use crate::refusal::Refusal;
use crate::session::{PaperWriter, Reader};
use crate::state::AppState;

async fn read(state: &AppState, plan: &PlanId) -> Result<(Revision, PaperTexts), Refusal> {
    let (revision, kept) = state.store().paper_texts(plan).await?;
    let text = |slot: &papers::TextSlot| PaperText {
        name: slot.name.to_owned(),
        text: kept.texts.get(slot.name).cloned(),
        default: slot.default.to_owned(),
        placeholders: slot.placeholders.iter().map(|name| (*name).to_owned()).collect(),
    };
    Ok((revision, PaperTexts { revision: revision.0, texts: papers::slots().iter().map(text).collect() }))
}

/// All texts of a plan's papers: what the office wrote, what stands until it does, and the placeholders of each.
#[utoipa::path(get, path = "/api/plans/{id}/documents/texts", tag = "documents", params(("id" = String, Path)), responses(
    (status = 200, body = PaperTexts, headers(("ETag" = String))),
    (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
))]
pub(crate) async fn get(
    State(state): State<AppState>,
    Reader(_): Reader,
    Names(id): Names<String>,
) -> Result<impl IntoResponse, Refusal> {
    let (revision, texts) = read(&state, &plan_id(&id)?).await?;
    Ok((etag(revision), Json(texts)))
}

/// Writes all texts anew; those that are left out are the default again.
#[utoipa::path(put, path = "/api/plans/{id}/documents/texts", tag = "documents",
    params(("id" = String, Path), ("If-Match" = Option<String>, Header)), request_body = PaperTextsRequest, responses(
    (status = 200, body = PaperTextsKept, headers(("ETag" = String))),
    (status = 400, body = ErrorBody), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
    (status = 412, body = ErrorBody, description = "revision_mismatch"),
    (status = 422, body = ErrorBody, description = "invalid_body: unknown_text, unknown_placeholder, out_of_range, each with its pointer"),
    (status = 428, body = ErrorBody, description = "revision_required"),
))]
pub(crate) async fn put(
    State(state): State<AppState>,
    PaperWriter(member): PaperWriter,
    Names(id): Names<String>,
    headers: HeaderMap,
    Body(request): Body<PaperTextsRequest>,
) -> Result<impl IntoResponse, Refusal> {
    let based_on = if_match(&headers)?;
    let fields: Vec<Field> = request.texts.iter().flat_map(|(name, text)| faults(name, text)).collect();
    if !fields.is_empty() {
        return Err(Refusal::with(ErrorCode::InvalidBody, fields));
    }
    let revision = state.store().put_paper_texts(member.actor(), &plan_id(&id)?, &request, based_on).await?;
    Ok((etag(revision), Json(PaperTextsKept { revision: revision.0 })))
}

fn faults(name: &str, text: &str) -> Vec<Field> {
    let path = scoring::json_pointer("/texts", name);
    let field = |fault| {
        let (code, detail) = match fault {
            TextFault::UnknownText => ("unknown_text", None),
            TextFault::OutOfRange => ("out_of_range", None),
            TextFault::UnknownPlaceholder(name) => ("unknown_placeholder", Some(name)),
        };
        Field { path: path.clone(), code: code.to_owned(), detail }
    };
    papers::faults(name, text).into_iter().map(field).collect()
}
