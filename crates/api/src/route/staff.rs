//! `/api/staff`: the accounts of others, for administrators.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use store::StoreError;
use wire::staff::{
    Account, MOST_PLANS, PASSWORD_LENGTH, Role, StaffChange, StaffList, StaffRequest, is_display, is_name,
};
use wire::{ErrorBody, ErrorCode};

use crate::body::Body;
use crate::names::{Asked, Names, Paging, plan_id};
use crate::refusal::{Refusal, field};
use crate::session::{AccountReader, Administrator, Member, roles_named};
use crate::state::AppState;

fn names_of(roles: &[Role]) -> Vec<String> {
    roles.iter().map(|role| role.as_str().to_owned()).collect()
}

fn in_json(account: store::Account) -> Account {
    Account {
        roles: roles_named(&account.roles),
        display: if account.display.is_empty() { account.name.clone() } else { account.display },
        name: account.name,
        office: account.office,
        unit: account.unit,
        plans: account.plans,
        disabled: account.disabled,
        second_factor: account.second_factor,
    }
}

/// Words that people see must be seen; an office that limits an account, and a unit that it stands for, have names.
fn check_words(display: Option<&str>, office: Option<&str>, unit: Option<&str>) -> Result<(), Refusal> {
    if display.is_some_and(|display| !is_display(display)) {
        return Err(Refusal::at(ErrorCode::InvalidBody, "/display", "out_of_range"));
    }
    for (name, path) in [(office, "/office"), (unit, "/unit")] {
        if name.is_some_and(|name| name.trim().is_empty() || !is_display(name)) {
            return Err(Refusal::at(ErrorCode::InvalidBody, path, "out_of_range"));
        }
    }
    Ok(())
}

/// An account of the role `unit` stands for a unit.
fn check_unit(roles: &[Role], unit: Option<&str>) -> Result<(), Refusal> {
    if roles.contains(&Role::Unit) && unit.is_none() {
        return Err(Refusal::at(ErrorCode::InvalidBody, "/unit", "missing_field"));
    }
    // What a unit may see and do is less than any other role may: together they would be neither.
    if roles.contains(&Role::Unit) && roles.len() > 1 {
        return Err(Refusal::at(ErrorCode::InvalidBody, "/roles", "not_applicable"));
    }
    Ok(())
}

/// An account is kept to plans that there are.
async fn check_plans(state: &AppState, plans: Option<&[String]>) -> Result<(), Refusal> {
    let plans = plans.unwrap_or_default();
    if plans.len() > MOST_PLANS {
        return Err(Refusal::at(ErrorCode::InvalidBody, "/plans", "out_of_range"));
    }
    let mut unknown = Vec::new();
    for (place, plan) in plans.iter().enumerate() {
        let known = match plan_id(plan) {
            Ok(id) => match state.store().plan_head(&id).await {
                Ok(_) => true,
                Err(StoreError::NotFound) => false,
                Err(error) => return Err(error.into()),
            },
            Err(_) => false,
        };
        if !known {
            unknown.push(field(&format!("/plans/{place}"), "unknown_plan"));
        }
    }
    if unknown.is_empty() { Ok(()) } else { Err(Refusal::with(ErrorCode::InvalidBody, unknown)) }
}

/// Every account.
#[utoipa::path(get, path = "/api/staff", tag = "session", params(Paging), responses(
    (status = 200, body = StaffList),
    (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 422, body = ErrorBody, description = "invalid_body: a limit or cursor that is none"),
))]
pub(crate) async fn list(
    State(state): State<AppState>,
    AccountReader(_): AccountReader,
    Asked(paging): Asked<Paging>,
) -> Result<Json<StaffList>, Refusal> {
    let page = state.store().list_staff(paging.limit(), paging.cursor()?.as_ref()).await?;
    let staff = page.items.into_iter().map(in_json);
    Ok(Json(StaffList { staff: staff.collect(), next: page.next.map(|next| next.to_string()) }))
}

/// A new account.
#[utoipa::path(post, path = "/api/staff", tag = "session", request_body = StaffRequest, responses(
    (status = 201, body = Account),
    (status = 400, body = ErrorBody), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 409, body = ErrorBody, description = "already_exists"),
    (status = 422, body = ErrorBody, description = "invalid_body"),
))]
pub(crate) async fn create(
    State(state): State<AppState>,
    Administrator(member): Administrator,
    Body(request): Body<StaffRequest>,
) -> Result<(StatusCode, Json<Account>), Refusal> {
    if !is_name(&request.name) {
        return Err(Refusal::at(ErrorCode::InvalidBody, "/name", "out_of_range"));
    }
    if !PASSWORD_LENGTH.contains(&request.password.chars().count()) {
        return Err(Refusal::at(ErrorCode::InvalidBody, "/password", "out_of_range"));
    }
    if request.roles.is_empty() {
        return Err(Refusal::at(ErrorCode::InvalidBody, "/roles", "empty_list"));
    }
    check_words(request.display.as_deref(), request.office.as_deref(), request.unit.as_deref())?;
    check_unit(&request.roles, request.unit.as_deref())?;
    check_plans(&state, request.plans.as_deref()).await?;
    let hash = state.hashing().hash_password(request.password).await?;
    let account = store::Account {
        roles: names_of(&request.roles),
        name: request.name,
        display: request.display.unwrap_or_default().trim().to_owned(),
        office: request.office.map(|office| office.trim().to_owned()),
        unit: request.unit.map(|unit| unit.trim().to_owned()),
        plans: request.plans,
        disabled: request.disabled.unwrap_or_default(),
        second_factor: false,
    };
    state.store().create_staff(member.actor(), &account, &hash).await?;
    Ok((StatusCode::CREATED, Json(in_json(account))))
}

