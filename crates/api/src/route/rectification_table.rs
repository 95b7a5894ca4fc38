//! `/api/plans/{id}/rectifications.csv`: the 整改清单 as a table, and the public list of what was released.
//!
//! Owns the table's columns, which are those of the sources' records, and what of an item the public sees. Refuses to own
//! the items.

use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use document::Value;
use futures_util::stream;
use store::{Cursor, PlanId, RectificationList, StoreError};
use text::csv_cell::line;
use wire::public_rectification::{PublicRectification, PublicRectifications, PublicReport};
use wire::rectification::{Rectification, RectificationReport, RectificationState, ReleasedField};
use wire::{ErrorBody, ErrorCode};

use super::rectifications::own_units;
use crate::limits::MOST_ROWS;
use crate::names::{Asked, Names, Paging, plan_id};
use crate::refusal::Refusal;
use crate::session::UnitReader;
use crate::state::AppState;

/// 序号 and the seven of Ma'anshan's record with the unit between, then how far it is. What the public page shows may be
/// kept as long.
const COLUMNS: [&str; 11] = [
    "序号",
    "整改单位",
    "整改事项",
    "意见来源",
    "整改措施",
    "责任领导",
    "责任部门",
    "整改时限",
    "整改结果",
    "状态",
    "最近报告",
];

/// How long a public list may be kept.
const CACHE: &str = "public, max-age=300";

/// The names of a plan's units, by id.
pub(crate) fn unit_name<'p>(plan: &'p Value, unit: &'p str) -> &'p str {
    let text = |of: &'p Value, name: &str| of.get(name).and_then(Value::as_str);
    match plan.get("units") {
        Some(Value::List(units)) => units
            .iter()
            .find(|known| text(known, "id") == Some(unit))
            .and_then(|known| text(known, "name"))
            .unwrap_or(unit),
        _ => unit,
    }
}

/// 整改结果 as the sources say it.
fn result(item: &Rectification) -> &'static str {
    if item.state == RectificationState::Accepted { "已整改" } else { "正在整改" }
}

fn state_in_words(state: RectificationState) -> &'static str {
    match state {
        RectificationState::Open => "整改中",
        RectificationState::Reported => "已上报",
        RectificationState::Accepted => "已销号",
        RectificationState::Overdue => "已逾期",
        RectificationState::Returned => "已退回",
    }
}

/// 整改时限 as the office says it.
pub(super) fn deadline(item: &Rectification) -> &str {
    item.term.as_deref().unwrap_or(&item.deadline)
}

fn row(plan: &Value, item: &Rectification) -> String {
    let report = item.last_report.as_ref();
    let report = report.map(|report| format!("{} {}", report.month, report.text)).unwrap_or_default();
    line(&[
        &item.number.to_string(),
        unit_name(plan, &item.unit),
        &item.matter,
        &item.source,
        &item.measures,
        &item.leader,
        &item.department,
        deadline(item),
        result(item),
        state_in_words(item.state),
        &report,
    ])
}

/// What comes next of a table.
enum Next {
    Head,
    Rows(Option<Cursor>),
    Nothing,
}

