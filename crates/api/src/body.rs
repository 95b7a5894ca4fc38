//! Bodies of requests: size, syntax, shape, in this order.
//!
//! Owns the extractors [`Document`] (a JSON tree) and [`Body`] (a type of `wire`). Refuses to own
//! what a body means.

use axum::body::{Bytes, to_bytes};
use axum::extract::{FromRequest, Request};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use document::{Read, Tree, Value, read_strictly};
use http_body_util::BodyExt;
use wire::ErrorCode;

use crate::limits::{MOST_BALLOT_BYTES, MOST_BYTES, MOST_DISCARDED};
use crate::refusal::Refusal;

fn most_bytes(path: &str) -> usize {
    if path == "/api/ballots" || path.starts_with("/ballot/") { MOST_BALLOT_BYTES } else { MOST_BYTES }
}

/// Reads every body before anything answers. A client that is still sending would lose an answer
/// that comes early, so what is too large is read to its end and thrown away, and refused then.
pub(crate) async fn read_whole(request: Request, next: Next) -> Response {
    let (parts, mut body) = request.into_parts();
    let most = most_bytes(parts.uri.path());
    let mut bytes = Vec::new();
    let mut size = 0usize;
    while let Some(frame) = body.frame().await {
        // A connection that broke needs no answer.
        let Ok(frame) = frame else { return Refusal::from(ErrorCode::MalformedJson).into_response() };
        let Ok(data) = frame.into_data() else { continue };
        size += data.len();
        if size <= most {
            bytes.extend_from_slice(&data);
        } else {
            bytes = Vec::new();
        }
        if size > MOST_DISCARDED {
            break;
        }
    }
    if size > most {
        return Refusal::from(ErrorCode::BodyTooLarge).into_response();
    }
    next.run(Request::from_parts(parts, bytes.into())).await
}

/// The body, which [`read_whole`] has read and found short enough.
pub(crate) async fn bytes(request: Request) -> Result<Bytes, Refusal> {
    to_bytes(request.into_body(), MOST_BALLOT_BYTES).await.map_err(|_| ErrorCode::BodyTooLarge.into())
}

/// A JSON tree: any JSON value.
pub(crate) struct Document(pub(crate) Value);

impl<S: Send + Sync> FromRequest<S> for Document {
    type Rejection = Refusal;

    async fn from_request(request: Request, _: &S) -> Result<Self, Refusal> {
        Value::parse(&bytes(request).await?).map(Document).map_err(|_| ErrorCode::MalformedJson.into())
    }
}

/// A typed body.
pub(crate) struct Body<T>(pub(crate) T);

impl<S: Send + Sync, T: Read> FromRequest<S> for Body<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, _: &S) -> Result<Self, Refusal> {
        read(&bytes(request).await?).map(Body)
    }
}

/// A typed body that may be left out altogether: it then counts as `{}`.
pub(crate) struct OptionalBody<T>(pub(crate) T);

impl<S: Send + Sync, T: Read> FromRequest<S> for OptionalBody<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, _: &S) -> Result<Self, Refusal> {
        let bytes = bytes(request).await?;
        read(if bytes.is_empty() { b"{}" } else { &bytes }).map(OptionalBody)
    }
}

/// A text as a type of `wire`.
fn read<T: Read>(text: &[u8]) -> Result<T, Refusal> {
    let tree = Tree::parse_borrowed(text).map_err(|_| ErrorCode::MalformedJson)?;
    shaped(&tree)
}

/// A tree as a type of `wire`; all faults of its shape are told.
pub(crate) fn shaped<T: Read>(tree: &Tree<'_>) -> Result<T, Refusal> {
    read_strictly(tree).map_err(|problems| Refusal::problems(ErrorCode::InvalidBody, problems))
}
