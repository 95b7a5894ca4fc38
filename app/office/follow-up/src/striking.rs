//! Striking something out: a button, then the reason.

use frame::{
    error_summary::{Fault, FieldError},
    words::t,
};
use leptos::{ev, prelude::*};
use office_frame::asking;
use text::follow_up as words;
use wire::record::{RecordKept, StrikeRequest};

/// The button, and the form that it opens. `id` tells this one apart from others of the page.
#[component]
pub(crate) fn Strike(
    /// The address of what is struck out.
    path: String,
    /// Tells it apart on the page.
    id: String,
    /// Called when it was struck out.
    done: Callback<()>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let reason = RwSignal::new(String::new());
    let faults = RwSignal::new(Vec::<Fault>::new());
    let (path, field) = (StoredValue::new(path), StoredValue::new(format!("why-{id}")));
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let why = reason.get_untracked().trim().to_owned();
        if why.is_empty() {
            faults.set(vec![Fault::at(field.get_value(), words::FILL)]);
            return;
        }
        asking::run(busy, async move {
            match asking::delete::<RecordKept>(&path.get_value(), &StrikeRequest { reason: why }).await {
                Ok(_) => done.run(()),
                Err(refusal) => {
                    faults.try_set(vec![Fault::at(field.get_value(), refusal.phrase())]);
                }
            }
        });
    };
    move || {
        if !open.get() {
            return view! { <button type="button" class="danger small" on:click=move |_| open.set(true)>{t(words::STRIKE)}</button> }
                .into_any();
        }
        let id = field.get_value();
        view! {
            <form class="stack tight" novalidate on:submit=submit>
                <div class="field">
                    <label for=id.clone()>{t(words::REASON)}</label>
                    <FieldError faults field=id.clone() />
                    <input id=id.clone() maxlength="2000" autocomplete="off" aria-describedby=format!("{id}-error")
                        on:input=move |event| reason.set(event_target_value(&event)) />
                </div>
                <p class="row">
                    <button type="submit" class="danger small" aria-disabled=move || busy.get().to_string()>{t(words::STRIKE)}</button>
                    <button type="button" class="small" on:click=move |_| open.set(false)>{t(words::CANCEL)}</button>
                </p>
            </form>
        }
        .into_any()
    }
}
