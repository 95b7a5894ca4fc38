//! `/api/plans/{id}/rectifications`: what is to be made better, what was reported on it, and what the office says to it.
//!
//! Owns the check of an item beside its plan, its opinions and its findings, and who sees what of it. Refuses to own the
//! table of all items ([`super::rectification_table`]) and what is kept and how (the store).

use std::collections::BTreeSet;

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use scoring::names::folded;
use serde::Deserialize;
use store::{FindingId, PlanId, RectificationList, Revision};
use wire::finding::is_text;
use wire::record::{RecordKept, StrikeRequest};
use wire::rectification::{
    AcceptRequest, LONGEST_MEASURES, Rectification, RectificationCounts, RectificationKept, RectificationRequest,
    RectificationState, RectificationSummary, RectificationWhole, Rectifications, ReleaseRequest, ReportKept,
    ReportRequest, ReturnRequest, UnitRectifications, check, check_report,
};
use wire::{ErrorBody, ErrorCode, Field};

use super::codes::holds;
use super::records::{check_reason, unknown_files};
use crate::body::{Body, OptionalBody};
use crate::names::{Asked, Names, Paging, etag, if_match, plan_id};
use crate::refusal::{Refusal, field};
use crate::session::{ItemReporter, Member, Rectifier, UnitReader};
use crate::state::AppState;

fn item_number(text: &str) -> Result<u64, Refusal> {
    text.parse().map_err(|_| ErrorCode::NotFound.into())
}

/// The id of the plan's unit that an account of a unit stands for; `None`: it stands for no unit, and sees all. Where
/// two units of the plan have that name, which one is meant is not known, and it sees neither.
pub(super) async fn own_units(
    state: &AppState,
    member: &Member,
    plan: &PlanId,
) -> Result<Option<BTreeSet<String>>, Refusal> {
    let Some(own) = member.sees_unit_only() else { return Ok(None) };
    let row = state.store().plan(plan).await?;
    let text = |unit: &document::Value, name: &str| unit.get(name).and_then(document::Value::as_str).map(str::to_owned);
    let units = match row.document.get("units") {
        Some(document::Value::List(units)) => units.as_slice(),
        _ => &[],
    };
    let is_own = |unit: &&document::Value| text(unit, "name").is_some_and(|name| folded(&name) == folded(own));
    let own: BTreeSet<String> = units.iter().filter(is_own).filter_map(|unit| text(unit, "id")).collect();
    Ok(Some(if own.len() == 1 { own } else { BTreeSet::new() }))
}

/// An item that the account may see; another is not there for it.
async fn seen(state: &AppState, member: &Member, plan: &PlanId, number: u64) -> Result<Rectification, Refusal> {
    let item = state.store().rectification(plan, number).await?;
    match own_units(state, member, plan).await? {
        Some(own) if !own.contains(&item.unit) => Err(ErrorCode::NotFound.into()),
        own => Ok(shown(item, own.is_some())),
    }
}

/// A unit does not read what people wrote of it word by word: a hand is known by its words.
fn shown(item: Rectification, to_unit: bool) -> Rectification {
    if to_unit { Rectification { comments: Vec::new(), originals: Vec::new(), ..item } } else { item }
}

/// Checks an item beside its plan, puts its opinions into the order of their numbers, and fetches what they say.
async fn complete(state: &AppState, plan: &PlanId, item: &mut RectificationRequest) -> Result<Vec<String>, Refusal> {
    let row = state.store().plan(plan).await?;
    let mut fields = check(item);
    if !holds(&row.document, "units", &item.unit) {
        fields.push(field("/unit", "unknown_unit"));
    }
    if !fields.is_empty() {
        return Err(Refusal::with(ErrorCode::InvalidBody, fields));
    }
    fields.extend(findings_faults(state, plan, item).await?);
    let mut originals = Vec::new();
    if !item.comments.is_empty() {
        let opinions = state.store().comments_named(plan, &item.comments).await?;
        for (place, opinion) in opinions.iter().enumerate() {
            match opinion {
                None => fields.push(field(&format!("/comments/{place}"), "unknown_comment")),
                Some(opinion) if opinion.unit != item.unit => {
                    fields.push(field(&format!("/comments/{place}"), "other_unit"));
                }
                Some(opinion) => originals.push((opinion.id.clone(), opinion.text.clone())),
            }
        }
        let source = folded(&item.source);
        for group in state.store().groups_untold(plan).await? {
            if source.contains(&folded(&group)) {
                fields.push(Field { detail: Some(group), ..field("/source", "small_group") });
            }
        }
    }
    if !fields.is_empty() {
        return Err(Refusal::with(ErrorCode::InvalidBody, fields));
    }
    // In the order of numbers drawn at random: the order in which they were named says nothing either.
    originals.sort();
    item.comments = originals.iter().map(|(id, _)| id.clone()).collect();
    Ok(originals.into_iter().map(|(_, text)| text).collect())
}

