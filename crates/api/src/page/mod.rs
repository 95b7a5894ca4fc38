//! Pages that the server writes: published results, the ballot without scripts, and the built app
//! from its folder.
//!
//! Owns HTML. Refuses to own scores and ballot rules.

mod answer;
mod app_files;
mod display;
mod editions;
mod html;
mod keys;
mod open_groups;
mod plain_ballot;
mod public_list;
mod public_result;
pub(crate) mod published;
mod ranking_chart;
mod ranking_table;
mod receipt_check;
mod rectification;
mod result_method;
mod short_address;
pub(crate) mod sign_in;
mod unit;

use axum::Router;
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Redirect};
use axum::routing::get;

use crate::names;
use crate::state::AppState;

/// The style sheet of all pages written here.
const STYLE: &str = include_str!("style.css");

/// What sends an objection from a page.
const OBJECTION_SCRIPT: &str = include_str!("objection.js");

/// The pages' routes.
pub(crate) fn router(state: &AppState) -> Router<AppState> {
    let pages = Router::new()
        .route("/public", get(public_list::page))
        .route("/public/style.css", get(style))
        .route("/public/objection.js", get(objection_script))
        .route("/public/units/{name}", get(unit::page))
        .route("/public/{id}", get(public_result::page))
        .route("/public/{id}/keys", get(keys::page))
        .route("/public/{id}/rectification", get(rectification::page))
        .route("/public/{id}/receipt", get(receipt_check::page))
        .route("/b/{word}", get(short_address::lead))
        .route("/ballot/{plan}/plain", get(plain_ballot::ask).post(plain_ballot::answer));
    match &state.settings().app_dir {
        Some(_) => pages.merge(app_files::router()),
        // The API alone: the front door leads to what there is.
        None => pages.route("/", get(|| std::future::ready(Redirect::to("/public")))).route(
            "/ballot/{plan}",
            get(|Path(plan): Path<String>| {
                let plan = app_files::before_code(&plan);
                let id = names::plan_id(plan).map(|id| format!("/ballot/{id}/plain"));
                std::future::ready(Redirect::to(&id.unwrap_or_else(|_| "/public".to_owned())))
            }),
        ),
    }
}

async fn objection_script() -> impl IntoResponse {
    let kind = (header::CONTENT_TYPE, "text/javascript; charset=utf-8");
    ([kind, (header::CACHE_CONTROL, "public, max-age=3600")], OBJECTION_SCRIPT)
}

async fn style() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, "public, max-age=3600")], STYLE)
}
