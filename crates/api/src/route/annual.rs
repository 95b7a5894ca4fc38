//! What followed in a plan's year, as its annual report tells it: findings counted, rectification listed, cases.
//!
//! Owns how these are read, page by page, so that of all that was written no more is in memory than a page and what the
//! report lists. Refuses to own how they stand on paper (`papers`).

use std::collections::BTreeMap;

use papers::{CaseRow, FollowUp, Found, ItemCounts, MOST_LISTED, Matter, UnitItems};
use scoring::Plan;
use store::{FindingList, PlanId, RectificationList};
use wire::case::Case;
use wire::rectification::{Rectification, RectificationCounts, RectificationState};

use super::findings::costs;
use super::rectification_table::deadline;
use crate::limits::MOST_ROWS;
use crate::refusal::Refusal;
use crate::state::AppState;

/// A unit's name; its id where the plan does not have it.
fn unit_name(plan: &Plan, id: &str) -> String {
    plan.unit_place(id).map_or_else(|| id.to_owned(), |unit| plan.unit(unit).name.clone())
}

/// What followed.
pub(super) async fn follow_up(state: &AppState, id: &PlanId, plan: &Plan) -> Result<FollowUp, Refusal> {
    let (months, sources) = findings(state, id).await?;
    let cases = state.store().living_cases(id).await?;
    Ok(FollowUp {
        units: units(state, id, plan).await?,
        matters: matters(state, id, plan).await?,
        months,
        sources,
        cases: cases.iter().map(|case| case_row(plan, case)).collect(),
    })
}

/// The units that have items, in the order of the plan.
async fn units(state: &AppState, id: &PlanId, plan: &Plan) -> Result<Vec<UnitItems>, Refusal> {
    let (_, counted) = state.store().rectifications_counted(id, None).await?;
    let mut counted: Vec<(String, RectificationCounts)> = counted.into_iter().collect();
    counted.sort_by_key(|(unit, _)| plan.unit_place(unit).map_or(usize::MAX, |place| place.index()));
    let row = |(unit, counts): (String, RectificationCounts)| {
        let RectificationCounts { open, reported, accepted, overdue, returned, .. } = counts;
        UnitItems { unit: unit_name(plan, &unit), items: ItemCounts { open, reported, accepted, overdue, returned } }
    };
    Ok(counted.into_iter().map(row).collect())
}

/// The first items that stand, as many as a report lists.
async fn matters(state: &AppState, id: &PlanId, plan: &Plan) -> Result<Vec<Matter>, Refusal> {
    let (mut matters, mut after) = (Vec::new(), None);
    loop {
        let list = RectificationList::default();
        let page = state.store().rectifications(id, list, MOST_ROWS, after.as_ref()).await?;
        let stands = page.items.into_iter().filter(|item| item.struck.is_none());
        matters.extend(stands.map(|item| matter(plan, item)));
        matters.truncate(MOST_LISTED);
        match page.next {
            Some(next) if matters.len() < MOST_LISTED => after = Some(next),
            _ => return Ok(matters),
        }
    }
}

fn matter(plan: &Plan, item: Rectification) -> Matter {
    Matter {
        unit: unit_name(plan, &item.unit),
        deadline: deadline(&item).to_owned(),
        accepted: item.state == RectificationState::Accepted,
        overdue: item.state == RectificationState::Overdue,
        matter: item.matter,
        measures: item.measures,
        department: item.department,
    }
}

/// How many findings stand and how many of them cost points: by month, and by source, the most frequent first.
async fn findings(state: &AppState, id: &PlanId) -> Result<(Vec<Found>, Vec<Found>), Refusal> {
    let mut months: BTreeMap<String, (u64, u64)> = BTreeMap::new();
    let mut sources: BTreeMap<String, (u64, u64)> = BTreeMap::new();
    let mut after = None;
    loop {
        let page = state.store().findings(id, FindingList::default(), MOST_ROWS, after.as_ref()).await?;
        for finding in page.items.iter().filter(|finding| finding.struck.is_none()) {
            let month = finding.date.get(..7).unwrap_or(&finding.date).to_owned();
            let source = finding.source.trim().to_owned();
            for (found, counted) in [months.entry(month).or_default(), sources.entry(source).or_default()] {
                *found += 1;
                *counted += u64::from(costs(finding));
            }
        }
        match page.next {
            Some(next) => after = Some(next),
            None => break,
        }
    }
    let rows = |counted: BTreeMap<String, (u64, u64)>| -> Vec<Found> {
        counted.into_iter().map(|(of, (found, counted))| Found { of, found, counted }).collect()
    };
    let mut sources = rows(sources);
    sources.sort_by_key(|source| std::cmp::Reverse(source.found));
    Ok((rows(months), sources))
}

fn case_row(plan: &Plan, case: &Case) -> CaseRow {
    let outcome = plan.document().outcomes.iter().find(|outcome| outcome.id == case.outcome);
    CaseRow {
        unit: unit_name(plan, &case.unit),
        outcome: outcome.map_or_else(|| case.outcome.clone(), |outcome| outcome.name.clone()),
        due: case.due.clone(),
        done: case.done.is_some(),
        overdue: case.overdue,
    }
}
