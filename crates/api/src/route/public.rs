//! `/api/public`: published results for anybody and any site, to be kept and asked for again.

use std::io::Write as _;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use store::{PlanId, Receipt};
use wire::audit::{PlanHead, PublicHeads};
use wire::result::{
    OpenGroup, Publication, PublicationList, PublicationSummary, PublishedRecords, ReceiptProof, Receipts,
};
use wire::spent_token::{MOST_IN_PART, MOST_INSIDE, SpentToken, TokensPart};
use wire::{ErrorBody, ErrorCode};

use super::plans::blind_keys;
use super::public_table;
use crate::limits::{LARGEST_ANSWER, LEAST_PACKED, MOST_HEADS};
use crate::names::{Asked, Names, Paging, plan_id};
use crate::page::published::{Shown, published, published_heads, shown};
use crate::refusal::{Refusal, internal};
use crate::state::AppState;

/// What a workbook of Excel is to HTTP.
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// How long anybody may keep what has been published: it changes by a correction alone.
pub(crate) const CACHE: &str = "public, max-age=300";

/// What has been published, newest first. Pages are of plans, so one may hold fewer rows than asked for, or none.
#[utoipa::path(get, path = "/api/public", tag = "public", params(Paging), responses(
    (status = 200, body = PublicationList),
    (status = 422, body = ErrorBody, description = "invalid_body: a limit or cursor that is none"),
))]
pub(crate) async fn list(
    State(state): State<AppState>,
    Asked(paging): Asked<Paging>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let page = published_heads(&state, paging.limit(), paging.cursor()?.as_ref()).await?;
    let summary = |head: store::PlanHead| PublicationSummary {
        id: head.id.to_string(),
        announced: head.announced.map(|until| until.0),
        title: head.title,
    };
    let list = PublicationList {
        publications: page.items.into_iter().map(summary).collect(),
        next: page.next.map(|next| next.to_string()),
    };
    json(&headers, &list)
}

/// `?edition=` of a published result.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct EditionQuery {
    /// 1, 2, 3 …; the latest without it; 0: what is on public display, also beside editions.
    edition: Option<u64>,
}

/// A published plan and its final result; with `.csv` or `.xlsx` behind the id the ranking as a table.
#[utoipa::path(get, path = "/api/public/{id}", tag = "public", params(("id" = String, Path), EditionQuery), responses(
    (status = 200, headers(("ETag" = String)), content(
        (Publication = "application/json"), (String = "text/csv"),
        (String = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    )),
    (status = 304, description = "If-None-Match names what is there"),
    (status = 404, body = ErrorBody),
    (status = 422, body = ErrorBody, description = "invalid_body: an edition that is no number"),
))]
pub(crate) async fn publication(
    State(state): State<AppState>,
    Names(id): Names<String>,
    Asked(query): Asked<EditionQuery>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    if let Some(id) = id.strip_suffix(".csv") {
        let table = public_table::csv(&published(&state, id, query.edition).await?)?;
        return Ok(kept(&headers, "text/csv; charset=utf-8", table));
    }
    if let Some(id) = id.strip_suffix(".xlsx") {
        let published = published(&state, id, query.edition).await?;
        // Compressing is work, and the largest result is some ten thousand cells.
        let book = tokio::task::spawn_blocking(move || public_table::xlsx(&published));
        let book = book.await.map_err(|_| internal("a workbook was not finished"))??;
        return Ok(kept(&headers, XLSX, book));
    }
    let id = plan_id(&id)?;
    let Shown { publication, announced, editions } = shown(&state, &id, query.edition).await?;
    let records = state.store().published_records(&id, publication.settled.as_ref()).await?;
    let (spent_tokens, tokens_at) = spent(&state, &id, &publication).await?;
    let settled = publication.settled;
    // The store keeps no null members; the result document has them.
    let result = publication.result.to().ok_or_else(|| internal("a published result cannot be read"))?;
    let mut published = Publication {
        plan: publication.plan,
        plan_sha256: publication.plan_sha256,
        result,
        shortlist: publication.shortlist,
        receipts: Receipts {
            root: publication.receipts.root,
            count: scoring::disclosure::public_total(publication.receipts.count),
        },
        blind_keys: blind_keys(&state, &id).await?,
        pinned_keys: publication.pinned_keys,
        tokens: publication.tokens,
        spent_tokens,
        tokens_at,
        edition: publication.edition,
        editions,
        announced,
        publicity: publication.publicity,
        correction: publication.correction,
        audit: publication.audit,
        reconciliation: publication.reconciliation,
        open_groups: open_groups(&state, &id).await?,
        records: records.as_ref().map(|shown| shown.records.clone()),
        withheld: records.map(|shown| shown.withheld),
        records_at: None,
        records_sha256: settled.as_ref().map(|settled| settled.records_sha256.clone()),
        fingerprints: settled.as_ref().map(|settled| settled.fingerprints.clone()).unwrap_or_default(),
        publication_sha256: settled.map(|settled| settled.publication_sha256),
    };
    // Writing and packing the largest is a second's work, and others vote meanwhile.
    let answer = tokio::task::spawn_blocking(move || {
        let mut body = written(&published)?;
        if body.len() > LARGEST_ANSWER && !takes_gzip(&headers) {
            let at = format!("/api/public/{id}/records?edition={}", published.edition);
            (published.records, published.withheld, published.records_at) = (None, None, Some(at));
            body = written(&published)?;
        }
        Ok(kept(&headers, "application/json", body))
    });
    answer.await.map_err(|_| internal("a publication was not finished"))?
}

