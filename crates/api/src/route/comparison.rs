//! `/api/plans/{id}/compare`: a result beside that of another plan.
//!
//! Owns what of the other plan may be seen: its newest edition, which is public, or where none is, its final result after
//! closing, by whoever may read that plan. Refuses to own the formula, and which unit is which (`scoring::counterpart`).

use std::collections::{BTreeMap, BTreeSet};

use axum::Json;
use axum::extract::State;
use papers::{RankBefore, YearBefore};
use scoring::component_means::component_means;
use scoring::counterpart::counterparts;
use scoring::plan_document::PlanDocument;
use scoring::result_document::UnitResult;
use scoring::{Mode, ResultDocument};
use serde::Deserialize;
use store::{PlanId, State as StoredState};
use wire::case::Case;
use wire::comparison::{ComparedPlan, ComparedUnit, Comparison, GoneUnit, Standing};
use wire::{ErrorBody, ErrorCode};

use super::results::scored;
use crate::names::{Asked, Names, plan_id};
use crate::refusal::{Refusal, internal};
use crate::session::{Member, Reader};
use crate::state::AppState;

/// `?with=&mode=`
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct CompareQuery {
    /// The id of the other plan.
    with: String,
    /// Of this plan's result: `provisional` (default) or `final`.
    mode: Option<Mode>,
}

/// A result with the plan that names what is in it.
struct Side {
    id: String,
    document: PlanDocument,
    units: Vec<UnitResult>,
    edition: Option<u64>,
}

impl Side {
    /// The result of a plan that has been opened, as the store's records give it now.
    async fn scored(state: &AppState, plan: &PlanId, mode: Mode) -> Result<Side, Refusal> {
        let store = state.store();
        if mode == Mode::Final {
            store.check_final(plan, None).await?;
        }
        let (frozen, records) = store.scored_records(plan).await?;
        let result = scored(&frozen.plan, &records, mode)?;
        let document = frozen.plan.document().clone();
        Ok(Side { id: plan.to_string(), document, units: result.units, edition: None })
    }

    /// What is to be seen of the plan that is compared with.
    async fn other(state: &AppState, member: &Member, plan: &PlanId) -> Result<Side, Refusal> {
        let head = state.store().plan_head(plan).await?;
        if head.is_public() {
            let publication = state.store().publication(plan).await?;
            let result: Option<ResultDocument> = publication.result.to();
            let read = result.zip(PlanDocument::read(&publication.plan).ok());
            let (result, document) = read.ok_or_else(|| internal("a published result cannot be read"))?;
            let (id, edition) = (plan.to_string(), Some(publication.edition));
            return Ok(Side { id, document, units: result.units, edition });
        }
        if !member.knows(plan.as_str()) {
            return Err(ErrorCode::Forbidden.into());
        }
        if head.state != StoredState::Closed {
            return Err(ErrorCode::WrongState.into());
        }
        Side::scored(state, plan, Mode::Final).await
    }

    fn told(&self) -> ComparedPlan {
        ComparedPlan {
            plan: self.id.clone(),
            title: self.document.title.clone(),
            year: self.document.year,
            total: self.document.total.to_string(),
            edition: self.edition,
        }
    }

    fn names(&self) -> Vec<(&str, &str)> {
        self.document.units.iter().map(|unit| (unit.id.as_str(), unit.name.as_str())).collect()
    }

    /// Where the unit at a place stands, in names.
    fn standing(&self, place: usize) -> Standing {
        let unit = &self.units[place];
        let name = |list: &[(&str, &str)], id: &str| {
            let known = list.iter().find(|(known, _)| *known == id);
            known.map_or_else(|| id.to_owned(), |(_, name)| (*name).to_owned())
        };
        let categories: Vec<_> = self.document.categories.iter().map(|one| (&*one.id, &*one.name)).collect();
        let outcomes: Vec<_> = self.document.outcomes.iter().map(|one| (&*one.id, &*one.name)).collect();
        let grades: Vec<_> = self
            .document
            .grading
            .iter()
            .flat_map(|grading| &grading.grades)
            .map(|one| (&*one.id, &*one.name))
            .collect();
        Standing {
            unit: unit.unit.clone(),
            category: name(&categories, &unit.category),
            total: unit.total.to_string(),
            published: unit.published.clone(),
            rank: u64::from(unit.rank),
            grade: unit.grade.as_ref().map(|grade| name(&grades, grade)),
            outcomes: unit.outcomes.iter().map(|outcome| name(&outcomes, outcome)).collect(),
        }
    }
}

