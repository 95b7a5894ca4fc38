//! `/public`: which results are public.

use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use text::public as words;

use super::answer::{PageQuery, refused};
use super::html::{Page, write_html};
use super::published::published_heads;
use crate::limits::{MOST_PLANS, ROWS};
use crate::route::public::CACHE;
use crate::state::AppState;

pub(crate) async fn page(State(state): State<AppState>, Query(query): Query<PageQuery>) -> Response {
    let lang = query.lang();
    let mut published = Vec::new();
    let mut after = None;
    for _ in 0..MOST_PLANS / ROWS {
        let page = match published_heads(&state, ROWS, after.as_ref()).await {
            Ok(page) => page,
            Err(refusal) => return refused(&refusal, lang),
        };
        published.extend(page.items);
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    let mut page = Page::new(words::RESULTS.in_(lang), lang);
    let query = page.lang_query();
    write_html!(page, "<h1>{}</h1>", words::RESULTS.in_(lang));
    if published.is_empty() {
        write_html!(page, "<p>{}</p>", words::NOTHING_YET.in_(lang));
    } else {
        write_html!(page, "<p>{}</p><ul class=\"plans\">", words::RESULTS_LEAD.in_(lang));
        for head in &published {
            write_html!(
                page,
                "<li><a href=\"/public/{}{}\"><bdi>{}</bdi></a>{}</li>",
                head.id.as_str(),
                query,
                head.title,
                if head.announced.is_some() { words::ON_DISPLAY.in_(lang) } else { "" },
            );
        }
        write_html!(page, "</ul>");
    }
    ([(header::CACHE_CONTROL, CACHE)], page.finish()).into_response()
}
