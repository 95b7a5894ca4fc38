//! Bodies of requests: when they are read, how much of them, for how long; then size, syntax, shape, in this order.
//!
//! Owns the extractors [`Document`] (a JSON tree), [`Body`] (a type of `wire`) and [`Raw`] (bytes). Refuses to own
//! what a body means.
//!
//! A handler's body is its last extractor: who asks, and for what, is known before a byte is read. What nobody wants
//! is thrown away as it comes. Small bodies are bounded by the number of connections; larger ones share a budget of
//! bytes, which each keeps until its answer is made, for its tree takes several times its size. Staff have a budget of
//! their own, so that slow strangers do not keep an office from saving its plan.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::body::{Body as Incoming, Bytes};
use axum::extract::{FromRequest, Request, State};
use axum::http::header::{CONTENT_LENGTH, EXPECT};
use axum::middleware::Next;
use axum::response::Response;
use document::{Read, Tree, Value, read_strictly};
use http_body_util::BodyExt;
use tokio::time::{Instant, timeout_at};
use wire::ErrorCode;
use wire::file::MOST_BYTES as MOST_FILE_BYTES;
use wire::profile::MOST_PHOTO_BYTES;

use crate::large_bodies::{LargeBodies, Share};
use crate::limits::{
    BODY_GRACE, BODY_RATE, MOST_BALLOT_BYTES, MOST_BYTES, MOST_DISCARDED, MOST_SMALL_BYTES, MOST_UNKNOWN_BYTES,
};
use crate::refusal::Refusal;
use crate::state::{AppState, BodyReading};

/// How much of a body a route takes, and whether staff alone get as far as sending one. What anybody may send is small,
/// but for ballots.
fn most_bytes(path: &str) -> (usize, bool) {
    match path {
        "/api/ballots" => (MOST_BALLOT_BYTES, false),
        "/api/session" | "/api/ballot-paper" | "/api/tokens" | "/api/open-codes" => (MOST_UNKNOWN_BYTES, false),
        path if path.starts_with("/ballot/") => (MOST_BALLOT_BYTES, false),
        path if path.starts_with("/api/public/") => (MOST_UNKNOWN_BYTES, false),
        path if path.starts_with("/api/plans/") && path.ends_with("/files") => (MOST_FILE_BYTES, true),
        path if path.starts_with("/api/profiles/") && path.ends_with("/photos") => (MOST_PHOTO_BYTES, true),
        _ => (MOST_BYTES, true),
    }
}

/// A body that has not been read yet, in the request's extensions.
struct Arriving {
    body: Mutex<Option<Incoming>>,
    /// Bytes that were announced.
    announced: Option<usize>,
    most: usize,
    large_bodies: LargeBodies,
    /// The body's part of the budget, until the answer is made.
    share: Mutex<Option<Share>>,
    /// Says to whoever has the connection that the sender keeps the server waiting.
    reading: Arc<AtomicBool>,
    began: Instant,
}

/// Says that a body is being read, for as long as it is there.
struct Reading<'a>(&'a AtomicBool);

impl<'a> Reading<'a> {
    fn of(flag: &'a AtomicBool) -> Reading<'a> {
        flag.store(true, Ordering::Relaxed);
        Reading(flag)
    }
}

impl Drop for Reading<'_> {
    fn drop(&mut self) {
        self.0.store(false, Ordering::Relaxed);
    }
}

