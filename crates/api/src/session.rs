//! Who is asking: the session cookie, roles, and the refusal of cross-site requests.
//!
//! Owns the extractors from [`Signed`] to [`Administrator`], one for each thing staff may do, and the account's limits:
//! its plans here, its office where records are given and read, its unit where items are. Refuses to own accounts and passwords.

use axum::extract::{FromRequestParts, Request};
use axum::http::header::{COOKIE, SET_COOKIE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use store::{SessionToken, SignedInBy, StoreError};
use wire::ErrorCode;
use wire::staff::Role;

use crate::refusal::Refusal;
use crate::state::{AppState, Settings};

/// A member of staff with a living session.
#[derive(Clone, Debug)]
pub(crate) struct Member {
    pub(crate) account: store::Account,
    pub(crate) roles: Vec<Role>,
    /// The session by which they ask.
    pub(crate) session: SessionToken,
    /// Whether they may do nothing but set up a second factor.
    pub(crate) must_set_second_factor: bool,
}

impl Member {
    /// The account in whose name the store acts.
    pub(crate) fn actor(&self) -> store::Actor<'_> {
        store::Actor { name: &self.account.name }
    }

    /// The account's name.
    pub(crate) fn name(&self) -> &str {
        &self.account.name
    }

    fn is(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }

    fn is_any(&self, roles: &[Role]) -> bool {
        roles.iter().any(|role| self.is(*role))
    }

    /// Reads every record and result: all but administrators, inspectors, and whoever enters for one office.
    pub(crate) fn reads_all(&self) -> bool {
        self.gives_all() || self.is(Role::Planner) || self.is(Role::Publisher) || self.is(Role::Auditor)
    }

    /// The one office whose records this account gives; `None`: it gives those of all.
    pub(crate) fn office(&self) -> Option<&str> {
        self.account.office.as_deref()
    }

    /// The one unit whose items this account sees, by its name; `None`: it sees all.
    pub(crate) fn sees_unit_only(&self) -> Option<&str> {
        // Where no unit is named, there is none of that name.
        if self.reads_all() { None } else { Some(self.account.unit.as_deref().unwrap_or_default()) }
    }

    /// Speaks for a unit and for no office.
    pub(crate) fn is_of_unit(&self) -> bool {
        self.is(Role::Unit)
    }

    /// Gives records of all offices.
    fn gives_all(&self) -> bool {
        self.is(Role::Office) && self.account.office.is_none()
    }

    /// The one office whose records this account reads; `None`: it reads all.
    pub(crate) fn reads_only(&self) -> Option<&str> {
        if self.reads_all() { None } else { self.office() }
    }

    /// The one office whose records this account gives and reads, and nothing of others.
    pub(crate) fn enters_for(&self) -> Option<&str> {
        self.reads_only().filter(|_| self.is(Role::Office))
    }

    /// Reads what was done to accounts, and the settings.
    fn reads_accounts(&self) -> bool {
        self.is_any(&[Role::Admin, Role::Auditor])
    }

    /// Whether the account may do anything with a plan.
    pub(crate) fn knows(&self, plan: &str) -> bool {
        self.account.plans.as_ref().is_none_or(|plans| plans.iter().any(|own| own == plan))
    }
}

/// The plan that an address is about.
fn plan_of(path: &str) -> Option<&str> {
    path.strip_prefix("/api/plans/")?.split('/').next()
}

/// Roles by their names; a name this version does not know gives nothing.
pub(crate) fn roles_named(names: &[String]) -> Vec<Role> {
    Role::ALL.into_iter().filter(|role| names.iter().any(|name| name == role.as_str())).collect()
}

async fn member(parts: &Parts, state: &AppState) -> Result<Member, Refusal> {
    let token = token(&parts.headers, state.settings()).ok_or(ErrorCode::NotSignedIn)?;
    let store::LivingSession { account, by } = match state.store().session(&token).await {
        Ok(session) => session,
        Err(StoreError::NotFound) => return Err(ErrorCode::NotSignedIn.into()),
        Err(error) => return Err(error.into()),
    };
    let roles = roles_named(&account.roles);
    // Whoever the provider vouches for has shown it what it asks for.
    let has_shown_enough = account.second_factor || by == SignedInBy::Provider;
    let must_set_second_factor = !has_shown_enough && state.store().settings().await?.second_factor.binds(&roles);
    Ok(Member { account, roles, session: token, must_set_second_factor })
}

/// Whoever is signed in and may do what is asked, with the plan that the address is about.
async fn admitted(parts: &Parts, state: &AppState, may: fn(&Member) -> bool) -> Result<Member, Refusal> {
    let member = member(parts, state).await?;
    if member.must_set_second_factor {
        return Err(ErrorCode::SecondFactorRequired.into());
    }
    let knows = plan_of(parts.uri.path()).is_none_or(|plan| member.knows(plan));
    if may(&member) && knows { Ok(member) } else { Err(ErrorCode::Forbidden.into()) }
}

/// Any account, also one that must set up a second factor first: who it is, and setting one up.
pub(crate) struct SettingUp(pub(crate) Member);

impl FromRequestParts<AppState> for SettingUp {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Refusal> {
        member(parts, state).await.map(SettingUp)
    }
}

macro_rules! extractors {
    ($($(#[$doc:meta])* $name:ident: $may:expr;)*) => {$(
        $(#[$doc])*
        #[allow(dead_code, reason = "some are asked for what they admit alone")]
        pub(crate) struct $name(pub(crate) Member);

        impl FromRequestParts<AppState> for $name {
            type Rejection = Refusal;

            async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Refusal> {
                admitted(parts, state, $may).await.map($name)
            }
        }
    )*};
}

extractors! {
    /// Any account: what concerns itself.
    Signed: |_| true;
    /// Any account with a role: what is appraised and how, and nothing of what came out.
    PlanReader: |member| !member.roles.is_empty();
    /// Reads records, [those of one office](Member::reads_only) at least.
    RecordReader: |member| member.reads_all() || member.is(Role::Office);
    /// Reads every record and result.
    Reader: Member::reads_all;
    /// Objects for somebody, or [for its unit](Member::sees_unit_only).
    Objector: |member| member.is_any(&[Role::Office, Role::Planner, Role::Publisher, Role::Unit]);
    /// Writes plans, issues codes, opens and closes.
    Planner: |member| member.is(Role::Planner);
    /// Gives records, [of one office](Member::office) at least.
    Recorder: |member| member.is(Role::Office);
    /// Makes items of rectification, looks at what is reported, and says what is public.
    Rectifier: Member::gives_all;
    /// Reads what concerns units: results, reports, objections, items of rectification, profiles;
    /// [of one unit](Member::sees_unit_only) at least.
    UnitReader: |member| member.reads_all() || member.is(Role::Unit);
    /// Reports on items of rectification, [of one unit](Member::sees_unit_only) at least.
    ItemReporter: |member| member.gives_all() || member.is(Role::Unit);
    /// Gives evidence files: for records, findings and reports.
    FileGiver: |member| member.is(Role::Office) || member.is(Role::Unit);
    /// Words the papers that are handed out: forms, notices, reports.
    PaperWriter: |member| member.gives_all() || member.is(Role::Planner) || member.is(Role::Publisher);
    /// Publishes.
    Publisher: |member| member.is(Role::Publisher);
    /// Reads ballots that name their voter.
    Inspector: |member| member.is(Role::Inspector);
    /// Reads which accounts there are and what became of them, and the settings.
    AccountReader: Member::reads_accounts;
    /// Changes the accounts of others, and the settings.
    Administrator: |member| member.is(Role::Admin);
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
