//! `/api/plans/{id}/findings`: what inspections, visits and the press found, all year round.
//!
//! Owns the check of a finding beside its plan, the way of one that counts into the records, and the monthly notice.
//! Refuses to own the notice as a table ([`super::finding_table`]), what an incident costs (`scoring`) and what is kept and
//! how (the store).

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use document::Value;
use scoring::names::is_left_to;
use scoring::records_document::IncidentRecord;
use scoring::{Plan, Record, Records, RecordsDocument, is_id};
use serde::Deserialize;
use store::{FindingId, FindingList, PlanRow, State as PlanState};
use wire::day::{begins, is_month};
use wire::finding::{
    Finding, FindingCounts, FindingKept, FindingNotice, FindingRequest, Findings, UnitFindings, check,
};
use wire::record::{RecordKept, StrikeRequest};
use wire::{ErrorBody, ErrorCode};

use super::codes::holds;
use super::records::{check_office, check_reason, unknown_files};
use crate::body::Body;
use crate::names::{Asked, Names, Paging, plan_id};
use crate::refusal::{Refusal, field, problem_field};
use crate::session::{Member, RecordReader, Recorder};
use crate::state::AppState;

/// The incident that a finding on a unit becomes, checked against the plan. `at`: where the request says what it costs.
fn incident(
    member: &Member,
    plan: &Plan,
    unit: &str,
    counts: &FindingCounts,
    at: &str,
) -> Result<IncidentRecord, Refusal> {
    let period = match (&counts.period, plan.periods()) {
        (Some(period), _) => period.clone(),
        (None, [only]) => only.id.clone(),
        (None, _) => {
            return Err(Refusal::at(ErrorCode::InvalidBody, &format!("{at}/period"), "missing_field"));
        }
    };
    let incident = IncidentRecord {
        period,
        component: counts.component.clone(),
        unit: unit.to_owned(),
        level: counts.level.clone(),
        count: 1,
        serious: counts.serious,
    };
    let record = Record::Incident(incident.clone());
    let mut document = RecordsDocument::default();
    document.add(record.clone());
    Records::new(plan, &document).map_err(|problems| {
        let told = problems.into_iter().map(|mut problem| {
            let rest = problem.path.strip_prefix("/incidents/0").unwrap_or(&problem.path);
            problem.path = format!("{at}{rest}");
            problem_field(problem)
        });
        Refusal::with(ErrorCode::InvalidRecord, told.collect())
    })?;
    check_office(member, plan, &record)?;
    Ok(incident)
}

async fn check_beside_plan(state: &AppState, row: &PlanRow, finding: &FindingRequest) -> Result<(), Refusal> {
    let mut fields = check(finding);
    fields.extend(unknown_files(state, &row.head.id, &finding.files).await?);
    if !holds(&row.document, "units", &finding.unit) {
        fields.push(field("/unit", "unknown_unit"));
    }
    if let Some(counts) = &finding.counts {
        let ids = [
            ("component", Some(&counts.component)),
            ("level", Some(&counts.level)),
            ("period", counts.period.as_ref()),
        ];
        let none = ids.into_iter().filter(|(_, id)| id.is_some_and(|id| !is_id(id)));
        fields.extend(none.map(|(name, _)| field(&format!("/counts/{name}"), "wrong_type")));
    }
    // Nothing is found tomorrow.
    if begins(&finding.date).is_some_and(|begins| begins > state.store().now().0) {
        fields.push(field("/date", "out_of_range"));
    }
    if fields.is_empty() { Ok(()) } else { Err(Refusal::with(ErrorCode::InvalidBody, fields)) }
}

