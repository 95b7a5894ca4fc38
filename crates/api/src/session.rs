//! Who is asking: the session cookie, roles, and the refusal of cross-site requests.
//!
//! Owns the extractors [`Reader`], [`Planner`], [`Recorder`] and [`Administrator`], one for each
//! thing staff may do. Refuses to own accounts and passwords.

use axum::extract::{FromRequestParts, Request};
use axum::http::header::{COOKIE, SET_COOKIE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use store::{SessionToken, StoreError};
use wire::ErrorCode;
use wire::staff::Role;

use crate::refusal::Refusal;
use crate::state::{AppState, Settings};

/// A member of staff with a living session.
#[derive(Clone, Debug)]
pub(crate) struct Member {
    pub(crate) name: String,
    pub(crate) roles: Vec<Role>,
}

impl Member {
    /// The account in whose name the store acts.
    pub(crate) fn actor(&self) -> store::Actor<'_> {
        store::Actor { name: &self.name }
    }
}

/// The name of a role in the store.
pub(crate) fn role_name(role: Role) -> &'static str {
    match role {
        Role::Admin => "admin",
        Role::Planner => "planner",
        Role::Office => "office",
        Role::Auditor => "auditor",
    }
}

/// Roles by their names; a name this version does not know gives nothing.
pub(crate) fn roles_named(names: &[String]) -> Vec<Role> {
    [Role::Admin, Role::Planner, Role::Office, Role::Auditor]
        .into_iter()
        .filter(|role| names.iter().any(|name| name == role_name(*role)))
        .collect()
}

async fn member(parts: &Parts, state: &AppState) -> Result<Member, Refusal> {
    let token = token(&parts.headers, state.settings()).ok_or(ErrorCode::NotSignedIn)?;
    match state.store().session(&token).await {
        Ok(session) => Ok(Member { roles: roles_named(&session.roles), name: session.name }),
        Err(StoreError::NotFound) => Err(ErrorCode::NotSignedIn.into()),
        Err(error) => Err(error.into()),
    }
}

macro_rules! extractors {
    ($($(#[$doc:meta])* $name:ident: $($role:ident)|+;)*) => {$(
        $(#[$doc])*
        pub(crate) struct $name(pub(crate) Member);

        impl FromRequestParts<AppState> for $name {
            type Rejection = Refusal;

            async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Refusal> {
                let member = member(parts, state).await?;
                if member.roles.iter().any(|role| matches!(role, $(Role::$role)|+)) {
                    Ok($name(member))
                } else {
                    Err(ErrorCode::Forbidden.into())
                }
            }
        }
    )*};
}

extractors! {
    /// Any account: may read what staff may read.
    Reader: Admin | Planner | Office | Auditor;
    /// May write plans, issue codes, open, close and publish.
    Planner: Admin | Planner;
    /// May give records.
    Recorder: Admin | Planner | Office;
    /// May change the accounts of others.
    Administrator: Admin;
}

fn cookie_name(settings: &Settings) -> &'static str {
    if settings.is_https() { "__Host-pingyi" } else { "pingyi" }
}

/// A cookie of the request, by its name.
pub(crate) fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|cookies| cookies.to_str().ok())
        .flat_map(|cookies| cookies.split(';'))
        .filter_map(|cookie| cookie.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
}

/// The session's token out of the request's cookies.
pub(crate) fn token(headers: &HeaderMap, settings: &Settings) -> Option<SessionToken> {
    cookie(headers, cookie_name(settings)).and_then(SessionToken::parse)
}

/// A `Set-Cookie` that starts a session, or with `None` one that ends it.
pub(crate) fn set_cookie(token: Option<&SessionToken>, settings: &Settings) -> [(HeaderName, String); 1] {
    let name = cookie_name(settings);
    let secure = if settings.is_https() { "; Secure" } else { "" };
    let cookie = match token {
        Some(token) => format!("{name}={token}; Path=/; HttpOnly; SameSite=Strict{secure}"),
        None => format!("{name}=; Path=/; HttpOnly; SameSite=Strict{secure}; Max-Age=0"),
    };
    [(SET_COOKIE, cookie)]
}

/// Refuses requests that another site made a browser send. Only `Sec-Fetch-Site` is asked: behind
/// CloudFront the Host is another. Clients that are no browsers do not send it.
pub(crate) async fn refuse_cross_site(request: Request, next: Next) -> Response {
    let changes = !matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let site = request.headers().get("sec-fetch-site").map(HeaderValue::as_bytes);
    if changes && site.is_some_and(|site| site != b"same-origin" && site != b"none") {
        return Refusal::from(ErrorCode::Forbidden).into_response();
    }
    next.run(request).await
}
