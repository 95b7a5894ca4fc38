//! `/api/plans/{id}/documents/{kind}`: the papers that the office hands out, as files.
//!
//! Owns which paper may be had in which state of a plan, and under which name a file is kept by browsers. Refuses to own what
//! stands on a paper (`papers`), and what of a result may be told (the store, as for a publication).

use std::collections::BTreeMap;

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use papers::{FindingRow, FindingsOf, FormSheet, OfficeTexts, Results, ResultsOf, Turnout, Unwritten, YearOf};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use scoring::disclosure::public_counts;
use scoring::{Plan, Problem, ProblemCode};
use serde::Deserialize;
use store::{PlanId, State as PlanState, StoreError, ToldResult};
use text::papers as words;
use wire::{ErrorBody, ErrorCode};

use super::annual::follow_up;
use super::comparison::other_year;
use super::findings::of_month;
use super::rectifications::own_units;
use crate::limits::LARGEST_FILE_ANSWER;
use crate::names::{Asked, Names, plan_id};
use crate::refusal::{Refusal, internal};
use crate::session::{Member, UnitReader};
use crate::state::AppState;

const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// What a name in a header may have as it is (RFC 8187).
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.');

/// Characters of a plan's title in a file's name.
const LONGEST_TITLE: usize = 60;

/// A paper.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Notice,
    Table,
    Report,
    Superior,
    Annual,
    Findings,
    Paper,
}

impl Kind {
    fn named(name: &str) -> Option<Kind> {
        Some(match name {
            "notice" => Kind::Notice,
            "table" => Kind::Table,
            "report" => Kind::Report,
            "superior" => Kind::Superior,
            "annual" => Kind::Annual,
            "findings" => Kind::Findings,
            "paper" => Kind::Paper,
            _ => return None,
        })
    }

    fn file(self) -> &'static str {
        match self {
            Kind::Notice => words::NOTICE_FILE,
            Kind::Table => words::TABLE_FILE,
            Kind::Report => words::REPORT_FILE,
            Kind::Superior => words::SUPERIOR_FILE,
            Kind::Annual => words::ANNUAL_FILE,
            Kind::Findings => words::FINDINGS_FILE,
            Kind::Paper => words::FORM_FILE,
        }
    }
}

/// The kind of file.
#[derive(Clone, Copy, Default, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum FileFormat {
    #[default]
    Docx,
    Xlsx,
}

/// On which sheets a form is printed.
#[derive(Clone, Copy, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum SheetName {
    A4,
    A3,
}

/// `?format=&period=&group=&sheet=&from=&most=`
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct DocumentQuery {
    /// `docx` (default), or for `table` `xlsx`.
    #[serde(default)]
    format: FileFormat,
    /// Of a result: that of this period alone.
    period: Option<String>,
    /// Of `paper`: of this group alone.
    group: Option<String>,
    /// Of `paper`: `a4` or `a3`; else by how much there is to mark.
    sheet: Option<SheetName>,
    /// Of `report`: the first page, from 1; the first of all where nothing is said.
    from: Option<usize>,
    /// Of `report`: at most so many pages.
    most: Option<usize>,
    /// Of `report` and `annual`: the plan of the year before, whose ranks stand on it.
    with: Option<String>,
    /// Of `findings`: such as `2018-10`.
    month: Option<String>,
}

