//! The office: planning, entries, live ranking, simulation.

use leptos::prelude::*;

use crate::{head::Head, words::t};

/// The office's frame and the page that its address names.
#[component]
pub fn OfficePage() -> impl IntoView {
    view! {
        <Head />
        <main id="main" tabindex="-1">
            <h1>{t(text::shell::NAME)}</h1>
        </main>
    }
}
