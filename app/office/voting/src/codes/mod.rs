//! Codes: turnout, drawing, registering, and the cards.
//!
//! A code is drawn here, shown here and printed here; the server gets hashes. While codes are on the
//! page, leaving asks first.

mod address;
mod base;
mod cards;
mod draw;
mod posters;
mod qr;

use frame::{
    error_summary::{ErrorSummary, Fault, FieldError},
    words::{Phrase, fill, t},
};
use leptos::{ev, prelude::*};
use office_frame::{
    Office, asking,
    download::download,
    limits::MOST_CODES,
    names::{name_of, named},
    plan_context::{PlanContext, title_of},
    pointer,
};
use scoring::json::Value;
use text::office_codes as words;
use wasm_bindgen::JsCast;
use web_sys::{HtmlFormElement, HtmlInputElement, HtmlSelectElement};
use wire::{
    ballot::BallotKind,
    code::{GroupTurnout, Turnout},
    plan::PlanState,
    staff::Role,
};

use crate::codes::{
    cards::CardText,
    draw::{Draw, For},
};

/// The page.
#[component]
pub fn CodesPage() -> impl IntoView {
    let office = expect_context::<Office>();
    let context = expect_context::<PlanContext>();
    office.title(words::TITLE);
    let path = context.api("turnout");
    let turnout = asking::fetch::<Turnout>(path.clone());
    let refresh = {
        let path = path.clone();
        Callback::new(move |()| asking::fetch_again(turnout, path.clone()))
    };
    let drawn = RwSignal::new(None::<Draw>);
    let stopped = RwSignal::new(None::<Phrase>);
    let busy = RwSignal::new(false);
    Effect::new(move |_| office.router.guard.set(drawn.read().is_some().then_some(words::GUARD)));
    on_cleanup(move || office.router.guard.set(None));
    let register = Callback::new(move |()| {
        let plan = context.id();
        asking::run(busy, async move {
            stopped.set(None);
            if let Err(refusal) = draw::register(&plan, drawn).await {
                stopped.try_set(Some(refusal.phrase()));
            }
            refresh.run(());
        });
    });
    let table = asking::when_here(turnout, path, move |turnout: Turnout| turnout_table(context, turnout.groups));
    let may_draw = office.is(Role::Planner);
    let ballot = format!("/ballot/{}", context.id());
    view! {
        <h1 id="title" class="no-print" tabindex="-1">{t(words::TITLE)}</h1>
        <section class="panel stack no-print" aria-labelledby="turnout">
            <div class="row between">
                <h2 id="turnout">{t(words::TURNOUT)}</h2>
                <span class="row">
                    <a href=ballot target="_blank" rel="noopener">{t(words::SHOW_BALLOT)}</a>
                    <button type="button" class="small-button" on:click=move |_| refresh.run(())>{t(words::REFRESH)}</button>
                </span>
            </div>
            {table}
        </section>
        {move || match context.state() {
            _ if drawn.read().is_some() => ().into_any(),
            PlanState::Closing | PlanState::Closed | PlanState::Published => view! { <p class="note">{t(words::NOT_NOW)}</p> }.into_any(),
            _ if may_draw => view! { <posters::Posters context /><DrawForm context drawn register /> }.into_any(),
            _ => ().into_any(),
        }}
        {move || drawn.read().is_some().then(|| view! { <Drawn context drawn stopped busy register /> })}
    }
}

fn turnout_table(context: PlanContext, groups: Vec<GroupTurnout>) -> AnyView {
    if groups.is_empty() {
        return view! { <p class="soft">{t(words::NONE_ISSUED)}</p> }.into_any();
    }
    let plan = context.answer.get_untracked().plan;
    let several = pointer::list(&plan, "/periods").len() > 1;
    let rows: Vec<_> = groups
        .into_iter()
        .map(|group| {
            let share = (group.cast * 100).checked_div(group.issued).map_or_else(String::new, |share| format!("{share}%"));
            let period = several.then(|| view! { <td>{name_of(&plan, "/periods", &group.period)}</td> });
            let few = (1..5).contains(&group.issued) && is_secret(&plan, &group.group);
            view! {
                <tr>
                    <th scope="row">
                        {name_of(&plan, "/groups", &group.group)}
                        {few.then(|| view! { <p class="hint">{t(words::FEW)}</p> })}
                    </th>{period}
                    <td class="figure">{group.issued}</td><td class="figure">{group.cast}</td><td class="figure">{share}</td>
                </tr>
            }
        })
        .collect();
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=t(words::TITLE)><table>
            <thead><tr>
                <th scope="col">{t(words::GROUP)}</th>{several.then(|| view! { <th scope="col">{t(words::PERIOD)}</th> })}
                <th scope="col" class="figure">{t(words::ISSUED)}</th><th scope="col" class="figure">{t(words::CAST)}</th>
                <th scope="col" class="figure">{t(words::SHARE)}</th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </table></div>
    }
    .into_any()
}

