//! `/api/templates`: what a new plan can start from.

use axum::Json;
use axum::http::header;
use axum::response::IntoResponse;
use scoring::json::Value;
use scoring::templates::{self, Template};
use wire::plan::{TemplateNote, TemplateSummary};
use wire::{ErrorBody, ErrorCode};

use crate::names::Names;
use crate::refusal::Refusal;
use crate::session::PlanReader;

/// Every template.
#[utoipa::path(get, path = "/api/templates", tag = "plans", responses(
    (status = 200, body = [TemplateSummary]),
    (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
))]
pub(crate) async fn list(PlanReader(_): PlanReader) -> Json<Vec<TemplateSummary>> {
    let summary = |template: &Template| TemplateSummary {
        id: template.id.to_owned(),
        title: title(template.document),
        source: template.source.to_owned(),
    };
    Json(templates::all().iter().map(summary).collect())
}

fn title(document: &str) -> String {
    let document = Value::parse(document.as_bytes()).ok();
    document.as_ref().and_then(|plan| plan.get("title")?.as_str()).unwrap_or_default().to_owned()
}

/// A plan document.
#[utoipa::path(get, path = "/api/templates/{id}", tag = "plans", params(("id" = String, Path)), responses(
    (status = 200, body = scoring::PlanDocument),
    (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
))]
pub(crate) async fn get(PlanReader(_): PlanReader, Names(id): Names<String>) -> Result<impl IntoResponse, Refusal> {
    let template = templates::find(&id).ok_or(ErrorCode::NotFound)?;
    Ok(([(header::CONTENT_TYPE, "application/json")], template.document))
}

/// Which clause each figure comes from, and whether the document gives it.
#[utoipa::path(get, path = "/api/templates/{id}/notes", tag = "plans", params(("id" = String, Path)), responses(
    (status = 200, body = [TemplateNote]),
    (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
))]
pub(crate) async fn notes(PlanReader(_): PlanReader, Names(id): Names<String>) -> Result<impl IntoResponse, Refusal> {
    let template = templates::find(&id).ok_or(ErrorCode::NotFound)?;
    Ok(([(header::CONTENT_TYPE, "application/json")], template.notes))
}
