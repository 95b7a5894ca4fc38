//! `/api/plans/{id}/files`: evidence. Taken by content, given back as a download that nothing can run.
//!
//! Owns the check of name and content, and the headers of the download. Refuses to own what a content is (`files`) and what
//! is kept (`store`).

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use files::Kind;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use store::NewFile;
use wire::file::{FileKept, LONGEST_NAME, is_file};
use wire::{ErrorBody, ErrorCode};

use crate::body::Raw;
use crate::names::{Names, plan_id};
use crate::refusal::Refusal;
use crate::session::{FileGiver, RecordReader};
use crate::state::AppState;

/// The header that says what a file is called.
const NAME: &str = "X-File-Name";

/// What RFC 8187 lets stand in a name as it is.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// What a file may do where somebody opens it in the browser all the same: nothing.
pub(super) const NOTHING: &str = "default-src 'none'; sandbox";

/// What a file is called, by its header; `None` without one.
fn name_of(headers: &HeaderMap) -> Result<Option<String>, Refusal> {
    let Some(name) = headers.get(NAME) else { return Ok(None) };
    let refused = || Refusal::at(ErrorCode::InvalidBody, "/X-File-Name", "out_of_range");
    let name = percent_decode_str(name.to_str().map_err(|_| refused())?).decode_utf8().map_err(|_| refused())?;
    let name = name.trim();
    // Of its length alone a name of a plan may be shorter.
    let fault = scoring::names::fault(name).filter(|fault| *fault != scoring::ProblemCode::NameTooLong);
    let is_path = name.contains(['/', '\\']);
    if fault.is_some() || is_path || name.chars().count() > LONGEST_NAME {
        return Err(refused());
    }
    Ok(Some(name.to_owned()))
}

/// Whether a file may be called so: what it ends with is of its kind.
fn is_called(kind: Kind, name: &str) -> bool {
    name.rsplit_once('.').is_none_or(|(_, end)| kind.endings().contains(&end.to_ascii_lowercase().as_str()))
}

/// Whether a `Content-Type` may be that of a kind. Browsers that know none say that it is bytes.
fn is_typed(kind: Kind, headers: &HeaderMap) -> bool {
    let Some(said) = headers.get(header::CONTENT_TYPE) else { return true };
    let said = said.to_str().unwrap_or_default().split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let is_alias = match kind {
        Kind::Jpeg => said == "image/jpg",
        Kind::Text => said == "text/csv" || said == "text/markdown",
        _ => false,
    };
    said.is_empty() || said == "application/octet-stream" || said == kind.media_type() || is_alias
}

/// Takes a file for evidence: PDF, JPEG, PNG, WebP, DOCX, XLSX or plain text, by its content. The same file again is
/// answered the same.
#[utoipa::path(post, path = "/api/plans/{id}/files", tag = "records",
    params(("id" = String, Path), ("X-File-Name" = Option<String>, Header, description = "Percent-encoded")),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"), responses(
    (status = 201, body = FileKept),
    (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
    (status = 409, body = ErrorBody, description = "list_full"),
    (status = 413, body = ErrorBody, description = "body_too_large: above 4 MB"),
    (status = 422, body = ErrorBody, description = "wrong_content; invalid_body: a name that is none"),
    (status = 503, body = ErrorBody, description = "unavailable: it cannot be kept now, and nothing of it is"),
))]
pub(crate) async fn post(
    State(state): State<AppState>,
    FileGiver(member): FileGiver,
    Names(id): Names<String>,
    headers: HeaderMap,
    Raw(content): Raw,
) -> Result<(StatusCode, Json<FileKept>), Refusal> {
    let plan = plan_id(&id)?;
    let name = name_of(&headers)?;
    let kind = Kind::of(&content).ok_or_else(|| Refusal::at(ErrorCode::WrongContent, "", "unknown_kind"))?;
    let told = [
        ("/X-File-Name", name.as_deref().is_none_or(|name| is_called(kind, name))),
        ("/Content-Type", is_typed(kind, &headers)),
    ];
    let wrong: Vec<_> =
        told.into_iter().filter(|(_, fits)| !fits).map(|(path, _)| crate::refusal::field(path, "other_kind")).collect();
    if !wrong.is_empty() {
        return Err(Refusal::with(ErrorCode::WrongContent, wrong));
    }
    let usual = format!("file.{}", kind.endings()[0]);
    let file =
        NewFile { name: name.as_deref().unwrap_or(&usual), media_type: kind.media_type(), content: content.to_vec() };
    let size = file.content.len() as u64;
    let file = state.store().put_file(member.actor(), &plan, file).await?;
    Ok((StatusCode::CREATED, Json(FileKept { file, size })))
}

/// A file as a download. Whoever reads records of the plan may have it; its hash stands in those that name it.
#[utoipa::path(get, path = "/api/plans/{id}/files/{file}", tag = "records",
    params(("id" = String, Path), ("file" = String, Path)), responses(
    (status = 200, content(
        (Vec<u8> = "application/pdf"), (Vec<u8> = "image/jpeg"), (Vec<u8> = "image/png"), (Vec<u8> = "image/webp"),
        (Vec<u8> = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"), (Vec<u8> = "text/plain"),
    )),
    (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
    (status = 503, body = ErrorBody, description = "unavailable"),
))]
pub(crate) async fn get(
    State(state): State<AppState>,
    RecordReader(_): RecordReader,
    Names((id, file)): Names<(String, String)>,
) -> Result<Response, Refusal> {
    if !is_file(&file) {
        return Err(ErrorCode::NotFound.into());
    }
    let file = state.store().file(&plan_id(&id)?, &file).await?;
    let name = utf8_percent_encode(&file.name, ESCAPED);
    let headers = [
        (header::CONTENT_TYPE, file.media_type),
        (header::CONTENT_DISPOSITION, format!("attachment; filename*=UTF-8''{name}")),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        (header::CONTENT_SECURITY_POLICY, NOTHING.to_owned()),
    ];
    Ok((headers, file.content).into_response())
}
