//! `/public/{plan}/rectification`: what the office released of what is being made better, item by item.
//!
//! Owns the page. Refuses to own what is released ([`crate::route::rectification_table`]).

use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{Html, IntoResponse, Response};
use serde::Deserialize;
use text::{Lang, rectification as words};
use wire::ErrorCode;
use wire::public_rectification::{PublicRectification, PublicRectifications};

use super::answer::refused;
use super::html::{Page, write_html};
use crate::limits::{MOST_PUBLIC_ITEMS, MOST_PUBLIC_REPORTS};
use crate::names::plan_id;
use crate::refusal::Refusal;
use crate::route::public::CACHE;
use crate::route::rectification_table::released;
use crate::state::AppState;

/// What is read from the address.
#[derive(Deserialize)]
pub(crate) struct RectificationPage {
    lang: Option<String>,
    cursor: Option<String>,
}

async fn items(state: &AppState, id: &str, cursor: Option<&str>) -> Result<PublicRectifications, Refusal> {
    let cursor = match cursor.map(store::Cursor::parse) {
        Some(None) => return Err(ErrorCode::NotFound.into()),
        cursor => cursor.flatten(),
    };
    released(state, &plan_id(id)?, MOST_PUBLIC_ITEMS, cursor.as_ref()).await
}

/// The page.
pub(crate) async fn page(
    State(state): State<AppState>,
    Path(id): Path<String>,
    Query(query): Query<RectificationPage>,
) -> Response {
    let lang = Lang::named(query.lang.as_deref().unwrap_or(""));
    match items(&state, &id, query.cursor.as_deref()).await {
        Ok(items) => ([(header::CACHE_CONTROL, CACHE)], write(&items, lang)).into_response(),
        Err(refusal) => refused(&refusal, lang),
    }
}

fn write(items: &PublicRectifications, lang: Lang) -> Html<String> {
    let mut page = Page::new(words::PROGRESS.in_(lang), lang);
    write_html!(page, "<h1>{}</h1><p><bdi>{}</bdi></p>", words::PROGRESS.in_(lang), items.plan_title);
    write_html!(page, "<p>{}{}</p>", words::PUBLIC_ITEMS.in_(lang), items.released);
    for item in &items.items {
        write_item(&mut page, item, lang);
    }
    if let Some(next) = &items.next {
        let code = if lang == Lang::En { "&lang=en" } else { "" };
        write_html!(page, "<p><a href=\"?cursor={}{}\">{}</a></p>", next, code, words::MORE.in_(lang));
    }
    page.link_to_all();
    page.finish()
}

fn write_item(page: &mut Page, item: &PublicRectification, lang: Lang) {
    write_html!(page, "<section><h2>{}. <bdi>{}</bdi></h2><dl>", item.number, item.unit);
    let done = item.done.map(|done| if done { words::DONE } else { words::UNDER_WAY }.in_(lang).to_owned());
    let fields = [
        (words::MATTER, &item.matter),
        (words::SOURCE, &item.source),
        (words::MEASURES, &item.measures),
        (words::LEADER, &item.leader),
        (words::DEPARTMENT, &item.department),
        (words::DEADLINE, &item.deadline),
        (words::RESULT, &done),
    ];
    for (name, value) in fields {
        if let Some(value) = value {
            write_html!(page, "<dt>{}</dt><dd>{}</dd>", name.in_(lang), value);
        }
    }
    let reports = item.reports.as_deref().unwrap_or_default();
    for report in reports.iter().rev().take(MOST_PUBLIC_REPORTS) {
        write_html!(page, "<dt>{} {}</dt><dd>{}</dd>", words::REPORT.in_(lang), report.month, report.text);
    }
    write_html!(page, "</dl></section>");
}
