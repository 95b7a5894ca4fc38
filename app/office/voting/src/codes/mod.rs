//! Codes: how many each group has in each period, drawing, registering, and the cards.
//!
//! A code is drawn here, shown here and printed here; the server gets hashes. While codes are on the
//! page, leaving asks first.

mod address;
pub(crate) mod base;
mod batches;
mod cards;
mod cell;
pub(crate) mod draw;
mod draw_form;
mod matrix;
mod pins;
pub(crate) mod posters;
pub(crate) mod queue;
pub(crate) mod registering;
pub(crate) mod short;
mod until;

use frame::words::t;
use leptos::prelude::*;
use office_frame::{Office, asking, plan_context::PlanContext};
use text::{hall, office_codes as words, voters};
use wire::{code::Turnout, plan::PlanState, staff::Role};

use crate::codes::{
    batches::{BatchPanel, Batches},
    cell::{Chosen, Panel, button_of},
    draw::Draw,
    draw_form::DrawForm,
    matrix::matrix,
    queue::Queue,
    registering::Registering,
};

#[component]
pub fn CodesPage() -> impl IntoView {
    let office = expect_context::<Office>();
    let context = expect_context::<PlanContext>();
    office.title(words::TITLE);
    let path = context.api("turnout");
    let turnout = asking::fetch::<Turnout>(path.clone());
    let batches: Batches = RwSignal::new(None);
    let ask_batches = move || {
        let plan = context.id();
        leptos::task::spawn_local(async move {
            let all = batches::fetch(plan).await;
            batches.try_set(Some(all));
        });
    };
    ask_batches();
    let refresh = {
        let path = path.clone();
        Callback::new(move |()| {
            asking::fetch_again(turnout, path.clone());
            ask_batches();
        })
    };
    let draws = RwSignal::new(Vec::<Draw>::new());
    let shown = RwSignal::new(None::<u32>);
    let chosen: Chosen = RwSignal::new(None);
    let registering = Registering::of(draws);
    office.router.guard_while(words::GUARD, move || !draws.read().is_empty());
    let register = Callback::new(move |()| registering.run(context.id(), refresh));
    let may_draw = office.is(Role::Planner);
    let drawing = move || may_draw && matches!(context.state(), PlanState::Draft | PlanState::Open);
    let table = asking::when_here(turnout, path, move |turnout: Turnout| {
        let known = batches.with(|batches| batches.as_ref().and_then(|known| known.clone().ok()).unwrap_or_default());
        matrix(&context.answer.read().plan, &turnout.groups, &known, chosen, drawing())
    });
    let close = Callback::new(move |()| {
        if let Some((cell, panel)) = chosen.get_untracked() {
            chosen.set(None);
            let button = button_of(&cell, panel);
            set_timeout(move || frame::browser::focus(&button), std::time::Duration::ZERO);
        }
    });
    let next = StoredValue::new(0_u32);
    let drawn = Callback::new(move |draw: Draw| {
        shown.set(Some(draw.number));
        next.set_value(draw.number + 1);
        draws.update(|draws| draws.push(draw));
        close.run(());
        register.run(());
    });
    let panel = move || match chosen.get()? {
        (cell, Panel::Draw) if drawing() => {
            Some(view! { <DrawForm context cell number=next.get_value() drawn close /> }.into_any())
        }
        (_, Panel::Draw) => None,
        (cell, Panel::Batches) => {
            Some(view! { <BatchPanel context cell batches may_void=drawing() changed=refresh close /> }.into_any())
        }
    };
    let over = move || matches!(context.state(), PlanState::Closing | PlanState::Closed | PlanState::Published);
    let ballot = format!("/ballot/{}", context.id());
    view! {
        <div class="work-bar no-print">
            <h1 id="title" tabindex="-1">{t(words::TITLE)}</h1>
            <span class="hint">{t(words::DRAWN_HERE)}</span>
            <span class="grow"></span>
            <a href=context.href("voters")>{t(voters::TITLE)}</a>
            <a href=context.href("hall")>{t(hall::TITLE)}</a>
            <a href=format!("{ballot}?kiosk") target="_blank" rel="noopener">{t(hall::KIOSK)}</a>
            <a href=ballot target="_blank" rel="noopener">{t(words::SHOW_BALLOT)}</a>
            <button type="button" on:click=move |_| refresh.run(())>{t(words::REFRESH)}</button>
        </div>
        {move || over().then(|| view! { <p class="note no-print">{t(words::NOT_NOW)}</p> })}
        <div class="no-print" class:tree-page=move || chosen.read().is_some()>
            <div class="stack">
                {table}
                <div role="status">{registering.view(register)}</div>
            </div>
            {panel}
        </div>
        <Queue context draws shown />
        {move || (drawing() && draws.read().is_empty()).then(|| view! { <posters::Posters context /> })}
    }
}
