//! A step that cannot be taken back: asked for, then taken knowingly.
//!
//! Owns that two clicks at one place never take such a step: what it does is said in between, and
//! somebody ticks that they know it.

use frame::{
    browser,
    error_summary::{Fault, FieldError},
    words::t,
};
use leptos::{ev, html::Input, prelude::*};
use text::{Text, office_progress as words};

/// The button that asks, and behind it what will happen, the box to tick and the button that acts.
#[component]
pub fn Confirmed(
    /// The button that asks.
    label: Text,
    /// The button that acts.
    confirm: Text,
    /// While it runs.
    busy: RwSignal<bool>,
    /// Takes the step.
    act: Callback<()>,
    /// What the step does, drawn when it is asked for.
    #[prop(into)]
    what: ViewFn,
) -> impl IntoView {
    let asked = RwSignal::new(false);
    let faults = RwSignal::new(Vec::<Fault>::new());
    let known = NodeRef::<Input>::new();
    let ask = move |_| {
        faults.set(Vec::new());
        asked.set(true);
        browser::focus_soon("confirm");
    };
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if known.get_untracked().is_some_and(|known| known.checked()) {
            faults.set(Vec::new());
            act.run(());
        } else {
            faults.set(vec![Fault::at("known", words::KNOW_FIRST)]);
            browser::focus("known");
        }
    };
    let question = move || {
        view! {
            <form class="note warn stack" id="confirm" tabindex="-1" aria-labelledby="confirm-title" novalidate on:submit=submit>
                <h3 id="confirm-title">{t(confirm)}</h3>
                {what.run()}
                <FieldError faults field="known" />
                <label class="tickbox">
                    <input type="checkbox" id="known" node_ref=known aria-describedby="known-error" />
                    <span>{t(words::KNOW)}</span>
                </label>
                <p class="row">
                    <button type="submit" class="primary" aria-disabled=move || busy.get().to_string()>{t(confirm)}</button>
                    <button type="button" on:click=move |_| asked.set(false)>{t(words::CANCEL)}</button>
                    <span role="status">{move || busy.get().then(|| t(words::WORKING))}</span>
                </p>
            </form>
        }
    };
    move || {
        if asked.get() {
            question().into_any()
        } else {
            view! { <p><button type="button" class="primary" on:click=ask>{t(label)}</button></p> }.into_any()
        }
    }
}
