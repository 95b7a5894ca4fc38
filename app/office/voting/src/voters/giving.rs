//! Codes for those on the list who have none.

use frame::{
    error_summary::{ErrorSummary, Fault, FieldError},
    words::{fill, t},
};
use leptos::prelude::*;
use office_frame::{names::named, plan_context::PlanContext};
use text::voters as words;
use wire::voter::{VoterRow, VoterStatus};

use super::{people::People, reading::is_linked};
use crate::codes::draw::{Draw, For, Listed, Person, draw_for};

/// Draws for everyone of the linked groups, or of one of them. Of several periods the list says the least, so whoever has
/// a code for this one already is refused by the server, by name.
#[component]
pub fn Giving(
    context: PlanContext,
    people: People,
    /// What was drawn on this page.
    draws: RwSignal<Vec<Draw>>,
    next: u32,
    drawn: Callback<Vec<Draw>>,
) -> impl IntoView {
    let faults = RwSignal::new(Vec::<Fault>::new());
    let plan = context.answer.get_untracked().plan;
    let periods = named(&plan, "/periods");
    let groups: Vec<(String, String)> =
        named(&plan, "/groups").into_iter().filter(|(id, _)| is_linked(&plan, id)).collect();
    let period = RwSignal::new(periods.first().map(|(id, _)| id.clone()).unwrap_or_default());
    let group = RwSignal::new(String::new());
    let linked: StoredValue<Vec<String>> = StoredValue::new(groups.iter().map(|(id, _)| id.clone()).collect());
    let waits = move |person: &VoterRow| {
        let wanted = group.read();
        person.status == VoterStatus::None
            && if wanted.is_empty() {
                linked.with_value(|linked| linked.contains(&person.group))
            } else {
                person.group == *wanted
            }
    };
    let waiting = Memo::new(move |_| {
        people.with(|people| people.iter().flatten().flatten().filter(|person| waits(person)).count())
    });
    let give = move |_| {
        // Whoever is among them has none yet, and would get a second one.
        if draws.with_untracked(|draws| draws.iter().any(|draw| !draw.is_registered())) {
            faults.set(vec![Fault::at("give-group", words::GIVE_FIRST)]);
            return;
        }
        let mut by_group: Vec<(String, Vec<Listed>)> = Vec::new();
        people.with_untracked(|people| {
            for row in people.iter().flatten().flatten().filter(|person| waits(person)) {
                let person = Person { id: row.id.clone(), name: row.name.clone(), contact: row.contact.clone() };
                let whom = (row.unit.clone(), row.units.clone(), person);
                match by_group.iter_mut().find(|(group, _)| *group == row.group) {
                    Some((_, of_group)) => of_group.push(whom),
                    None => by_group.push((row.group.clone(), vec![whom])),
                }
            }
        });
        if by_group.is_empty() {
            faults.set(vec![Fault::at("give-group", words::GIVE_NONE)]);
            return;
        }
        let draw = |(number, (group, people)): (u32, (String, Vec<_>))| {
            draw_for(next + number, For { period: period.get_untracked(), group, units: None }, &people)
        };
        match (0..).zip(by_group).map(draw).collect::<Option<Vec<Draw>>>() {
            Some(draws) => {
                faults.set(Vec::new());
                drawn.run(draws);
            }
            None => faults.set(vec![Fault::at("give-group", words::GIVE_RANDOM)]),
        }
    };
    let options = |list: Vec<(String, String)>| {
        list.into_iter().map(|(id, name)| view! { <option value=id>{name}</option> }).collect_view()
    };
    view! {
        <details class="panel">
            <summary>{t(words::GIVE)}</summary>
            <div class="stack">
                <p class="hint">{t(words::GIVE_HINT)}</p>
                <ErrorSummary faults />
                <div class="row">
                    <div class="field">
                        <label for="give-period">{t(words::GIVE_PERIOD)}</label>
                        <select id="give-period" on:change=move |event| period.set(event_target_value(&event))>{options(periods)}</select>
                    </div>
                    <div class="field">
                        <label for="give-group">{t(words::GIVE_GROUP)}</label>
                        <FieldError faults field="give-group" />
                        <select id="give-group" aria-describedby="give-group-error" on:change=move |event| group.set(event_target_value(&event))>
                            <option value="">{t(words::GIVE_ALL)}</option>
                            {options(groups)}
                        </select>
                    </div>
                </div>
                <p><button type="button" class="primary" on:click=give>{move || fill(words::GIVE_BUTTON, &[&waiting.get()])}</button></p>
            </div>
        </details>
    }
}
