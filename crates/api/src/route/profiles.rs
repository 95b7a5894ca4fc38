//! `/api/profiles/{name}`, `/api/plans/{id}/profiles` and `/api/public/units/{name}`: who works at a unit, what it does, and what it promises (三亮).
//!
//! Owns who may change what of a profile. Refuses to own what is kept (the store).

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::IntoResponse;
use scoring::json::Value;
use scoring::names::folded;
use store::{ProfileRow, Revision, StoreError};
use wire::file::is_file;
use wire::profile::{Profile, ProfileKept, ProfileLine, ProfileList, ProfileRequest, PublicProfile, check};
use wire::{ErrorBody, ErrorCode, Field};

use crate::body::Body;
use crate::names::{Names, etag, if_match, plan_id};
use crate::refusal::{Refusal, field};
use crate::route::public::CACHE;
use crate::session::{ItemReporter, Member, UnitReader};
use crate::state::AppState;

/// Another unit's profile is not there for a unit.
pub(super) fn check_own(member: &Member, name: &str) -> Result<(), Refusal> {
    match member.sees_unit_only() {
        Some(own) if folded(own) != folded(name) => Err(ErrorCode::NotFound.into()),
        _ => Ok(()),
    }
}

/// Whether a unit may be called so; a profile of another name is not found.
pub(super) fn check_name(name: &str) -> Result<(), Refusal> {
    if name.trim() != name || !wire::finding::is_text(name, wire::profile::LONGEST_WORDS) || name.contains('\n') {
        return Err(ErrorCode::NotFound.into());
    }
    Ok(())
}

/// All units of a plan, with what a list says of their profiles; a unit's account sees its own line alone.
#[utoipa::path(get, path = "/api/plans/{id}/profiles", tag = "follow-up", params(("id" = String, Path)), responses(
    (status = 200, body = ProfileList),
    (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
))]
pub(crate) async fn list(
    State(state): State<AppState>,
    UnitReader(member): UnitReader,
    Names(id): Names<String>,
) -> Result<Json<ProfileList>, Refusal> {
    let plan = state.store().plan(&plan_id(&id)?).await?.document;
    let rows: BTreeMap<String, ProfileRow> =
        state.store().profile_rows().await?.into_iter().map(|row| (row.unit.clone(), row)).collect();
    let own = member.sees_unit_only().map(folded);
    let units = match plan.get("units") {
        Some(Value::List(units)) => units.as_slice(),
        // A draft may lack them still.
        _ => &[],
    };
    let text = |unit: &Value, key: &str| unit.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let line = |unit: &Value| {
        let (id, name) = (text(unit, "id"), text(unit, "name"));
        let key = folded(&name);
        own.as_ref().is_none_or(|own| *own == key).then(|| match rows.get(&key) {
            Some(row) => ProfileLine {
                unit: id,
                name,
                revision: row.revision.0,
                public: row.public.clone(),
                by: Some(row.by.clone()),
                at: Some(row.at.0),
            },
            None => ProfileLine { unit: id, name, revision: 0, public: Vec::new(), by: None, at: None },
        })
    };
    Ok(Json(ProfileList { profiles: units.iter().filter_map(line).collect() }))
}

/// The profile of a unit.
#[utoipa::path(get, path = "/api/profiles/{name}", tag = "follow-up", params(("name" = String, Path)), responses(
    (status = 200, body = Profile, headers(("ETag" = String))),
    (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
))]
pub(crate) async fn get(
    State(state): State<AppState>,
    UnitReader(member): UnitReader,
    Names(name): Names<String>,
) -> Result<impl IntoResponse, Refusal> {
    check_own(&member, &name)?;
    let profile = state.store().profile(&name).await?;
    Ok((etag(Revision(profile.revision)), Json(profile)))
}

