//! What would make a unit first or last (Q3), and which ranks it can reach if each weight may vary (Q4).

use frame::words::{fill, t};
use leptos::prelude::*;
use scoring::{Decimal, UnitIndex};
use simulator::{Answer, Question, Reach, Reached};
use text::{Text, simulation as words};

use crate::{
    job::Job,
    overtake::changes,
    state::{PlanHandle, Simulation},
};

/// What was found of a unit.
#[derive(Clone, PartialEq)]
struct Found {
    plan: PlanHandle,
    unit: UnitIndex,
    radius: String,
    first: Option<Reached>,
    last: Option<Reached>,
    best: (usize, usize),
    worst: (usize, usize),
}

/// The panel.
pub(super) fn reaching(simulation: Simulation) -> AnyView {
    let job = Job::new(simulation);
    let radius = RwSignal::new("5".to_owned());
    let found = RwSignal::new(None::<Found>);
    let begin = move || {
        let Some(unit) = simulation.chosen.get_untracked() else { return };
        let plan = simulation.settled.get_untracked();
        let typed = radius.get_untracked();
        let Ok(radius) = typed.parse() else { return };
        job.start(Question::Reach { unit, radius }, move |answer, _| {
            if let Answer::Reach(Reach { first, last, best, worst }) = answer {
                let (plan, radius) = (plan.clone(), typed.clone());
                found.try_set(Some(Found { plan, unit, radius, first, last, best, worst }));
            }
        });
    };
    let type_radius = move |event: leptos::ev::Event| {
        let typed = event_target_value(&event).trim().to_owned();
        let valid = typed.parse::<Decimal>().is_ok_and(|radius| !radius.is_negative());
        radius.update(|radius| {
            if valid {
                *radius = typed;
            }
        });
    };
    view! {
        <section class="panel stack" id="reach">
            <h2>{t(words::REACH)}</h2>
            <div class="columns no-print">
                {simulation.unit_choice(words::CHOSEN, simulation.chosen, true)}
                <label class="field"><span>{t(words::RADIUS)}</span>
                    <input type="text" inputmode="decimal" prop:value=move || radius.get() on:change=type_radius /></label>
            </div>
            <div class="no-print">{job.bar(words::REACH_START, begin)}</div>
            <div class="stack">{move || found.get().map(|found| result(simulation, found))}</div>
        </section>
    }
    .into_any()
}

fn result(simulation: Simulation, found: Found) -> AnyView {
    let name = simulation.plan().unit(found.unit).name.clone();
    let plan = found.plan.clone();
    let stale = move || simulation.settled.get() != plan;
    let Found { radius, best, worst, .. } = found;
    let range = {
        let name = name.clone();
        move || {
            let found = fill(words::RANGE, &[&name, &radius, &best.1, &worst.1]);
            let bounds = fill(words::RANGE_BOUNDS, &[&best.0, &worst.0]);
            if best.0 == best.1 && worst.0 == worst.1 { found } else { format!("{found} {bounds}") }
        }
    };
    view! {
        <p class="note warn" hidden=move || !stale()>{t(words::STALE)}</p>
        {end(simulation, &name, found.first, words::TO_FIRST, words::NEVER_FIRST)}
        {end(simulation, &name, found.last, words::TO_LAST, words::NEVER_LAST)}
        <p>{range}</p>
    }
    .into_any()
}

/// One end of the ranking.
fn end(simulation: Simulation, name: &str, reached: Option<Reached>, by: Text, never: Text) -> AnyView {
    let name = name.to_owned();
    let Some(reached) = reached else { return view! { <p>{move || fill(never, &[&name])}</p> }.into_any() };
    let points = StoredValue::new(reached.points.clone());
    let apply = move |_| {
        points.with_value(|points| simulation.change_points(points));
    };
    let says = move || {
        let sentence = fill(by, &[&name, &reached.distance]);
        if reached.points.is_empty() {
            sentence
        } else {
            format!("{sentence} {}", changes(simulation, &reached.points))
        }
    };
    let offered = points.with_value(|points| !points.is_empty());
    view! {
        <p class="row"><span>{says}</span>
            {offered.then(|| view! { <button type="button" on:click=apply>{t(words::PASS_APPLY)}</button> })}</p>
    }
    .into_any()
}
