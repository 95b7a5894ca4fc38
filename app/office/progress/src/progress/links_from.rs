//! Taking totals of published plans into a linked component, and where those that stand came from.
//!
//! Refuses to own single links: those are entered with the other records.

use frame::{
    error_summary::{ErrorSummary, Fault},
    server::Refusal,
    words::{Phrase, fill, joined, t},
};
use leptos::{ev, prelude::*};
use office_frame::{
    asking,
    names::{component_name, name_of, named},
    plan_context::PlanContext,
    pointer,
};
use scoring::json::Value;
use text::office_series as words;
use wire::{
    Field,
    link::{LinkSources, LinksFromRequest, LinksTaken},
    plan::{PlanList, PlanState, PlanSummary},
};

/// Ids and names of the linked components of a plan.
pub fn linked(plan: &Value) -> Vec<(String, String)> {
    fn walk(components: &[Value], found: &mut Vec<(String, String)>) {
        for component in components {
            if pointer::text(component, "/method/kind") == "linked" {
                found.push((pointer::text(component, "/id").to_owned(), pointer::text(component, "/name").to_owned()));
            }
            walk(pointer::list(component, "/children"), found);
        }
    }
    let mut found = Vec::new();
    walk(pointer::list(plan, "/components"), &mut found);
    found
}

/// The form, and the sources of what stands; nothing where the plan has no linked component.
#[component]
pub fn LinksFrom(
    /// The open plan.
    context: PlanContext,
    /// Whether whoever is signed in may give records.
    may_take: bool,
) -> impl IntoView {
    let plan = context.answer.get_untracked().plan;
    if linked(&plan).is_empty() {
        return ().into_any();
    }
    let path = context.api("links-from");
    let sources = asking::fetch::<LinkSources>(path.clone());
    let again = path.clone();
    let taken = Callback::new(move |()| asking::fetch_again(sources, again.clone()));
    // What is newer somewhere is in sight, and stays so when it was taken.
    let in_sight = Memo::new(move |was: Option<&bool>| {
        let newer = |sources: &LinkSources| sources.sources.iter().any(|source| source.changed);
        was.is_some_and(|was| *was)
            || sources.with(|kept| kept.as_ref().is_some_and(|kept| kept.as_ref().is_ok_and(newer)))
    });
    view! {
        <details class="panel stack" open=in_sight>
            <summary>{t(words::TAKE_TITLE)}</summary>
            <p>{t(words::TAKE_WHAT)}</p>
            {may_take.then(|| view! { <Taking context taken /> })}
            {asking::when_here(sources, path, move |sources: LinkSources| told(&plan, sources))}
        </details>
    }
    .into_any()
}

/// Where totals came from, and what is newer there.
fn told(plan: &Value, sources: LinkSources) -> AnyView {
    if sources.sources.is_empty() {
        return ().into_any();
    }
    let lines = sources.sources.into_iter().map(|source| {
        let (component, period) = (component_name(plan, &source.component), name_of(plan, "/periods", &source.period));
        let (latest, changes, units) = (source.latest, source.changes.len(), source.units.len());
        let newer = source.changed.then(|| {
            view! { <strong class="block">{move || fill(words::SOURCE_CHANGED, &[&latest, &changes])}</strong> }
        });
        let line = move || fill(words::SOURCE, &[&component, &period, &source.title, &source.edition, &units]);
        view! { <li>{line}{newer}</li> }
    });
    view! { <h3>{t(words::SOURCES)}</h3><ul class="bullets">{lines.collect_view()}</ul> }.into_any()
}

/// A choice of ids by their names.
fn choice(
    id: &'static str,
    label: text::Text,
    choices: Vec<(String, String)>,
    value: RwSignal<String>,
) -> impl IntoView {
    let options = choices.into_iter().map(|(id, name)| {
        let own = id.clone();
        view! { <option value=id selected=move || value.get() == own>{name}</option> }
    });
    view! {
        <div class="field">
            <label for=id>{t(label)}</label>
            <select id=id on:change=move |event| value.set(event_target_value(&event))>
                <option value="">{t(words::CHOOSE)}</option>
                {options.collect_view()}
            </select>
        </div>
    }
}

