//! `/api/plans/{id}/entries`, `incidents`, `links`, `adjustments`, `lots`, `decisions`, `verdicts`,
//! `history`: what offices give.
//!
//! Owns the one way from a request to a record, and its check against the plan by `scoring`. Refuses to own what a
//! record holds (that is declared in `scoring`) and what is kept and how: that is the store's; reading and striking
//! out is [`super::ledger`]'s.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use document::{Problem, ProblemCode, Value};
use scoring::names::{is_left_to, is_seen};
use scoring::{Plan, Record, RecordKind, Records, RecordsDocument};
use store::PlanId;
use wire::day::begins;
use wire::file::{MOST_FILES, check_files, is_file};
use wire::finding::is_text;
use wire::record::{Beside, FIRST_DAY, LONGEST_CLAUSE, MOST_WORDS, RecordKept, RecordRequest, addressed, body};
use wire::{ErrorBody, ErrorCode, Field};

use crate::body::Document;
use crate::names::{Names, plan_id};
use crate::refusal::{Refusal, field};
use crate::session::{Member, Recorder};
use crate::state::AppState;

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
    if !is_seen(reason) {
        return Err(Refusal::at(ErrorCode::InvalidBody, "/reason", "missing_field"));
    }
    check_words("/reason", Some(reason))
}

/// Whoever is kept to an office gives and strikes out its records only.
pub(crate) fn check_office(member: &Member, plan: &Plan, record: &Record) -> Result<(), Refusal> {
    match member.office() {
        Some(office) if !is_left_to(plan.office_of(record), office) => Err(ErrorCode::Forbidden.into()),
        _ => Ok(()),
    }
}

/// What is wrong with what stands beside a record, all of it.
pub(super) async fn check_beside(state: &AppState, plan: &PlanId, beside: &Beside) -> Result<(), Refusal> {
    let mut fields = Vec::new();
    if check_words("/evidence", beside.evidence.as_deref()).is_err() {
        fields.push(field("/evidence", "out_of_range"));
    }
    if beside.clause.as_deref().is_some_and(|clause| !is_text(clause, LONGEST_CLAUSE)) {
        fields.push(field("/clause", "out_of_range"));
    }
    if let Some(date) = &beside.date {
        match begins(date) {
            None => fields.push(field("/date", "bad_day")),
            // Nothing is punished or praised tomorrow.
            Some(begins) if begins > state.store().now().0 || date.as_str() < FIRST_DAY => {
                fields.push(field("/date", "out_of_range"));
            }
            Some(_) => {}
        }
    }
    fields.extend(check_files(&beside.files));
    fields.extend(unknown_files(state, plan, &beside.files).await?);
    if fields.is_empty() { Ok(()) } else { Err(Refusal::with(ErrorCode::InvalidBody, fields)) }
}

/// Files that the plan does not have, of those that can be some.
pub(crate) async fn unknown_files(state: &AppState, plan: &PlanId, files: &[String]) -> Result<Vec<Field>, Refusal> {
    if files.is_empty() || files.len() > MOST_FILES {
        return Ok(Vec::new());
    }
    let unknown = state.store().unknown_files(plan, files).await?;
    let unknown = unknown.into_iter().filter(|place| is_file(&files[*place]));
    Ok(unknown.map(|place| field(&format!("/files/{place}"), "unknown_file")).collect())
}

/// Keeps a record of a kind: `names` are the plan's id and the ids of the record's address.
async fn keep(
    state: &AppState,
    Recorder(member): Recorder,
    kind: RecordKind,
    names: &[String],
    body: &Value,
) -> Result<Json<RecordKept>, Refusal> {
    let (id, ids) = names.split_first().ok_or(ErrorCode::NotFound)?;
    let request = RecordRequest::read_record(kind, ids, body).map_err(|problems| misshapen(problems, body))?;
    if let Record::Decision(scoring::records_document::DecisionRecord { reason, .. })
    | Record::Verdict(scoring::records_document::VerdictRecord { reason, .. }) = &request.what
    {
        check_reason(reason)?;
    }
    let plan = plan_id(id)?;
    check_beside(state, &plan, &request.beside).await?;
    let frozen = state.store().frozen_plan(&plan).await?;
    let mut document = RecordsDocument::default();
    document.add(request.what.clone());
    Records::new(&frozen.plan, &document).map_err(|problems| refuse(problems, kind))?;
    check_office(&member, &frozen.plan, &request.what)?;
    let kept = state.store().give_record(member.actor(), &plan, &request.what, &request.beside).await?;
    Ok(Json(RecordKept { id: kept.id.to_string(), pending: kept.pending }))
}