impl DocumentQuery {
    /// That nothing is asked for which a paper does not have. `of_one`: whoever asks has one page of its own.
    fn check(&self, kind: Kind, of_one: bool) -> Result<(), Refusal> {
        let (is_form, is_report) = (kind == Kind::Paper, kind == Kind::Report && !of_one);
        let is_findings = kind == Kind::Findings;
        let foreign = [
            ("/format", self.format == FileFormat::Xlsx && kind != Kind::Table),
            ("/period", self.period.is_some() && (is_form || is_findings)),
            ("/group", self.group.is_some() && !is_form),
            ("/sheet", self.sheet.is_some() && !is_form),
            ("/from", self.from.is_some() && !is_report),
            ("/most", self.most.is_some() && !is_report),
            // A period is no year: its ranks and means stand beside none.
            ("/with", self.with.is_some() && !is_report && (kind != Kind::Annual || self.period.is_some())),
            ("/month", self.month.is_some() && !is_findings),
        ];
        match foreign.iter().find(|(_, is_foreign)| *is_foreign) {
            Some((name, _)) => Err(Refusal::at(ErrorCode::InvalidBody, name, "not_applicable")),
            None => Ok(()),
        }
    }
}

fn refused(path: &str, code: ProblemCode, detail: &str) -> Refusal {
    Refusal::problems(ErrorCode::InvalidBody, vec![Problem::with(path, code, detail)])
}

fn unwritten(_: Unwritten) -> Refusal {
    internal("a document cannot be written")
}

/// A paper as a file. `notice`, `table`, `report`, `superior` and `annual` tell a final result: after closing, of a period
/// alone after that of its round. `paper` is printed before the vote, too, from a draft on, and so is `findings`, the notice of
/// a month. A unit's account has its own page of `report`, under the conditions of its result, and nothing else.
#[utoipa::path(get, path = "/api/plans/{id}/documents/{kind}", tag = "documents",
    params(("id" = String, Path), ("kind" = String, Path), DocumentQuery), responses(
    (status = 200, content(
        (Vec<u8> = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    )),
    (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 404, body = ErrorBody, description = "not_found: also where nobody is to be written to, or the group marks nothing yet"),
    (status = 409, body = ErrorBody, description = "wrong_state: a result before closing; unresolved_ties"),
    (status = 422, body = ErrorBody, description = "incomplete, small_group, pending_records, invalid_record: a result cannot be given; invalid_plan: a form of a draft that is none yet; invalid_body: a period, group or format that there is not"),
))]
pub(crate) async fn get(
    State(state): State<AppState>,
    UnitReader(member): UnitReader,
    Names((id, kind)): Names<(String, String)>,
    Asked(query): Asked<DocumentQuery>,
) -> Result<Response, Refusal> {
    let id = plan_id(&id)?;
    let kind = Kind::named(&kind).ok_or(ErrorCode::NotFound)?;
    let of_one = member.sees_unit_only().is_some();
    if of_one && kind != Kind::Report {
        return Err(ErrorCode::Forbidden.into());
    }
    query.check(kind, of_one)?;
    let (_, kept) = state.store().paper_texts(&id).await?;
    let texts = OfficeTexts::new(kept.texts.iter().map(|(name, text)| (name, text.as_str())));
    let (title, file) = match kind {
        Kind::Paper => form(&state, &id, &query, &texts).await?,
        Kind::Findings => findings(&state, &member, &id, query.month.as_deref(), &texts).await?,
        Kind::Report if of_one => own_report(&state, &member, &id, query.period.as_deref(), &texts).await?,
        kind => result(&state, &member, &id, kind, &query, &texts).await?,
    };
    if file.len() > LARGEST_FILE_ANSWER {
        let narrowed_by = if kind == Kind::Report { "/most" } else { "/kind" };
        return Err(Refusal::at(ErrorCode::InvalidBody, narrowed_by, "out_of_range"));
    }
    Ok(attachment(kind, query.format, &title, file))
}

/// The file, to be kept under a name that says what it is of.
fn attachment(kind: Kind, format: FileFormat, title: &str, file: Vec<u8>) -> Response {
    let (kind_of_file, ending) = match format {
        FileFormat::Docx => (DOCX, "docx"),
        FileFormat::Xlsx => (XLSX, "xlsx"),
    };
    // Signs that names of files may not have on one system or another.
    let title: String = title.chars().filter(|sign| !"\\/:*?\"<>|".contains(*sign)).take(LONGEST_TITLE).collect();
    let name = format!("{}-{}.{ending}", kind.file(), title.trim());
    let name = utf8_percent_encode(&name, ESCAPED);
    let headers = [
        (header::CONTENT_TYPE, kind_of_file.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"document.{ending}\"; filename*=UTF-8''{name}")),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
    ];
    (headers, file).into_response()
}

