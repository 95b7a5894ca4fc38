//! The page of whoever comes back from the identity provider and is let in nowhere.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use text::{Lang, sign_in as words};

use super::html::{Page, write_html};

/// Why there is no session.
pub(crate) enum NotSignedIn {
    /// It was broken off, took too long, or was not asked by this browser.
    NotProven,
    /// The provider knows whom it sent, and there is no account for them here. Empty: it said no name.
    NoAccount { named: String },
    /// The provider or the database does not answer.
    Unavailable,
}

/// In both languages: the provider does not say in which it spoke.
pub(crate) fn not_signed_in(why: &NotSignedIn) -> Response {
    let (status, text) = match why {
        NotSignedIn::NotProven => (StatusCode::UNAUTHORIZED, words::NOT_PROVEN),
        NotSignedIn::NoAccount { .. } => (StatusCode::FORBIDDEN, words::NO_ACCOUNT),
        NotSignedIn::Unavailable => (StatusCode::SERVICE_UNAVAILABLE, words::UNAVAILABLE),
    };
    let mut page = Page::new(words::NOT_SIGNED_IN.in_(Lang::Zh), Lang::Zh);
    write_html!(
        page,
        "<h1>{} <span lang=\"en\">{}</span></h1>",
        words::NOT_SIGNED_IN.in_(Lang::Zh),
        words::NOT_SIGNED_IN.in_(Lang::En)
    );
    write_html!(page, "<p>{}</p><p lang=\"en\">{}</p>", text.in_(Lang::Zh), text.in_(Lang::En));
    if let NotSignedIn::NoAccount { named } = why
        && !named.is_empty()
    {
        write_html!(page, "<p><code><bdi>{}</bdi></code></p>", named);
    }
    write_html!(
        page,
        "<p><a href=\"/office\">{} <span lang=\"en\">{}</span></a></p>",
        words::BACK.in_(Lang::Zh),
        words::BACK.in_(Lang::En)
    );
    (status, [(header::CACHE_CONTROL, "no-store")], page.finish()).into_response()
}
