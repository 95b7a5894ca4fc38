//! Moving a plan on, and what to do where that is refused.

use frame::{server::Refusal, words::t};
use leptos::prelude::*;
use office_frame::{asking, plan_context::PlanContext};
use text::{office as office_words, office_progress as words};
use wire::{ErrorCode, plan::StateAnswer};

/// Moves the plan on; the plan is read again.
pub async fn move_on(context: PlanContext, step: &str, body: &impl serde::Serialize) -> Result<(), Refusal> {
    asking::post::<StateAnswer>(&context.api(step), body).await?;
    context.reload().await
}

/// What a step's refusal says, and what to do next.
pub fn step_refused(context: PlanContext, refusal: Refusal) -> AnyView {
    let next = match refusal.code() {
        Some(ErrorCode::WrongState | ErrorCode::PlanFrozen) => words::STATE_NEXT,
        Some(ErrorCode::CountMismatch) => words::MISMATCH_NEXT,
        Some(ErrorCode::InvalidPlan) => words::PLAN_PROBLEMS_NEXT,
        Some(ErrorCode::PaperTooLarge) => words::TOO_LARGE_NEXT,
        Some(ErrorCode::Incomplete) => words::MISSING_NOTE,
        Some(ErrorCode::UnresolvedTies) => words::LOT_NOTE,
        Some(ErrorCode::Forbidden) => office_words::FORBIDDEN_ROLE,
        _ => words::TRY_NEXT,
    };
    let reload = matches!(refusal.code(), Some(ErrorCode::WrongState | ErrorCode::PlanFrozen)).then(|| {
        let act = move |_| {
            leptos::task::spawn_local(async move {
                // What it says then is shown by the page of the new state.
                let _ = context.reload().await;
            });
        };
        view! { <p><button type="button" on:click=act>{t(words::RELOAD)}</button></p> }
    });
    view! {
        <div class="note bad stack" role="alert">
            <p><strong>{move || refusal.phrase().say()}</strong></p>
            <p>{t(next)}</p>
            {reload}
        </div>
    }
    .into_any()
}
