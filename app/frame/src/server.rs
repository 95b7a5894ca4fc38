//! Talking to the server: one request, one answer or one refusal.
//!
//! Owns the mapping of what comes back to [`Answer`] and [`Refusal`], and the time a request may take.
//! Refuses to own retrying (whoever asks knows whether that is right) and the shapes (`wire`).

use std::pin::Pin;

use document::{Read, read_text};
use gloo_net::http::{Method, RequestBuilder};
use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use serde::Serialize;
use text::Text;
use wasm_bindgen::JsValue;
use web_sys::Blob;
use wire::{ErrorBody, ErrorCode};

use crate::limits::{PATIENCE, PATIENCE_FILE};
use crate::words::{Phrase, lang};

/// What came back from a request that was granted.
#[derive(Clone, Debug)]
pub struct Answer<A> {
    /// The body; `()` where there is none.
    pub body: A,
    /// The revision, for the `If-Match` of a later change.
    pub etag: Option<String>,
    /// 200, 201 or 204.
    pub status: u16,
}

/// Why a request brought nothing.
#[derive(Clone, PartialEq, Debug)]
pub enum Refusal {
    /// The server said no, and why.
    Said(ErrorBody),
    /// No answer: no network, or none in time.
    Unreachable,
    /// An answer that is not the API's: something between us and the server, or a newer server.
    Unreadable,
}

impl Refusal {
    /// The error's code, if the server gave one.
    pub fn code(&self) -> Option<ErrorCode> {
        match self {
            Refusal::Said(body) => Some(body.code),
            Refusal::Unreachable | Refusal::Unreadable => None,
        }
    }

    /// The refusal in words.
    pub fn phrase(&self) -> Phrase {
        self.text().into()
    }

    fn text(&self) -> Text {
        match self {
            Refusal::Said(body) => body.code.text(),
            Refusal::Unreachable => text::shell::UNREACHABLE,
            Refusal::Unreadable => text::shell::UNREADABLE,
        }
    }

    /// Whether the same request may succeed a little later.
    pub fn passes(&self) -> bool {
        match self {
            Refusal::Said(body) => {
                matches!(body.code, ErrorCode::Unavailable | ErrorCode::Internal | ErrorCode::TooManyAttempts)
            }
            Refusal::Unreachable | Refusal::Unreadable => true,
        }
    }
}

/// Asks for something: `server::get::<PlanList>("/api/plans").await`.
pub async fn get<A: Read>(path: &str) -> Result<Answer<A>, Refusal> {
    read(exchange(Method::GET, path, None, None).await?)
}

/// Posts a body.
pub async fn post<A: Read>(path: &str, body: &impl Serialize) -> Result<Answer<A>, Refusal> {
    read(exchange(Method::POST, path, Some(json(body)?), None).await?)
}

/// Posts a file as it is, under a name.
pub async fn post_file<A: Read>(path: &str, name: &str, file: &Blob) -> Result<Answer<A>, Refusal> {
    let name = String::from(js_sys::encode_uri_component(name));
    let body = Body { content: file.into(), kind: file.type_(), patience: PATIENCE_FILE };
    read(exchange(Method::POST, path, Some(body), Some(("X-File-Name", &name))).await?)
}

/// Puts a body, over the revision named by `etag` where the route wants one.
pub async fn put<A: Read>(path: &str, body: &impl Serialize, etag: Option<&str>) -> Result<Answer<A>, Refusal> {
    read(exchange(Method::PUT, path, Some(json(body)?), etag.map(|etag| ("If-Match", etag))).await?)
}

/// Puts something that must not be there yet.
pub async fn put_new<A: Read>(path: &str, body: &impl Serialize) -> Result<Answer<A>, Refusal> {
    read(exchange(Method::PUT, path, Some(json(body)?), Some(("If-None-Match", "*"))).await?)
}

/// Deletes; `body` carries the reason where the route wants one, else `&()`.
pub async fn delete<A: Read>(path: &str, body: &impl Serialize) -> Result<Answer<A>, Refusal> {
    let body = json(body)?;
    read(exchange(Method::DELETE, path, (body.content != "null").then_some(body), None).await?)
}

/// What a request carries.
struct Body {
    content: JsValue,
    /// Its `Content-Type`; empty where it is not known.
    kind: String,
    /// Milliseconds that the request may take.
    patience: u32,
}

fn json(body: &impl Serialize) -> Result<Body, Refusal> {
    let content = serde_json::to_string(body).map_err(|_| Refusal::Unreadable)?;
    Ok(Body { content: content.into(), kind: "application/json".to_owned(), patience: PATIENCE })
}

fn read<A: Read>(reply: Answer<String>) -> Result<Answer<A>, Refusal> {
    let text = if reply.body.is_empty() { "null" } else { &reply.body };
    let body = read_text(text).ok_or(Refusal::Unreadable)?;
    Ok(Answer { body, etag: reply.etag, status: reply.status })
}

/// The one place that sends anything. Its future is boxed: within that of each kind of answer, a bundle would have it
/// as often as it has kinds.
fn exchange<'a>(
    method: Method,
    path: &'a str,
    body: Option<Body>,
    header: Option<(&'a str, &'a str)>,
) -> Pin<Box<dyn Future<Output = Result<Answer<String>, Refusal>> + 'a>> {
    Box::pin(exchanged(method, path, body, header))
}

async fn exchanged(
    method: Method,
    path: &str,
    body: Option<Body>,
    header: Option<(&str, &str)>,
) -> Result<Answer<String>, Refusal> {
    let controller = web_sys::AbortController::new().map_err(|_| Refusal::Unreadable)?;
    let mut request = RequestBuilder::new(path)
        .method(method)
        .abort_signal(Some(&controller.signal()))
        .header("Accept", "application/json")
        .header("Accept-Language", lang().get_untracked().tag());
    if let Some((header, value)) = header {
        request = request.header(header, value);
    }
    let patience = body.as_ref().map_or(PATIENCE, |body| body.patience);
    let request = match body {
        Some(body) if body.kind.is_empty() => request.body(body.content),
        Some(body) => request.header("Content-Type", &body.kind).body(body.content),
        None => request.build(),
    }
    .map_err(|_| Refusal::Unreadable)?;

    let limit = Timeout::new(patience, move || controller.abort());
    let sent = request.send().await;
    let response = sent.map_err(|_| Refusal::Unreachable)?;
    let text = response.text().await;
    drop(limit);
    let text = text.map_err(|_| Refusal::Unreachable)?;
    let status = response.status();
    if (200..300).contains(&status) {
        return Ok(Answer { body: text, etag: response.headers().get("etag"), status });
    }
    Err(read_text(&text).map_or(Refusal::Unreadable, Refusal::Said))
}
