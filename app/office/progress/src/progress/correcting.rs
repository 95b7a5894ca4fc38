//! Correcting a published result: why, and what is public meanwhile.

use frame::{
    server::Refusal,
    words::{fill, t},
};
use leptos::prelude::*;
use office_frame::{asking, plan_context::PlanContext};
use text::office_progress as words;
use wire::plan::CorrectRequest;

use crate::progress::{
    reason::ReasonForm,
    step::{move_on, step_refused},
};

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
    let failed = RwSignal::new(None::<Refusal>);
    let act = Callback::new(move |reason: String| {
        asking::run(busy, async move {
            failed.set(None);
            if let Err(refusal) = move_on(context, "correct", &CorrectRequest { reason }).await {
                failed.try_set(Some(refusal));
            }
        });
    });
    view! {
        <details class="panel">
            <summary>{t(words::CORRECT_TITLE)}</summary>
            <p>{t(words::CORRECT_WHAT)}</p>
            <ReasonForm id="why-correct" label=words::CORRECT_REASON hint=words::CORRECT_REASON_HINT
                button=words::CORRECT_BUTTON busy act>
                {move || failed.get().map(|refusal| step_refused(context, refusal))}
            </ReasonForm>
        </details>
    }
}
