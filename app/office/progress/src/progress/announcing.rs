//! Public display before publishing: putting the result on it, the objections that came, and their answers.

use frame::{
    error_summary::{Fault, FieldError},
    server::Refusal,
    words::{fill, t},
};
use leptos::{
    ev,
    html::{Input, Textarea},
    prelude::*,
};
use office_frame::{
    asking,
    moment::{moment, with_offset, zone_here},
    names::name_of,
    plan_context::PlanContext,
};
use text::office_progress as words;
use wire::announcement::{AnnounceRequest, AnswerRequest, Objection, Objections};

use crate::progress::{
    reason::ReasonForm,
    step::{move_on, step_refused},
};

/// The form that puts a result on public display, or shows it anew with another end.
#[component]
pub fn Announcing(
    /// The open plan.
    context: PlanContext,
    /// Groups of whom too few voted, allowed by name already.
    allow_small: Vec<String>,
) -> impl IntoView {
    let busy = RwSignal::new(false);
    let faults = RwSignal::new(Vec::<Fault>::new());
    let failed = RwSignal::new(None::<Refusal>);
    let (until, contact) = (NodeRef::<Input>::new(), NodeRef::<Input>::new());
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let value = |input: NodeRef<Input>| input.get_untracked().map(|input| input.value()).unwrap_or_default();
        let (end, whom) = (with_offset(&value(until)), value(contact).trim().to_owned());
        let mut found = Vec::new();
        if end.is_none() {
            found.push(Fault::at("display-until", words::ANNOUNCE_UNTIL_EMPTY));
        }
        if whom.is_empty() {
            found.push(Fault::at("display-contact", words::ANNOUNCE_CONTACT_EMPTY));
        }
        let request = end.filter(|_| found.is_empty());
        faults.set(found);
        let Some(until) = request else { return };
        let request = AnnounceRequest { until, contact: whom, allow_small: allow_small.clone() };
        asking::run(busy, async move {
            failed.set(None);
            if let Err(refusal) = move_on(context, "announce", &request).await {
                failed.try_set(Some(refusal));
            }
        });
    };
    view! {
        <form class="panel stack" novalidate on:submit=submit>
            <h3>{t(words::ANNOUNCE_TITLE)}</h3>
            <p>{t(words::ANNOUNCE_WHAT)}</p>
            {move || context.answer.get().announced.map(|until| view! { <p class="note good">{move || fill(words::ANNOUNCED_UNTIL, &[&moment(until)])}</p> })}
            <div class="field">
                <label for="display-until">{t(words::ANNOUNCE_UNTIL)}</label>
                <p class="hint" id="display-until-hint">{move || fill(words::ANNOUNCE_ZONE, &[&zone_here()])}</p>
                <FieldError faults field="display-until" />
                <input type="datetime-local" id="display-until" node_ref=until aria-describedby="display-until-hint display-until-error" />
            </div>
            <div class="field">
                <label for="display-contact">{t(words::ANNOUNCE_CONTACT)}</label>
                <FieldError faults field="display-contact" />
                <input type="text" id="display-contact" maxlength="200" node_ref=contact aria-describedby="display-contact-error" />
            </div>
            {move || failed.get().map(|refusal| step_refused(context, refusal))}
            <p class="row">
                <button type="submit" aria-disabled=move || busy.get().to_string()>{t(words::ANNOUNCE_BUTTON)}</button>
                <span role="status">{move || busy.get().then(|| t(words::WORKING))}</span>
            </p>
        </form>
    }
}

