//! The batches of codes that are out for one group in one period, and taking one back.

use frame::{
    error_summary::{ErrorSummary, Fault, FieldError},
    server::Refusal,
    words::{Phrase, fill, joined, t},
};
use leptos::{ev, prelude::*};
use office_frame::{asking, names::name_of, plan_context::PlanContext};
use text::office_codes as words;
use wire::{
    ErrorCode,
    code::{BatchPage, CodeBatch, CodesVoided, VoidRequest},
};

use crate::codes::cell::Cell;

/// All batches of the plan; none while they are not here.
pub type Batches = RwSignal<Option<Result<Vec<CodeBatch>, Refusal>>>;

/// Asks for all of them.
pub async fn fetch(plan: String) -> Result<Vec<CodeBatch>, Refusal> {
    asking::all::<BatchPage>(&format!("/api/plans/{plan}/codes")).await
}

/// How many codes of a cell are void.
pub fn voided(batches: &[CodeBatch], (period, group): &Cell) -> u64 {
    let here = batches.iter().filter(|batch| batch.period == *period && batch.group == *group);
    here.map(|batch| batch.voided).sum()
}

/// The panel for one cell; `changed` when something was voided, `close` puts it away.
#[component]
pub fn BatchPanel(
    context: PlanContext,
    cell: Cell,
    batches: Batches,
    may_void: bool,
    changed: Callback<()>,
    close: Callback<()>,
) -> impl IntoView {
    let plan = context.answer.get_untracked().plan;
    let title = joined([name_of(&plan, "/groups", &cell.1), name_of(&plan, "/periods", &cell.0)], " · ");
    // The batch whose voiding is being confirmed.
    let open = RwSignal::new(None::<String>);
    let said = RwSignal::new(None::<Phrase>);
    let done = Callback::new(move |answer: CodesVoided| {
        open.set(None);
        said.set(Some(Phrase::new(words::VOIDED, [answer.voided.to_string(), answer.used.to_string()])));
        changed.run(());
    });
    let lines = move || match batches.get() {
        None => asking::loading(),
        Some(Err(refusal)) => asking::refused(refusal, changed),
        Some(Ok(all)) => {
            let here = all.into_iter().filter(|batch| batch.period == cell.0 && batch.group == cell.1);
            let lines: Vec<_> = here.map(|batch| line(context, batch, may_void, open, done)).collect();
            if lines.is_empty() {
                return view! { <p class="soft">{t(words::NO_BATCHES)}</p> }.into_any();
            }
            view! { <ul class="queue">{lines}</ul> }.into_any()
        }
    };
    view! {
        <aside class="side stack no-print" aria-labelledby="batches" on:keydown=move |event| {
            if event.key() == "Escape" {
                close.run(());
            }
        }>
            <div class="row between">
                <h2 id="batches" tabindex="-1">{fill(words::BATCHES_TITLE, &[&title])}</h2>
                <button type="button" class="small-button" on:click=move |_| close.run(())>{t(words::CLOSE_PANEL)}</button>
            </div>
            <p class="hint">{t(words::BATCHES_NOTE)}</p>
            <div role="status">{move || said.get().map(|says| view! { <p class="note good">{says.say()}</p> })}</div>
            {lines}
        </aside>
    }
}

fn line(
    context: PlanContext,
    batch: CodeBatch,
    may_void: bool,
    open: RwSignal<Option<String>>,
    done: Callback<CodesVoided>,
) -> AnyView {
    let plan = context.answer.get_untracked().plan;
    let unit = batch.unit.as_ref().map(|unit| name_of(&plan, "/units", unit));
    let narrowed = batch.units.as_ref().map(|units| fill(words::BATCH_NARROWED, &[&units.len()]));
    let count = fill(words::BATCH_COUNT, &[&batch.count]);
    let voided = (batch.voided > 0).then(|| fill(words::BATCH_VOIDED, &[&batch.voided]));
    let name = joined([unit, Some(count), narrowed, voided].into_iter().flatten(), " · ");
    let (id, mine, other) = (batch.batch.clone(), batch.batch.clone(), batch.batch.clone());
    let is_open = move || open.read().as_ref() == Some(&mine);
    let group = batch.group.clone();
    let button = (may_void && batch.voided < batch.count).then(|| {
        let label = fill(words::VOID_NAMED, &[&name]);
        view! {
            <button type="button" class="small-button danger" aria-label=label on:click=move |_| {
                open.set(Some(id.clone()));
                frame::browser::focus_soon("void-reason");
            }>{t(words::VOID)}</button>
        }
    });
    view! {
        <li class="stack tight">
            <div class="row between"><span>{name}</span>{button}</div>
            {move || is_open().then(|| view! { <VoidForm context batch=other.clone() group=group.clone() open done /> })}
        </li>
    }
    .into_any()
}

/// Asks why, and again where the group would become too small to be secret.
#[component]
fn VoidForm(
    context: PlanContext,
    batch: String,
    group: String,
    open: RwSignal<Option<String>>,
    done: Callback<CodesVoided>,
) -> impl IntoView {
    let faults = RwSignal::new(Vec::<Fault>::new());
    let reason = RwSignal::new(String::new());
    let small = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let why = reason.get_untracked().trim().to_owned();
        if why.is_empty() {
            faults.set(vec![Fault::at("void-reason", words::VOID_REASON_MISSING)]);
            return;
        }
        let allow_small = if small.get_untracked() { vec![group.clone()] } else { Vec::new() };
        let request = VoidRequest { batch: Some(batch.clone()), voter: None, hashes: None, reason: why, allow_small };
        asking::run(busy, async move {
            match asking::post::<CodesVoided>(&context.api("codes/void"), &request).await {
                Ok(answer) => done.try_run(answer.body).unwrap_or_default(),
                Err(refusal) => {
                    if refusal.code() == Some(ErrorCode::SmallGroup) {
                        small.try_set(true);
                    }
                    faults.try_set(vec![Fault::at("void-reason", refusal.phrase())]);
                }
            }
        });
    };
    view! {
        <form class="stack tight" novalidate on:submit=submit>
            <ErrorSummary faults />
            <div class="field">
                <label for="void-reason">{t(words::VOID_REASON)}</label>
                <p class="hint" id="void-hint">{t(words::VOID_HINT)}</p>
                <FieldError faults field="void-reason" />
                <input id="void-reason" autocomplete="off" maxlength=wire::record::MOST_WORDS aria-describedby="void-hint void-reason-error"
                    on:input=move |event| reason.set(event_target_value(&event)) />
            </div>
            <p class="row">
                <button type="submit" class="danger" aria-disabled=move || busy.get().to_string()>
                    {move || t(if small.get() { words::VOID_SMALL } else { words::VOID_NOW })()}
                </button>
                <button type="button" on:click=move |_| open.set(None)>{t(words::VOID_NOT)}</button>
            </p>
        </form>
    }
}