/// Findings that there are not, that are another unit's, or that were struck out.
async fn findings_faults(state: &AppState, plan: &PlanId, item: &RectificationRequest) -> Result<Vec<Field>, Refusal> {
    let mut fields = Vec::new();
    for (place, id) in item.findings.iter().enumerate() {
        let found = match FindingId::parse(id) {
            Some(id) => match state.store().finding(plan, &id).await {
                Ok(finding) => Some(finding),
                Err(store::StoreError::NotFound) => None,
                Err(error) => return Err(error.into()),
            },
            None => None,
        };
        let code = match found {
            Some(finding) if finding.struck.is_some() => Some("unknown_finding"),
            Some(finding) if finding.unit != item.unit => Some("other_unit"),
            Some(_) => None,
            None => Some("unknown_finding"),
        };
        fields.extend(code.map(|code| field(&format!("/findings/{place}"), code)));
    }
    Ok(fields)
}

/// Makes an item: out of opinions, out of findings, or by hand.
#[utoipa::path(post, path = "/api/plans/{id}/rectifications", tag = "follow-up", params(("id" = String, Path)),
    request_body = RectificationRequest, responses(
    (status = 201, body = RectificationKept),
    (status = 200, body = RectificationKept, description = "It was sent before"),
    (status = 400, body = ErrorBody), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
    (status = 409, body = ErrorBody, description = "wrong_state: of opinions, before closing; already_exists: its key is another item's; list_full"),
    (status = 422, body = ErrorBody, description = "invalid_body"),
))]
pub(crate) async fn post(
    State(state): State<AppState>,
    Rectifier(member): Rectifier,
    Names(id): Names<String>,
    Body(mut item): Body<RectificationRequest>,
) -> Result<(StatusCode, Json<RectificationKept>), Refusal> {
    let plan = plan_id(&id)?;
    let originals = complete(&state, &plan, &mut item).await?;
    let (kept, repeated) = state.store().put_rectification(member.actor(), &plan, &item, &originals).await?;
    let status = if repeated { StatusCode::OK } else { StatusCode::CREATED };
    Ok((status, Json(RectificationKept { number: kept.number, revision: kept.revision, repeated })))
}

/// `?unit=`, `?state=`, `?cursor=` and `?limit=` of the list.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct RectificationQuery {
    /// Those of this unit alone.
    unit: Option<String>,
    /// Those in this state alone, by their last day.
    state: Option<RectificationState>,
    /// `next` of the page before.
    cursor: Option<String>,
    /// Most rows of the page: 1 to 200, else 100.
    limit: Option<usize>,
}

/// The items. An account of a unit sees its own.
#[utoipa::path(get, path = "/api/plans/{id}/rectifications", tag = "follow-up",
    params(("id" = String, Path), RectificationQuery), responses(
    (status = 200, body = Rectifications),
    (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
    (status = 422, body = ErrorBody, description = "invalid_body: a state, limit or cursor that is none"),
))]
pub(crate) async fn list(
    State(state): State<AppState>,
    UnitReader(member): UnitReader,
    Names(id): Names<String>,
    Asked(query): Asked<RectificationQuery>,
) -> Result<Json<Rectifications>, Refusal> {
    let paging = Paging { cursor: query.cursor, limit: query.limit };
    let plan = plan_id(&id)?;
    let own = own_units(&state, &member, &plan).await?;
    let unit = match (&own, query.unit) {
        (None, unit) => unit,
        // A unit stands once in a plan.
        (Some(own), None) => match own.first() {
            Some(unit) => Some(unit.clone()),
            None => return Ok(Json(Rectifications { items: Vec::new(), next: None })),
        },
        (Some(own), Some(unit)) if own.contains(&unit) => Some(unit),
        (Some(_), Some(_)) => return Ok(Json(Rectifications { items: Vec::new(), next: None })),
    };
    let list = RectificationList { unit: unit.as_deref(), state: query.state };
    let page = state.store().rectifications(&plan, list, paging.limit(), paging.cursor()?.as_ref()).await?;
    let items = page.items.into_iter().map(|item| shown(item, own.is_some())).collect();
    Ok(Json(Rectifications { items, next: page.next.map(|next| next.to_string()) }))
}

