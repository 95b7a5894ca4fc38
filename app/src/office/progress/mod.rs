//! The life of a plan: opening, closing, the final result, lots, publishing.
//!
//! Owns which step can be taken now and what to do when it fails. A step that cannot be taken back is
//! confirmed on the page, never in a dialogue.

mod closing;
mod confirmed;
mod final_result;
mod issued;
mod lot;
mod names;
mod opening;
mod opinions;
mod waiting_paper;

use leptos::prelude::*;
use text::{Text, office as frame, office_progress as words};
use wire::{
    ErrorCode,
    plan::{PlanState, StateAnswer},
    staff::Role,
};

use self::{closing::Closing, final_result::FinalResult, opening::Opening};
use super::{Office, asking, desk::Desk, plan_list::state_text};
use crate::{server::Refusal, words::t};

/// The page.
#[component]
pub fn ProgressPage() -> impl IntoView {
    let office = expect_context::<Office>();
    let desk = expect_context::<Desk>();
    office.title(words::TITLE);
    let may_move = office.is(Role::Planner);
    view! {
        <h1 id="title" tabindex="-1">{t(words::TITLE)}</h1>
        {move || steps(desk.state())}
        {(!may_move).then(|| view! { <p class="note">{t(words::ONLY_PLANNER)}</p> })}
        {move || match desk.state() {
            PlanState::Draft => ().into_any(),
            PlanState::Open => view! { <issued::Issued desk /> }.into_any(),
            _ => view! { <issued::Issued desk /><opinions::Opinions desk /> }.into_any(),
        }}
        {move || match desk.state() {
            PlanState::Draft => view! { <Opening desk may_move /> }.into_any(),
            PlanState::Open => view! { <Closing desk may_move /> }.into_any(),
            PlanState::Closed => view! { <FinalResult desk may_move /> }.into_any(),
            PlanState::Published => view! {
                <section class="note good stack">
                    <h2>{t(words::PUBLISHED_TITLE)}</h2>
                    <p class="row">
                        <a class="button primary" href=format!("/public/{}", desk.id())>{t(words::PUBLIC_PAGE)}</a>
                        <a href=format!("/api/public/{}", desk.id())>{t(words::PUBLIC_DATA)}</a>
                    </p>
                </section>
                <FinalResult desk may_move=false />
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

/// Moves the plan on; what came back is on the desk.
pub async fn move_on(desk: Desk, step: &str, body: &impl serde::Serialize) -> Result<(), Refusal> {
    asking::post::<StateAnswer>(&desk.api(step), body).await?;
    desk.reload().await
}

/// What a step's refusal says, and what to do next.
pub fn step_refused(desk: Desk, refusal: Refusal) -> AnyView {
    let next = match refusal.code() {
        Some(ErrorCode::WrongState | ErrorCode::PlanFrozen) => words::STATE_NEXT,
        Some(ErrorCode::CountMismatch) => words::MISMATCH_NEXT,
        Some(ErrorCode::InvalidPlan) => words::PLAN_PROBLEMS_NEXT,
        Some(ErrorCode::PaperTooLarge) => words::TOO_LARGE_NEXT,
        Some(ErrorCode::Incomplete) => words::MISSING_NOTE,
        Some(ErrorCode::UnresolvedTies) => words::LOT_NOTE,
        Some(ErrorCode::Forbidden) => frame::FORBIDDEN_ROLE,
        _ => words::TRY_NEXT,
    };
    let reload = matches!(refusal.code(), Some(ErrorCode::WrongState | ErrorCode::PlanFrozen)).then(|| {
        let act = move |_| {
            leptos::task::spawn_local(async move {
                // What it says then is shown by the page of the new state.
                let _ = desk.reload().await;
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