/// The units of one side beside those of the other, and those that only the other has.
fn beside(now: &Side, then: &Side) -> (Vec<ComparedUnit>, Vec<GoneUnit>) {
    let (here, there) = (now.names(), then.names());
    let told = counterparts(&here, &there, &document::Map::new());
    // Where it cannot be said which is which, nothing is said.
    let unclear: BTreeSet<usize> = told.clashes.iter().map(|clash| clash.here).collect();
    let mut seen = BTreeSet::new();
    let unit = |(place, found): (usize, Option<(usize, _)>)| {
        let found = found.filter(|_| !unclear.contains(&place));
        seen.extend(found.map(|(at, _)| at));
        let standing = now.standing(place);
        let was = found.map(|(at, _)| then.standing(at));
        let up = was.as_ref().filter(|was| was.category == standing.category).and_then(|was| {
            let [was, is] = [was.rank, standing.rank].map(i64::try_from);
            Some(was.ok()? - is.ok()?)
        });
        ComparedUnit { name: here[place].1.to_owned(), now: standing, was, by: found.map(|(_, by)| by), up }
    };
    let units = told.found.iter().copied().enumerate().map(unit).collect();
    let gone = there.iter().enumerate().filter(|(place, _)| !seen.contains(place));
    let gone = gone.map(|(_, (id, name))| GoneUnit { unit: (*id).to_owned(), name: (*name).to_owned() });
    (units, gone.collect())
}

/// Rank and score beside those of another plan.
#[utoipa::path(get, path = "/api/plans/{id}/compare", tag = "results", params(("id" = String, Path), CompareQuery), responses(
    (status = 200, body = Comparison),
    (status = 401, body = ErrorBody),
    (status = 403, body = ErrorBody, description = "forbidden: the other plan is not published and not the account's"),
    (status = 404, body = ErrorBody),
    (status = 409, body = ErrorBody, description = "wrong_state: a draft, or the other plan is neither published nor closed"),
    (status = 422, body = ErrorBody, description = "incomplete, small_group, invalid_record: a result cannot be given; invalid_body"),
))]
pub(crate) async fn get(
    State(state): State<AppState>,
    Reader(member): Reader,
    Names(id): Names<String>,
    Asked(query): Asked<CompareQuery>,
) -> Result<Json<Comparison>, Refusal> {
    let (id, with) = (plan_id(&id)?, plan_id(&query.with)?);
    let mode = query.mode.unwrap_or(Mode::Provisional);
    let then = Side::other(&state, &member, &with).await?;
    let now = Side::scored(&state, &id, mode).await?;
    let running = match member.knows(with.as_str()) {
        true => Some(state.store().living_cases(&with).await?.into_iter().filter(is_running).collect()),
        false => None,
    };
    let (units, gone) = beside(&now, &then);
    Ok(Json(Comparison { mode, plan: now.told(), with: then.told(), units, gone, running }))
}

/// Another year's result, as papers tell of it.
pub(super) struct OtherYear {
    /// Where the units of this plan stood in it, by their ids here.
    pub(super) ranks: BTreeMap<String, RankBefore>,
    /// What it is called, and what its components gave.
    pub(super) before: YearBefore,
}

/// A plan's year beside that of another. Who may read the other, and which unit is which, is as in [`get`].
pub(super) async fn other_year(
    state: &AppState,
    member: &Member,
    plan: &PlanDocument,
    with: &PlanId,
) -> Result<OtherYear, Refusal> {
    let then = Side::other(state, member, with).await?;
    let here: Vec<(&str, &str)> = plan.units.iter().map(|unit| (unit.id.as_str(), unit.name.as_str())).collect();
    let told = counterparts(&here, &then.names(), &document::Map::new());
    let unclear: BTreeSet<usize> = told.clashes.iter().map(|clash| clash.here).collect();
    let category = |document: &PlanDocument, id: &str| {
        document.categories.iter().find(|category| category.id == id).map(|category| category.name.clone())
    };
    let found = here.iter().zip(told.found.iter()).enumerate().filter(|(place, _)| !unclear.contains(place));
    let ranks = found.filter_map(|(place, ((id, _), found))| {
        let unit = &then.units[found.as_ref()?.0];
        let of = then.units.iter().filter(|other| other.category == unit.category).count() as u64;
        let same_category = category(plan, &plan.units[place].category) == category(&then.document, &unit.category);
        Some(((*id).to_owned(), RankBefore { rank: u64::from(unit.rank), of, same_category }))
    });
    let ranks = ranks.collect();
    let components = component_means(&then.document, &then.units);
    Ok(OtherYear { ranks, before: YearBefore { title: then.document.title, components } })
}

fn is_running(case: &Case) -> bool {
    case.done.is_none()
}
