//! `/api/plans/{id}/voters`: who is asked, and how far they have come.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use scoring::json::Value;
use serde::Deserialize;
use store::NewVoter;
use wire::file::is_file;
use wire::finding::is_text;
use wire::sample::{LONGEST_COLUMN, LONGEST_SEED, SampleRequest};
use wire::staff::{Role, is_display};
use wire::voter::{
    ContactsForgotten, ForgetRequest, LONGEST_NOTE, MOST_PER_CALL, VoterEntry, VoterPage, VoterRemoval, VoterRow,
    VotersPut, VotersRequest,
};
use wire::{ErrorBody, ErrorCode, Field};

use super::codes::holds;
use super::records::check_reason;
use crate::body::{Body, OptionalBody};
use crate::names::{Asked, Names, Paging, plan_id};
use crate::refusal::{Refusal, field};
use crate::session::{Planner, Reader};
use crate::state::AppState;

/// All that is wrong with one voter, by itself and beside the plan.
fn faults(plan: &Value, place: usize, voter: &VoterEntry) -> Vec<Field> {
    let mut fields = Vec::new();
    let mut note = |wrong: bool, member: &str, code: &str| {
        if wrong {
            fields.push(field(&format!("/voters/{place}/{member}"), code));
        }
    };
    // The word stands in an address where a voter's id may stand.
    let id_is_fine = |id: &String| scoring::is_id(id) && id != "forget";
    note(!voter.id.as_ref().is_none_or(id_is_fine), "id", "wrong_type");
    note(!scoring::names::is_seen(&voter.name), "name", "empty_name");
    note(!is_display(&voter.name), "name", "out_of_range");
    note(!holds(plan, "groups", &voter.group), "group", "unknown_group");
    note(voter.unit.as_ref().is_some_and(|unit| !holds(plan, "units", unit)), "unit", "unknown_unit");
    note(voter.units.as_ref().is_some_and(Vec::is_empty), "units", "empty_list");
    for (index, unit) in voter.units.iter().flatten().enumerate() {
        note(!holds(plan, "units", unit), &format!("units/{index}"), "unknown_unit");
    }
    note(voter.contact.as_ref().is_some_and(|contact| !is_display(contact)), "contact", "out_of_range");
    let long = |note: &String| note.chars().count() > LONGEST_NOTE || note.chars().any(char::is_control);
    note(voter.note.as_ref().is_some_and(long), "note", "out_of_range");
    fields
}

/// What is empty was not given.
fn given(text: &Option<String>) -> Option<String> {
    text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
}

fn new_voter(voter: &VoterEntry) -> NewVoter {
    NewVoter {
        id: voter.id.clone(),
        name: voter.name.trim().to_owned(),
        group: voter.group.clone(),
        unit: voter.unit.clone(),
        units: voter.units.clone(),
        contact: given(&voter.contact),
        note: given(&voter.note),
    }
}

/// Puts people on the list of voters; who is there under the same id is replaced.
#[utoipa::path(post, path = "/api/plans/{id}/voters", tag = "voters", params(("id" = String, Path)),
    request_body = VotersRequest, responses(
    (status = 201, body = VotersPut),
    (status = 400, body = ErrorBody), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 404, body = ErrorBody),
    (status = 409, body = ErrorBody, description = "wrong_state"),
    (status = 422, body = ErrorBody, description = "invalid_body: all that is wrong, the same person twice included"),
))]
pub(crate) async fn put(
    State(state): State<AppState>,
    Planner(member): Planner,
    Names(id): Names<String>,
    Body(request): Body<VotersRequest>,
) -> Result<(StatusCode, Json<VotersPut>), Refusal> {
    let id = plan_id(&id)?;
    let row = state.store().plan(&id).await?;
    if request.voters.is_empty() {
        return Err(Refusal::at(ErrorCode::InvalidBody, "/voters", "empty_list"));
    }
    if request.voters.len() > MOST_PER_CALL {
        return Err(Refusal::at(ErrorCode::InvalidBody, "/voters", "out_of_range"));
    }
    let voters = request.voters.iter().enumerate();
    let fields: Vec<Field> = voters.flat_map(|(place, voter)| faults(&row.document, place, voter)).collect();
    if !fields.is_empty() {
        return Err(Refusal::with(ErrorCode::InvalidBody, fields));
    }
    let voters: Vec<NewVoter> = request.voters.iter().map(new_voter).collect();
    let done = state.store().put_voters(member.actor(), &id, &voters).await?;
    Ok((StatusCode::CREATED, Json(VotersPut { added: done.added as u64, replaced: done.replaced as u64 })))
}

/// `?group=`, `?cursor=` and `?limit=` of the list.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct VoterQuery {
    /// Those of this group alone.
    group: Option<String>,
    /// `next` of the page before.
    cursor: Option<String>,
    /// Most rows of the page: 1 to 200, else 100.
    limit: Option<usize>,
}