/// The form of a group, or of all.
async fn form(
    state: &AppState,
    id: &PlanId,
    query: &DocumentQuery,
    texts: &OfficeTexts,
) -> Result<(String, Vec<u8>), Refusal> {
    let row = state.store().plan(id).await?;
    let plan = Plan::from_json(&row.document).map_err(StoreError::InvalidPlan)?;
    if let Some(group) = query.group.as_ref().filter(|group| plan.group_place(group).is_none()) {
        return Err(refused("/group", ProblemCode::UnknownGroup, group));
    }
    let shortlist = match row.head.state {
        PlanState::Draft => None,
        _ => state.store().shortlist(&row.head, &*state.store().frozen_plan(id).await?).await?,
    };
    let shortlist: Option<Vec<String>> = shortlist.map(|units| units.iter().cloned().collect());
    let sheet = query.sheet.map(|sheet| match sheet {
        SheetName::A4 => FormSheet::A4,
        SheetName::A3 => FormSheet::A3,
    });
    let file = papers::voting_form(&plan, texts, query.group.as_deref(), sheet, shortlist.as_deref());
    Ok((row.head.title, file.map_err(unwritten)?.ok_or(ErrorCode::NotFound)?))
}

/// The notice of a month's findings: those that the account may read.
async fn findings(
    state: &AppState,
    member: &Member,
    id: &PlanId,
    month: Option<&str>,
    texts: &OfficeTexts,
) -> Result<(String, Vec<u8>), Refusal> {
    let month = month.ok_or_else(|| Refusal::at(ErrorCode::InvalidBody, "/month", "missing_field"))?;
    let notice = of_month(state, member, id.as_str(), month.to_owned()).await?;
    let head = state.store().plan_head(id).await?;
    let outline = head.outline();
    let rows: Vec<FindingRow> = notice
        .units
        .iter()
        .flat_map(|unit| unit.findings.iter().map(|finding| (unit.name.clone(), finding)))
        .map(|(unit, finding)| FindingRow {
            unit,
            date: finding.date.clone(),
            place: finding.place.clone().unwrap_or_default(),
            text: finding.text.clone(),
            source: finding.source.clone(),
            counted: finding.incident.is_some() && !finding.pending,
            serious: finding.counts.as_ref().is_some_and(|counts| counts.serious),
        })
        .collect();
    let year = outline.year.map(|year| year.to_string()).unwrap_or_default();
    let units = usize::try_from(outline.units).unwrap_or(0);
    let of = FindingsOf { title: &notice.plan_title, year: &year, units, month, findings: &rows };
    Ok((head.title, papers::findings(of, texts).map_err(unwritten)?))
}

fn check_period(plan: &Plan, period: Option<&str>) -> Result<(), Refusal> {
    match period.filter(|period| plan.period_place(period).is_none()) {
        Some(period) => Err(refused("/period", ProblemCode::UnknownPeriod, period)),
        None => Ok(()),
    }
}

/// A unit's own page of the report. Until the result is public, it has no counts, and no other unit is named on it.
async fn own_report(
    state: &AppState,
    member: &Member,
    id: &PlanId,
    period: Option<&str>,
    texts: &OfficeTexts,
) -> Result<(String, Vec<u8>), Refusal> {
    let own = own_units(state, member, id).await?.unwrap_or_default();
    let store = state.store();
    // As its result: while an envelope is on its way into the figures, two readings would tell its marks.
    store.check_settled(id, period).await?;
    check_period(&store.frozen_plan(id).await?.plan, period)?;
    let told = store.told_result(id, period).await?;
    let is_public = store.plan_head(id).await?.state == PlanState::Published;
    let ToldResult { plan, records, standing, withheld, document, .. } = &told;
    let unit = own.first().and_then(|unit| plan.unit_place(unit)).ok_or(ErrorCode::NotFound)?;
    let (history, before) = (&document.history[..], &BTreeMap::new());
    let results = Results::new(ResultsOf { plan, records, standing, withheld, history, before, turnout: &[] });
    let page = papers::report_of(&results, texts, unit, is_public).map_err(unwritten)?;
    Ok((plan.document().title.clone(), page))
}

