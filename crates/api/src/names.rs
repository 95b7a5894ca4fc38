//! What stands in an address: ids, cursors and query strings.
//!
//! An id that cannot be one is simply not found.

use axum::extract::{FromRequestParts, Path, Query};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use serde::de::DeserializeOwned;
use store::{Cursor, PlanId, Revision};
use wire::ErrorCode;

use crate::limits::{MOST_ROWS, ROWS};
use crate::refusal::{Refusal, field};

/// The pieces of the path.
pub(crate) struct Names<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for Names<T> {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        let path = Path::<T>::from_request_parts(parts, state).await;
        path.map(|Path(names)| Names(names)).map_err(|_| ErrorCode::NotFound.into())
    }
}

/// The query string; unknown names in it are refused where the type refuses them.
pub(crate) struct Asked<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Asked<T> {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        let query = Query::<T>::from_request_parts(parts, state).await;
        query.map(|Query(asked)| Asked(asked)).map_err(|_| Refusal::at(ErrorCode::InvalidBody, "", "wrong_type"))
    }
}

/// The plan of a path.
pub(crate) fn plan_id(name: &str) -> Result<PlanId, Refusal> {
    PlanId::parse(name).ok_or_else(|| ErrorCode::NotFound.into())
}

/// `?cursor=` and `?limit=` of a list.
#[derive(serde::Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct Paging {
    /// `next` of the page before.
    pub(crate) cursor: Option<String>,
    /// Most rows of the page: 1 to 200, else 100.
    pub(crate) limit: Option<usize>,
}

impl Paging {
    pub(crate) fn limit(&self) -> usize {
        self.limit.unwrap_or(ROWS).clamp(1, MOST_ROWS)
    }

    pub(crate) fn cursor(&self) -> Result<Option<Cursor>, Refusal> {
        let Some(cursor) = &self.cursor else { return Ok(None) };
        match Cursor::parse(cursor) {
            Some(cursor) => Ok(Some(cursor)),
            None => Err(Refusal::with(ErrorCode::InvalidBody, vec![field("/cursor", "wrong_type")])),
        }
    }
}

/// A revision as an `ETag`.
pub(crate) fn etag(revision: Revision) -> [(header::HeaderName, String); 1] {
    [(header::ETAG, format!("\"{}\"", revision.0))]
}

/// The revision that a change is based on.
///
/// # Errors
/// 428 without `If-Match`, 412 for one that no revision of ours can match.
pub(crate) fn if_match(headers: &HeaderMap) -> Result<Revision, Refusal> {
    let value = headers.get(header::IF_MATCH).filter(|value| !value.is_empty()).ok_or(ErrorCode::RevisionRequired)?;
    let text = value.to_str().map_err(|_| ErrorCode::RevisionMismatch)?.trim();
    let number = text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(text);
    number.parse().map(Revision).map_err(|_| ErrorCode::RevisionMismatch.into())
}
