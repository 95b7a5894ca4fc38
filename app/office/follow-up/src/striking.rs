//! Striking something out, or rejecting it: a button, then the reason.

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
    /// It waits for a second person and is rejected; `path` is the address for that.
    #[prop(optional)]
    reject: bool,
) -> impl IntoView {
    let label = if reject { words::REJECT } else { words::STRIKE };
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
            let (path, field, request) = (path.get_value(), field.get_value(), StrikeRequest { reason: why });
            let answer = if reject {
                asking::post::<RecordKept>(&path, &request).await
            } else {
                asking::delete::<RecordKept>(&path, &request).await
            };
            match answer {
                Ok(_) => done.try_run(()).unwrap_or_default(),
                Err(refusal) => {
                    faults.try_set(vec![Fault::at(field, refusal.phrase())]);
                }
            }
        });
    };
    move || {
        if !open.get() {
            return view! { <button type="button" class="danger small" on:click=move |_| open.set(true)>{t(label)}</button> }
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
                    <button type="submit" class="danger small" aria-disabled=move || busy.get().to_string()>{t(label)}</button>
                    <button type="button" class="small" on:click=move |_| open.set(false)>{t(words::CANCEL)}</button>
                </p>
            </form>
        }
        .into_any()
    }
}