/// The list of voters with how far each has come: the list of whom to remind. Contacts are for planners alone.
#[utoipa::path(get, path = "/api/plans/{id}/voters", tag = "voters", params(("id" = String, Path), VoterQuery), responses(
    (status = 200, body = VoterPage),
    (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
    (status = 422, body = ErrorBody, description = "invalid_body: a limit or cursor that is none"),
))]
pub(crate) async fn list(
    State(state): State<AppState>,
    Reader(member): Reader,
    Names(id): Names<String>,
    Asked(query): Asked<VoterQuery>,
) -> Result<Json<VoterPage>, Refusal> {
    let paging = Paging { cursor: query.cursor, limit: query.limit };
    let cursor = paging.cursor()?;
    let page = state.store().voters(&plan_id(&id)?, query.group.as_deref(), paging.limit(), cursor.as_ref()).await?;
    let plans = member.roles.contains(&Role::Planner);
    let voters = page.items.into_iter().map(|row| VoterRow {
        id: row.voter.id,
        name: row.voter.given.name,
        group: row.voter.given.group,
        unit: row.voter.given.unit,
        units: row.voter.given.units,
        contact: row.voter.given.contact.filter(|_| plans),
        note: row.voter.given.note.filter(|_| plans),
        status: row.status,
    });
    Ok(Json(VoterPage { voters: voters.collect(), next: page.next.map(|next| next.to_string()) }))
}

/// Takes a voter off the list and voids the codes that the voter has not used.
#[utoipa::path(delete, path = "/api/plans/{id}/voters/{voter}", tag = "voters",
    params(("id" = String, Path), ("voter" = String, Path)), request_body = VoterRemoval, responses(
    (status = 204),
    (status = 400, body = ErrorBody), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 404, body = ErrorBody),
    (status = 409, body = ErrorBody, description = "wrong_state"),
    (status = 422, body = ErrorBody, description = "invalid_body, small_group"),
))]
pub(crate) async fn remove(
    State(state): State<AppState>,
    Planner(member): Planner,
    Names((id, voter)): Names<(String, String)>,
    Body(request): Body<VoterRemoval>,
) -> Result<StatusCode, Refusal> {
    let id = plan_id(&id)?;
    check_reason(&request.reason)?;
    if !scoring::is_id(&voter) {
        return Err(ErrorCode::NotFound.into());
    }
    state.store().remove_voter(member.actor(), &id, &voter, &request.reason).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Notes that a sample was drawn out of a list of people (服务对象超过500人的抽500人): what anybody who has the list needs
/// to draw it again.
#[utoipa::path(post, path = "/api/plans/{id}/samples", tag = "voters", params(("id" = String, Path)),
    request_body = SampleRequest, responses(
    (status = 204, description = "It is in the audit trail"),
    (status = 400, body = ErrorBody), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 404, body = ErrorBody), (status = 409, body = ErrorBody, description = "wrong_state"),
    (status = 422, body = ErrorBody, description = "invalid_body"),
))]
pub(crate) async fn sampled(
    State(state): State<AppState>,
    Planner(member): Planner,
    Names(id): Names<String>,
    Body(sample): Body<SampleRequest>,
) -> Result<StatusCode, Refusal> {
    let is_said = |text: &str, longest| is_text(text, longest) && !text.contains('\n');
    let faults = [
        ("/seed", !is_said(&sample.seed, LONGEST_SEED)),
        ("/by", sample.by.as_ref().is_some_and(|by| !is_said(by, LONGEST_COLUMN))),
        ("/sha256", !is_file(&sample.sha256)),
        ("/size", sample.size == 0),
        ("/count", sample.count > sample.of),
    ];
    let fields: Vec<Field> =
        faults.into_iter().filter(|(_, wrong)| *wrong).map(|(path, _)| field(path, "out_of_range")).collect();
    if !fields.is_empty() {
        return Err(Refusal::with(ErrorCode::InvalidBody, fields));
    }
    state.store().note_sample(member.actor(), &plan_id(&id)?, &sample).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Forgets how the voters are reached, for good.
#[utoipa::path(post, path = "/api/plans/{id}/voters/forget", tag = "voters", params(("id" = String, Path)),
    request_body = Option<ForgetRequest>, responses(
    (status = 200, body = ContactsForgotten),
    (status = 400, body = ErrorBody), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 404, body = ErrorBody),
    (status = 422, body = ErrorBody, description = "invalid_body"),
))]
pub(crate) async fn forget(
    State(state): State<AppState>,
    Planner(member): Planner,
    Names(id): Names<String>,
    OptionalBody(_): OptionalBody<ForgetRequest>,
) -> Result<Json<ContactsForgotten>, Refusal> {
    let forgotten = state.store().forget_contacts(member.actor(), &plan_id(&id)?).await?;
    Ok(Json(ContactsForgotten { forgotten: forgotten as u64 }))
}
