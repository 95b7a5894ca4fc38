//! `/api/plans/{id}/paper-tallies`: paper ballots counted by hand, entered twice by different
//! people, counted when both agree.

use std::collections::{BTreeMap, BTreeSet};

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use scoring::{PaperTally, Plan, ProblemCode};
use store::{PaperRow, PlanHead, State as PlanState};
use wire::paper_tally::{EnteredTally, PaperTallies, PaperTallyBatch, PaperTallyKept};
use wire::record::{Given, body};
use wire::{ErrorBody, ErrorCode, Field};

use super::records::check_beside;
use crate::body::Document;
use crate::names::{Asked, Names, Paging, plan_id};
use crate::refusal::{Refusal, field, problem_field};
use crate::session::{Reader, Recorder};
use crate::state::AppState;

/// One person's count of a batch of paper ballots.
#[utoipa::path(post, path = "/api/plans/{id}/paper-tallies", tag = "records", params(("id" = String, Path)),
    request_body = body::PaperTallyRequest, responses(
    (status = 201, body = PaperTallyKept),
    (status = 400, body = ErrorBody), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 404, body = ErrorBody),
    (status = 409, body = ErrorBody, description = "wrong_state, label_taken"),
    (status = 422, body = ErrorBody, description = "invalid_record, invalid_body"),
))]
pub(crate) async fn post(
    State(state): State<AppState>,
    Recorder(member): Recorder,
    Names(id): Names<String>,
    Document(body): Document,
) -> Result<(StatusCode, Json<PaperTallyKept>), Refusal> {
    // Ballots are of no office.
    if member.office().is_some() {
        return Err(ErrorCode::Forbidden.into());
    }
    let plan = plan_id(&id)?;
    let Given { what: tally, beside } = Given::<PaperTally>::read(&[], &body)
        .map_err(|problems| Refusal::problems(ErrorCode::InvalidBody, problems))?;
    check_beside(&state, &plan, &beside).await?;
    let label = tally.label.as_deref();
    let label =
        label.ok_or_else(|| Refusal::at(ErrorCode::InvalidBody, "/label", ProblemCode::MissingField.as_str()))?;
    let (head, frozen) = (state.store().plan_head(&plan).await?, state.store().frozen_plan(&plan).await?);
    let shortlist = state.store().shortlist(&head, &frozen).await?;
    let problems = tally.problems(&frozen.plan, shortlist.as_deref());
    let label = scoring::names::fault(label).map(|fault| field("/label", fault.as_str()));
    // Where the group has a list, no envelope holds more ballots than there are people on it.
    let listed = state.store().listed_of(&plan, &tally.group).await?;
    let too_many = (listed > 0 && tally.collected > listed).then(|| Field {
        detail: Some(format!("{} > {listed}", tally.collected)),
        ..field("/collected", "out_of_range")
    });
    let told = label.into_iter().chain(too_many);
    let fields: Vec<Field> = told.chain(problems.into_iter().map(problem_field)).collect();
    if !fields.is_empty() {
        return Err(Refusal::with(ErrorCode::InvalidRecord, fields));
    }
    let entry = state.store().put_paper_tally(member.actor(), &plan, &tally, &beside).await?;
    Ok((StatusCode::CREATED, Json(PaperTallyKept { id: entry.id.to_string(), counted: entry.counted })))
}

fn waits(row: &PaperRow) -> bool {
    row.second_by.is_none() && row.struck.is_none()
}

/// Which envelope of which place a batch is of.
fn envelope(tally: &PaperTally) -> [String; 4] {
    let label = tally.label.as_deref().unwrap_or_default();
    [label, &tally.component, &tally.group, &tally.period].map(str::to_owned)
}

/// Envelopes that wait for two people: each has counted the paper, so both may see where they differ.
fn disagreeing(rows: &[PaperRow]) -> BTreeSet<[String; 4]> {
    let mut first: BTreeMap<[String; 4], &str> = BTreeMap::new();
    let mut several = BTreeSet::new();
    for row in rows.iter().filter(|row| waits(row)) {
        if *first.entry(envelope(&row.tally)).or_insert(&row.first_by) != row.first_by {
            several.insert(envelope(&row.tally));
        }
    }
    several
}

/// Whether nobody sees a batch because of its group, by the plan's `live`, while its round is not closed.
fn is_unseen(head: &PlanHead, plan: &Plan, tally: &PaperTally) -> bool {
    let mut groups = plan.groups().iter().filter(|group| group.id == tally.group);
    groups.any(|group| plan.is_unseen_while_open(group))
        && !head.is_round_counted(&tally.period, plan.stage_of(&tally.component))
}

fn batch(row: PaperRow, reader: &str, disagreeing: &BTreeSet<[String; 4]>, unseen: bool) -> PaperTallyBatch {
    let own = row.first_by == reader || row.second_by.as_deref() == Some(reader);
    let hidden = !own && (unseen || waits(&row) && !disagreeing.contains(&envelope(&row.tally)));
    let tally = row.tally;
    PaperTallyBatch {
        id: row.id.to_string(),
        period: tally.period.clone(),
        group: tally.group.clone(),
        component: tally.component.clone(),
        label: tally.label.clone(),
        first_by: row.first_by,
        second_by: row.second_by,
        tally: (!hidden).then(|| EnteredTally::new(tally, row.beside)),
        struck: row.struck,
    }
}

/// Batches of paper ballots. While one waits for its second person only the first sees its counts; where two people
/// wait with different counts of one place, staff see both. While an open plan keeps tallies of secret groups from
/// staff, only those who entered a batch of one see it.
#[utoipa::path(get, path = "/api/plans/{id}/paper-tallies", tag = "records", params(("id" = String, Path), Paging), responses(
    (status = 200, body = PaperTallies),
    (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
    (status = 422, body = ErrorBody, description = "invalid_body: a limit or cursor that is none"),
))]
pub(crate) async fn list(
    State(state): State<AppState>,
    Reader(member): Reader,
    Names(id): Names<String>,
    Asked(paging): Asked<Paging>,
) -> Result<Json<PaperTallies>, Refusal> {
    let plan = plan_id(&id)?;
    let page = state.store().list_paper_tallies(&plan, paging.limit(), paging.cursor()?.as_ref()).await?;
    let disagreeing = disagreeing(&page.items);
    let head = state.store().plan_head(&plan).await?;
    let frozen = if head.state == PlanState::Draft { None } else { Some(state.store().frozen_plan(&plan).await?) };
    let batches = page.items.into_iter().map(|row| {
        let unseen = frozen.as_ref().is_some_and(|frozen| is_unseen(&head, &frozen.plan, &row.tally));
        batch(row, member.name(), &disagreeing, unseen)
    });
    let batches = batches.collect();
    Ok(Json(PaperTallies { batches, next: page.next.map(|next| next.to_string()) }))
}