/// A count that no record can hold has the code of all values outside their bounds; one below zero is none.
fn misshapen(problems: Vec<Problem>, body: &Value) -> Refusal {
    let is_above = |problem: &Problem| {
        let found = problem.path.split('/').skip(1).try_fold(body, |value, token| match value {
            Value::List(items) => items.get(token.parse::<usize>().ok()?),
            value => value.get(token),
        });
        problem.code == ProblemCode::OutOfRange && !matches!(found, Some(Value::Int(..0)))
    };
    let code = if problems.iter().all(is_above) { ErrorCode::OutOfRange } else { ErrorCode::InvalidBody };
    Refusal::problems(code, problems)
}

/// Problems of a record: paths are turned into the request's; an address that the plan does not
/// know is not found; a value outside its bounds has a code of its own.
fn refuse(mut problems: Vec<Problem>, kind: RecordKind) -> Refusal {
    // The whole history is one record, the others stand one by one in their list.
    let prefix = if kind == RecordKind::History { String::new() } else { format!("/{}/0", kind.as_str()) };
    for problem in &mut problems {
        if let Some(rest) = problem.path.strip_prefix(&prefix) {
            problem.path = rest.to_owned();
        }
    }
    let is_addressed = |problem: &Problem| {
        let member = problem.path.strip_prefix('/').unwrap_or(&problem.path);
        addressed(kind).contains(&member) && problem.code.as_str().starts_with("unknown_")
    };
    if problems.iter().any(is_addressed) {
        return ErrorCode::NotFound.into();
    }
    let bounds = |problem: &Problem| matches!(problem.code, ProblemCode::OutOfRange | ProblemCode::Negative);
    let code = if problems.iter().all(bounds) { ErrorCode::OutOfRange } else { ErrorCode::InvalidRecord };
    Refusal::problems(code, problems)
}

/// A route for each kind: its address, its body and what it answers.
macro_rules! routes_of_records {
    ($(
        $(#[$doc:meta])*
        $name:ident $method:ident $path:literal ($($params:tt)*) $kind:ident as $body:ident,
        $status:literal $created:ident, $conflict:literal, $refused:literal;
    )*) => {$(
        $(#[$doc])*
        #[utoipa::path($method, path = $path, tag = "records", params($($params)*),
            request_body = body::$body, responses(
            (status = $status, body = RecordKept),
            (status = 400, body = ErrorBody), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
            (status = 404, body = ErrorBody),
            (status = 409, body = ErrorBody, description = $conflict),
            (status = 422, body = ErrorBody, description = $refused),
        ))]
        pub(crate) async fn $name(
            State(state): State<AppState>,
            member: Recorder,
            Names(names): Names<Vec<String>>,
            Document(body): Document,
        ) -> Result<(StatusCode, Json<RecordKept>), Refusal> {
            Ok((StatusCode::$created, keep(&state, member, RecordKind::$kind, &names, &body).await?))
        }
    )*};
}

routes_of_records! {
    /// The points that an office gives a unit.
    put_entry put "/api/plans/{id}/entries/{period}/{component}/{unit}"
        (("id" = String, Path), ("period" = String, Path), ("component" = String, Path), ("unit" = String, Path))
        Entry as EntryRequest, 200 OK, "wrong_state", "out_of_range, invalid_record, invalid_body";
    /// Totals of linked plans for a unit.
    put_link put "/api/plans/{id}/links/{period}/{component}/{unit}"
        (("id" = String, Path), ("period" = String, Path), ("component" = String, Path), ("unit" = String, Path))
        Link as LinkRequest, 200 OK, "wrong_state", "invalid_record, invalid_body";
    /// A verified fact that costs points.
    post_incident post "/api/plans/{id}/incidents" (("id" = String, Path))
        Incident as IncidentRequest, 201 CREATED, "wrong_state", "invalid_record, invalid_body";
    /// A bonus or a deduction, by `level` or by `points` as its rule says.
    post_adjustment post "/api/plans/{id}/adjustments" (("id" = String, Path))
        Adjustment as AdjustmentRequest, 201 CREATED, "wrong_state", "out_of_range, invalid_record, invalid_body";
    /// The recorded draw that settles a tie; `-` for one across categories.
    put_lot put "/api/plans/{id}/lots/{category}" (("id" = String, Path), ("category" = String, Path))
        Lot as LotRequest, 200 OK, "wrong_state", "invalid_record, invalid_body";
    /// A joint decision that takes the place of a leaf's raw value.
    post_decision post "/api/plans/{id}/decisions" (("id" = String, Path))
        Decision as DecisionRequest, 201 CREATED, "wrong_state, already_exists",
        "out_of_range, invalid_record, invalid_body";
    /// An outcome whatever the rank.
    post_verdict post "/api/plans/{id}/verdicts" (("id" = String, Path))
        Verdict as VerdictRequest, 201 CREATED, "wrong_state, already_exists", "invalid_record, invalid_body";
    /// The whole history of earlier years.
    put_history put "/api/plans/{id}/history" (("id" = String, Path))
        History as HistoryRequest, 200 OK, "wrong_state", "invalid_record, invalid_body";
}
