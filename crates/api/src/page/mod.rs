//! Pages that the server writes: published results, the ballot without scripts, and the built app
//! from its folder.
//!
//! Owns HTML. Refuses to own scores and ballot rules.

mod app_files;
pub(crate) mod few_ballots;
mod html;
mod open_groups;
mod plain_ballot;
mod public_list;
mod public_result;
mod ranking_chart;
mod ranking_table;
mod receipt_check;
mod result_method;

use axum::Router;
use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use serde::Deserialize;
use text::{Lang, public as words};
use wire::ErrorCode;

use crate::refusal::Refusal;
use crate::state::AppState;
use html::{Page, write_html};

/// The style sheet of all pages written here.
const STYLE: &str = include_str!("style.css");

/// The pages' routes.
pub(crate) fn router(state: &AppState) -> Router<AppState> {
    let pages = Router::new()
        .route("/public", get(public_list::page))
        .route("/public/style.css", get(style))
        .route("/public/{id}", get(public_result::page))
        .route("/public/{id}/receipt", get(receipt_check::page))
        .route("/ballot/{plan}/plain", get(plain_ballot::ask).post(plain_ballot::answer));
    match &state.settings().app_dir {
        Some(_) => pages.merge(app_files::router()),
        // The API alone: the front door leads to what there is.
        None => pages.route("/", get(|| std::future::ready(Redirect::to("/public")))).route(
            "/ballot/{plan}",
            get(|uri: Uri| std::future::ready(Redirect::to(&format!("{}/plain", uri.path().trim_end_matches('/'))))),
        ),
    }
}

async fn style() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, "public, max-age=3600")], STYLE)
}

/// `?lang=` of a page, and which part of a long result.
#[derive(Deserialize)]
pub(crate) struct PageQuery {
    lang: Option<String>,
    category: Option<String>,
    page: Option<usize>,
}

impl PageQuery {
    fn lang(&self) -> Lang {
        Lang::named(self.lang.as_deref().unwrap_or(""))
    }
}

/// A refusal as a page.
fn refused(refusal: &Refusal, lang: Lang) -> Response {
    let status = StatusCode::from_u16(refusal.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let (title, lead) = match refusal.code {
        ErrorCode::NotFound => (words::NOT_FOUND.in_(lang), words::NOT_FOUND_LEAD.in_(lang)),
        code => (code.text().in_(lang), ""),
    };
    let mut page = Page::new(title, lang);
    write_html!(page, "<h1>{}</h1><p>{}</p>", title, lead);
    page.link_to_all();
    (status, [(header::CACHE_CONTROL, "no-store")], page.finish()).into_response()
}
