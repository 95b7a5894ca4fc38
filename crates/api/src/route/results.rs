//! `/api/plans/{id}/result`, `/simulate` and `/explanation`: scores for staff. The formula is
//! `scoring`'s, here as everywhere.

use std::collections::BTreeSet;

use axum::Json;
use axum::extract::State;
use scoring::explain::Explanation;
use scoring::json::Value;
use scoring::scenario::ScenarioDocument;
use scoring::{MissingPlace, Mode, Plan, Problem, ProblemCode, Records, ResultDocument};
use serde::Deserialize;
use store::PlanId;
use wire::{ErrorBody, ErrorCode};

use super::rectifications::own_units;
use crate::body::Document;
use crate::names::{Asked, Names, plan_id};
use crate::refusal::Refusal;
use crate::session::{Reader, UnitReader};
use crate::state::AppState;

/// `?mode=&period=`
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct ModeQuery {
    /// `provisional` (default) or `final`.
    mode: Option<Mode>,
    /// The id of a period: the result is that of this period alone.
    period: Option<String>,
}

impl ModeQuery {
    /// The plan, for one period alone where that is asked for.
    fn in_period(&self, plan: &Plan) -> Result<Plan, Refusal> {
        let Some(id) = &self.period else { return Ok(plan.clone()) };
        let unknown = || {
            let problem = Problem::with("/period", ProblemCode::UnknownPeriod, id);
            Refusal::problems(ErrorCode::InvalidBody, vec![problem])
        };
        plan.period_place(id).map(|period| plan.alone(period)).ok_or_else(unknown)
    }
}

/// The mode, if the plan is far enough for it: final figures only after closing, of a period alone after that of its round,
/// and not of the marks of a few.
async fn admitted(state: &AppState, plan: &PlanId, query: &ModeQuery) -> Result<Mode, Refusal> {
    let mode = query.mode.unwrap_or(Mode::Provisional);
    if mode == Mode::Final {
        state.store().check_final(plan, query.period.as_deref()).await?;
    }
    Ok(mode)
}

pub(super) fn scored(plan: &Plan, records: &Records, mode: Mode) -> Result<ResultDocument, Refusal> {
    match scoring::score(plan, records, mode) {
        Ok(standing) => Ok(standing.document(plan)),
        Err(missing) => Err(missing_places(plan, &missing)),
    }
}

fn missing_places(plan: &Plan, missing: &[MissingPlace]) -> Refusal {
    Refusal::incomplete(&missing.iter().map(|place| place.named(plan)).collect::<Vec<_>>())
}

/// The result: provisional while votes come in, final after closing. A unit's account reads its own final result once the
/// vote is closed and nothing waits for a second person, and nothing of another unit.
#[utoipa::path(get, path = "/api/plans/{id}/result", tag = "results", params(("id" = String, Path), ModeQuery), responses(
    (status = 200, body = scoring::ResultDocument),
    (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
    (status = 409, body = ErrorBody, description = "wrong_state: also for a unit before closing"),
    (status = 422, body = ErrorBody, description = "incomplete: one field for each missing place; pending_records for a unit; invalid_body: a period that the plan does not have; invalid_record: kept records that do not fit the plan"),
))]
pub(crate) async fn result(
    State(state): State<AppState>,
    UnitReader(member): UnitReader,
    Names(id): Names<String>,
    Asked(query): Asked<ModeQuery>,
) -> Result<Json<ResultDocument>, Refusal> {
    let id = plan_id(&id)?;
    let own = own_units(&state, &member, &id).await?;
    let mode = if own.is_some() {
        // Between two readings of an exact figure an envelope would tell its marks, so one is read that is settled.
        state.store().check_settled(&id, query.period.as_deref()).await?;
        Mode::Final
    } else {
        admitted(&state, &id, &query).await?
    };
    let (frozen, records) = state.store().scored_records(&id).await?;
    let plan = query.in_period(&frozen.plan)?;
    let mut result = scored(&plan, &records, mode)?;
    if let Some(own) = own {
        keep_own(&mut result, &own);
    }
    Ok(Json(result))
}

/// Leaves of a result what is of a unit alone: a tie names the other one, too.
fn keep_own(result: &mut ResultDocument, own: &BTreeSet<String>) {
    result.units.retain(|row| own.contains(&row.unit));
    result.missing.retain(|place| own.contains(&place.unit));
    result.ties.clear();
    result.unresolved_ties.clear();
}

/// The result under a scenario: what the browser computes by itself.
#[utoipa::path(post, path = "/api/plans/{id}/simulate", tag = "results", params(("id" = String, Path), ModeQuery),
    request_body = scoring::ScenarioDocument, responses(
    (status = 200, body = scoring::ResultDocument),
    (status = 400, body = ErrorBody), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
    (status = 409, body = ErrorBody, description = "wrong_state"),
    (status = 422, body = ErrorBody, description = "invalid_scenario, invalid_body, incomplete"),
))]
pub(crate) async fn simulate(
    State(state): State<AppState>,
    Reader(_): Reader,
    Names(id): Names<String>,
    Asked(query): Asked<ModeQuery>,
    Document(scenario): Document,
) -> Result<Json<ResultDocument>, Refusal> {
    let id = plan_id(&id)?;
    let mode = admitted(&state, &id, &query).await?;
    let (frozen, records) = state.store().scored_records(&id).await?;
    let plan = query.in_period(&frozen.plan)?;
    let (scenario, changed) = scoring::scenario_from_json(&plan, &scenario).map_err(refuse_scenario)?;
    scored(&changed, &records.under(&scenario), mode).map(Json)
}

/// Why a unit's score is what it is: counts, means, raw values, scores, and its neighbours.
#[utoipa::path(get, path = "/api/plans/{id}/explanation/{unit}", tag = "results",
    params(("id" = String, Path), ("unit" = String, Path), ModeQuery), responses(
    (status = 200, body = Object),
    (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
    (status = 409, body = ErrorBody, description = "wrong_state"),
    (status = 422, body = ErrorBody, description = "incomplete, invalid_body, invalid_record"),
))]
pub(crate) async fn explanation(
    State(state): State<AppState>,
    Reader(_): Reader,
    Names((id, unit)): Names<(String, String)>,
    Asked(query): Asked<ModeQuery>,
) -> Result<Json<Explanation>, Refusal> {
    let id = plan_id(&id)?;
    let mode = admitted(&state, &id, &query).await?;
    let (frozen, records) = state.store().scored_records(&id).await?;
    let plan = query.in_period(&frozen.plan)?;
    let unit = plan.unit_place(&unit).ok_or(ErrorCode::NotFound)?;
    match scoring::score(&plan, &records, mode) {
        Ok(standing) => Ok(Json(scoring::explain(&plan, &records, &standing, unit))),
        Err(missing) => Err(missing_places(&plan, &missing)),
    }
}

/// A scenario out of a request.
pub(crate) fn read_scenario(scenario: &Value) -> Result<ScenarioDocument, Refusal> {
    ScenarioDocument::read(scenario).map_err(refuse_scenario)
}

fn refuse_scenario(problems: Vec<Problem>) -> Refusal {
    let shape = problems.iter().any(|problem| problem.code.is_shape());
    Refusal::problems(if shape { ErrorCode::InvalidBody } else { ErrorCode::InvalidScenario }, problems)
}