fn lines(id: &'static str, label: text::Text, value: RwSignal<String>) -> impl IntoView {
    view! {
        <div class="field">
            <label for=id>{t(label)}</label>
            <textarea id=id rows="2" prop:value=value on:input=move |event| value.set(event_target_value(&event))></textarea>
        </div>
    }
}

/// What a refusal says of one place of the request.
fn fault(plan: &Value, field: &Field) -> Phrase {
    let why = match field.code.as_str() {
        "unknown_plan" => words::UNKNOWN_PLAN,
        "not_published" => words::NOT_PUBLISHED,
        "unknown_period" => words::UNKNOWN_PERIOD,
        "same_plan" => words::SAME_PLAN,
        "duplicate_id" => words::TWICE_NAMED,
        "maps_twice" => words::MAPS_TWICE,
        "unknown_unit" => words::UNKNOWN_UNIT,
        "not_applicable" => words::NOT_APPLICABLE,
        _ => words::FILL,
    };
    let why = Phrase::new(why, [field.detail.clone().unwrap_or_default()]).say();
    match field.path.strip_prefix("/plans/").map(|place| place.parse::<usize>().unwrap_or(0) + 1) {
        Some(number) => Phrase::new(words::AT_PLAN, [number.to_string(), why]),
        None => {
            let here = field.path.rsplit('/').next().unwrap_or_default();
            Phrase::new(words::AT_UNIT, [name_of(plan, "/units", here), why])
        }
    }
}

/// The pairs of units that the lines say; the first line that says none.
fn pairs(text: &str) -> Result<Vec<(String, String)>, String> {
    let pair = |line: &str| {
        let said = line.split_once('=').map(|(here, there)| (here.trim().to_owned(), there.trim().to_owned()));
        said.filter(|(here, there)| !here.is_empty() && !there.is_empty()).ok_or_else(|| line.to_owned())
    };
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(pair).collect()
}

#[component]
fn Taking(context: PlanContext, taken: Callback<()>) -> impl IntoView {
    let plan = StoredValue::new(context.answer.get_untracked().plan);
    let text = || RwSignal::new(String::new());
    let (component, period, others, units) = (text(), text(), text(), text());
    let chosen = RwSignal::new(Vec::<String>::new());
    let faults = RwSignal::new(Vec::<Fault>::new());
    let answer = RwSignal::new(None::<LinksTaken>);
    let busy = RwSignal::new(false);
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        answer.set(None);
        let mut plans = chosen.get_untracked();
        plans
            .extend(others.read_untracked().lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()));
        let mapped = pairs(&units.read_untracked());
        let mut wrong = Vec::new();
        for (value, field) in [(component, "links-component"), (period, "links-period")] {
            if value.read_untracked().is_empty() {
                wrong.push(Fault::at(field, words::FILL));
            }
        }
        if plans.is_empty() {
            wrong.push(Fault::at("links-periods", words::NAME_PLANS));
        }
        if let Err(line) = &mapped {
            wrong.push(Fault::at("links-units", Phrase::new(words::UNIT_LINE, [line.clone()])));
        }
        let clean = wrong.is_empty();
        faults.set(wrong);
        let (true, Ok(mapped)) = (clean, mapped) else { return };
        let request = LinksFromRequest {
            component: component.get_untracked(),
            period: period.get_untracked(),
            plans,
            units: mapped.into_iter().collect(),
        };
        asking::run(busy, async move {
            match asking::put::<LinksTaken>(&context.api("links-from"), &request, None).await {
                Ok(here) => {
                    answer.try_set(Some(here.body));
                    taken.try_run(());
                }
                Err(Refusal::Said(body)) if !body.fields.is_empty() => {
                    let Some(plan) = plan.try_get_value() else { return };
                    faults.try_set(
                        body.fields.iter().map(|field| Fault::at("links-units", fault(&plan, field))).collect(),
                    );
                }
                Err(refusal) => {
                    faults.try_set(vec![Fault::at("links-component", refusal.phrase())]);
                }
            }
        });
    };
    let said = move || {
        let here = answer.get()?;
        let missing = here.without.iter().filter(|unit| !unit.linked);
        let missing = plan.with_value(|plan| joined(missing.map(|unit| name_of(plan, "/units", &unit.unit)), "、"));
        let count = here.taken.len();
        let without = (!missing.is_empty()).then(|| view! { <p>{move || fill(words::WITHOUT, &[&missing])}</p> });
        Some(
            view! { <div class="note good" role="status"><p>{move || fill(words::TAKEN, &[&count])}</p>{without}</div> },
        )
    };
    view! {
        <ErrorSummary faults />
        <form class="stack" novalidate on:submit=submit>
            {plan.with_value(|plan| choice("links-component", words::COMPONENT, linked(plan), component))}
            {plan.with_value(|plan| choice("links-period", words::PERIOD, named(plan, "/periods"), period))}
            <Published context chosen />
            {lines("links-periods", words::ONE_PERIOD, others)}
            {lines("links-units", words::UNITS, units)}
            <p><button type="submit" class="primary" disabled=move || busy.get()>{t(words::TAKE_BUTTON)}</button></p>
        </form>
        {said}
    }
}