/// The objections that came; nothing where nobody objected.
#[component]
pub fn ObjectionList(
    /// The open plan.
    context: PlanContext,
    /// Whether the account may answer.
    may_answer: bool,
) -> impl IntoView {
    let found = RwSignal::new(None::<Result<Vec<Objection>, Refusal>>);
    let load = move || {
        leptos::task::spawn_local(async move {
            let all = asking::all::<Objections>(&context.api("objections")).await;
            found.try_set(Some(all));
        });
    };
    load();
    let again = Callback::new(move |()| load());
    move || match found.get() {
        None => ().into_any(),
        Some(Err(refusal)) => asking::refused(refusal, again),
        Some(Ok(objections)) if objections.is_empty() => ().into_any(),
        Some(Ok(objections)) => {
            let rows: Vec<_> = objections.into_iter().map(|one| objection(context, one, may_answer, again)).collect();
            view! {
                <section class="panel stack" aria-labelledby="objections">
                    <h3 id="objections">{t(words::OBJECTIONS_TITLE)}</h3>
                    {rows}
                </section>
            }
            .into_any()
        }
    }
}

fn objection(context: PlanContext, one: Objection, may_answer: bool, again: Callback<()>) -> AnyView {
    let plan = context.answer.get_untracked().plan;
    let (number, at) = (one.number, moment(one.at));
    let unit = one.unit.map(|unit| name_of(&plan, "/units", &unit));
    let answer = match one.answer {
        Some(answer) => {
            let verdict = if answer.upheld { words::OBJECTION_UPHELD } else { words::OBJECTION_REJECTED };
            view! { <p><strong>{t(verdict)}</strong>" "<bdi>{answer.text}</bdi></p> }.into_any()
        }
        None if may_answer => view! { <Answering context number again /> }.into_any(),
        None => view! { <p class="note warn">{t(words::OBJECTION_OPEN)}</p> }.into_any(),
    };
    view! {
        <article class="stack">
            <p class="row"><strong>{number}</strong><span class="soft">{at}</span><bdi>{unit}</bdi></p>
            <p class="opinion">{one.text}</p>
            <p class="small soft"><bdi>{one.contact}</bdi></p>
            {answer}
        </article>
    }
    .into_any()
}

#[component]
fn Answering(context: PlanContext, number: u64, again: Callback<()>) -> impl IntoView {
    let busy = RwSignal::new(false);
    let faults = RwSignal::new(Vec::<Fault>::new());
    let failed = RwSignal::new(None::<Refusal>);
    let (words_in, upheld) = (NodeRef::<Textarea>::new(), NodeRef::<Input>::new());
    let id = format!("answer-{number}");
    let field = id.clone();
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let said = words_in.get_untracked().map(|area| area.value().trim().to_owned()).unwrap_or_default();
        if said.is_empty() {
            faults.set(vec![Fault::at(field.clone(), words::ANSWER_EMPTY)]);
            return;
        }
        faults.set(Vec::new());
        let request = AnswerRequest { text: said, upheld: upheld.get_untracked().is_some_and(|box_| box_.checked()) };
        asking::run(busy, async move {
            failed.set(None);
            match asking::post::<Objection>(&context.api(&format!("objections/{number}/answer")), &request).await {
                Ok(_) => again.try_run(()).unwrap_or_default(),
                Err(refusal) => {
                    failed.try_set(Some(refusal));
                }
            }
        });
    };
    view! {
        <form class="stack tight" novalidate on:submit=submit>
            <div class="field">
                <label for=id.clone()>{t(words::ANSWER)}</label>
                <FieldError faults field=id.clone() />
                <textarea id=id.clone() rows="2" maxlength="2000" node_ref=words_in aria-describedby=format!("{id}-error")></textarea>
            </div>
            <label class="tickbox"><input type="checkbox" node_ref=upheld /><span>{t(words::ANSWER_UPHELD)}</span></label>
            {move || failed.get().map(|refusal| step_refused(context, refusal))}
            <p><button type="submit" aria-disabled=move || busy.get().to_string()>{t(words::ANSWER_BUTTON)}</button></p>
        </form>
    }
}

/// Why a result is published before the public display is over.
#[component]
pub fn Early(busy: RwSignal<bool>, act: Callback<String>) -> impl IntoView {
    view! {
        <section class="note warn stack" id="early" tabindex="-1">
            <h3>{t(words::EARLY_TITLE)}</h3>
            <ReasonForm id="why-early" label=words::EARLY_REASON button=words::EARLY_BUTTON busy act />
        </section>
    }
}