/// A paper on the final result.
async fn result(
    state: &AppState,
    member: &Member,
    id: &PlanId,
    kind: Kind,
    query: &DocumentQuery,
    texts: &OfficeTexts,
) -> Result<(String, Vec<u8>), Refusal> {
    if query.period.is_some() {
        check_period(&state.store().frozen_plan(id).await?.plan, query.period.as_deref())?;
    }
    let told = state.store().told_result(id, query.period.as_deref()).await?;
    let turnout = match kind {
        Kind::Annual => turnout(state, id, query.period.as_deref()).await?,
        _ => Vec::new(),
    };
    let ToldResult { plan, records, standing, withheld, document, .. } = &told;
    let other = match &query.with {
        Some(with) => Some(other_year(state, member, plan.document(), &plan_id(with)?).await?),
        None => None,
    };
    let nowhere = BTreeMap::new();
    let before = other.as_ref().map_or(&nowhere, |other| &other.ranks);
    let (history, turnout) = (&document.history[..], &turnout[..]);
    let results = Results::new(ResultsOf { plan, records, standing, withheld, history, before, turnout });
    let file = match (kind, query.format) {
        (Kind::Notice, _) => papers::notice(&results, texts),
        (Kind::Table, FileFormat::Docx) => papers::table(&results, texts),
        (Kind::Table, FileFormat::Xlsx) => papers::workbook(&results, texts),
        (Kind::Report, _) => {
            let from = query.from.unwrap_or(1).saturating_sub(1);
            let pages = from..from.saturating_add(query.most.unwrap_or(usize::MAX));
            let reports = papers::report(&results, texts, pages).map_err(unwritten)?;
            return Ok((plan.document().title.clone(), reports.ok_or(ErrorCode::NotFound)?));
        }
        (Kind::Annual, _) => {
            // What follows is of the year, and of no period.
            let followed = match &query.period {
                Some(_) => None,
                None => Some(follow_up(state, id, plan).await?),
            };
            let year = YearOf { follow_up: followed.as_ref(), before: other.as_ref().map(|other| &other.before) };
            papers::annual(&results, year, texts)
        }
        (Kind::Superior | Kind::Paper | Kind::Findings, _) => {
            let outcomes: Vec<&str> = papers::superior_outcomes(plan).collect();
            let letters = papers::superior(&results, texts, &outcomes).map_err(unwritten)?;
            return Ok((plan.document().title.clone(), letters.ok_or(ErrorCode::NotFound)?));
        }
    };
    Ok((plan.document().title.clone(), file.map_err(unwritten)?))
}

/// How many voted, as far as a publication says it: of a period alone nothing before all of them are counted, for what
/// may be said of one follows from all.
async fn turnout(state: &AppState, id: &PlanId, period: Option<&str>) -> Result<Vec<Turnout>, Refusal> {
    if period.is_some() && !state.store().plan_head(id).await?.state.is_counted() {
        return Ok(Vec::new());
    }
    let rows = state.store().turnout(id).await?;
    let cast: Vec<_> = rows.into_iter().filter(|row| row.issued > 0 || row.cast > 0).collect();
    let shown = public_counts(&cast.iter().map(|row| row.cast).collect::<Vec<_>>());
    Ok(cast
        .into_iter()
        .zip(shown)
        .map(|(row, ballots)| Turnout { period: row.period, group: row.group, ballots })
        .collect())
}
