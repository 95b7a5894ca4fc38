//! `/api/plans/{id}/entries`, `incidents`, `links`, `adjustments`, `lots`, `decisions`, `verdicts`,
//! `history`: what offices give.
//!
//! Owns the way from a request to one member of the records document, and its check against the
//! plan by `scoring`. Refuses to own what is kept and how: that is the store's; reading and striking
//! out is [`super::ledger`]'s.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use scoring::json::Value;
use scoring::{Problem, ProblemCode, Records, RecordsDocument};
use store::{PlanId, RecordKind as StoredKind};
use wire::ledger::RecordKind;
use wire::record::{
    AdjustmentRequest, DecisionRequest, EntryRequest, HistoryRequest, IncidentRequest, LinkRequest, LotRequest,
    MOST_WORDS, RecordKept, VerdictRequest,
};
use wire::{ErrorBody, ErrorCode};

use crate::body::Body;
use crate::names::{Names, plan_id};
use crate::refusal::Refusal;
use crate::session::{Member, Recorder};
use crate::state::AppState;

/// A list of the records document as the store names it.
pub(crate) fn stored_kind(kind: RecordKind) -> StoredKind {
    match kind {
        RecordKind::Entries => StoredKind::Entry,
        RecordKind::Incidents => StoredKind::Incident,
        RecordKind::Links => StoredKind::Link,
        RecordKind::Adjustments => StoredKind::Adjustment,
        RecordKind::Lots => StoredKind::Lot,
        RecordKind::Decisions => StoredKind::Decision,
        RecordKind::Verdicts => StoredKind::Verdict,
        RecordKind::History => StoredKind::History,
    }
}

/// Words that a person gives with a record are few enough to read.
pub(crate) fn check_words(path: &str, words: Option<&str>) -> Result<(), Refusal> {
    match words {
        Some(words) if words.chars().count() > MOST_WORDS => {
            Err(Refusal::at(ErrorCode::InvalidBody, path, "out_of_range"))
        }
        _ => Ok(()),
    }
}

/// A reason must be there and say something.
pub(crate) fn check_reason(reason: &str) -> Result<(), Refusal> {
    if reason.trim().is_empty() {
        return Err(Refusal::at(ErrorCode::InvalidBody, "/reason", "missing_field"));
    }
    check_words("/reason", Some(reason))
}

/// One record on its way in: the members that the address gives, and those that the body gives.
struct Incoming<'a> {
    kind: RecordKind,
    /// Members that came by the address; a wrong one is "not found".
    addressed: &'a [&'a str],
    record: Value,
    evidence: Option<String>,
}

fn object<const N: usize>(members: [(&str, Value); N]) -> Value {
    Value::Object(members.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
}

fn text(text: String) -> Value {
    Value::Text(text)
}

fn texts(texts: Vec<String>) -> Value {
    Value::List(texts.into_iter().map(Value::Text).collect())
}

fn optional(text: Option<String>) -> Value {
    text.map_or(Value::Null, Value::Text)
}

fn whole(n: u64) -> Value {
    i64::try_from(n).map_or(Value::Null, Value::Int)
}

/// Only what scoring's record has: no null members.
fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            Value::Object(members.into_iter().filter(|(_, value)| *value != Value::Null).collect())
        }
        other => other,
    }
}

async fn keep(state: &AppState, member: &Member, plan: &PlanId, incoming: Incoming<'_>) -> Result<RecordKept, Refusal> {
    check_words("/evidence", incoming.evidence.as_deref())?;
    let frozen = state.store().frozen_plan(plan).await?;
    let list = incoming.kind.as_str();
    // The store keeps the whole history as one record, the others one by one.
    let (members, prefix) = match incoming.kind {
        RecordKind::History => (incoming.record.get("history").cloned().unwrap_or(Value::Null), String::new()),
        _ => (Value::List(vec![incoming.record.clone()]), format!("/{list}/0")),
    };
    let document = object([("format", Value::Int(1)), (list, members)]);
    let checked = RecordsDocument::read(&document).and_then(|document| Records::new(&frozen.plan, &document).map(drop));
    checked.map_err(|problems| refuse(problems, &prefix, incoming.addressed))?;
    let kind = stored_kind(incoming.kind);
    let id =
        state.store().put_record(member.actor(), plan, kind, &incoming.record, incoming.evidence.as_deref()).await?;
    Ok(RecordKept { id: id.to_string() })
}

