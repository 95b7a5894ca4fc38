//! The form in which a finding is noted: one column, so that it is filled in standing, on a phone.
//!
//! Owns the order of the fields and which of them must be filled. Refuses to own what one costs (`scoring`).

use frame::{
    error_summary::{ErrorSummary, Fault},
    words::t,
};
use leptos::{ev, prelude::*};
use office_evidence::{Files, FilesField};
use office_frame::{Office, asking, names::named, plan_context::PlanContext, pointer};
use scoring::json::Value;
use text::{evidence, follow_up as words, records::UNSAVED_GUARD};
use wire::finding::{FindingCounts, FindingKept, FindingRequest, LONGEST_TEXT, LONGEST_WORDS};

use crate::choosing::{choice, key, line, lines, said, said_or_none};

/// What a finding may cost: the incidents components of the plan with their levels, as `component level`, and names.
pub(crate) fn costs(plan: &Value) -> Vec<(String, String)> {
    fn walk(components: &[Value], found: &mut Vec<(String, String)>) {
        for component in components {
            if pointer::text(component, "/method/kind") == "incidents" {
                let (id, name) = (pointer::text(component, "/id"), pointer::text(component, "/name"));
                for level in pointer::list(component, "/method/levels") {
                    let (level, level_name) = (pointer::text(level, "/id"), pointer::text(level, "/name"));
                    found.push((format!("{id} {level}"), format!("{name} · {level_name}")));
                }
            }
            walk(pointer::list(component, "/children"), found);
        }
    }
    let mut found = Vec::new();
    walk(pointer::list(plan, "/components"), &mut found);
    found
}

/// The form; `saved` is called when a finding was noted.
#[component]
pub(crate) fn FindingForm(context: PlanContext, saved: Callback<()>) -> impl IntoView {
    let plan = context.answer.get_untracked().plan;
    let periods = named(&plan, "/periods");
    let text = || RwSignal::new(String::new());
    let (unit, place, found, source, cost, period) = (text(), text(), text(), text(), text(), text());
    let date = RwSignal::new(wire::day::of(office_frame::moment::now()));
    let serious = RwSignal::new(false);
    let files = Files::new();
    let begun = move || !found.read().trim().is_empty() || files.count() > 0;
    expect_context::<Office>().router.guard_while(UNSAVED_GUARD, begun);
    let request_key = StoredValue::new(key());
    let faults = RwSignal::new(Vec::<Fault>::new());
    let (busy, done) = (RwSignal::new(false), RwSignal::new(false));
    let several = periods.len() > 1;
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        done.set(false);
        let counts = said_or_none(cost).and_then(|cost| {
            let (component, level) = cost.split_once(' ')?;
            let (component, level) = (component.to_owned(), level.to_owned());
            Some(FindingCounts { period: said_or_none(period), component, level, serious: serious.get_untracked() })
        });
        let request = FindingRequest {
            key: request_key.get_value(),
            date: said(date),
            unit: said(unit),
            place: said_or_none(place),
            text: said(found),
            source: said(source),
            files: files.hashes(),
            counts,
        };
        let empty = [
            (request.unit.is_empty(), "finding-unit"),
            (!wire::day::is_day(&request.date), "finding-date"),
            (request.text.is_empty(), "finding-text"),
            (request.source.is_empty(), "finding-source"),
            (request.counts.is_some() && several && period.read_untracked().is_empty(), "finding-period"),
        ];
        let mut empty: Vec<Fault> =
            empty.into_iter().filter(|(wrong, _)| *wrong).map(|(_, field)| Fault::at(field, words::FILL)).collect();
        if files.busy() {
            empty.push(Fault::at("finding-files", evidence::STILL_SENDING));
        }
        let clean = empty.is_empty();
        faults.set(empty);
        if !clean {
            return;
        }
        asking::run(busy, async move {
            match asking::post::<FindingKept>(&context.api("findings"), &request).await {
                Ok(_) => {
                    // The next one is of the same round, so place, source and date stay.
                    request_key.try_set_value(key());
                    found.try_set(String::new());
                    cost.try_set(String::new());
                    serious.try_set(false);
                    files.clear();
                    done.try_set(true);
                    saved.try_run(());
                }
                Err(refusal) => {
                    faults.try_set(vec![Fault::at("finding-text", refusal.phrase())]);
                }
            }
        });
    };
    let choices = costs(&plan);
    let period = several.then(|| choice("finding-period", words::PERIOD, words::CHOOSE, periods, period, faults));
    view! {
        <ErrorSummary faults />
        <form class="panel stack record-form" novalidate on:submit=submit>
            <h2>{t(words::NEW_FINDING)}</h2>
            {choice("finding-unit", words::UNIT, words::CHOOSE, named(&plan, "/units"), unit, faults)}
            {lines("finding-text", words::TEXT, LONGEST_TEXT, found, faults)}
            <FilesField address=context.api("files") files id="finding-files" />
            {line("finding-source", words::FOUND_BY, "text", LONGEST_WORDS, source, faults)}
            {line("finding-place", words::PLACE, "text", LONGEST_WORDS, place, faults)}
            {line("finding-date", words::DATE, "date", 10, date, faults)}
            {choice("finding-cost", words::COSTS, words::COSTS_NOTHING, choices, cost, faults)}
            <Show when=move || !cost.read().is_empty()>
                <label class="tickbox"><input type="checkbox" prop:checked=serious on:change=move |event| serious.set(event_target_checked(&event)) /><span>{t(words::SERIOUS)}</span></label>
            </Show>
            {period}
            <p class="row">
                <button type="submit" class="primary" aria-disabled=move || busy.get().to_string()>{t(words::SAVE)}</button>
                <span role="status">{move || done.get().then(|| view! { <span class="note good">{t(words::SAVED)}</span> })}</span>
            </p>
        </form>
    }
}

#[cfg(test)]
mod tests {
    use super::{Value, costs};

    #[test]
    fn what_a_finding_may_cost_is_each_level_of_each_incidents_component() {
        let plan = r#"{ "components": [
            { "id": "a", "name": "测评", "method": { "kind": "survey" } },
            { "id": "b", "name": "监督", "children": [
                { "id": "c", "name": "暗访", "method": { "kind": "incidents", "levels": [{ "id": "x", "name": "县级" }, { "id": "y", "name": "社级" }] } }
            ] }
        ] }"#;
        let found = costs(&Value::parse(plan.as_bytes()).unwrap());
        let expected = [("c x", "暗访 · 县级"), ("c y", "暗访 · 社级")];
        assert_eq!(found, expected.map(|(id, name)| (id.to_owned(), name.to_owned())));
    }
}
