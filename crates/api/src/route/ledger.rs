//! `/api/plans/{id}/records` and `/ledger`: what was recorded, and striking it out.
//!
//! Owns reading: the records document as `scoring` takes it, and the rows with ids, evidence and
//! names that the office's lists show. A record is never deleted, only struck out.

use axum::Json;
use axum::extract::State;
use scoring::names::is_left_to;
use scoring::{Plan, RecordKind, RecordsDocument};
use serde::Deserialize;
use store::{PlanId, RecordRow, StoreError};
use wire::link::{LedgerPage, SourcedRow};
use wire::record::{ACROSS, RecordKept, StrikeRequest};
use wire::{ErrorBody, ErrorCode};

use super::records::{check_office, check_reason};
use crate::body::Body;
use crate::names::{Asked, Names, Paging, plan_id};
use crate::refusal::Refusal;
use crate::session::{Member, RecordReader, Recorder};
use crate::state::AppState;

/// Exactly the records document, tallies included: no ids, evidence or struck-out records.
#[utoipa::path(get, path = "/api/plans/{id}/records", tag = "records", params(("id" = String, Path)), responses(
    (status = 200, body = scoring::RecordsDocument),
    (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
    (status = 409, body = ErrorBody, description = "wrong_state"),
    (status = 422, body = ErrorBody, description = "invalid_record: kept records that do not fit the plan"),
))]
pub(crate) async fn document(
    State(state): State<AppState>,
    RecordReader(member): RecordReader,
    Names(id): Names<String>,
) -> Result<Json<RecordsDocument>, Refusal> {
    let plan = plan_id(&id)?;
    let mut records = state.store().records(&plan).await?;
    if let Some(office) = member.reads_only() {
        let frozen = state.store().frozen_plan(&plan).await?;
        records = of_office(&frozen.plan, records, office);
    }
    Ok(Json(records))
}

/// What one office gave: nothing of ballots, draws, verdicts and earlier years.
fn of_office(plan: &Plan, mut records: RecordsDocument, office: &str) -> RecordsDocument {
    let own = |component: &str| is_left_to(plan.office_of_component(component), office);
    records.entries.retain(|record| own(&record.component));
    records.incidents.retain(|record| own(&record.component));
    records.links.retain(|record| own(&record.component));
    records.decisions.retain(|record| own(&record.component));
    records.adjustments.retain(|record| is_left_to(plan.office_of_rule(&record.rule), office));
    let RecordsDocument { entries, incidents, links, decisions, adjustments, .. } = records;
    RecordsDocument { entries, incidents, links, decisions, adjustments, ..RecordsDocument::default() }
}

/// `?kind=` of the ledger.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct LedgerQuery {
    /// One list of the records document.
    kind: RecordKind,
    /// `next` of the page before.
    cursor: Option<String>,
    /// Most rows of the page: 1 to 200, else 100.
    limit: Option<usize>,
}

fn row_in_json(row: RecordRow) -> SourcedRow {
    SourcedRow {
        id: row.id.to_string(),
        kind: row.record.kind(),
        record: row.record,
        evidence: row.evidence,
        files: row.files,
        clause: row.clause,
        date: row.date,
        sources: row.sources,
        by: row.by,
        at: row.at.0,
        late: row.late,
        pending: row.pending,
        approved: row.approved,
        struck: row.struck,
    }
}

