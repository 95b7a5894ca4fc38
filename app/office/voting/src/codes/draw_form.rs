//! The panel beside the table: how many codes for one group in one period, in all or for each unit.

use frame::{
    error_summary::{ErrorSummary, Fault, FieldError},
    words::{Phrase, fill, joined, t},
};
use leptos::{ev, prelude::*};
use office_frame::{
    limits::MOST_CODES,
    names::{name_of, named},
    plan_context::PlanContext,
    pointer,
};
use text::office_codes as words;
use wasm_bindgen::JsCast;
use web_sys::{HtmlFormElement, HtmlInputElement, HtmlSelectElement};

use crate::codes::{
    cell::Cell,
    draw::{self, Draw, For},
};

/// The panel for one cell; `drawn` takes the draw, `close` puts the panel away.
#[component]
pub fn DrawForm(
    context: PlanContext,
    cell: Cell,
    number: u32,
    drawn: Callback<Draw>,
    close: Callback<()>,
) -> impl IntoView {
    let faults = RwSignal::new(Vec::<Fault>::new());
    let plan = context.answer.get_untracked().plan;
    let (period, group) = cell;
    let group_element = pointer::list(&plan, "/groups").iter().find(|one| pointer::text(one, "/id") == group);
    // Where a ballot stands for a unit, each unit has one.
    let per_unit = group_element.is_some_and(|group| pointer::text(group, "/ballot") == "per_unit");
    let each = RwSignal::new(per_unit);
    let count = RwSignal::new(String::new());
    let units = named(&plan, "/units");
    let all = units.len();
    let title = joined([name_of(&plan, "/groups", &group), name_of(&plan, "/periods", &period)], " · ");
    let most = move || if each.get() { MOST_CODES / all.max(1) } else { MOST_CODES };
    let figure = move || count.read().trim().parse::<usize>().ok().filter(|count| (1..=most()).contains(count));
    let ids: Vec<String> = units.iter().map(|(id, _)| id.clone()).collect();
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let Some(form) = event.target().and_then(|at| at.dyn_into::<HtmlFormElement>().ok()) else { return };
        let Some(count) = figure() else {
            faults.set(vec![Fault::at("count", Phrase::new(words::COUNT_BAD, [most().to_string()]))]);
            return;
        };
        let narrowed = ticked(&form);
        let whom =
            For { period: period.clone(), group: group.clone(), units: (!narrowed.is_empty()).then_some(narrowed) };
        let own = match each.get_untracked() {
            true => ids.iter().cloned().map(Some).collect(),
            false => vec![own_unit(&form)],
        };
        match draw::draw(number, whom, own, count) {
            Some(draw) => drawn.run(draw),
            None => faults.set(vec![Fault::at("count", words::NO_RANDOM)]),
        }
    };
    let way = |id: &'static str, is_each: bool, label| {
        view! {
            <label class="tickbox"><input type="radio" name="how" id=id prop:checked=move || each.get() == is_each on:change=move |_| each.set(is_each) />
                <span>{t(label)}</span></label>
        }
    };
    let narrowing = narrowing(&units);
    let own_units = StoredValue::new(units);
    view! {
        <aside class="side stack no-print" aria-labelledby="draw" on:keydown=move |event| {
            if event.key() == "Escape" {
                close.run(());
            }
        }>
            <div class="row between">
                <h2 id="draw">{fill(words::DRAW_TITLE_FOR, &[&title])}</h2>
                <button type="button" class="small-button" on:click=move |_| close.run(())>{t(words::CLOSE_PANEL)}</button>
            </div>
            <ErrorSummary faults />
            <form class="stack" novalidate on:submit=submit>
                <fieldset class="stack tight">
                    <legend class="sr">{t(words::COUNT)}</legend>
                    {way("how-all", false, words::HOW_ALL)}
                    {way("how-each", true, words::HOW_EACH)}
                </fieldset>
                <div class="field">
                    <label for="count">{move || t(if each.get() { words::COUNT_EACH } else { words::COUNT })()}</label>
                    <p class="hint" id="count-hint">{move || fill(words::COUNT_HINT, &[&most()])}</p>
                    <FieldError faults field="count" />
                    <input id="count" name="count" type="text" inputmode="numeric" class="short figure" autocomplete="off"
                        aria-describedby="count-hint count-error" on:input=move |event| count.set(event_target_value(&event)) />
                    <p role="status">{move || {
                        let (each, count) = (each.get(), figure()?);
                        each.then(|| fill(words::EACH_SUM, &[&all, &count, &(all * count)]))
                    }}</p>
                </div>
                <Show when=move || !each.get()>
                    {own_units.with_value(|units| own_unit_field(units))}
                </Show>
                {narrowing}
                <p><button type="submit" class="primary">{t(words::DRAW)}</button></p>
                <p class="hint">{t(words::DRAW_NOTE)}</p>
            </form>
        </aside>
    }
}

/// One unit for all of them.
fn own_unit_field(units: &[(String, String)]) -> AnyView {
    let options: Vec<_> = units.iter().cloned().map(|(id, name)| view! { <option value=id>{name}</option> }).collect();
    view! {
        <details>
            <summary>{t(words::OWN_UNIT)}</summary>
            <div class="stack tight field">
                <label for="unit">{t(words::OWN_UNIT)}</label>
                <p class="hint">{t(words::OWN_UNIT_HINT)}</p>
                <select id="unit" name="unit"><option value="">{t(words::NO_UNIT)}</option>{options}</select>
            </div>
        </details>
    }
    .into_any()
}

/// The units that their paper is narrowed to.
fn narrowing(units: &[(String, String)]) -> AnyView {
    let tick = |(id, name): &(String, String)| {
        view! { <label class="tickbox"><input type="checkbox" name="narrow" value=id.clone() /><span>{name.clone()}</span></label> }
    };
    let ticks: Vec<_> = units.iter().map(tick).collect();
    view! {
        <details>
            <summary>{t(words::NARROW)}</summary>
            <fieldset class="stack tight">
                <legend class="hint">{t(words::NARROW_HINT)}</legend>
                <div class="ticks">{ticks}</div>
            </fieldset>
        </details>
    }
    .into_any()
}

/// The unit that was chosen for all of them; none where the choice is not shown.
fn own_unit(form: &HtmlFormElement) -> Option<String> {
    let select = form.query_selector("#unit").ok().flatten()?.dyn_into::<HtmlSelectElement>().ok()?;
    Some(select.value()).filter(|unit| !unit.is_empty())
}

fn ticked(form: &HtmlFormElement) -> Vec<String> {
    let Ok(found) = form.query_selector_all("input[name=narrow]:checked") else { return Vec::new() };
    (0..found.length())
        .filter_map(|place| found.item(place)?.dyn_into::<HtmlInputElement>().ok())
        .map(|input| input.value())
        .collect()
}
