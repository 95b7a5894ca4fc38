//! The objections to a unit's own result with their answers, and the form for one more while the result is on display.
//!
//! Refuses to own until when one may object, and to what (the server).

use frame::{
    error_summary::{ErrorSummary, Fault},
    server::Refusal,
    words::{fill, t},
};
use leptos::{ev, prelude::*, task::spawn_local};
use office_frame::{asking, moment::moment, plan_context::PlanContext};
use text::{office_progress, own_unit as words};
use wire::announcement::{LONGEST_CONTACT, OBJECTION_LENGTH, Objection, ObjectionRequest, ObjectionTaken, Objections};
use wire::plan::PlanState;

use crate::choosing::{line, lines, said};

/// The section; `unit` is the id of the account's unit. Nothing where nobody objected and nobody can.
#[component]
pub(crate) fn OwnObjections(context: PlanContext, unit: String) -> impl IntoView {
    let answer = context.answer.get_untracked();
    let is_displayed = answer.state == PlanState::Closed && answer.announced.is_some();
    let found = RwSignal::new(None::<Result<Vec<Objection>, Refusal>>);
    let load = move || {
        spawn_local(async move {
            let all = asking::all::<Objections>(&context.api("objections")).await;
            found.try_set(Some(all));
        });
    };
    load();
    let again = Callback::new(move |()| load());
    let list = move || match found.get() {
        None => asking::loading(),
        Some(Err(refusal)) => asking::refused(refusal, again),
        Some(Ok(all)) if all.is_empty() => view! { <p class="soft">{t(words::NO_OBJECTIONS)}</p> }.into_any(),
        Some(Ok(all)) => all.into_iter().map(objection).collect_view().into_any(),
    };
    let is_shown = move || is_displayed || found.with(|found| matches!(found, Some(Ok(all)) if !all.is_empty()));
    let form = is_displayed.then(|| view! { <Objecting context unit again /> });
    view! {
        <section class="panel stack" aria-labelledby="own-objections" hidden=move || !is_shown()>
            <h2 id="own-objections">{t(words::OBJECTIONS)}</h2>
            {list}
            {form}
        </section>
    }
}

fn objection(one: Objection) -> AnyView {
    let (number, at) = (one.number, moment(one.at));
    let answer = match one.answer {
        Some(answer) => {
            let upheld = answer.upheld;
            let verdict = if upheld { office_progress::OBJECTION_UPHELD } else { office_progress::OBJECTION_REJECTED };
            view! { <p><strong>{t(verdict)}</strong>" "<bdi>{answer.text}</bdi></p> }.into_any()
        }
        None => view! { <p class="note warn">{t(office_progress::OBJECTION_OPEN)}</p> }.into_any(),
    };
    view! {
        <article class="stack tight">
            <p class="row"><strong>{number}</strong><span class="soft">{at}</span></p>
            <p class="opinion">{one.text}</p>
            {answer}
        </article>
    }
    .into_any()
}

#[component]
fn Objecting(context: PlanContext, unit: String, again: Callback<()>) -> impl IntoView {
    let text = || RwSignal::new(String::new());
    let (objection, contact) = (text(), text());
    let faults = RwSignal::new(Vec::<Fault>::new());
    let (busy, sent) = (RwSignal::new(false), RwSignal::new(None::<u64>));
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        sent.set(None);
        let request =
            ObjectionRequest { unit: Some(unit.clone()), text: said(objection), contact: said(contact), work: None };
        if request.text.is_empty() {
            faults.set(vec![Fault::at("objection-text", words::OBJECT_EMPTY)]);
            return;
        }
        faults.set(Vec::new());
        asking::run(busy, async move {
            match asking::post::<ObjectionTaken>(&context.api("objections"), &request).await {
                Ok(taken) => {
                    objection.try_set(String::new());
                    sent.try_set(taken.body.number);
                    again.try_run(());
                }
                Err(refusal) => {
                    faults.try_set(vec![Fault::at("objection-text", refusal.phrase())]);
                }
            }
        });
    };
    view! {
        <ErrorSummary faults />
        <form class="stack record-form" novalidate on:submit=submit>
            <h3>{t(words::OBJECT)}</h3>
            {lines("objection-text", words::OBJECT_TEXT, *OBJECTION_LENGTH.end(), objection, faults)}
            {line("objection-contact", words::OBJECT_CONTACT, "text", LONGEST_CONTACT, contact, faults)}
            <p class="row">
                <button type="submit" class="primary" aria-disabled=move || busy.get().to_string()>{t(words::OBJECT_SEND)}</button>
                <span role="status">{move || sent.get().map(|number| view! { <span class="note good">{fill(words::OBJECT_SENT, &[&number])}</span> })}</span>
            </p>
        </form>
    }
}