impl Arriving {
    fn take(&self) -> Option<Incoming> {
        self.body.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// What comes next of the body; `None` at its end. A sender gets some time, more the more has come, and what it
    /// was made to wait.
    async fn next(&self, body: &mut Incoming, received: usize, waited: Duration) -> Result<Option<Bytes>, Refusal> {
        let end = self.began + waited + BODY_GRACE + Duration::from_secs((received / BODY_RATE) as u64);
        loop {
            match timeout_at(end, body.frame()).await {
                Err(_) => return Err(ErrorCode::RequestTimeout.into()),
                // A connection that broke needs no answer.
                Ok(Some(Err(_))) => return Err(ErrorCode::MalformedJson.into()),
                Ok(None) => return Ok(None),
                Ok(Some(Ok(frame))) => {
                    if let Ok(data) = frame.into_data() {
                        return Ok(Some(data));
                    }
                }
            }
        }
    }

    /// Reads the body, if it is not too large.
    async fn read(&self) -> Result<Bytes, Refusal> {
        if self.announced.is_some_and(|announced| announced > self.most) {
            return Err(ErrorCode::BodyTooLarge.into());
        }
        let Some(mut body) = self.take() else { return Ok(Bytes::new()) };
        let _reading = Reading::of(&self.reading);
        let mut bytes = Vec::with_capacity(self.announced.unwrap_or(0).min(MOST_SMALL_BYTES));
        let mut waited = Duration::ZERO;
        while let Some(data) = self.next(&mut body, bytes.len(), waited).await? {
            if bytes.len() + data.len() > self.most {
                self.body.lock().unwrap_or_else(PoisonError::into_inner).replace(body);
                return Err(ErrorCode::BodyTooLarge.into());
            }
            if bytes.len() + data.len() > MOST_SMALL_BYTES {
                let asked = Instant::now();
                self.share_budget().await?;
                waited += asked.elapsed();
            }
            bytes.extend_from_slice(&data);
        }
        Ok(bytes.into())
    }

    /// Waits until there is room for a large body.
    async fn share_budget(&self) -> Result<(), Refusal> {
        if self.share.lock().unwrap_or_else(PoisonError::into_inner).is_some() {
            return Ok(());
        }
        let size = self.announced.unwrap_or(self.most);
        let share = timeout_at(Instant::now() + BODY_GRACE, self.large_bodies.share(size)).await;
        let share = share.ok().flatten().ok_or(ErrorCode::Unavailable)?;
        *self.share.lock().unwrap_or_else(PoisonError::into_inner) = Some(share);
        Ok(())
    }

    /// Throws away what nobody read: a client that is still sending would lose an answer that comes early.
    async fn discard(&self) {
        let Some(mut body) = self.take() else { return };
        let _reading = Reading::of(&self.reading);
        let mut size = 0;
        while let Ok(Some(data)) = self.next(&mut body, 0, Duration::ZERO).await {
            size += data.len();
            if size > MOST_DISCARDED {
                return;
            }
        }
    }
}

/// Holds a request's body back until a handler asks for it.
pub(crate) async fn read_late(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let announced = parts.headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    // Whoever asks before sending is told no before sending.
    let asks_first = parts.headers.contains_key(EXPECT);
    let (most, is_of_staff) = most_bytes(parts.uri.path());
    let budgets = state.large_bodies();
    let arriving = Arc::new(Arriving {
        body: Mutex::new(Some(body)),
        announced,
        most,
        large_bodies: if is_of_staff { budgets.of_staff.clone() } else { budgets.of_anybody.clone() },
        share: Mutex::new(None),
        reading: parts.extensions.get::<BodyReading>().map(|reading| Arc::clone(&reading.0)).unwrap_or_default(),
        began: Instant::now(),
    });
    parts.extensions.insert(Arc::clone(&arriving));
    let answer = next.run(Request::from_parts(parts, Incoming::empty())).await;
    if !(asks_first && announced.is_some()) {
        arriving.discard().await;
    }
    answer
}

/// The body, which [`read_late`] has held back.
pub(crate) async fn bytes(request: Request) -> Result<Bytes, Refusal> {
    match request.extensions().get::<Arc<Arriving>>().map(Arc::clone) {
        Some(arriving) => arriving.read().await,
        None => Err(crate::refusal::internal("a body was asked for that was not held back")),
    }
}

/// Bytes as they came.
pub(crate) struct Raw(pub(crate) Bytes);

impl<S: Send + Sync> FromRequest<S> for Raw {
    type Rejection = Refusal;

    async fn from_request(request: Request, _: &S) -> Result<Self, Refusal> {
        bytes(request).await.map(Raw)
    }
}

/// A JSON tree: any JSON value.
pub(crate) struct Document(pub(crate) Value);

impl<S: Send + Sync> FromRequest<S> for Document {
    type Rejection = Refusal;

    async fn from_request(request: Request, _: &S) -> Result<Self, Refusal> {
        Value::parse(&bytes(request).await?).map(Document).map_err(|_| ErrorCode::MalformedJson.into())
    }
}

/// A JSON tree that may be left out altogether.
pub(crate) struct OptionalDocument(pub(crate) Option<Value>);

impl<S: Send + Sync> FromRequest<S> for OptionalDocument {
    type Rejection = Refusal;

    async fn from_request(request: Request, _: &S) -> Result<Self, Refusal> {
        let bytes = bytes(request).await?;
        if bytes.is_empty() {
            return Ok(OptionalDocument(None));
        }
        Value::parse(&bytes).map(Some).map(OptionalDocument).map_err(|_| ErrorCode::MalformedJson.into())
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
    let value = Value::parse_borrowed(text).map_err(|_| ErrorCode::MalformedJson)?;
    shaped(&value.tree())
}

/// A tree as a type of `wire`; all faults of its shape are told.
fn shaped<T: Read>(tree: &Tree<'_>) -> Result<T, Refusal> {
    read_strictly(tree).map_err(|problems| Refusal::problems(ErrorCode::InvalidBody, problems))
}
