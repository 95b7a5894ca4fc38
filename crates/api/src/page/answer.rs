//! What all pages read from an address, and a refusal as a page.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use text::{Lang, public as words};
use wire::ErrorCode;

use super::html::{Page, write_html};
use crate::refusal::Refusal;

/// `?lang=` of a page, which part of a long result, and which edition.
#[derive(Deserialize)]
pub(crate) struct PageQuery {
    pub(crate) lang: Option<String>,
    pub(crate) category: Option<String>,
    pub(crate) page: Option<usize>,
    pub(crate) edition: Option<u64>,
}

impl PageQuery {
    pub(crate) fn lang(&self) -> Lang {
        Lang::named(self.lang.as_deref().unwrap_or(""))
    }
}

/// A refusal as a page.
pub(crate) fn refused(refusal: &Refusal, lang: Lang) -> Response {
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