/// What a published result shows of its records, where the whole does not fit one answer: the latest edition's, or one by its
/// number. It is packed by gzip where it would be too long otherwise, whatever the caller takes.
#[utoipa::path(get, path = "/api/public/{id}/records", tag = "public", params(("id" = String, Path), EditionQuery), responses(
    (status = 200, body = PublishedRecords, headers(("ETag" = String))),
    (status = 304, description = "If-None-Match names what is there"),
    (status = 404, body = ErrorBody, description = "not_found: also on public display, and for what was published before records were"),
    (status = 422, body = ErrorBody, description = "invalid_body: an edition that is no number"),
))]
pub(crate) async fn records(
    State(state): State<AppState>,
    Names(id): Names<String>,
    Asked(query): Asked<EditionQuery>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let id = plan_id(&id)?;
    let publication = state.store().published_edition(&id, query.edition).await?;
    let shown = state.store().published_records(&id, publication.settled.as_ref()).await?.ok_or(ErrorCode::NotFound)?;
    json(&headers, &shown)
}

/// The spent tokens that a publication holds itself, or the address of more.
async fn spent(
    state: &AppState,
    id: &PlanId,
    publication: &store::Publication,
) -> Result<(Vec<SpentToken>, Option<String>), Refusal> {
    let lists = publication.tokens.as_deref().unwrap_or_default();
    let number: u64 = lists.iter().map(|list| list.listed).sum();
    if number > MOST_INSIDE as u64 {
        return Ok((Vec::new(), Some(format!("/api/public/{id}/tokens?edition={}", publication.edition))));
    }
    Ok((state.store().published_tokens(id, lists, 0, MOST_INSIDE).await?.0, None))
}

/// `?edition=` and `?from=` of spent tokens.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct TokensQuery {
    /// 1, 2, 3 …; the latest without it.
    edition: Option<u64>,
    /// `next` of the part before.
    from: Option<u64>,
}

/// The tokens with which blind groups' ballots were cast, in parts of 10,000: with the secret keys that the publication holds
/// anybody can check each. Groups whose number of ballots is not told are not in it.
#[utoipa::path(get, path = "/api/public/{id}/tokens", tag = "public", params(("id" = String, Path), TokensQuery), responses(
    (status = 200, body = TokensPart, headers(("ETag" = String))),
    (status = 304, description = "If-None-Match names what is there"),
    (status = 404, body = ErrorBody, description = "not_found: also on public display, and for what was published before tokens were"),
    (status = 422, body = ErrorBody, description = "invalid_body: an edition or a place that is no number"),
))]
pub(crate) async fn tokens(
    State(state): State<AppState>,
    Names(id): Names<String>,
    Asked(query): Asked<TokensQuery>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let id = plan_id(&id)?;
    let lists = state.store().published_edition(&id, query.edition).await?.tokens.ok_or(ErrorCode::NotFound)?;
    let from = query.from.unwrap_or(0);
    let (tokens, next) = state.store().published_tokens(&id, &lists, from, MOST_IN_PART).await?;
    json(&headers, &TokensPart { tokens, next })
}

fn written(body: &impl serde::Serialize) -> Result<Vec<u8>, Refusal> {
    serde_json::to_vec(body).map_err(|_| internal("a public answer cannot be written"))
}

fn json(headers: &HeaderMap, body: &impl serde::Serialize) -> Result<Response, Refusal> {
    Ok(kept(headers, "application/json", written(body)?))
}