/// Records as offices gave them: ids, evidence, and those struck out.
#[utoipa::path(get, path = "/api/plans/{id}/ledger", tag = "records", params(("id" = String, Path), LedgerQuery), responses(
    (status = 200, body = LedgerPage),
    (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody), (status = 422, body = ErrorBody),
))]
pub(crate) async fn ledger(
    State(state): State<AppState>,
    RecordReader(member): RecordReader,
    Names(id): Names<String>,
    Asked(query): Asked<LedgerQuery>,
) -> Result<Json<LedgerPage>, Refusal> {
    let paging = Paging { cursor: query.cursor, limit: query.limit };
    let plan = plan_id(&id)?;
    let page = state.store().list_records(&plan, query.kind, paging.limit(), paging.cursor()?.as_ref()).await?;
    let mut rows = page.items;
    if let (Some(office), false) = (member.reads_only(), rows.is_empty()) {
        match state.store().frozen_plan(&plan).await {
            Ok(frozen) => rows.retain(|row| is_left_to(frozen.plan.office_of(&row.record), office)),
            // Of a draft there is the history that it was given, which is of no office.
            Err(StoreError::WrongState) => rows.clear(),
            Err(error) => return Err(error.into()),
        }
    }
    let rows = rows.into_iter().map(row_in_json).collect();
    Ok(Json(LedgerPage { rows, next: page.next.map(|next| next.to_string()) }))
}

async fn strike(
    state: &AppState,
    member: &Member,
    plan: &PlanId,
    record: &str,
    request: &StrikeRequest,
) -> Result<Json<RecordKept>, Refusal> {
    check_reason(&request.reason)?;
    let record = store::RecordId::parse(record).ok_or(ErrorCode::NotFound)?;
    if member.office().is_some() {
        let frozen = state.store().frozen_plan(plan).await?;
        match state.store().record(plan, &record).await {
            Ok(row) => check_office(member, &frozen.plan, &row.record)?,
            // Nor does it strike out what is of no office: a batch of paper ballots.
            Err(StoreError::NotFound) => return Err(ErrorCode::Forbidden.into()),
            Err(error) => return Err(error.into()),
        }
    }
    state.store().delete_record(member.actor(), plan, &record, &request.reason).await?;
    Ok(Json(RecordKept::of(record)))
}

/// The living record of a kind at a place: the ids that its address gives, by the names of its fields. Where one counts and
/// one waits to take its place, it is the one that counts.
async fn at_place(
    state: &AppState,
    plan: &PlanId,
    kind: RecordKind,
    place: &[(&str, Option<&str>)],
) -> Result<String, Refusal> {
    let (mut after, mut waiting) = (None, None);
    loop {
        let page = state.store().list_records(plan, kind, 200, after.as_ref()).await?;
        let is_there = |row: &RecordRow| {
            let names = kind.place().iter().copied();
            row.struck.is_none() && names.zip(row.record.place()).all(|of_row| place.contains(&of_row))
        };
        for row in page.items.into_iter().filter(is_there) {
            if !row.pending {
                return Ok(row.id.to_string());
            }
            waiting = Some(row.id.to_string());
        }
        after = match (page.next, waiting.take()) {
            (Some(next), found) => {
                waiting = found;
                Some(next)
            }
            (None, found) => return found.ok_or_else(|| StoreError::NotFound.into()),
        };
    }
}

macro_rules! strikes_by_id {
    ($($(#[$doc:meta])* $name:ident $path:literal;)*) => {$(
        $(#[$doc])*
        #[utoipa::path(delete, path = $path, tag = "records",
            params(("id" = String, Path), ("record" = String, Path)), request_body = StrikeRequest, responses(
            (status = 200, body = RecordKept),
            (status = 400, body = ErrorBody), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
            (status = 404, body = ErrorBody),
            (status = 409, body = ErrorBody, description = "wrong_state"),
            (status = 422, body = ErrorBody, description = "invalid_body"),
        ))]
        pub(crate) async fn $name(
            State(state): State<AppState>,
            Recorder(member): Recorder,
            Names((id, record)): Names<(String, String)>,
            Body(request): Body<StrikeRequest>,
        ) -> Result<Json<RecordKept>, Refusal> {
            strike(&state, &member, &plan_id(&id)?, &record, &request).await
        }
    )*};
}

