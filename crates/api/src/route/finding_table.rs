//! `/api/plans/{id}/findings/notice.csv`: the monthly notice as a table.
//!
//! Owns the table's columns, and that it goes out as it is read: in memory are the ids of a month's findings and the content
//! of one page of them. Refuses to own the findings.

use std::collections::BTreeMap;

use axum::body::Body;
use axum::extract::State;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use scoring::names::is_left_to;
use store::{FindingId, PlanId, StoreError};
use text::csv_cell::line;
use wire::ErrorBody;
use wire::finding::Finding;

use super::findings::{NoticeQuery, check_month, costs, named_units};
use crate::limits::MOST_ROWS;
use crate::names::{Asked, Names, plan_id};
use crate::refusal::Refusal;
use crate::session::RecordReader;
use crate::state::AppState;

const COLUMNS: [&str; 8] = ["序号", "单位", "日期", "地点", "发现的问题", "来源", "计入扣分", "情节严重"];

/// A table that is on its way out.
struct Table {
    state: AppState,
    plan: PlanId,
    /// The one office whose findings the account reads; `None`: it reads all.
    office: Option<String>,
    /// Names of units, by id.
    names: BTreeMap<String, String>,
    /// What is still to be read, the next first.
    rest: std::vec::IntoIter<(String, FindingId)>,
    /// The number of the row before.
    number: u64,
}

impl Table {
    /// The rows of the next page; `None` at the end.
    async fn rows(&mut self) -> Result<Option<String>, StoreError> {
        let ids: Vec<FindingId> = self.rest.by_ref().take(MOST_ROWS).map(|(_, id)| id).collect();
        if ids.is_empty() {
            return Ok(None);
        }
        let mut findings = self.state.store().findings_named(&self.plan, &ids).await?;
        if let Some(office) = &self.office {
            findings.retain(|finding| is_left_to(finding.office.as_deref(), office));
        }
        let mut rows = String::new();
        for finding in findings {
            self.number += 1;
            rows += &self.row(&finding);
        }
        Ok(Some(rows))
    }

    fn row(&self, finding: &Finding) -> String {
        let yes = |holds: bool| if holds { "是" } else { "" };
        line(&[
            &self.number.to_string(),
            self.names.get(&finding.unit).unwrap_or(&finding.unit),
            &finding.date,
            finding.place.as_deref().unwrap_or_default(),
            &finding.text,
            &finding.source,
            yes(costs(finding)),
            yes(finding.counts.as_ref().is_some_and(|counts| counts.serious)),
        ])
    }
}

/// The monthly notice as a table for spreadsheets, written as it is read: units in the order of the plan, those that it does
/// not have any more last.
#[utoipa::path(get, path = "/api/plans/{id}/findings/notice.csv", tag = "follow-up", params(("id" = String, Path), NoticeQuery), responses(
    (status = 200, content((String = "text/csv"))),
    (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
    (status = 422, body = ErrorBody, description = "invalid_body: a month that is none"),
))]
pub(crate) async fn notice_csv(
    State(state): State<AppState>,
    RecordReader(member): RecordReader,
    Names(id): Names<String>,
    Asked(query): Asked<NoticeQuery>,
) -> Result<Response, Refusal> {
    check_month(&query.month)?;
    let plan = plan_id(&id)?;
    let units = named_units(&state.store().plan(&plan).await?.document);
    let order: BTreeMap<&str, usize> = units.iter().enumerate().map(|(place, (id, _))| (id.as_str(), place)).collect();
    let mut places = state.store().finding_places(&plan, &query.month).await?;
    // Stable: inside a unit the days stay as they are.
    places.sort_by_key(|(unit, _)| order.get(unit.as_str()).copied().unwrap_or(usize::MAX));
    let office = member.reads_only().map(str::to_owned);
    let names = units.into_iter().collect();
    let table = Table { state, plan, office, names, rest: places.into_iter(), number: 0 };
    let parts = stream::try_unfold((table, false), async |(mut table, begun)| {
        if !begun {
            return Ok(Some((format!("\u{feff}{}", line(&COLUMNS)), (table, true))));
        }
        Ok::<_, StoreError>(table.rows().await?.map(|rows| (rows, (table, true))))
    });
    let name = format!("attachment; filename=\"findings-{}.csv\"", query.month);
    let head = [(CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (CONTENT_DISPOSITION, name)];
    Ok((head, Body::from_stream(parts)).into_response())
}
