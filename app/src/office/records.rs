//! Records.

use leptos::prelude::*;
use text::office as words;

use super::Office;
use crate::words::t;

/// The page; `rest` is what stands behind it in the address.
#[component]
pub fn RecordsPage(rest: Vec<String>) -> impl IntoView {
    expect_context::<Office>().title(words::TAB_RECORDS);
    drop(rest);
    view! { <h1 id="title" tabindex="-1">{t(words::TAB_RECORDS)}</h1> }
}