/// Whether the caller takes an answer that is packed by gzip.
fn takes_gzip(headers: &HeaderMap) -> bool {
    let named = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    named.split(',').any(|one| {
        let (name, quality) = one.split_once(';').unwrap_or((one, ""));
        let refused = quality.trim().strip_prefix("q=").is_some_and(|q| q.trim().parse() == Ok(0.0));
        matches!(name.trim(), "gzip" | "*") && !refused
    })
}

/// Packed by gzip; nothing where that fails.
fn packed(body: &[u8]) -> Option<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(body).ok()?;
    encoder.finish().ok()
}

/// An answer that anybody may keep for a while: 304 if the caller has it already.
fn kept(headers: &HeaderMap, content_type: &'static str, body: Vec<u8>) -> Response {
    let tag = format!("\"{}\"", wire::code::hex(&Sha256::digest(&body)[..16]));
    let named = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok()).unwrap_or_default();
    // Proxies that compress make a tag weak; the content is the same.
    let mut tags = named.split(',').map(|named| named.trim().trim_start_matches("W/"));
    let known = tags.any(|named| named == tag || named == "*");
    let common = [(header::CACHE_CONTROL, CACHE), (header::ETAG, tag.as_str()), (header::VARY, "Accept-Encoding")];
    if known {
        return (StatusCode::NOT_MODIFIED, common).into_response();
    }
    let content_type = [(header::CONTENT_TYPE, content_type)];
    let packs = body.len() > LARGEST_ANSWER || body.len() > LEAST_PACKED && takes_gzip(headers);
    match packs.then(|| packed(&body)).flatten() {
        Some(packed) => (common, content_type, [(header::CONTENT_ENCODING, "gzip")], packed).into_response(),
        None => (common, content_type, body).into_response(),
    }
}

/// The open groups' codes by the hour.
async fn open_groups(state: &AppState, id: &PlanId) -> Result<Vec<OpenGroup>, Refusal> {
    let turnout = state.store().turnout(id).await?;
    let open = turnout.into_iter().filter(|group| !group.hours.is_empty());
    Ok(open.map(|group| OpenGroup { period: group.period, group: group.group, hours: group.hours }).collect())
}

/// How long a head may be kept: others note heads once in a while, and each costs a read.
const HEADS_CACHE: &str = "public, max-age=60";

/// How far the audit chains have come, where the installation publishes them. Whoever keeps a head can tell later, with
/// an export of the chain, whether anything before it was changed.
#[utoipa::path(get, path = "/api/public/heads", tag = "public", params(Paging), responses(
    (status = 200, body = PublicHeads),
    (status = 404, body = ErrorBody, description = "not_found: this installation does not publish them"),
    (status = 422, body = ErrorBody, description = "invalid_body: a limit or cursor that is none"),
))]
pub(crate) async fn heads(
    State(state): State<AppState>,
    Asked(paging): Asked<Paging>,
) -> Result<impl IntoResponse, Refusal> {
    if !state.settings().public_heads {
        return Err(ErrorCode::NotFound.into());
    }
    let store = state.store();
    let page = store.list_plans(paging.limit().min(MOST_HEADS), paging.cursor()?.as_ref()).await?;
    let mut plans = Vec::with_capacity(page.items.len());
    for plan in page.items {
        plans.push(PlanHead { head: store.audit_head(&plan.id).await?, id: plan.id.to_string() });
    }
    let accounts = store.account_audit_head().await?;
    let heads = PublicHeads { accounts, plans, next: page.next.map(|next| next.to_string()) };
    Ok(([(header::CACHE_CONTROL, HEADS_CACHE)], axum::Json(heads)))
}

/// That a receipt's ballot is among those that were counted.
#[utoipa::path(get, path = "/api/public/{id}/receipts/{receipt}", tag = "public",
    params(("id" = String, Path), ("receipt" = String, Path)), responses(
    (status = 200, body = ReceiptProof), (status = 404, body = ErrorBody),
))]
pub(crate) async fn receipt(
    State(state): State<AppState>,
    Names((id, receipt)): Names<(String, String)>,
) -> Result<impl IntoResponse, Refusal> {
    let receipt = Receipt::parse(&receipt).ok_or(ErrorCode::NotFound)?;
    let proof = state.store().receipt_proof(&plan_id(&id)?, &receipt).await?;
    // Whose receipt was asked for stays out of caches on the way.
    Ok(axum::Json(ReceiptProof {
        commitment: proof.commitment,
        index: proof.index,
        size: proof.size,
        path: proof.path,
    }))
}
