//! `/api/staff`: the accounts of others, for administrators.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use wire::staff::{Account, PASSWORD_LENGTH, Role, StaffChange, StaffList, StaffRequest, is_name};
use wire::{ErrorBody, ErrorCode};

use crate::body::Body;
use crate::names::{Asked, Names, Paging};
use crate::refusal::Refusal;
use crate::session::{Administrator, role_name, roles_named};
use crate::state::AppState;

fn names_of(roles: &[Role]) -> Vec<String> {
    roles.iter().map(|role| role_name(*role).to_owned()).collect()
}

/// Every account.
#[utoipa::path(get, path = "/api/staff", tag = "session", params(Paging), responses(
    (status = 200, body = StaffList),
    (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 422, body = ErrorBody, description = "invalid_body: a limit or cursor that is none"),
))]
pub(crate) async fn list(
    State(state): State<AppState>,
    Administrator(_): Administrator,
    Asked(paging): Asked<Paging>,
) -> Result<Json<StaffList>, Refusal> {
    let page = state.store().list_staff(paging.limit(), paging.cursor()?.as_ref()).await?;
    let staff = page.items.into_iter();
    let staff = staff.map(|account| Account {
        roles: roles_named(&account.roles),
        name: account.name,
        disabled: account.disabled,
    });
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
    let hash = state.hashing().hash_password(request.password).await?;
    let roles = names_of(&request.roles);
    state.store().create_staff(member.actor(), &request.name, &roles, &hash).await?;
    Ok((StatusCode::CREATED, Json(Account { name: request.name, roles: roles_named(&roles), disabled: false })))
}

/// Other roles, a new password, whether it may sign in.
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
    if name == member.name && (gives_up || request.disabled == Some(true)) {
        return Err(ErrorCode::Forbidden.into());
    }
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
    let what =
        store::StaffChange { roles: roles.as_deref(), password_hash: hash.as_deref(), disabled: request.disabled };
    let account = state.store().change_staff(member.actor(), &name, what).await?;
    Ok(Json(Account { roles: roles_named(&account.roles), name: account.name, disabled: account.disabled }))
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
    // An administrator stays.
    if name == member.name {
        return Err(ErrorCode::Forbidden.into());
    }
    state.store().remove_staff(member.actor(), &name).await?;
    Ok(StatusCode::NO_CONTENT)
}