strikes_by_id! {
    /// Strikes a record of any kind out; it is kept.
    strike_row "/api/plans/{id}/ledger/{record}";
    /// Strikes an incident out; it is kept.
    strike_incident "/api/plans/{id}/incidents/{record}";
    /// Strikes a bonus or a deduction out; it is kept.
    strike_adjustment "/api/plans/{id}/adjustments/{record}";
    /// Strikes a decision out; it is kept.
    strike_decision "/api/plans/{id}/decisions/{record}";
    /// Strikes a verdict out; it is kept.
    strike_verdict "/api/plans/{id}/verdicts/{record}";
    /// Strikes a batch of paper ballots out; it is kept.
    strike_paper_tally "/api/plans/{id}/paper-tallies/{record}";
}

macro_rules! strikes_by_place {
    ($($(#[$doc:meta])* $name:ident $path:literal $kind:expr;)*) => {$(
        $(#[$doc])*
        #[utoipa::path(delete, path = $path, tag = "records",
            params(("id" = String, Path), ("period" = String, Path), ("component" = String, Path), ("unit" = String, Path)),
            request_body = StrikeRequest, responses(
            (status = 200, body = RecordKept),
            (status = 400, body = ErrorBody), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
            (status = 404, body = ErrorBody),
            (status = 409, body = ErrorBody, description = "wrong_state"),
            (status = 422, body = ErrorBody, description = "invalid_body"),
        ))]
        pub(crate) async fn $name(
            State(state): State<AppState>,
            Recorder(member): Recorder,
            Names((id, period, component, unit)): Names<(String, String, String, String)>,
            Body(request): Body<StrikeRequest>,
        ) -> Result<Json<RecordKept>, Refusal> {
            let plan = plan_id(&id)?;
            let place = [("period", &period), ("component", &component), ("unit", &unit)];
            let place = place.map(|(name, id)| (name, Some(id.as_str())));
            let record = at_place(&state, &plan, $kind, &place).await?;
            strike(&state, &member, &plan, &record, &request).await
        }
    )*};
}

strikes_by_place! {
    /// Strikes the entry of a place out; it is kept.
    strike_entry "/api/plans/{id}/entries/{period}/{component}/{unit}" RecordKind::Entry;
    /// Strikes the link of a place out; it is kept.
    strike_link "/api/plans/{id}/links/{period}/{component}/{unit}" RecordKind::Link;
}

/// Strikes the lot of a category out (`-`: the one across categories); it is kept.
#[utoipa::path(delete, path = "/api/plans/{id}/lots/{category}", tag = "records",
    params(("id" = String, Path), ("category" = String, Path)), request_body = StrikeRequest, responses(
    (status = 200, body = RecordKept),
    (status = 400, body = ErrorBody), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 404, body = ErrorBody),
    (status = 409, body = ErrorBody, description = "wrong_state"),
    (status = 422, body = ErrorBody, description = "invalid_body"),
))]
pub(crate) async fn strike_lot(
    State(state): State<AppState>,
    Recorder(member): Recorder,
    Names((id, category)): Names<(String, String)>,
    Body(request): Body<StrikeRequest>,
) -> Result<Json<RecordKept>, Refusal> {
    let plan = plan_id(&id)?;
    let category = (category != ACROSS).then_some(category.as_str());
    let record = at_place(&state, &plan, RecordKind::Lot, &[("category", category)]).await?;
    strike(&state, &member, &plan, &record, &request).await
}

/// Strikes the whole history out; it is kept.
#[utoipa::path(delete, path = "/api/plans/{id}/history", tag = "records", params(("id" = String, Path)),
    request_body = StrikeRequest, responses(
    (status = 200, body = RecordKept),
    (status = 400, body = ErrorBody), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 404, body = ErrorBody),
    (status = 409, body = ErrorBody, description = "wrong_state"),
    (status = 422, body = ErrorBody, description = "invalid_body"),
))]
pub(crate) async fn strike_history(
    State(state): State<AppState>,
    Recorder(member): Recorder,
    Names(id): Names<String>,
    Body(request): Body<StrikeRequest>,
) -> Result<Json<RecordKept>, Refusal> {
    let plan = plan_id(&id)?;
    let record = at_place(&state, &plan, RecordKind::History, &[]).await?;
    strike(&state, &member, &plan, &record, &request).await
}