/// An item with its reports. An account of a unit sees its own.
#[utoipa::path(get, path = "/api/plans/{id}/rectifications/{number}", tag = "follow-up",
    params(("id" = String, Path), ("number" = u64, Path)), responses(
    (status = 200, body = RectificationWhole, headers(("ETag" = String))),
    (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
))]
pub(crate) async fn get(
    State(state): State<AppState>,
    UnitReader(member): UnitReader,
    Names((id, number)): Names<(String, String)>,
) -> Result<impl IntoResponse, Refusal> {
    let (plan, number) = (plan_id(&id)?, item_number(&number)?);
    let item = seen(&state, &member, &plan, number).await?;
    let reports = state.store().rectification_reports(&plan, number).await?;
    Ok((etag(Revision(item.revision)), Json(RectificationWhole { item, reports })))
}

/// Writes an item anew, over the revision that the change is based on.
#[utoipa::path(put, path = "/api/plans/{id}/rectifications/{number}", tag = "follow-up",
    params(("id" = String, Path), ("number" = u64, Path), ("If-Match" = String, Header)),
    request_body = RectificationRequest, responses(
    (status = 200, body = Rectification, headers(("ETag" = String))),
    (status = 400, body = ErrorBody), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
    (status = 409, body = ErrorBody, description = "wrong_state: it is accepted"),
    (status = 412, body = ErrorBody, description = "revision_mismatch"),
    (status = 422, body = ErrorBody, description = "invalid_body: also for another unit"),
    (status = 428, body = ErrorBody, description = "revision_required"),
))]
pub(crate) async fn put(
    State(state): State<AppState>,
    Rectifier(member): Rectifier,
    Names((id, number)): Names<(String, String)>,
    headers: HeaderMap,
    Body(mut item): Body<RectificationRequest>,
) -> Result<impl IntoResponse, Refusal> {
    let (plan, number, based_on) = (plan_id(&id)?, item_number(&number)?, if_match(&headers)?);
    if state.store().rectification(&plan, number).await?.unit != item.unit {
        return Err(Refusal::at(ErrorCode::InvalidBody, "/unit", "other_unit"));
    }
    let originals = complete(&state, &plan, &mut item).await?;
    let store = state.store();
    let item = store.change_rectification(member.actor(), &plan, number, based_on, &item, &originals).await?;
    Ok((etag(Revision(item.revision)), Json(item)))
}

/// Strikes an item out; it is kept, and no longer public.
#[utoipa::path(delete, path = "/api/plans/{id}/rectifications/{number}", tag = "follow-up",
    params(("id" = String, Path), ("number" = u64, Path)), request_body = StrikeRequest, responses(
    (status = 200, body = RecordKept),
    (status = 400, body = ErrorBody), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
    (status = 409, body = ErrorBody, description = "already_exists: struck out for another reason"),
    (status = 422, body = ErrorBody, description = "invalid_body"),
))]
pub(crate) async fn strike(
    State(state): State<AppState>,
    Rectifier(member): Rectifier,
    Names((id, number)): Names<(String, String)>,
    Body(request): Body<StrikeRequest>,
) -> Result<Json<RecordKept>, Refusal> {
    check_reason(&request.reason)?;
    let (plan, number) = (plan_id(&id)?, item_number(&number)?);
    state.store().strike_rectification(member.actor(), &plan, number, &request.reason).await?;
    Ok(Json(RecordKept::of(number)))
}

/// A month's report, by the unit or by the office.
#[utoipa::path(post, path = "/api/plans/{id}/rectifications/{number}/reports", tag = "follow-up",
    params(("id" = String, Path), ("number" = u64, Path)), request_body = ReportRequest, responses(
    (status = 201, body = ReportKept),
    (status = 200, body = ReportKept, description = "It was sent before"),
    (status = 400, body = ErrorBody), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
    (status = 409, body = ErrorBody, description = "wrong_state: it is accepted; already_exists: its key is another report's; list_full"),
    (status = 422, body = ErrorBody, description = "invalid_body"),
))]
pub(crate) async fn report(
    State(state): State<AppState>,
    ItemReporter(member): ItemReporter,
    Names((id, number)): Names<(String, String)>,
    Body(report): Body<ReportRequest>,
) -> Result<(StatusCode, Json<ReportKept>), Refusal> {
    let (plan, number) = (plan_id(&id)?, item_number(&number)?);
    let mut fields = check_report(&report);
    // Of items that it does not see, an account learns nothing by naming files.
    if fields.is_empty() {
        seen(&state, &member, &plan, number).await?;
        fields = unknown_files(&state, &plan, &report.files).await?;
    }
    if !fields.is_empty() {
        return Err(Refusal::with(ErrorCode::InvalidBody, fields));
    }
    let (item, repeated) = state.store().report_rectification(member.actor(), &plan, number, &report).await?;
    let status = if repeated { StatusCode::OK } else { StatusCode::CREATED };
    Ok((status, Json(ReportKept { state: item.state, reports: item.reports, repeated })))
}

