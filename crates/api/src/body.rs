//! Bodies of requests: size, syntax, shape, in this order.
//!
//! Owns the extractors [`Document`] (a JSON tree) and [`Body`] (a type of `wire`). Refuses to own
//! what a body means.

use axum::body::{Bytes, to_bytes};
use axum::extract::{FromRequest, Request};
use axum::http::header;
use scoring::json::Value;
use serde::de::DeserializeOwned;
use wire::ErrorCode;

use crate::refusal::{Refusal, problem_field};
use crate::typed;

/// Most bytes of a body. A ballot of 25,000 marks fits; so does a Lambda's payload.
pub(crate) const MOST_BYTES: usize = 5 * 1024 * 1024;

/// Most bytes of a plan's text: one of 300 KiB may be written with blanks between.
pub(crate) const MOST_PLAN_BYTES: usize = 1024 * 1024;

/// Reads a body of at most `most` bytes.
async fn bytes(request: Request, most: usize) -> Result<Bytes, Refusal> {
    let announced = request
        .headers()
        .get(header::CONTENT_LENGTH)
        .and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    if announced.is_some_and(|length| length > most as u64) {
        return Err(ErrorCode::BodyTooLarge.into());
    }
    to_bytes(request.into_body(), most).await.map_err(|_| ErrorCode::BodyTooLarge.into())
}

fn parse(bytes: &[u8]) -> Result<Value, Refusal> {
    Value::parse(bytes).map_err(|_| ErrorCode::MalformedJson.into())
}

/// A JSON tree: any JSON value of at most [`MOST_PLAN_BYTES`].
pub(crate) struct Document(pub(crate) Value);

impl<S: Send + Sync> FromRequest<S> for Document {
    type Rejection = Refusal;

    async fn from_request(request: Request, _: &S) -> Result<Self, Refusal> {
        Ok(Document(parse(&bytes(request, MOST_PLAN_BYTES).await?)?))
    }
}

/// A typed body.
pub(crate) struct Body<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, _: &S) -> Result<Self, Refusal> {
        let value = parse(&bytes(request, MOST_BYTES).await?)?;
        shaped(&value).map(Body)
    }
}

/// A typed body that may be left out altogether: it then counts as `{}`.
pub(crate) struct OptionalBody<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for OptionalBody<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, _: &S) -> Result<Self, Refusal> {
        let bytes = bytes(request, MOST_BYTES).await?;
        let value = if bytes.is_empty() { Value::Object(Vec::new()) } else { parse(&bytes)? };
        shaped(&value).map(OptionalBody)
    }
}

/// A JSON tree of at most [`MOST_BYTES`], for ballots: the number of marks is looked at before the
/// marks are.
pub(crate) struct LargeDocument(pub(crate) Value);

impl<S: Send + Sync> FromRequest<S> for LargeDocument {
    type Rejection = Refusal;

    async fn from_request(request: Request, _: &S) -> Result<Self, Refusal> {
        Ok(LargeDocument(parse(&bytes(request, MOST_BYTES).await?)?))
    }
}

/// A tree as a type of `wire`.
pub(crate) fn shaped<T: DeserializeOwned>(value: &Value) -> Result<T, Refusal> {
    typed::read(value).map_err(|problem| Refusal::with(ErrorCode::InvalidBody, vec![problem_field(problem)]))
}
