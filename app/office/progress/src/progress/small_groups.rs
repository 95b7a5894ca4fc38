//! Secret groups that are too small, each to be allowed by name: before opening, and again before publishing.

use frame::{
    error_summary::{ErrorSummary, Fault, FieldError},
    words::{fill, t},
};
use leptos::prelude::*;
use office_frame::names::name_of;
use scoring::json::Value;
use text::{Text, office_progress as words};
use wasm_bindgen::JsCast;

/// What is said of the groups at one step.
#[derive(Clone, Copy)]
pub struct Says {
    title: Text,
    note: Text,
    button: Text,
}

/// Before opening: by the codes that were issued.
pub const OPENING: Says = Says { title: words::SMALL_TITLE, note: words::SMALL_NOTE, button: words::SMALL_BUTTON };

/// Before publishing: by the ballots that were cast.
pub const PUBLISHING: Says =
    Says { title: words::SMALL_CAST_TITLE, note: words::SMALL_CAST_NOTE, button: words::SMALL_CAST_BUTTON };

/// The groups that are too small, each to be allowed by name.
pub fn small_groups(plan: &Value, groups: Vec<String>, says: Says, act: Callback<Vec<String>>) -> AnyView {
    let faults = RwSignal::new(Vec::<Fault>::new());
    let ticked = RwSignal::new(Vec::<String>::new());
    let all = groups.len();
    let boxes: Vec<_> = groups
        .into_iter()
        .map(|group| {
            let name = name_of(plan, "/groups", &group);
            view! { <label class="tickbox"><input type="checkbox" value=group /><span>{move || fill(words::SMALL_ALLOW, &[&name])}</span></label> }
        })
        .collect();
    let changed = move |event: leptos::ev::Event| {
        let Some(input) = event.target().and_then(|at| at.dyn_into::<web_sys::HtmlInputElement>().ok()) else { return };
        ticked.update(|ticked| {
            ticked.retain(|known| *known != input.value());
            if input.checked() {
                ticked.push(input.value());
            }
        });
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if ticked.read_untracked().len() < all {
            faults.set(vec![Fault::at("allow", words::SMALL_TICK_ALL)]);
        } else {
            faults.set(Vec::new());
            act.run(ticked.get_untracked());
        }
    };
    view! {
        <ErrorSummary faults />
        <section class="note warn stack" id="small" tabindex="-1" aria-labelledby="small-title">
            <h2 id="small-title">{t(says.title)}</h2>
            <p>{t(says.note)}</p>
            <form class="stack" novalidate on:submit=submit>
                <fieldset class="stack tight" id="allow" on:change=changed>
                    <legend class="sr">{t(says.title)}</legend>
                    <FieldError faults field="allow" />
                    {boxes}
                </fieldset>
                <p><button type="submit" class="danger">{t(says.button)}</button></p>
            </form>
        </section>
    }
    .into_any()
}
