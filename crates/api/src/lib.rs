//! The HTTP API and the pages that the server writes: one axum [`Router`] for the local server and
//! for Lambda.
//!
//! Owns routes, sessions, the mapping of errors to HTTP, and the OpenAPI document. Refuses to own
//! scoring (that is `scoring`), what is kept (that is `store`), shapes (that is `wire`), and
//! anything of Lambda or of sockets.

mod account_reset;
mod body;
mod first_start;
mod guard;
mod hashing_pool;
mod large_bodies;
mod limits;
mod names;
mod page;
mod password;
mod refusal;
mod released_units;
mod route;
mod second_factor;
mod session;
mod sign_in_line;
mod state;
mod throttle;
mod units_of_editions;

pub use account_reset::{AccountResetError, account_reset};
pub use first_start::{FirstStart, FirstStartError, first_start};
pub use state::{AppState, BodyReading, ClientAddress, Disk, DiskLook, Settings};

use ::openid::BACK;
use axum::extract::DefaultBodyLimit;
use axum::routing::get;
use axum::{Json, Router, middleware};
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use wire::ErrorCode;

use refusal::Refusal;
use route::{
    addresses, announcements, approvals, audit, ballots, calendar, cases, codes, comments, comparison, desk,
    document_texts, documents, files, finding_table, findings, health, ledger, links_from, named_ballots, open_codes,
    openid, paper_tallies, plans, profile_photos, profiles, public, public_keys, reconciliation, records,
    rectification_table, rectifications, results, rounds, scenarios, second_factors, sessions, settings, staff,
    templates, voters,
};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Pingyi 评议",
        description = "Appraisals: plans, ballots, records, results. Errors have one shape and a closed list of codes."
    ),
    components(schemas(wire::ErrorBody))
)]
struct Description;

/// The API's routes with their OpenAPI document.
fn described() -> OpenApiRouter<AppState> {
    let parts = [accounts(), plans(), voting(), records(), follow_up(), results()];
    parts.into_iter().fold(OpenApiRouter::with_openapi(Description::openapi()), OpenApiRouter::merge)
}

/// Who may do what, and templates, which belong to no plan.
fn accounts() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(health::health))
        .routes(routes!(sessions::sign_in, sessions::who, sessions::sign_out))
        .routes(routes!(sessions::change_password))
        .routes(routes!(openid::ways))
        .routes(routes!(openid::ask))
        .routes(routes!(second_factors::get, second_factors::start, second_factors::confirm, second_factors::remove))
        .routes(routes!(settings::get, settings::put))
        .routes(routes!(staff::list, staff::create))
        .routes(routes!(staff::change, staff::remove))
        .routes(routes!(staff::reset_second_factor))
        .routes(routes!(templates::list))
        .routes(routes!(templates::get))
        .routes(routes!(templates::notes))
        .routes(routes!(audit::export_accounts))
}

/// Plans, and the steps that they take.
fn plans() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(plans::create, plans::list))
        .routes(routes!(plans::get, plans::put, desk::delete))
        .routes(routes!(desk::list))
        .routes(routes!(desk::archive))
        .routes(routes!(desk::unarchive))
        .routes(routes!(plans::open))
        .routes(routes!(plans::close))
        .routes(routes!(plans::publish))
        .routes(routes!(rounds::list))
        .routes(routes!(rounds::open))
        .routes(routes!(rounds::close))
        .routes(routes!(calendar::get))
        .routes(routes!(plans::correct))
        .routes(routes!(announcements::announce))
        .routes(routes!(announcements::enter, announcements::list))
        .routes(routes!(announcements::answer))
        .routes(routes!(announcements::object))
        .routes(routes!(reconciliation::get, reconciliation::accept))
}

/// Who votes, by what, and what came in.
fn voting() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(codes::add, codes::list))
        .routes(routes!(codes::void))
        .routes(routes!(addresses::make))
        .routes(routes!(voters::put, voters::list))
        .routes(routes!(voters::remove))
        .routes(routes!(voters::forget))
        .routes(routes!(voters::sampled))
        .routes(routes!(named_ballots::list))
        .routes(routes!(codes::turnout))
        .routes(routes!(ballots::paper))
        .routes(routes!(ballots::cast))
        .routes(routes!(ballots::exchange))
        .routes(routes!(open_codes::issue))
        .routes(routes!(comments::list))
}