/// All items that stand as a table for spreadsheets, written as they are read. An account of a unit gets its own.
#[utoipa::path(get, path = "/api/plans/{id}/rectifications.csv", tag = "follow-up", params(("id" = String, Path)), responses(
    (status = 200, content((String = "text/csv"))),
    (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
))]
pub(crate) async fn csv(
    State(state): State<AppState>,
    UnitReader(member): UnitReader,
    Names(id): Names<String>,
) -> Result<Response, Refusal> {
    let plan = plan_id(&id)?;
    let document = state.store().plan(&plan).await?.document;
    let own = own_units(&state, &member, &plan).await?;
    // A unit stands once in a plan; an account whose unit it does not have has no rows.
    let (is_of_unit, unit) = (own.is_some(), own.and_then(|own| own.into_iter().next()));
    let parts = stream::try_unfold((state, Next::Head), move |(state, next)| {
        let (plan, document, unit) = (plan.clone(), document.clone(), unit.clone());
        async move {
            match next {
                Next::Head => Ok(Some((format!("\u{feff}{}", line(&COLUMNS)), (state, Next::Rows(None))))),
                Next::Rows(_) if is_of_unit && unit.is_none() => Ok(None),
                Next::Rows(after) => {
                    let list = RectificationList { unit: unit.as_deref(), state: None };
                    let page = state.store().rectifications(&plan, list, MOST_ROWS, after.as_ref()).await?;
                    let stands = |item: &&Rectification| item.struck.is_none();
                    let text = page.items.iter().filter(stands).map(|item| row(&document, item)).collect();
                    let next = page.next.map_or(Next::Nothing, |next| Next::Rows(Some(next)));
                    Ok(Some((text, (state, next))))
                }
                Next::Nothing => Ok::<Option<(String, _)>, StoreError>(None),
            }
        }
    });
    let head = [
        (CONTENT_TYPE, "text/csv; charset=utf-8"),
        (CONTENT_DISPOSITION, "attachment; filename=\"rectification.csv\""),
    ];
    Ok((head, Body::from_stream(parts)).into_response())
}

/// An item as far as it was released.
fn public_item(plan: &Value, item: Rectification, reports: Vec<RectificationReport>) -> PublicRectification {
    let has = |field: ReleasedField| item.released.contains(&field);
    let given = |field: ReleasedField, text: &str| (has(field) && !text.is_empty()).then(|| text.to_owned());
    let read = usize::try_from(item.reports_released).unwrap_or(usize::MAX);
    let reports = reports.into_iter().take(read).map(|report| PublicReport { month: report.month, text: report.text });
    PublicRectification {
        number: item.number,
        unit: unit_name(plan, &item.unit).to_owned(),
        matter: given(ReleasedField::Matter, &item.matter),
        source: given(ReleasedField::Source, &item.source),
        measures: given(ReleasedField::Measures, &item.measures),
        leader: given(ReleasedField::Leader, &item.leader),
        department: given(ReleasedField::Department, &item.department),
        deadline: given(ReleasedField::Deadline, deadline(&item)),
        done: has(ReleasedField::Result).then_some(item.state == RectificationState::Accepted),
        reports: has(ReleasedField::Reports).then(|| reports.collect()),
    }
}

/// A page of what the office released of a plan's items.
///
/// # Errors
/// 404 where nothing is released: nobody outside may know of such a plan.
pub(crate) async fn released(
    state: &AppState,
    plan: &PlanId,
    limit: usize,
    after: Option<&Cursor>,
) -> Result<PublicRectifications, Refusal> {
    let store = state.store();
    let row = store.plan(plan).await?;
    let released = store.public_rectifications_counted(plan).await?;
    if released == 0 {
        return Err(ErrorCode::NotFound.into());
    }
    let page = store.public_rectifications(plan, limit, after).await?;
    let mut items = Vec::with_capacity(page.items.len());
    for item in page.items {
        let reports = match item.released.contains(&ReleasedField::Reports) {
            true => store.rectification_reports(plan, item.number).await?,
            false => Vec::new(),
        };
        items.push(public_item(&row.document, item, reports));
    }
    let next = page.next.map(|next| next.to_string());
    Ok(PublicRectifications { plan_title: row.head.title, released, items, next })
}

/// What the office released of a plan's items, at any time of the plan.
#[utoipa::path(get, path = "/api/public/{id}/rectification", tag = "public", params(("id" = String, Path), Paging), responses(
    (status = 200, body = PublicRectifications),
    (status = 404, body = ErrorBody, description = "not_found: nothing is released"),
    (status = 422, body = ErrorBody, description = "invalid_body: a limit or cursor that is none"),
))]
pub(crate) async fn public(
    State(state): State<AppState>,
    Names(id): Names<String>,
    Asked(paging): Asked<Paging>,
) -> Result<impl IntoResponse, Refusal> {
    let page = released(&state, &plan_id(&id)?, paging.limit(), paging.cursor()?.as_ref()).await?;
    Ok(([(CACHE_CONTROL, CACHE)], Json(page)))
}
