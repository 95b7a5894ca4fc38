//! `/public/{plan}/keys`: the fingerprints of blind groups' keys, for whoever holds a card against them.
//!
//! Owns the page. Refuses to own which keys are told ([`crate::route::public_keys`]).

use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{Html, IntoResponse, Response};
use text::{Lang, public as words};
use wire::blind_key::{PublicKeys, shown};

use super::answer::{PageQuery, refused};
use super::html::{Page, write_html};
use crate::route::public_keys::{KEYS_CACHE, public_keys};
use crate::state::AppState;

/// The page.
pub(crate) async fn page(
    State(state): State<AppState>,
    Path(id): Path<String>,
    Query(query): Query<PageQuery>,
) -> Response {
    match public_keys(&state, &id).await {
        Ok(keys) => ([(header::CACHE_CONTROL, KEYS_CACHE)], write(&keys, query.lang())).into_response(),
        Err(refusal) => refused(&refusal, query.lang()),
    }
}

fn write(keys: &PublicKeys, lang: Lang) -> Html<String> {
    let mut page = Page::new(words::KEYS.in_(lang), lang);
    write_html!(page, "<h1>{}</h1><p><bdi>{}</bdi></p>", words::KEYS.in_(lang), keys.title);
    if keys.keys.is_empty() {
        write_html!(page, "<p>{}</p>", words::KEYS_NONE.in_(lang));
    } else {
        write_html!(page, "<p>{}</p><dl>", words::KEYS_NOTE.in_(lang));
        for key in &keys.keys {
            write_html!(
                page,
                "<dt><bdi>{}</bdi> · <bdi>{}</bdi></dt><dd><code>{}</code></dd>",
                key.group_name,
                key.period_name,
                shown(&key.fingerprint),
            );
        }
        write_html!(page, "</dl><p><a href=\"/api/public/{}/keys\">{}</a></p>", keys.id, words::KEYS_WHOLE.in_(lang));
    }
    page.link_to_all();
    page.finish()
}
