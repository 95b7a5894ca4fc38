//! The list of voters: who is asked, how far each has come, and codes for those on it.
//!
//! Owns the page. What a sheet of people says stands in [`reading`], its import in [`import`], the list itself in [`list`],
//! codes for those on it in [`giving`]. Codes are drawn here and leave the page as hashes alone, as on the page of codes.

mod giving;
mod import;
mod list;
mod people;
mod reading;
mod sampling;

use std::collections::BTreeMap;

use frame::{
    server::Refusal,
    words::{Phrase, t},
};
use leptos::prelude::*;
use office_frame::{Office, asking, names::named, plan_context::PlanContext};
use scoring::json::Value;
use text::{office_codes, voters as words};
use wire::{
    plan::PlanState,
    staff::Role,
    voter::{ContactsForgotten, ForgetRequest, VoterPage, VoterRow},
};

use people::People;

use crate::codes::{draw::Draw, queue::Queue, registering::Registering};

#[component]
pub fn VotersPage() -> impl IntoView {
    let office = expect_context::<Office>();
    let context = expect_context::<PlanContext>();
    office.title(words::TITLE);
    let people: People = RwSignal::new(None);
    let refresh = Callback::new(move |()| {
        let path = context.api("voters");
        leptos::task::spawn_local(async move {
            let mut all = asking::all::<VoterPage>(&path).await;
            if let Ok(all) = &mut all {
                in_order(&context.answer.get_untracked().plan, all);
            }
            people.try_set(Some(all));
        });
    });
    refresh.run(());
    // What was done last, in words.
    let said = RwSignal::new(None::<Phrase>);
    let draws = RwSignal::new(Vec::<Draw>::new());
    let shown = RwSignal::new(None::<u32>);
    let registering = Registering::of(draws);
    office.router.guard_while(office_codes::GUARD, move || !draws.read().is_empty());
    let register = Callback::new(move |()| registering.run(context.id(), refresh));
    let drawn = Callback::new(move |new: Vec<Draw>| {
        shown.set(new.first().map(|draw| draw.number));
        draws.update(|draws| draws.extend(new));
        register.run(());
    });
    let next = move || draws.with_untracked(|draws| draws.last().map_or(0, |draw| draw.number + 1));
    let planner = office.is(Role::Planner);
    let may_change = move || planner && matches!(context.state(), PlanState::Draft | PlanState::Open);
    let forget = move || {
        let has_contacts =
            people.with(|people| people.iter().flatten().flatten().any(|person| person.contact.is_some()));
        (planner && context.state() == PlanState::Published && has_contacts)
            .then(|| view! { <Forget context said refresh /> })
    };
    view! {
        <div class="work-bar no-print">
            <h1 id="title" tabindex="-1">{t(words::TITLE)}</h1>
            <span class="grow"></span>
            <a href=context.href("codes")>{t(words::TO_CODES)}</a>
            <button type="button" on:click=move |_| refresh.run(())>{t(office_codes::REFRESH)}</button>
        </div>
        <div class="stack no-print">
            <p class="hint">{t(words::NOTE)}</p>
            <div role="status">
                {move || said.get().map(|says| view! { <p class="note good">{says.say()}</p> })}
                {registering.view(register)}
            </div>
            {move || may_change().then(|| view! {
                <import::Import context said refresh />
                <giving::Giving context people draws next=next() drawn />
            })}
            {forget}
            {move || match people.get() {
                None => asking::loading(),
                Some(Err(refusal)) => asking::refused(refusal, refresh),
                Some(Ok(all)) => view! { <list::List context all may_change=may_change() said refresh /> }.into_any(),
            }}
        </div>
        <Queue context draws shown />
    }
}

/// Puts people in the order of the plan's groups, then of their units, then of their names. They arrive in the order of ids
/// that were drawn, so each list would stand in another order, and its codes would be printed in it.
fn in_order(plan: &Value, people: &mut [VoterRow]) {
    let places = |list| named(plan, list).into_iter().map(|(id, _)| id).zip(0_usize..).collect::<BTreeMap<_, _>>();
    let (groups, units) = (places("/groups"), places("/units"));
    people.sort_by_cached_key(|person| {
        let unit = person.unit.as_ref().and_then(|unit| units.get(unit));
        (groups.get(&person.group).copied(), unit.copied(), person.name.clone())
    });
}

/// Offered once the result is published.
#[component]
fn Forget(context: PlanContext, said: RwSignal<Option<Phrase>>, refresh: Callback<()>) -> impl IntoView {
    let busy = RwSignal::new(false);
    let failed = RwSignal::new(None::<Refusal>);
    let act = move |_| {
        asking::run(busy, async move {
            match asking::post::<ContactsForgotten>(&context.api("voters/forget"), &ForgetRequest {}).await {
                Ok(answer) => {
                    said.try_set(Some(Phrase::new(words::FORGOTTEN, [answer.body.forgotten.to_string()])));
                    refresh.try_run(());
                }
                Err(refusal) => {
                    failed.try_set(Some(refusal));
                }
            }
        });
    };
    view! {
        <div class="panel row between">
            <p>{t(words::FORGET_HINT)}</p>
            <button type="button" class="danger" aria-disabled=move || busy.get().to_string() on:click=act>{t(words::FORGET)}</button>
            {move || failed.get().map(|refusal| view! { <p class="field-error" role="alert">{refusal.phrase().say()}</p> })}
        </div>
    }
}