/// The published plans that the account knows, to be chosen in the order in which they are ticked.
#[component]
fn Published(context: PlanContext, chosen: RwSignal<Vec<String>>) -> impl IntoView {
    let plans = RwSignal::new(Vec::<PlanSummary>::new());
    leptos::task::spawn_local(async move {
        if let Ok(all) = asking::all::<PlanList>("/api/plans").await {
            let own = context.id();
            let others = all.into_iter().filter(|plan| plan.state == PlanState::Published && plan.id != own);
            plans.try_set(others.collect());
        }
    });
    let box_of = move |plan: PlanSummary| {
        let id = plan.id.clone();
        let tick = move |event: ev::Event| {
            let ticked = event_target_checked(&event);
            chosen.update(|chosen| {
                chosen.retain(|known| *known != id);
                if ticked {
                    chosen.push(id.clone());
                }
            });
        };
        view! { <label class="check"><input type="checkbox" on:change=tick />{plan.title}" "<span class="hint">{plan.id}</span></label> }
    };
    view! {
        <fieldset class="field">
            <legend>{t(words::PLANS)}</legend>
            {move || plans.read().is_empty().then(|| view! { <p class="hint">{t(words::PLANS_NONE)}</p> })}
            {move || plans.get().into_iter().map(box_of).collect_view()}
        </fieldset>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_say_which_unit_is_which() {
        let pair = |here: &str, there: &str| (here.to_owned(), there.to_owned());
        assert_eq!(pairs(" hr = w3\n\nland=w2 "), Ok(vec![pair("hr", "w3"), pair("land", "w2")]));
        assert_eq!(pairs("hr=w3\nland"), Err("land".to_owned()));
        assert_eq!(pairs("=w3"), Err("=w3".to_owned()));
        assert_eq!(pairs(""), Ok(Vec::new()));
    }

    #[test]
    fn linked_components_are_found_wherever_they_stand() {
        let plan = Value::parse(
            r#"{"components":[{"id":"a","name":"甲","children":[{"id":"w","name":"窗口","method":{"kind":"linked"}}]},
                {"id":"e","name":"录入","method":{"kind":"entered"}}]}"#
                .as_bytes(),
        );
        assert_eq!(linked(&plan.unwrap()), [("w".to_owned(), "窗口".to_owned())]);
    }
}