/// Is the group's ballot meant to be secret?
fn is_secret(plan: &Value, group: &str) -> bool {
    let found = pointer::list(plan, "/groups").iter().find(|one| pointer::text(one, "/id") == group);
    found.is_some_and(|group| matches!(pointer::text(group, "/ballot"), "anonymous" | "blind"))
}

/// For whom, and how many.
#[component]
fn DrawForm(context: PlanContext, drawn: RwSignal<Option<Draw>>, register: Callback<()>) -> impl IntoView {
    let faults = RwSignal::new(Vec::<Fault>::new());
    let plan = context.answer.get_untracked().plan;
    if pointer::list(&plan, "/groups").is_empty() || pointer::list(&plan, "/periods").is_empty() {
        return view! { <p class="note warn">{t(words::NOT_VALID_YET)}</p> }.into_any();
    }
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let Some(form) = event.target().and_then(|at| at.dyn_into::<HtmlFormElement>().ok()) else { return };
        let count =
            value_in(&form, "count").trim().parse::<usize>().ok().filter(|count| (1..=MOST_CODES).contains(count));
        let Some(count) = count else {
            faults.set(vec![Fault::at("count", Phrase::new(words::COUNT_BAD, [MOST_CODES.to_string()]))]);
            return;
        };
        let units = ticked(&form);
        let whom = For {
            period: value_in(&form, "period"),
            group: value_in(&form, "group"),
            unit: Some(value_in(&form, "unit")).filter(|unit| !unit.is_empty()),
            units: (!units.is_empty()).then_some(units),
        };
        match draw::draw(whom, count) {
            Some(draw) => {
                drawn.set(Some(draw));
                register.run(());
            }
            None => faults.set(vec![Fault::at("count", words::NO_RANDOM)]),
        }
    };
    let choice = |id: &'static str, label, choices: Vec<(String, String)>, none: bool| {
        let options: Vec<_> =
            choices.into_iter().map(|(id, name)| view! { <option value=id>{name}</option> }).collect();
        let none = none.then(|| view! { <option value="">{t(words::NO_UNIT)}</option> });
        view! { <div class="field"><label for=id>{t(label)}</label><select id=id name=id>{none}{options}</select></div> }.into_any()
    };
    let units = named(&plan, "/units");
    let ticks: Vec<_> = units
        .iter()
        .map(|(id, name)| view! { <label class="tickbox"><input type="checkbox" name="narrow" value=id.clone() /><span>{name.clone()}</span></label> })
        .collect();
    view! {
        <section class="panel stack no-print" aria-labelledby="draw">
            <h2 id="draw">{t(words::DRAW_TITLE)}</h2>
            <p>{t(words::DRAW_NOTE)}</p>
            <ErrorSummary faults />
            <form class="stack" novalidate on:submit=submit>
                <div class="columns">
                    {choice("period", words::PERIOD, named(&plan, "/periods"), false)}
                    {choice("group", words::GROUP, named(&plan, "/groups"), false)}
                </div>
                <div class="field">
                    <label for="count">{t(words::COUNT)}</label>
                    <p class="hint">{move || fill(words::COUNT_HINT, &[&MOST_CODES])}</p>
                    <FieldError faults field="count" />
                    <input id="count" name="count" type="text" inputmode="numeric" class="short figure" autocomplete="off" aria-describedby="count-error" />
                </div>
                <details>
                    <summary>{t(words::OWN_UNIT)}</summary>
                    <div class="stack tight">
                        <p class="hint">{t(words::OWN_UNIT_HINT)}</p>
                        {choice("unit", words::OWN_UNIT, units.clone(), true)}
                    </div>
                </details>
                <details>
                    <summary>{t(words::NARROW)}</summary>
                    <fieldset class="stack tight">
                        <legend class="hint">{t(words::NARROW_HINT)}</legend>
                        <div class="ticks">{ticks}</div>
                    </fieldset>
                </details>
                <p><button type="submit" class="primary">{t(words::DRAW)}</button></p>
            </form>
        </section>
    }
    .into_any()
}

