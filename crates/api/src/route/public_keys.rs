//! `/api/public/{id}/keys`: the keys of blind groups and their fingerprints, for anybody, before and while voting.
//!
//! Owns what is told of them. Refuses to own the keys (`store`), and their secret halves, which a publication tells.

use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use scoring::json::Value;
use store::State as PlanState;
use wire::blind_key::{PublicKey, PublicKeys, fingerprint};
use wire::{ErrorBody, ErrorCode};

use super::plans::blind_keys;
use crate::names::{Names, plan_id};
use crate::refusal::{Refusal, internal};
use crate::state::AppState;

/// How long the list may be kept: a draft's grows with its first codes, and what others keep is a witness.
pub(crate) const KEYS_CACHE: &str = "public, max-age=60";

/// The name that a list of a plan document gives an id; the draft may be in pieces.
fn name_of(plan: &Value, list: &str, id: &str) -> String {
    let Some(Value::List(elements)) = plan.get(list) else { return id.to_owned() };
    let found = elements.iter().find(|element| element.get("id").and_then(Value::as_str) == Some(id));
    found.and_then(|element| element.get("name")).and_then(Value::as_str).unwrap_or(id).to_owned()
}

/// The keys of a plan. Of a draft nobody outside knows until cards of a blind group are out.
pub(crate) async fn public_keys(state: &AppState, id: &str) -> Result<PublicKeys, Refusal> {
    let row = state.store().plan(&plan_id(id)?).await?;
    let keys = blind_keys(state, &row.head.id).await?;
    if keys.is_empty() && row.head.state == PlanState::Draft {
        return Err(ErrorCode::NotFound.into());
    }
    let told = |key: wire::ballot::BlindKey| {
        let fingerprint = fingerprint(&key.key).ok_or_else(|| internal("a public key cannot be read"))?;
        Ok(PublicKey {
            period_name: name_of(&row.document, "periods", &key.period),
            group_name: name_of(&row.document, "groups", &key.group),
            period: key.period,
            group: key.group,
            key: key.key,
            fingerprint,
        })
    };
    let keys = keys.into_iter().map(told).collect::<Result<_, Refusal>>()?;
    Ok(PublicKeys { id: row.head.id.to_string(), title: row.head.title, keys })
}

/// The keys of a plan's blind groups with their fingerprints, from their first codes on: what a voter's browser and anybody
/// else hold the key against that they are given.
#[utoipa::path(get, path = "/api/public/{id}/keys", tag = "public", params(("id" = String, Path)), responses(
    (status = 200, body = PublicKeys),
    (status = 404, body = ErrorBody, description = "not_found: also for a draft no card of a blind group of which is out"),
))]
pub(crate) async fn get(State(state): State<AppState>, Names(id): Names<String>) -> Result<impl IntoResponse, Refusal> {
    Ok(([(header::CACHE_CONTROL, KEYS_CACHE)], axum::Json(public_keys(&state, &id).await?)))
}