/// Notes a finding. While the plan is open or closed, one that counts becomes an incident with it; in a draft it waits.
#[utoipa::path(post, path = "/api/plans/{id}/findings", tag = "follow-up", params(("id" = String, Path)),
    request_body = FindingRequest, responses(
    (status = 201, body = FindingKept),
    (status = 200, body = FindingKept, description = "It was sent before"),
    (status = 400, body = ErrorBody), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
    (status = 409, body = ErrorBody, description = "wrong_state: it counts, and the plan is published; already_exists: its key is another finding's; list_full"),
    (status = 422, body = ErrorBody, description = "invalid_body, invalid_record"),
))]
pub(crate) async fn post(
    State(state): State<AppState>,
    Recorder(member): Recorder,
    Names(id): Names<String>,
    Body(finding): Body<FindingRequest>,
) -> Result<(StatusCode, Json<FindingKept>), Refusal> {
    let plan = plan_id(&id)?;
    let row = state.store().plan(&plan).await?;
    check_beside_plan(&state, &row, &finding).await?;
    let incident = match &finding.counts {
        None => None,
        Some(counts) if row.head.state == PlanState::Draft => {
            // It waits; what it says must fit the plan as it stands now, if that is one.
            if let Ok(drafted) = Plan::from_json(&row.document) {
                incident(&member, &drafted, &finding.unit, counts, "/counts")?;
            }
            None
        }
        Some(counts) => {
            let frozen = state.store().frozen_plan(&plan).await?;
            Some(incident(&member, &frozen.plan, &finding.unit, counts, "/counts")?)
        }
    };
    let store = state.store();
    let (kept, repeated) =
        store.put_finding(member.actor(), &plan, &finding, member.office(), incident.as_ref()).await?;
    let status = if repeated { StatusCode::OK } else { StatusCode::CREATED };
    Ok((status, Json(FindingKept { id: kept.id, incident: kept.incident, pending: kept.pending, repeated })))
}

/// `?unit=`, `?month=`, `?cursor=` and `?limit=` of the list.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct FindingQuery {
    /// Those on this unit alone.
    unit: Option<String>,
    /// Those of this month alone, such as `2018-10`.
    month: Option<String>,
    /// `next` of the page before.
    cursor: Option<String>,
    /// Most rows of the page: 1 to 200, else 100.
    limit: Option<usize>,
}

/// The findings, the newest day first, those struck out among them. An account of one office reads those of its office.
#[utoipa::path(get, path = "/api/plans/{id}/findings", tag = "follow-up", params(("id" = String, Path), FindingQuery), responses(
    (status = 200, body = Findings),
    (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
    (status = 422, body = ErrorBody, description = "invalid_body: a month, limit or cursor that is none"),
))]
pub(crate) async fn list(
    State(state): State<AppState>,
    RecordReader(member): RecordReader,
    Names(id): Names<String>,
    Asked(query): Asked<FindingQuery>,
) -> Result<Json<Findings>, Refusal> {
    let paging = Paging { cursor: query.cursor, limit: query.limit };
    query.month.as_deref().map_or(Ok(()), check_month)?;
    let (unit, month) = (query.unit.as_deref(), query.month.as_deref());
    let list = FindingList { unit, month, office: member.reads_only() };
    let page = state.store().findings(&plan_id(&id)?, list, paging.limit(), paging.cursor()?.as_ref()).await?;
    Ok(Json(Findings { findings: page.items, next: page.next.map(|next| next.to_string()) }))
}

/// Makes a finding that costs nothing yet an incident: one noted in the draft, or one that was looked into since.
#[utoipa::path(post, path = "/api/plans/{id}/findings/{finding}/count", tag = "follow-up",
    params(("id" = String, Path), ("finding" = String, Path)), request_body = FindingCounts, responses(
    (status = 200, body = FindingKept),
    (status = 400, body = ErrorBody), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
    (status = 409, body = ErrorBody, description = "wrong_state; already_exists: it counts as something else, whose incident is struck out first"),
    (status = 422, body = ErrorBody, description = "invalid_body, invalid_record"),
))]
pub(crate) async fn count(
    State(state): State<AppState>,
    Recorder(member): Recorder,
    Names((id, finding)): Names<(String, String)>,
    Body(counts): Body<FindingCounts>,
) -> Result<Json<FindingKept>, Refusal> {
    let (plan, finding) = (plan_id(&id)?, finding_id(&finding)?);
    let kept = state.store().finding(&plan, &finding).await?;
    if member.office().is_some_and(|office| !is_left_to(kept.office.as_deref(), office)) {
        return Err(ErrorCode::Forbidden.into());
    }
    if state.store().plan_head(&plan).await?.state == PlanState::Draft {
        return Err(ErrorCode::WrongState.into());
    }
    let frozen = state.store().frozen_plan(&plan).await?;
    let incident = incident(&member, &frozen.plan, &kept.unit, &counts, "")?;
    let counted = state.store().count_finding(member.actor(), &plan, &finding, &counts, &incident).await?;
    let (kept, repeated) = counted;
    Ok(Json(FindingKept { id: kept.id, incident: kept.incident, pending: kept.pending, repeated }))
}