fn value_in(form: &HtmlFormElement, name: &str) -> String {
    let found = form.query_selector(&format!("#{name}")).ok().flatten();
    match found {
        Some(found) => match found.dyn_into::<HtmlSelectElement>() {
            Ok(select) => select.value(),
            Err(other) => other.dyn_into::<HtmlInputElement>().map(|input| input.value()).unwrap_or_default(),
        },
        None => String::new(),
    }
}

fn ticked(form: &HtmlFormElement) -> Vec<String> {
    let Ok(found) = form.query_selector_all("input[name=narrow]:checked") else { return Vec::new() };
    (0..found.length())
        .filter_map(|place| found.item(place)?.dyn_into::<HtmlInputElement>().ok())
        .map(|input| input.value())
        .collect()
}

/// The codes that are on the page.
#[component]
fn Drawn(
    context: PlanContext,
    drawn: RwSignal<Option<Draw>>,
    stopped: RwSignal<Option<Phrase>>,
    busy: RwSignal<bool>,
    register: Callback<()>,
) -> impl IntoView {
    let base = base::known();
    let figures = move || drawn.read().as_ref().map(|draw| (draw.registered, draw.codes.len())).unwrap_or_default();
    let complete = Memo::new(move |_| {
        let (registered, all) = figures();
        registered == all
    });
    let card = Memo::new(move |_| {
        let draw = drawn.read();
        let whom = &draw.as_ref()?.whom;
        let base = base.get()?;
        let answer = context.answer.read();
        let plan = &answer.plan;
        let group = pointer::list(plan, "/groups").iter().find(|group| pointer::text(group, "/id") == whom.group)?;
        let ballot = serde_json::from_value(serde_json::Value::String(pointer::text(group, "/ballot").to_owned()))
            .unwrap_or(BallotKind::Anonymous);
        Some(CardText {
            title: title_of(plan),
            group: pointer::text(group, "/name").to_owned(),
            period: name_of(plan, "/periods", &whom.period),
            unit: whom.unit.as_ref().map(|unit| name_of(plan, "/units", unit)),
            ballot,
            address: format!("{base}/ballot/{}", answer.id),
        })
    });
    let save_file = move |_| {
        let (Some(card), Some(draw)) = (card.get_untracked(), drawn.get_untracked()) else {
            frame::browser::focus("base");
            return;
        };
        let lines: String = draw
            .codes
            .iter()
            .map(|code| format!("{},{}#{code}\r\n", wire::code::grouped(code), card.address))
            .collect();
        download(&format!("codes-{}-{}.csv", draw.whom.group, draw.codes.len()), "text/csv", &lines);
    };
    let print = move |_| {
        if card.read_untracked().is_none() {
            frame::browser::focus("base");
            return;
        }
        // A browser that cannot print offers nothing either way; the download is beside it.
        let _ = window().print();
    };
    let progress = move || {
        let (registered, all) = figures();
        match (stopped.get(), busy.get()) {
            (Some(why), _) => view! {
                <div class="note bad stack" role="alert">
                    <p>{fill(words::SEND_FAILED, &[&registered, &all])}{why.say()}</p>
                    <p>{t(words::SEND_FAILED_NEXT)}</p>
                    <p><button type="button" class="primary" on:click=move |_| register.run(())>{t(words::SEND_AGAIN)}</button></p>
                </div>
            }
            .into_any(),
            (None, true) => view! { <p>{fill(words::SENDING, &[&registered, &all])}</p> }.into_any(),
            _ => ().into_any(),
        }
    };
    let body = move || {
        complete.get().then(|| {
            view! {
                <div class="panel stack no-print">
                    <h2>{move || fill(words::SHEET_TITLE, &[&figures().1])}</h2>
                    <p class="note warn">{t(words::SHEET_NOTE)}</p>
                    <base::BaseField base />
                    <p class="row">
                        <button type="button" class="primary" on:click=print>{t(words::PRINT)}</button>
                        <button type="button" on:click=save_file>{t(words::DOWNLOAD)}</button>
                        <button type="button" on:click=move |_| drawn.set(None)>{t(words::CLEAR)}</button>
                    </p>
                </div>
                {move || Some(cards::cards(&card.get()?, &drawn.read().as_ref()?.codes))}
            }
        })
    };
    view! { <div role="status" class="no-print">{progress}</div>{body} }
}
