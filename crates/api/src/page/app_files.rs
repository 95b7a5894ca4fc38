//! The built app, out of its folder: shells, and assets with hashed names.
//!
//! Owns serving on the local server; in a deployment the assets come from elsewhere and only the
//! ballot's shell from here, because it carries the plan's title.

use std::path::{Component, Path as FilePath};

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use wire::ErrorCode;

use super::answer::refused;
use super::html::Escaped;
use crate::names::plan_id;
use crate::refusal::{Refusal, internal, language};
use crate::state::AppState;

/// Hashed names never change their content.
const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// The app's routes.
pub(crate) fn router() -> Router<AppState> {
    Router::new()
        .route("/", get(office))
        .route("/office", get(office))
        .route("/office/", get(office))
        .route("/office/{*rest}", get(office))
        .route("/public/{id}/verify", get(verify))
        .route("/verify-offline.html", get(verify_offline))
        .route("/ballot/{plan}", get(ballot))
        // As messengers leave the link of a card: the page finds the code in the address and takes it out.
        .route("/ballot/{plan}/", get(ballot))
        .route("/ballot/{plan}/{code}", get(ballot_after_slash))
        .route("/assets/{*name}", get(asset))
}

/// Reads a file below the app's folder; the name cannot leave it.
async fn read(state: &AppState, name: &str) -> Result<Vec<u8>, Refusal> {
    let folder = state.settings().app_dir.as_deref().ok_or(ErrorCode::NotFound)?;
    let name = FilePath::new(name);
    if !name.components().all(|part| matches!(part, Component::Normal(_))) {
        return Err(ErrorCode::NotFound.into());
    }
    let path = folder.join(name);
    match tokio::task::spawn_blocking(move || std::fs::read(path)).await {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(_)) => Err(ErrorCode::NotFound.into()),
        Err(_) => Err(internal("reading a file was cut short")),
    }
}

async fn shell(state: &AppState, name: &str) -> Result<String, Refusal> {
    let bytes = read(state, name).await?;
    String::from_utf8(bytes).map_err(|_| internal("a shell of the app is not UTF-8"))
}

async fn office(State(state): State<AppState>, headers: HeaderMap) -> Response {
    match shell(&state, "office.html").await {
        Ok(html) => ([(header::CACHE_CONTROL, "no-cache")], Html(html)).into_response(),
        Err(refusal) => refused(&refusal, language(&headers)),
    }
}

/// The ballot's shell with the plan's title in it, so that the first paint says what this is about.
async fn ballot(State(state): State<AppState>, Path(plan): Path<String>, headers: HeaderMap) -> Response {
    let filled = async {
        let id = plan_id(before_code(&plan))?;
        let head = state.store().plan_head(&id).await?;
        let shell = shell(&state, "ballot.html").await?;
        let title = Escaped(&head.title).to_string();
        Ok(shell.replace("{{plan_title}}", &title).replace("{{plan}}", id.as_str()))
    };
    match filled.await {
        Ok(html) => ([(header::CACHE_CONTROL, "no-cache")], Html(html)).into_response(),
        Err(refusal) => refused(&refusal, language(&headers)),
    }
}

/// The shell of the page on which readers recompute a result.
async fn verify(State(state): State<AppState>, Path(plan): Path<String>, headers: HeaderMap) -> Response {
    let filled = async {
        let id = plan_id(&plan)?;
        let head = state.store().plan_head(&id).await?;
        if !head.is_public() && head.announced.is_none() {
            return Err(ErrorCode::NotFound.into());
        }
        let shell = shell(&state, "verify.html").await?;
        let title = Escaped(&head.title).to_string();
        Ok::<_, Refusal>(shell.replace("{{plan_title}}", &title).replace("{{plan}}", id.as_str()))
    };
    match filled.await {
        Ok(html) => ([(header::CACHE_CONTROL, "no-cache")], Html(html)).into_response(),
        Err(refusal) => refused(&refusal, language(&headers)),
    }
}

/// The page that recomputes a chosen file, for a stick: its scripts stand in it, so it is kept and not opened here.
async fn verify_offline(State(state): State<AppState>, headers: HeaderMap) -> Response {
    let kept = (header::CONTENT_DISPOSITION, "attachment; filename=\"verify-offline.html\"");
    match shell(&state, "verify-offline.html").await {
        Ok(html) => ([kept, (header::CACHE_CONTROL, "no-cache")], Html(html)).into_response(),
        Err(refusal) => refused(&refusal, language(&headers)),
    }
}

/// A plan's id and nothing of a code whose `#` a messenger wrote as a part of the path.
pub(super) fn before_code(name: &str) -> &str {
    name.split(['#', '＃', '&', '?', '=']).next().unwrap_or_default()
}

async fn ballot_after_slash(
    state: State<AppState>,
    Path((plan, code)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    match before_code(&code) {
        "" => ballot(state, Path(plan), headers).await,
        _ => refused(&ErrorCode::NotFound.into(), language(&headers)),
    }
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("js") => "text/javascript; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("json") => "application/json",
        _ => "application/octet-stream",
    }
}

fn takes_brotli(headers: &HeaderMap) -> bool {
    let encodings = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or("");
    encodings.split(',').any(|encoding| {
        let mut parts = encoding.split(';').map(str::trim);
        parts.next() == Some("br") && !parts.any(|part| matches!(part, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
    })
}

async fn asset(State(state): State<AppState>, Path(name): Path<String>, headers: HeaderMap) -> Response {
    let kept = [
        (header::CONTENT_TYPE, content_type(&name)),
        (header::CACHE_CONTROL, FOR_EVER),
        (header::VARY, "accept-encoding"),
    ];
    if takes_brotli(&headers)
        && let Ok(bytes) = read(&state, &format!("assets/{name}.br")).await
    {
        return (StatusCode::OK, kept, [(header::CONTENT_ENCODING, "br")], bytes).into_response();
    }
    match read(&state, &format!("assets/{name}")).await {
        Ok(bytes) => (StatusCode::OK, kept, bytes).into_response(),
        Err(refusal) => refusal.into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brotli_is_sent_to_whom_takes_it() {
        let takes = |value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_ENCODING, value.parse().unwrap());
            takes_brotli(&headers)
        };
        assert!(takes("gzip, deflate, br, zstd"));
        assert!(takes("br;q=0.5"));
        assert!(!takes("gzip"));
        assert!(!takes("br;q=0, gzip"));
        assert!(!takes_brotli(&HeaderMap::new()));
    }
}
