//! Correcting a published result: why, and what is public meanwhile.

use frame::{
    error_summary::{Fault, FieldError},
    server::Refusal,
    words::{fill, t},
};
use leptos::{ev, html::Textarea, prelude::*};
use office_frame::{asking, plan_context::PlanContext};
use text::office_progress as words;
use wire::plan::CorrectRequest;

use crate::progress::step::{move_on, step_refused};

/// That a published result is being corrected, and why; nothing otherwise.
pub fn under_correction(context: PlanContext) -> AnyView {
    let answer = context.answer.get();
    let Some(reason) = answer.correction else { return ().into_any() };
    let (edition, address) = (answer.edition.unwrap_or(1), format!("/public/{}", answer.id));
    view! {
        <section class="note warn stack">
            <h2>{t(words::CORRECTING_TITLE)}</h2>
            <p>{move || fill(words::CORRECTING_REASON, &[&reason])}</p>
            <p>{move || fill(words::CORRECTING_NOTE, &[&edition])}" "<a href=address>{t(words::PUBLIC_PAGE)}</a></p>
        </section>
    }
    .into_any()
}

/// The form that takes a published result back to be corrected.
#[component]
pub fn Correcting(
    /// The open plan.
    context: PlanContext,
) -> impl IntoView {
    let busy = RwSignal::new(false);
    let faults = RwSignal::new(Vec::<Fault>::new());
    let failed = RwSignal::new(None::<Refusal>);
    let reason = NodeRef::<Textarea>::new();
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let words = reason.get_untracked().map(|area| area.value().trim().to_owned()).unwrap_or_default();
        if words.is_empty() {
            faults.set(vec![Fault::at("why-correct", words::DIFFERENT_REASON_EMPTY)]);
            return;
        }
        faults.set(Vec::new());
        asking::run(busy, async move {
            failed.set(None);
            if let Err(refusal) = move_on(context, "correct", &CorrectRequest { reason: words }).await {
                failed.try_set(Some(refusal));
            }
        });
    };
    view! {
        <details class="panel">
            <summary>{t(words::CORRECT_TITLE)}</summary>
            <form class="stack" novalidate on:submit=submit>
                <p>{t(words::CORRECT_WHAT)}</p>
                <div class="field">
                    <label for="why-correct">{t(words::CORRECT_REASON)}</label>
                    <p class="hint">{t(words::CORRECT_REASON_HINT)}</p>
                    <FieldError faults field="why-correct" />
                    <textarea id="why-correct" rows="3" maxlength="2000" node_ref=reason aria-describedby="why-correct-error"></textarea>
                </div>
                {move || failed.get().map(|refusal| step_refused(context, refusal))}
                <p class="row">
                    <button type="submit" class="danger" aria-disabled=move || busy.get().to_string()>{t(words::CORRECT_BUTTON)}</button>
                    <span role="status">{move || busy.get().then(|| t(words::WORKING))}</span>
                </p>
            </form>
        </details>
    }
}