/// What changes of an account: its words, roles, limits, password, whether it may sign in.
#[utoipa::path(put, path = "/api/staff/{name}", tag = "session", request_body = StaffChange,
    params(("name" = String, Path)), responses(
    (status = 200, body = Account),
    (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
    (status = 422, body = ErrorBody, description = "invalid_body"),
))]
pub(crate) async fn change(
    State(state): State<AppState>,
    Administrator(member): Administrator,
    Names(name): Names<String>,
    Body(request): Body<StaffChange>,
) -> Result<Json<Account>, Refusal> {
    // Nobody can shut out everybody: one's own administrator role stays, and so does one's own account.
    let gives_up = request.roles.as_ref().is_some_and(|roles| !roles.contains(&Role::Admin));
    if name == member.name() && (gives_up || request.disabled == Some(true)) {
        return Err(ErrorCode::Forbidden.into());
    }
    if request.roles.as_ref().is_some_and(Vec::is_empty) {
        return Err(Refusal::at(ErrorCode::InvalidBody, "/roles", "empty_list"));
    }
    let office = request.office.as_ref().map(|office| office.as_deref().map(str::trim));
    let plans = request.plans.as_ref().map(Option::as_deref);
    let unit = request.unit.as_ref().map(|unit| unit.as_deref().map(str::trim));
    check_words(request.display.as_deref(), office.flatten(), unit.flatten())?;
    if request.roles.is_some() || unit.is_some() {
        let now = state.store().staff(&name).await?.account;
        let roles = request.roles.clone().unwrap_or_else(|| roles_named(&now.roles));
        check_unit(&roles, unit.unwrap_or(now.unit.as_deref()))?;
    }
    check_plans(&state, plans.flatten()).await?;
    let hash = match request.password {
        Some(password) if !PASSWORD_LENGTH.contains(&password.chars().count()) => {
            return Err(Refusal::at(ErrorCode::InvalidBody, "/password", "out_of_range"));
        }
        // The account first: none needs no hash.
        Some(password) => {
            state.store().staff(&name).await?;
            Some(state.hashing().hash_password(password).await?)
        }
        None => None,
    };
    let roles = request.roles.map(|roles| names_of(&roles));
    let what = store::StaffChange {
        display: request.display.as_deref().map(str::trim),
        roles: roles.as_deref(),
        office,
        unit,
        plans,
        password_hash: hash.as_deref(),
        // An administrator's own new password ends the others.
        keeps: (name == member.name()).then_some(&member.session),
        resets_second_factor: false,
        disabled: request.disabled,
    };
    Ok(Json(in_json(state.store().change_staff(member.actor(), &name, what).await?)))
}

/// That it is not oneself: an administrator stays, and keeps a second factor unless it is proved.
fn check_other(member: &Member, name: &str) -> Result<(), Refusal> {
    if name == member.name() { Err(ErrorCode::Forbidden.into()) } else { Ok(()) }
}

/// Removes an account and ends its sessions. Its name is never given again.
#[utoipa::path(delete, path = "/api/staff/{name}", tag = "session", params(("name" = String, Path)), responses(
    (status = 204, description = "Removed"),
    (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
))]
pub(crate) async fn remove(
    State(state): State<AppState>,
    Administrator(member): Administrator,
    Names(name): Names<String>,
) -> Result<StatusCode, Refusal> {
    check_other(&member, &name)?;
    state.store().remove_staff(member.actor(), &name).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Removes an account's second factor, for somebody who has lost it. One's own takes password and code.
#[utoipa::path(delete, path = "/api/staff/{name}/second-factor", tag = "session", params(("name" = String, Path)), responses(
    (status = 204, description = "Removed"),
    (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
    (status = 409, body = ErrorBody, description = "second_factor_state: it has none"),
))]
pub(crate) async fn reset_second_factor(
    State(state): State<AppState>,
    Administrator(member): Administrator,
    Names(name): Names<String>,
) -> Result<StatusCode, Refusal> {
    check_other(&member, &name)?;
    state.store().remove_second_factor(member.actor(), &name, None).await?;
    Ok(StatusCode::NO_CONTENT)
}
