//! The life of a plan: opening, closing, the final result, lots, publishing.
//!
//! Owns which step can be taken now and what to do when it fails. A step that cannot be taken back is
//! confirmed on the page, never in a dialogue.

mod announcing;
mod beside;
mod closing;
mod confirmed;
mod correcting;
mod final_result;
mod issued;
mod links_from;
mod lot;
mod opening;
mod opinions;
mod reason;
mod reconciliation;
mod rounds;
mod small_groups;
mod step;
mod waiting_paper;

use frame::words::t;
use leptos::prelude::*;
use office_frame::{Office, plan_context::PlanContext, plan_state::state_text};
use text::{Text, calendar, office_progress as words};
use wire::{plan::PlanState, staff::Role};

use crate::progress::{
    closing::{Closing, Resuming},
    final_result::FinalResult,
    opening::Opening,
};

#[component]
pub fn ProgressPage() -> impl IntoView {
    let office = expect_context::<Office>();
    let context = expect_context::<PlanContext>();
    office.title(words::TITLE);
    let (may_move, may_publish) = (office.is(Role::Planner), office.is(Role::Publisher));
    view! {
        <h1 id="title" tabindex="-1">{t(words::TITLE)}</h1>
        {office.reads_records().then(|| view! { <p><a href=context.href("calendar")>{t(calendar::TITLE)}</a></p> })}
        {move || steps(context.state())}
        {move || {
            let closed = context.state() == PlanState::Closed;
            let (may, says) = if closed { (may_publish, words::ONLY_PUBLISHER) } else { (may_move, words::ONLY_PLANNER) };
            (!may).then(|| view! { <p class="note">{t(says)}</p> })
        }}
        {move || match context.state() {
            PlanState::Draft => ().into_any(),
            PlanState::Open | PlanState::Closing => view! { <issued::Issued context /> }.into_any(),
            _ => view! { <issued::Issued context /><opinions::Opinions context /> }.into_any(),
        }}
        {move || match context.state() {
            PlanState::Draft => view! { <Opening context may_move /> }.into_any(),
            PlanState::Open => view! { <rounds::Rounds context may_move /><Closing context may_move /> }.into_any(),
            PlanState::Closing => view! { <Resuming context may_move /> }.into_any(),
            PlanState::Closed => view! { {correcting::under_correction(context)}<FinalResult context may_publish may_draw=office.is(Role::Office) /> }.into_any(),
            PlanState::Published => view! {
                <section class="note good stack">
                    <h2>{t(words::PUBLISHED_TITLE)}</h2>
                    <p class="row">
                        <a class="button primary" href=format!("/public/{}", context.id())>{t(words::PUBLIC_PAGE)}</a>
                        <a href=format!("/api/public/{}", context.id())>{t(words::PUBLIC_DATA)}</a>
                    </p>
                </section>
                {may_publish.then(|| view! { <correcting::Correcting context /> })}
                <FinalResult context may_publish=false may_draw=false />
            }
            .into_any(),
        }}
        {move || {
            let may_take = matches!(context.state(), PlanState::Open | PlanState::Closed) && office.is(Role::Office);
            (context.state() != PlanState::Draft).then(|| view! { <links_from::LinksFrom context may_take /><beside::Beside context /> })
        }}
    }
}

fn steps(now: PlanState) -> AnyView {
    // A closing that is not finished stands where the open vote stood.
    let voting = match now {
        PlanState::Closing => (PlanState::Closing, words::CLOSING_NOTE),
        _ => (PlanState::Open, words::OPEN_NOTE),
    };
    let all: [(PlanState, Text); 4] = [
        (PlanState::Draft, words::DRAFT_NOTE),
        voting,
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
