//! Closing the vote: who has voted, what is not in yet, and the step itself.

use frame::{
    server::Refusal,
    words::{fill, joined, t},
};
use leptos::prelude::*;
use office_frame::names::name_of;
use office_frame::{
    asking::{self, Fetched},
    plan_context::PlanContext,
};
use scoring::result_document::ResultDocument;
use text::office_progress as words;
use wire::code::Turnout;

use crate::progress::{
    confirmed::Confirmed,
    step::{close_on, second_person, step_refused},
    waiting_paper::WaitingPaper,
};

/// The page of an open plan.
#[component]
pub fn Closing(context: PlanContext, may_move: bool) -> impl IntoView {
    let busy = RwSignal::new(false);
    let failed = RwSignal::new(None::<Refusal>);
    let path = context.api("turnout");
    let turnout = asking::fetch::<Turnout>(path.clone());
    let result = asking::fetch::<ResultDocument>(context.api("result?mode=provisional"));
    let lines = asking::when_here(turnout, path, move |turnout: Turnout| {
        let answer = context.answer.get_untracked();
        let lines: Vec<_> = turnout
            .groups
            .into_iter()
            .map(|group| {
                let name = name_of(&answer.plan, "/groups", &group.group);
                view! { <li>{move || fill(words::TURNOUT_LINE, &[&name, &group.cast, &group.issued])}</li> }
            })
            .collect();
        view! { <ul class="bullets">{lines}</ul> }.into_any()
    });
    let come = RwSignal::new(None::<u64>);
    let waiting = RwSignal::new(false);
    let act = close(context, busy, failed, come, waiting);
    let what = move || view! { <p>{t(words::CLOSE_WHAT)}</p> };
    view! {
        <section class="panel stack" aria-labelledby="close">
            <h2 id="close">{t(words::CLOSE_TITLE)}</h2>
            {lines}
            <p class="hint">{t(words::CLOSE_NEXT)}</p>
            {lacking(context, turnout, result)}
            <WaitingPaper context />
            {move || failed.get().map(|refusal| step_refused(context, refusal))}
            {second_person(waiting)}
            {how_far(come)}
            {may_move.then(|| view! { <Confirmed label=words::CLOSE_BUTTON confirm=words::CLOSE_CONFIRM busy act what /> })}
        </section>
    }
}

/// The page of a plan whose closing was interrupted.
#[component]
pub fn Resuming(context: PlanContext, may_move: bool) -> impl IntoView {
    let busy = RwSignal::new(false);
    let failed = RwSignal::new(None::<Refusal>);
    let come = RwSignal::new(None::<u64>);
    let waiting = RwSignal::new(false);
    let act = close(context, busy, failed, come, waiting);
    let button = move || {
        view! {
            <p class="row">
                <button type="button" class="primary" aria-disabled=move || busy.get().to_string() on:click=move |_| act.run(())>
                    {t(words::RESUME_BUTTON)}
                </button>
                <span role="status">{move || busy.get().then(|| t(words::WORKING))}</span>
            </p>
        }
    };
    view! {
        <section class="panel stack" aria-labelledby="close">
            <h2 id="close">{t(words::RESUME_TITLE)}</h2>
            <p class="note warn">{t(words::RESUME_WHAT)}</p>
            {move || failed.get().map(|refusal| step_refused(context, refusal))}
            {second_person(waiting)}
            {how_far(come)}
            {may_move.then(button)}
        </section>
    }
}

/// How far a closing has come, while it runs.
fn how_far(come: RwSignal<Option<u64>>) -> impl IntoView {
    view! { <p role="status">{move || come.get().map(|come| fill(words::CLOSE_COME, &[&come]))}</p> }
}

/// Asks for closing, which begins it or goes on with it.
fn close(
    context: PlanContext,
    busy: RwSignal<bool>,
    failed: RwSignal<Option<Refusal>>,
    come: RwSignal<Option<u64>>,
    waiting: RwSignal<bool>,
) -> Callback<()> {
    Callback::new(move |()| {
        asking::run(busy, async move {
            failed.set(None);
            let closed = async {
                if close_on(context, "close", come).await? {
                    waiting.try_set(true);
                    return Ok(());
                }
                context.reload().await
            };
            if let Err(refusal) = closed.await {
                failed.try_set(Some(refusal));
            }
            come.try_set(None);
        });
    })
}

/// What is not in yet: ballots of a group, and what offices enter. A secret group's marks are no part of
/// a result while the vote is open, so ballots are counted by turnout.
fn lacking(context: PlanContext, turnout: Fetched<Turnout>, result: Fetched<ResultDocument>) -> impl IntoView {
    let none = move || {
        let groups = turnout.get()?.ok()?.groups;
        let said = if groups.iter().all(|group| group.cast == 0) {
            t(words::CLOSE_NO_BALLOT)().to_owned()
        } else {
            let plan = context.answer.get().plan;
            let mut names: Vec<String> = groups
                .iter()
                .filter(|group| group.issued > 0 && group.cast == 0)
                .map(|group| name_of(&plan, "/groups", &group.group))
                .collect();
            names.dedup();
            if names.is_empty() {
                return None;
            }
            fill(words::CLOSE_NO_BALLOT_OF, &[&joined(names, "、")])
        };
        Some(view! { <p class="note warn">{said}</p> })
    };
    let entries = move || {
        let missing = result.get()?.ok()?.missing;
        let count = missing.iter().filter(|place| place.group.is_none()).count();
        (count > 0).then(|| {
            view! { <p class="note warn">{move || fill(words::CLOSE_MISSING, &[&count])}" "<a href=context.href("records")>{t(words::GO_RECORDS)}</a></p> }
        })
    };
    view! {
        {none}
        {entries}
    }
}
