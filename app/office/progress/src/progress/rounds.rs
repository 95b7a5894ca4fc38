//! The rounds of an open plan: where each stands, and opening and closing it; the opinions of those that are closed.
//!
//! Nothing where the plan has one round alone: it goes with the plan.

use frame::{
    server::Refusal,
    words::{fill, t},
};
use leptos::prelude::*;
use leptos::task::spawn_local;
use office_frame::{asking, names::name_of, plan_context::PlanContext};
use text::{Text, office_progress as words};
use wire::round::{RoundList, RoundRow, RoundState};

use crate::progress::{
    confirmed::Confirmed,
    opinions::Opinions,
    step::{close_on, second_person, step_refused},
};

/// The section.
#[component]
pub fn Rounds(context: PlanContext, may_move: bool) -> impl IntoView {
    let found = RwSignal::new(None::<Result<Vec<RoundRow>, Refusal>>);
    let busy = RwSignal::new(false);
    let failed = RwSignal::new(None::<Refusal>);
    let load = move || {
        spawn_local(async move {
            let rounds = asking::get::<RoundList>(&context.api("rounds")).await;
            found.try_set(Some(rounds.map(|answer| answer.body.rounds)));
        });
    };
    load();
    let come = RwSignal::new(None::<u64>);
    let waiting = RwSignal::new(false);
    let take = move |path: String| {
        asking::run(busy, async move {
            failed.set(None);
            // An opening is answered at once, a closing when it is done.
            match close_on(context, &path, come).await {
                Ok(awaited) => {
                    waiting.try_set(awaited);
                }
                Err(refusal) => {
                    failed.try_set(Some(refusal));
                }
            }
            come.try_set(None);
            load();
        });
    };
    let row = move |round: RoundRow| {
        let name = name_of(&context.answer.get_untracked().plan, "/periods", &round.period);
        let name = if round.stage == 2 { fill(words::ROUND_STAGE_2, &[&name]) } else { name };
        let state = state_text(round.state);
        let progress = round.progress;
        let step = |label: Text, confirm: Text, says: Text, step: &str| {
            let path = format!("rounds/{}/{}/{step}", round.period, round.stage);
            let act = Callback::new(move |()| take(path.clone()));
            let what = move || view! { <p>{t(says)}</p> };
            view! { <Confirmed label confirm busy act what /> }.into_any()
        };
        let steps = match round.state {
            _ if !may_move => ().into_any(),
            RoundState::Waiting => {
                step(words::ROUND_OPEN_BUTTON, words::ROUND_OPEN_CONFIRM, words::ROUND_OPEN_WHAT, "open")
            }
            RoundState::Open | RoundState::Closing => {
                step(words::ROUND_CLOSE_BUTTON, words::ROUND_CLOSE_CONFIRM, words::ROUND_CLOSE_WHAT, "close")
            }
            RoundState::Closed => ().into_any(),
        };
        view! {
            <li class="stack">
                <span>{move || fill(words::ROUND_LINE, &[&name, &t(state)(), &progress.issued, &progress.cast])}</span>
                {steps}
            </li>
        }
    };
    move || match found.get() {
        None => ().into_any(),
        Some(Err(refusal)) => asking::refused(refusal, Callback::new(move |()| load())),
        Some(Ok(rounds)) if rounds.len() < 2 => ().into_any(),
        Some(Ok(rounds)) => {
            let closed = rounds.iter().any(|round| round.state == RoundState::Closed);
            let rows: Vec<_> = rounds.into_iter().map(row).collect();
            view! {
                <section class="panel stack" aria-labelledby="rounds">
                    <h2 id="rounds">{t(words::ROUNDS_TITLE)}</h2>
                    {move || failed.get().map(|refusal| step_refused(context, refusal))}
                    {second_person(waiting)}
                    <p role="status">{move || come.get().map(|come| fill(words::CLOSE_COME, &[&come]))}</p>
                    <ul class="bullets">{rows}</ul>
                </section>
                {closed.then(|| view! { <Opinions context /> })}
            }
            .into_any()
        }
    }
}

const fn state_text(state: RoundState) -> Text {
    match state {
        RoundState::Waiting => words::ROUND_WAITING,
        RoundState::Open => words::ROUND_OPEN,
        RoundState::Closing => words::ROUND_CLOSING,
        RoundState::Closed => words::ROUND_CLOSED,
    }
}