/// Problems of a record: paths are turned into the request's; an address that the plan does not
/// know is not found; a value outside its bounds has a code of its own.
fn refuse(problems: Vec<Problem>, prefix: &str, addressed: &[&str]) -> Refusal {
    let mut problems = problems;
    for problem in &mut problems {
        if let Some(rest) = problem.path.strip_prefix(prefix) {
            problem.path = rest.to_owned();
        }
    }
    let is_addressed = |problem: &Problem| {
        let member = problem.path.strip_prefix('/').unwrap_or(&problem.path);
        addressed.contains(&member) && problem.code.as_str().starts_with("unknown_")
    };
    if problems.iter().any(is_addressed) {
        return ErrorCode::NotFound.into();
    }
    let bounds = |problem: &Problem| matches!(problem.code, ProblemCode::OutOfRange | ProblemCode::Negative);
    let code = if problems.iter().all(bounds) { ErrorCode::OutOfRange } else { ErrorCode::InvalidRecord };
    Refusal::problems(code, problems)
}

type Created = (StatusCode, Json<RecordKept>);

/// The points that an office gives a unit.
#[utoipa::path(put, path = "/api/plans/{id}/entries/{period}/{component}/{unit}", tag = "records",
    params(("id" = String, Path), ("period" = String, Path), ("component" = String, Path), ("unit" = String, Path)),
    request_body = EntryRequest, responses(
    (status = 200, body = RecordKept),
    (status = 400, body = ErrorBody), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
    (status = 409, body = ErrorBody, description = "wrong_state"),
    (status = 422, body = ErrorBody, description = "out_of_range, invalid_record, invalid_body"),
))]
pub(crate) async fn put_entry(
    State(state): State<AppState>,
    Recorder(member): Recorder,
    Names((id, period, component, unit)): Names<(String, String, String, String)>,
    Body(request): Body<EntryRequest>,
) -> Result<Json<RecordKept>, Refusal> {
    let record = object([
        ("period", text(period)),
        ("component", text(component)),
        ("unit", text(unit)),
        ("value", text(request.value)),
    ]);
    let incoming = Incoming {
        kind: RecordKind::Entries,
        addressed: &["period", "component", "unit"],
        record,
        evidence: request.evidence,
    };
    keep(&state, &member, &plan_id(&id)?, incoming).await.map(Json)
}

/// Totals of linked plans for a unit.
#[utoipa::path(put, path = "/api/plans/{id}/links/{period}/{component}/{unit}", tag = "records",
    params(("id" = String, Path), ("period" = String, Path), ("component" = String, Path), ("unit" = String, Path)),
    request_body = LinkRequest, responses(
    (status = 200, body = RecordKept),
    (status = 400, body = ErrorBody), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
    (status = 409, body = ErrorBody, description = "wrong_state"),
    (status = 422, body = ErrorBody, description = "invalid_record, invalid_body"),
))]
pub(crate) async fn put_link(
    State(state): State<AppState>,
    Recorder(member): Recorder,
    Names((id, period, component, unit)): Names<(String, String, String, String)>,
    Body(request): Body<LinkRequest>,
) -> Result<Json<RecordKept>, Refusal> {
    let record = object([
        ("period", text(period)),
        ("component", text(component)),
        ("unit", text(unit)),
        ("totals", texts(request.totals)),
    ]);
    let incoming = Incoming {
        kind: RecordKind::Links,
        addressed: &["period", "component", "unit"],
        record,
        evidence: request.evidence,
    };
    keep(&state, &member, &plan_id(&id)?, incoming).await.map(Json)
}

/// A verified fact that costs points.
#[utoipa::path(post, path = "/api/plans/{id}/incidents", tag = "records", params(("id" = String, Path)),
    request_body = IncidentRequest, responses(
    (status = 201, body = RecordKept),
    (status = 400, body = ErrorBody), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
    (status = 409, body = ErrorBody, description = "wrong_state"),
    (status = 422, body = ErrorBody, description = "invalid_record, invalid_body"),
))]
pub(crate) async fn post_incident(
    State(state): State<AppState>,
    Recorder(member): Recorder,
    Names(id): Names<String>,
    Body(request): Body<IncidentRequest>,
) -> Result<Created, Refusal> {
    let record = object([
        ("period", text(request.period)),
        ("component", text(request.component)),
        ("unit", text(request.unit)),
        ("level", text(request.level)),
        ("count", whole(request.count)),
        ("serious", Value::Bool(request.serious)),
    ]);
    let incoming = Incoming { kind: RecordKind::Incidents, addressed: &[], record, evidence: request.evidence };
    keep(&state, &member, &plan_id(&id)?, incoming).await.map(created)
}

fn created(kept: RecordKept) -> Created {
    (StatusCode::CREATED, Json(kept))
}

/// A bonus or a deduction.
#[utoipa::path(post, path = "/api/plans/{id}/adjustments", tag = "records", params(("id" = String, Path)),
    request_body = AdjustmentRequest, responses(
    (status = 201, body = RecordKept),
    (status = 400, body = ErrorBody), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
    (status = 409, body = ErrorBody, description = "wrong_state"),
    (status = 422, body = ErrorBody, description = "out_of_range, invalid_record, invalid_body"),
))]
pub(crate) async fn post_adjustment(
    State(state): State<AppState>,
    Recorder(member): Recorder,
    Names(id): Names<String>,
    Body(request): Body<AdjustmentRequest>,
) -> Result<Created, Refusal> {
    let record = object([
        ("period", text(request.period)),
        ("rule", text(request.rule)),
        ("unit", text(request.unit)),
        ("level", optional(request.level)),
        ("points", optional(request.points)),
    ]);
    let record = without_nulls(record);
    let incoming = Incoming { kind: RecordKind::Adjustments, addressed: &[], record, evidence: request.evidence };
    keep(&state, &member, &plan_id(&id)?, incoming).await.map(created)
}