/// Strikes a finding out, and its incident with it; both are kept.
#[utoipa::path(delete, path = "/api/plans/{id}/findings/{finding}", tag = "follow-up",
    params(("id" = String, Path), ("finding" = String, Path)), request_body = StrikeRequest, responses(
    (status = 200, body = RecordKept),
    (status = 400, body = ErrorBody), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
    (status = 409, body = ErrorBody, description = "wrong_state: it counts, and the plan is published; already_exists: struck out for another reason"),
    (status = 422, body = ErrorBody, description = "invalid_body"),
))]
pub(crate) async fn strike(
    State(state): State<AppState>,
    Recorder(member): Recorder,
    Names((id, finding)): Names<(String, String)>,
    Body(request): Body<StrikeRequest>,
) -> Result<Json<RecordKept>, Refusal> {
    check_reason(&request.reason)?;
    let (plan, finding) = (plan_id(&id)?, finding_id(&finding)?);
    if let Some(office) = member.office() {
        let kept = state.store().finding(&plan, &finding).await?;
        if !is_left_to(kept.office.as_deref(), office) {
            return Err(ErrorCode::Forbidden.into());
        }
    }
    let struck = state.store().strike_finding(member.actor(), &plan, &finding, &request.reason).await?;
    Ok(Json(RecordKept::of(struck.id)))
}

fn finding_id(text: &str) -> Result<FindingId, Refusal> {
    FindingId::parse(text).ok_or_else(|| ErrorCode::NotFound.into())
}

/// `?month=` of a notice.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct NoticeQuery {
    /// Such as `2018-10`.
    pub(super) month: String,
}

pub(super) fn check_month(month: &str) -> Result<(), Refusal> {
    if is_month(month) { Ok(()) } else { Err(Refusal::at(ErrorCode::InvalidBody, "/month", "bad_day")) }
}

pub(super) async fn of_month(
    state: &AppState,
    member: &Member,
    id: &str,
    month: String,
) -> Result<FindingNotice, Refusal> {
    check_month(&month)?;
    let plan = plan_id(id)?;
    let row = state.store().plan(&plan).await?;
    let mut findings = state.store().findings_of_month(&plan, &month).await?;
    if let Some(office) = member.reads_only() {
        findings.retain(|finding| is_left_to(finding.office.as_deref(), office));
    }
    let counted = findings.iter().filter(|finding| costs(finding)).count();
    let (found, plan_title) = (findings.len(), row.head.title.clone());
    let units = by_unit(&row.document, findings);
    Ok(FindingNotice { plan_title, month, findings: found as u64, counted: counted as u64, units })
}

/// Whether a finding's incident counts.
pub(super) fn costs(finding: &Finding) -> bool {
    finding.incident.is_some() && !finding.pending
}

/// The units of a plan's document, each by its id and its name.
pub(super) fn named_units(plan: &Value) -> Vec<(String, String)> {
    let listed = match plan.get("units") {
        Some(Value::List(units)) => units.as_slice(),
        _ => &[],
    };
    let text = |unit: &Value, name: &str| unit.get(name).and_then(Value::as_str).map(str::to_owned);
    listed.iter().filter_map(|unit| Some((text(unit, "id")?, text(unit, "name")?))).collect()
}

/// The findings unit by unit, units in the order of the plan; those that it does not have any more come last.
fn by_unit(plan: &Value, findings: Vec<Finding>) -> Vec<UnitFindings> {
    let known = named_units(plan).into_iter();
    let mut units: Vec<UnitFindings> =
        known.map(|(unit, name)| UnitFindings { unit, name, findings: Vec::new() }).collect();
    for finding in findings {
        let place = units.iter().position(|unit| unit.unit == finding.unit).unwrap_or_else(|| {
            let unit = finding.unit.clone();
            units.push(UnitFindings { name: unit.clone(), unit, findings: Vec::new() });
            units.len() - 1
        });
        units[place].findings.push(finding);
    }
    units.retain(|unit| !unit.findings.is_empty());
    units
}

/// The monthly notice (通报): what was found, unit by unit.
#[utoipa::path(get, path = "/api/plans/{id}/findings/notice", tag = "follow-up", params(("id" = String, Path), NoticeQuery), responses(
    (status = 200, body = FindingNotice),
    (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
    (status = 422, body = ErrorBody, description = "invalid_body: a month that is none"),
))]
pub(crate) async fn notice(
    State(state): State<AppState>,
    RecordReader(member): RecordReader,
    Names(id): Names<String>,
    Asked(query): Asked<NoticeQuery>,
) -> Result<Json<FindingNotice>, Refusal> {
    Ok(Json(of_month(&state, &member, &id, query.month).await?))
}