/// Writes a profile: with `If-Match` over the revision that was read, with `If-None-Match: *` a new one, with neither
/// whatever there is. What is public is for the office to say; what a unit changes is not public until it does.
#[utoipa::path(put, path = "/api/profiles/{name}", tag = "follow-up",
    params(("name" = String, Path), ("If-Match" = Option<String>, Header), ("If-None-Match" = Option<String>, Header)),
    request_body = ProfileRequest, responses(
    (status = 200, body = ProfileKept, headers(("ETag" = String))),
    (status = 400, body = ErrorBody), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
    (status = 412, body = ErrorBody, description = "revision_mismatch"),
    (status = 422, body = ErrorBody, description = "invalid_body"),
    (status = 428, body = ErrorBody, description = "revision_required: an `If-Match` that names no revision"),
))]
pub(crate) async fn put(
    State(state): State<AppState>,
    ItemReporter(member): ItemReporter,
    Names(name): Names<String>,
    headers: HeaderMap,
    Body(profile): Body<ProfileRequest>,
) -> Result<impl IntoResponse, Refusal> {
    check_own(&member, &name)?;
    check_name(&name)?;
    let is_new = headers.get(header::IF_NONE_MATCH).is_some_and(|value| value.as_bytes() == b"*");
    let based_on = if is_new {
        None
    } else if headers.contains_key(header::IF_MATCH) {
        Some(if_match(&headers)?)
    } else {
        // Whoever says nothing of it writes over what there is now.
        match state.store().profile(&name).await {
            Ok(there) => Some(Revision(there.revision)),
            Err(StoreError::NotFound) => None,
            Err(error) => return Err(error.into()),
        }
    };
    let mut fields = check(&profile);
    fields.extend(unknown_photos(&state, &name, &profile).await?);
    if !fields.is_empty() {
        return Err(Refusal::with(ErrorCode::InvalidBody, fields));
    }
    if member.sees_unit_only().is_some() && profile.public.is_some() {
        return Err(ErrorCode::Forbidden.into());
    }
    let kept = state.store().put_profile(member.actor(), &name, &profile, based_on).await;
    let kept = kept.map_err(|error| match error {
        // `If-None-Match: *` did not hold, or somebody was faster.
        StoreError::NameTaken => ErrorCode::RevisionMismatch.into(),
        error => Refusal::from(error),
    })?;
    state.released_units().forget().await;
    let public = kept.profile.public.unwrap_or_default();
    Ok((etag(Revision(kept.revision)), Json(ProfileKept { revision: kept.revision, public })))
}

/// People whose photo was not given for their unit, with pointers into the request.
async fn unknown_photos(state: &AppState, name: &str, profile: &ProfileRequest) -> Result<Vec<Field>, Refusal> {
    let people = profile.staff.iter().enumerate();
    let named: Vec<(usize, &str)> = people
        .filter_map(|(place, person)| Some((place, person.photo.as_deref().filter(|photo| is_file(photo))?)))
        .collect();
    let photos: Vec<&str> = named.iter().map(|(_, photo)| *photo).collect();
    let unknown = state.store().unknown_photos(name, &photos).await?;
    let wrong = named.iter().filter(|(_, photo)| unknown.contains(photo));
    Ok(wrong.map(|(place, _)| field(&format!("/staff/{place}/photo"), "unknown_file")).collect())
}

/// What the office released of a unit's profile.
#[utoipa::path(get, path = "/api/public/units/{name}", tag = "public", params(("name" = String, Path)), responses(
    (status = 200, body = PublicProfile),
    (status = 404, body = ErrorBody, description = "not_found: also where nothing is released"),
))]
pub(crate) async fn public(
    State(state): State<AppState>,
    Names(name): Names<String>,
) -> Result<impl IntoResponse, Refusal> {
    let profile = released(state.store().profile(&name).await?).ok_or(ErrorCode::NotFound)?;
    Ok(([(header::CACHE_CONTROL, CACHE)], Json(profile)))
}

/// What the public reads of a profile; `None` where the office released nothing of it.
pub(crate) fn released(Profile { name, profile, .. }: Profile) -> Option<PublicProfile> {
    profile.public.as_ref().is_some_and(|released| !released.is_empty()).then(|| profile.public(name))
}