/// What offices give, with its evidence and its second persons.
fn records() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(records::put_entry, ledger::strike_entry))
        .routes(routes!(records::put_link, ledger::strike_link))
        .routes(routes!(links_from::put, links_from::get))
        .routes(routes!(records::post_incident))
        .routes(routes!(ledger::strike_incident))
        .routes(routes!(records::post_adjustment))
        .routes(routes!(ledger::strike_adjustment))
        .routes(routes!(records::put_lot, ledger::strike_lot))
        .routes(routes!(records::put_history, ledger::strike_history))
        .routes(routes!(records::post_decision))
        .routes(routes!(ledger::strike_decision))
        .routes(routes!(records::post_verdict))
        .routes(routes!(ledger::strike_verdict))
        .routes(routes!(paper_tallies::post, paper_tallies::list))
        .routes(routes!(ledger::strike_paper_tally))
        .routes(routes!(ledger::document))
        .routes(routes!(ledger::ledger))
        .routes(routes!(ledger::strike_row))
        .routes(routes!(files::post))
        .routes(routes!(files::get))
        .routes(routes!(approvals::approve))
        .routes(routes!(approvals::reject))
}

/// What follows an appraisal.
fn follow_up() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(findings::post, findings::list))
        .routes(routes!(findings::strike))
        .routes(routes!(findings::count))
        .routes(routes!(findings::notice))
        .routes(routes!(finding_table::notice_csv))
        .routes(routes!(rectifications::post, rectifications::list))
        .routes(routes!(rectifications::get, rectifications::put, rectifications::strike))
        .routes(routes!(rectifications::report))
        .routes(routes!(rectifications::accept))
        .routes(routes!(rectifications::send_back))
        .routes(routes!(rectifications::release))
        .routes(routes!(rectifications::summary))
        .routes(routes!(rectification_table::csv))
        .routes(routes!(rectification_table::public))
        .routes(routes!(cases::post, cases::list))
        .routes(routes!(cases::proposed))
        .routes(routes!(cases::strike))
        .routes(routes!(cases::done))
        .routes(routes!(profiles::get, profiles::put))
        .routes(routes!(profiles::list))
        .routes(routes!(profiles::public))
        .routes(routes!(profile_photos::post))
        .routes(routes!(profile_photos::get))
        .routes(routes!(profile_photos::public))
}

/// What came out, and what anybody may read of it.
fn results() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(results::result))
        .routes(routes!(comparison::get))
        .routes(routes!(results::simulate))
        .routes(routes!(results::explanation))
        .routes(routes!(document_texts::get, document_texts::put))
        .routes(routes!(documents::get))
        .routes(routes!(scenarios::list))
        .routes(routes!(scenarios::get, scenarios::put, scenarios::delete))
        .routes(routes!(audit::list))
        .routes(routes!(audit::export))
        .routes(routes!(public::list))
        .routes(routes!(public::heads))
        .routes(routes!(public::publication))
        .routes(routes!(public::records))
        .routes(routes!(public::tokens))
        .routes(routes!(public_keys::get))
        .routes(routes!(public::receipt))
}

/// The OpenAPI document, generated from the handlers' types.
pub fn openapi() -> utoipa::openapi::OpenApi {
    described().into_openapi()
}

/// Everything that is served: the API, the server's pages, and the built app if its folder is set.
pub fn router(state: AppState) -> Router {
    let (api, document) = described().split_for_parts();
    api.route("/api/openapi.json", get(move || std::future::ready(Json(document.clone()))))
        // For the provider's links alone.
        .route(BACK, get(openid::back))
        .merge(page::router(&state))
        .fallback(|| std::future::ready(Refusal::from(ErrorCode::NotFound)))
        .method_not_allowed_fallback(|| std::future::ready(Refusal::from(ErrorCode::MethodNotAllowed)))
        // The extractors of `body` have limits of their own.
        .layer(DefaultBodyLimit::disable())
        .layer(middleware::from_fn(session::refuse_cross_site))
        .layer(middleware::from_fn_with_state(state.clone(), body::read_late))
        .layer(middleware::from_fn(refusal::write_refusals))
        .layer(middleware::from_fn(guard::security_headers))
        .with_state(state)
}
