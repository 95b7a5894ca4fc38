//! Setup.

use leptos::prelude::*;
use text::office as words;

use super::desk::Desk;
use crate::words::t;

/// Draft.
pub fn provide_draft(_desk: Desk) {}

/// The page.
#[component]
pub fn SetupPage(rest: Vec<String>) -> impl IntoView {
    drop(rest);
    view! { <h1 id="title" tabindex="-1">{t(words::TAB_SETUP)}</h1> }
}
