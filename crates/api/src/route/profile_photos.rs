//! `/api/profiles/{name}/photos` and `/api/public/units/{name}/photos/{file}`: photos of a unit's people.
//!
//! Owns what a photo may be, and who is shown which. Refuses to own what is kept (`store`), and what a content is (`files`).

use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use files::Kind;
use store::Photo;
use wire::file::{FileKept, is_file};
use wire::profile::PublicProfile;
use wire::{ErrorBody, ErrorCode};

use crate::body::Raw;
use crate::names::Names;
use crate::refusal::Refusal;
use crate::route::files::NOTHING;
use crate::route::profiles::{check_name, check_own, released};
use crate::route::public::CACHE;
use crate::session::{ItemReporter, UnitReader};
use crate::state::AppState;

/// Takes a photo of somebody at a unit: JPEG, PNG or WebP, by its content, of 300 KB at most. The same photo again is
/// answered the same. A profile names it by `file`; until then, and until the office releases the people, the public does
/// not see it.
#[utoipa::path(post, path = "/api/profiles/{name}/photos", tag = "follow-up", params(("name" = String, Path)),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"), responses(
    (status = 201, body = FileKept),
    (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
    (status = 409, body = ErrorBody, description = "list_full"),
    (status = 413, body = ErrorBody, description = "body_too_large: above 300 KB"),
    (status = 422, body = ErrorBody, description = "wrong_content"),
    (status = 503, body = ErrorBody, description = "unavailable: it cannot be kept now, and nothing of it is"),
))]
pub(crate) async fn post(
    State(state): State<AppState>,
    ItemReporter(member): ItemReporter,
    Names(name): Names<String>,
    Raw(content): Raw,
) -> Result<(StatusCode, Json<FileKept>), Refusal> {
    check_own(&member, &name)?;
    check_name(&name)?;
    let kind = Kind::of(&content).filter(|kind| matches!(kind, Kind::Jpeg | Kind::Png | Kind::Webp));
    let kind = kind.ok_or_else(|| Refusal::at(ErrorCode::WrongContent, "", "unknown_kind"))?;
    let photo = Photo { media_type: kind.media_type().to_owned(), content: content.to_vec() };
    let size = photo.content.len() as u64;
    let file = state.store().put_photo(member.actor(), &name, photo).await?;
    Ok((StatusCode::CREATED, Json(FileKept { file, size })))
}

/// A photo that was given for a unit, whether it is public or not: for whoever reads the unit's profile.
#[utoipa::path(get, path = "/api/profiles/{name}/photos/{file}", tag = "follow-up",
    params(("name" = String, Path), ("file" = String, Path)), responses(
    (status = 200, content((Vec<u8> = "image/jpeg"), (Vec<u8> = "image/png"), (Vec<u8> = "image/webp"))),
    (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
    (status = 503, body = ErrorBody, description = "unavailable"),
))]
pub(crate) async fn get(
    State(state): State<AppState>,
    UnitReader(member): UnitReader,
    Names((name, file)): Names<(String, String)>,
) -> Result<Response, Refusal> {
    check_own(&member, &name)?;
    picture(&state, &name, &file, "no-store").await
}

/// A photo of somebody whom the office released with the unit's people.
#[utoipa::path(get, path = "/api/public/units/{name}/photos/{file}", tag = "public",
    params(("name" = String, Path), ("file" = String, Path)), responses(
    (status = 200, content((Vec<u8> = "image/jpeg"), (Vec<u8> = "image/png"), (Vec<u8> = "image/webp"))),
    (status = 404, body = ErrorBody, description = "not_found: also where the people are not released"),
    (status = 503, body = ErrorBody, description = "unavailable"),
))]
pub(crate) async fn public(
    State(state): State<AppState>,
    Names((name, file)): Names<(String, String)>,
) -> Result<Response, Refusal> {
    let profile = released(state.store().profile(&name).await?).ok_or(ErrorCode::NotFound)?;
    if !shows(&profile, &file) {
        return Err(ErrorCode::NotFound.into());
    }
    picture(&state, &name, &file, CACHE).await
}

/// Whether a photo is of somebody whom the public reads of.
fn shows(profile: &PublicProfile, file: &str) -> bool {
    profile.staff.iter().flatten().any(|person| person.photo.as_deref() == Some(file))
}

/// A photo as a picture, which nothing else can be made of.
async fn picture(state: &AppState, name: &str, file: &str, kept: &'static str) -> Result<Response, Refusal> {
    if !is_file(file) {
        return Err(ErrorCode::NotFound.into());
    }
    let photo = state.store().photo(name, file).await?;
    let headers = [
        (header::CONTENT_TYPE, photo.media_type),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        (header::CONTENT_SECURITY_POLICY, NOTHING.to_owned()),
        (header::CACHE_CONTROL, kept.to_owned()),
    ];
    Ok((headers, photo.content).into_response())
}
