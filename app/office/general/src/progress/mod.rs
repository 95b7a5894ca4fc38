//! The life of a plan: opening, closing, the final result, lots, publishing.
//!
//! Owns which step can be taken now and what to do when it fails. A step that cannot be taken back is
//! confirmed on the page, never in a dialogue.

mod closing;
mod confirmed;
mod final_result;
mod issued;
mod lot;
mod opening;
mod opinions;
mod waiting_paper;

use frame::{server::Refusal, words::t};
use leptos::prelude::*;
use office_frame::{Office, asking, plan_context::PlanContext, plan_state::state_text};
use text::{Text, office as office_words, office_progress as words};
use wire::{
    ErrorCode,
    plan::{PlanState, StateAnswer},
    staff::Role,
};

use crate::progress::{closing::Closing, final_result::FinalResult, opening::Opening};

/// The page.
#[component]
pub fn ProgressPage() -> impl IntoView {
    let office = expect_context::<Office>();
    let context = expect_context::<PlanContext>();
    office.title(words::TITLE);
    let may_move = office.is(Role::Planner);
    view! {
        <h1 id="title" tabindex="-1">{t(words::TITLE)}</h1>
        {move || steps(context.state())}
        {(!may_move).then(|| view! { <p class="note">{t(words::ONLY_PLANNER)}</p> })}
        {move || match context.state() {
            PlanState::Draft => ().into_any(),
            PlanState::Open => view! { <issued::Issued context /> }.into_any(),
            _ => view! { <issued::Issued context /><opinions::Opinions context /> }.into_any(),
        }}
        {move || match context.state() {
            PlanState::Draft => view! { <Opening context may_move /> }.into_any(),
            PlanState::Open => view! { <Closing context may_move /> }.into_any(),
            PlanState::Closed => view! { <FinalResult context may_move /> }.into_any(),
            PlanState::Published => view! {
                <section class="note good stack">
                    <h2>{t(words::PUBLISHED_TITLE)}</h2>
                    <p class="row">
                        <a class="button primary" href=format!("/public/{}", context.id())>{t(words::PUBLIC_PAGE)}</a>
                        <a href=format!("/api/public/{}", context.id())>{t(words::PUBLIC_DATA)}</a>
                    </p>
                </section>
                <FinalResult context may_move=false />
            }
            .into_any(),
        }}
    }
}

fn steps(now: PlanState) -> AnyView {
    let all: [(PlanState, Text); 4] = [
        (PlanState::Draft, words::DRAFT_NOTE),
        (PlanState::Open, words::OPEN_NOTE),
        (PlanState::Closed, words::CLOSED_NOTE),
        (PlanState::Published, words::PUBLISHED_NOTE),
    ];
    let steps: Vec<_> = all
        .into_iter()
        .map(|(state, note)| {
            let current = (state == now).then_some("step");
            let class = if state < now { "stage done" } else { "stage" };
            view! {
                <li class=class aria-current=current>
                    <strong>{t(state_text(state))}</strong>
                    {current.map(|_| view! { " "<span class="tag info">{t(words::STEP_NOW)}</span> })}
                    <span class="hint block">{t(note)}</span>
                </li>
            }
        })
        .collect();
    view! { <ol class="stages" aria-label=t(words::STEPS)>{steps}</ol> }.into_any()
}

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