/// Says that a reported item is done.
#[utoipa::path(post, path = "/api/plans/{id}/rectifications/{number}/accept", tag = "follow-up",
    params(("id" = String, Path), ("number" = u64, Path)), request_body = Option<AcceptRequest>, responses(
    (status = 200, body = Rectification),
    (status = 400, body = ErrorBody), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
    (status = 409, body = ErrorBody, description = "wrong_state: it is not reported as done"),
    (status = 422, body = ErrorBody, description = "invalid_body"),
))]
pub(crate) async fn accept(
    State(state): State<AppState>,
    Rectifier(member): Rectifier,
    Names((id, number)): Names<(String, String)>,
    OptionalBody(request): OptionalBody<AcceptRequest>,
) -> Result<Json<Rectification>, Refusal> {
    if !request.text.is_empty() && !is_text(&request.text, LONGEST_MEASURES) {
        return Err(Refusal::at(ErrorCode::InvalidBody, "/text", "out_of_range"));
    }
    let (plan, number) = (plan_id(&id)?, item_number(&number)?);
    Ok(Json(state.store().review_rectification(member.actor(), &plan, number, true, &request.text).await?))
}

/// Says that an item is not done, for a reason.
#[utoipa::path(post, path = "/api/plans/{id}/rectifications/{number}/return", tag = "follow-up",
    params(("id" = String, Path), ("number" = u64, Path)), request_body = ReturnRequest, responses(
    (status = 200, body = Rectification),
    (status = 400, body = ErrorBody), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
    (status = 409, body = ErrorBody, description = "wrong_state: it is neither reported as done nor accepted"),
    (status = 422, body = ErrorBody, description = "invalid_body"),
))]
pub(crate) async fn send_back(
    State(state): State<AppState>,
    Rectifier(member): Rectifier,
    Names((id, number)): Names<(String, String)>,
    Body(request): Body<ReturnRequest>,
) -> Result<Json<Rectification>, Refusal> {
    if !is_text(&request.reason, LONGEST_MEASURES) {
        return Err(Refusal::at(ErrorCode::InvalidBody, "/reason", "out_of_range"));
    }
    let (plan, number) = (plan_id(&id)?, item_number(&number)?);
    Ok(Json(state.store().review_rectification(member.actor(), &plan, number, false, &request.reason).await?))
}

/// Says what of an item is public from now on.
#[utoipa::path(put, path = "/api/plans/{id}/rectifications/{number}/release", tag = "follow-up",
    params(("id" = String, Path), ("number" = u64, Path)), request_body = ReleaseRequest, responses(
    (status = 200, body = Rectification),
    (status = 400, body = ErrorBody), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
    (status = 422, body = ErrorBody, description = "invalid_body"),
))]
pub(crate) async fn release(
    State(state): State<AppState>,
    Rectifier(member): Rectifier,
    Names((id, number)): Names<(String, String)>,
    Body(request): Body<ReleaseRequest>,
) -> Result<Json<Rectification>, Refusal> {
    let (plan, number) = (plan_id(&id)?, item_number(&number)?);
    Ok(Json(state.store().release_rectification(member.actor(), &plan, number, &request.fields).await?))
}

/// How far all is, unit by unit.
#[utoipa::path(get, path = "/api/plans/{id}/rectifications/summary", tag = "follow-up", params(("id" = String, Path)), responses(
    (status = 200, body = RectificationSummary),
    (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
))]
pub(crate) async fn summary(
    State(state): State<AppState>,
    UnitReader(member): UnitReader,
    Names(id): Names<String>,
) -> Result<Json<RectificationSummary>, Refusal> {
    let plan = plan_id(&id)?;
    let own = own_units(&state, &member, &plan).await?;
    // Of one unit its own rows alone are read.
    let unit = own.as_ref().and_then(|own| own.first());
    let (today, mut units) = state.store().rectifications_counted(&plan, unit.map(String::as_str)).await?;
    units.retain(|unit, _| own.as_ref().is_none_or(|own| own.contains(unit)));
    let mut all = RectificationCounts::default();
    for counts in units.values() {
        all.total += counts.total;
        all.open += counts.open;
        all.reported += counts.reported;
        all.accepted += counts.accepted;
        all.overdue += counts.overdue;
        all.returned += counts.returned;
    }
    let units = units.into_iter().map(|(unit, items)| UnitRectifications { unit, items }).collect();
    Ok(Json(RectificationSummary { today, all, units }))
}
