//! `/public/{id}/receipt?number=`: is this receipt's ballot among those that were counted?
//!
//! Owns the page; the proof is the store's, and `/api/public/{id}/receipts/{receipt}` shows it whole.

use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use store::{Receipt, StoreError};
use text::{Lang, public as words};

use super::answer::refused;
use super::html::{Page, write_html};
use crate::names::plan_id;
use crate::refusal::Refusal;
use crate::state::AppState;

/// What the form asks.
#[derive(Deserialize)]
pub(crate) struct Asked {
    number: Option<String>,
    lang: Option<String>,
}

pub(crate) async fn page(
    State(state): State<AppState>,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Response {
    let lang = Lang::named(asked.lang.as_deref().unwrap_or(""));
    let number = asked.number.unwrap_or_default();
    match answer(&state, &id, &number).await {
        Ok((title, found)) => {
            let mut page = Page::new(words::RECEIPT_CHECK.in_(lang), lang);
            write_html!(page, "<h1>{}</h1><p>{}</p>", words::RECEIPT_CHECK.in_(lang), title);
            if !number.trim().is_empty() {
                let verdict = if found { words::RECEIPT_FOUND } else { words::RECEIPT_MISSING };
                write_html!(page, "<p class=\"receipt\" role=\"status\">{}</p>", verdict.in_(lang));
            }
            form(&mut page, &id, &number);
            let query = page.lang_query();
            write_html!(page, "<p><a href=\"/public/{}{}\">{}</a></p>", id, query, words::RANKING.in_(lang));
            (StatusCode::OK, [(header::CACHE_CONTROL, "no-store")], page.finish()).into_response()
        }
        Err(refusal) => refused(&refusal, lang),
    }
}

/// The plan's title, and whether the receipt is in its tree.
async fn answer(state: &AppState, id: &str, number: &str) -> Result<(String, bool), Refusal> {
    let id = plan_id(id)?;
    let publication = state.store().publication(&id).await?;
    let title = publication.plan.get("title").and_then(|title| title.as_str()).unwrap_or_default().to_owned();
    let digits: String = number.chars().filter(char::is_ascii_alphanumeric).collect();
    let found = match Receipt::parse(&digits) {
        None => false,
        Some(receipt) => match state.store().receipt_proof(&id, &receipt).await {
            // The proof is followed up to the published root, not only found.
            Ok(proof) => proof.root(&receipt).as_deref() == Some(publication.receipts.root.as_str()),
            Err(StoreError::NotFound) => false,
            Err(error) => return Err(error.into()),
        },
    };
    Ok((title, found))
}

/// The form that asks for a receipt's number.
pub(crate) fn form(page: &mut Page, id: &str, number: &str) {
    let lang = page.lang;
    write_html!(
        page,
        "<form action=\"/public/{}/receipt\"><label for=\"number\">{}</label>\
         <input type=\"text\" id=\"number\" name=\"number\" autocomplete=\"off\" spellcheck=\"false\" maxlength=\"60\" value=\"{}\">",
        id,
        words::RECEIPT_NUMBER.in_(lang),
        number,
    );
    if lang == Lang::En {
        write_html!(page, "<input type=\"hidden\" name=\"lang\" value=\"en\">");
    }
    write_html!(page, "<p><button>{}</button></p></form>", words::RECEIPT_LOOK.in_(lang));
}