/// The recorded draw that settles a tie; `-` for one across categories.
#[utoipa::path(put, path = "/api/plans/{id}/lots/{category}", tag = "records",
    params(("id" = String, Path), ("category" = String, Path)), request_body = LotRequest, responses(
    (status = 200, body = RecordKept),
    (status = 400, body = ErrorBody), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
    (status = 409, body = ErrorBody, description = "wrong_state"),
    (status = 422, body = ErrorBody, description = "invalid_record, invalid_body"),
))]
pub(crate) async fn put_lot(
    State(state): State<AppState>,
    Recorder(member): Recorder,
    Names((id, category)): Names<(String, String)>,
    Body(request): Body<LotRequest>,
) -> Result<Json<RecordKept>, Refusal> {
    let category = if category == "-" { Value::Null } else { text(category) };
    let record = object([("category", category), ("order", texts(request.order))]);
    let incoming = Incoming { kind: RecordKind::Lots, addressed: &["category"], record, evidence: request.evidence };
    keep(&state, &member, &plan_id(&id)?, incoming).await.map(Json)
}

/// A joint decision that takes the place of a leaf's raw value.
#[utoipa::path(post, path = "/api/plans/{id}/decisions", tag = "records", params(("id" = String, Path)),
    request_body = DecisionRequest, responses(
    (status = 201, body = RecordKept),
    (status = 400, body = ErrorBody), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
    (status = 409, body = ErrorBody, description = "wrong_state, already_exists"),
    (status = 422, body = ErrorBody, description = "out_of_range, invalid_record, invalid_body"),
))]
pub(crate) async fn post_decision(
    State(state): State<AppState>,
    Recorder(member): Recorder,
    Names(id): Names<String>,
    Body(request): Body<DecisionRequest>,
) -> Result<Created, Refusal> {
    check_reason(&request.reason)?;
    let record = object([
        ("period", text(request.period)),
        ("component", text(request.component)),
        ("unit", text(request.unit)),
        ("value", text(request.value)),
        ("reason", text(request.reason)),
    ]);
    let incoming = Incoming { kind: RecordKind::Decisions, addressed: &[], record, evidence: request.evidence };
    keep(&state, &member, &plan_id(&id)?, incoming).await.map(created)
}

/// An outcome whatever the rank.
#[utoipa::path(post, path = "/api/plans/{id}/verdicts", tag = "records", params(("id" = String, Path)),
    request_body = VerdictRequest, responses(
    (status = 201, body = RecordKept),
    (status = 400, body = ErrorBody), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
    (status = 409, body = ErrorBody, description = "wrong_state, already_exists"),
    (status = 422, body = ErrorBody, description = "invalid_record, invalid_body"),
))]
pub(crate) async fn post_verdict(
    State(state): State<AppState>,
    Recorder(member): Recorder,
    Names(id): Names<String>,
    Body(request): Body<VerdictRequest>,
) -> Result<Created, Refusal> {
    check_reason(&request.reason)?;
    let record =
        object([("unit", text(request.unit)), ("outcome", text(request.outcome)), ("reason", text(request.reason))]);
    let incoming = Incoming { kind: RecordKind::Verdicts, addressed: &[], record, evidence: request.evidence };
    keep(&state, &member, &plan_id(&id)?, incoming).await.map(created)
}

/// The whole history of earlier years.
#[utoipa::path(put, path = "/api/plans/{id}/history", tag = "records", params(("id" = String, Path)),
    request_body = HistoryRequest, responses(
    (status = 200, body = RecordKept),
    (status = 400, body = ErrorBody), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
    (status = 409, body = ErrorBody, description = "wrong_state"),
    (status = 422, body = ErrorBody, description = "invalid_record, invalid_body"),
))]
pub(crate) async fn put_history(
    State(state): State<AppState>,
    Recorder(member): Recorder,
    Names(id): Names<String>,
    Body(request): Body<HistoryRequest>,
) -> Result<Json<RecordKept>, Refusal> {
    let years = request.history.into_iter().map(|year| {
        object([("year", whole(year.year)), ("unit", text(year.unit)), ("outcomes", texts(year.outcomes))])
    });
    let record = object([("history", Value::List(years.collect()))]);
    let incoming = Incoming { kind: RecordKind::History, addressed: &[], record, evidence: request.evidence };
    keep(&state, &member, &plan_id(&id)?, incoming).await.map(Json)
}
