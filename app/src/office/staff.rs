//! Staff.

use leptos::prelude::*;
use text::office as words;

use crate::words::t;

/// The page.
#[component]
pub fn StaffPage() -> impl IntoView {
    view! { <h1 id="title" tabindex="-1">{t(words::STAFF)}</h1> }
}
