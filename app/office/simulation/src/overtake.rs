//! “What would it take for B to pass A”: two units, one sentence, and a button that applies it.

use frame::words::{fill, t};
use leptos::prelude::*;
use scoring::UnitIndex;
use simulator::{Answer, Overtaken, PointsOf, Question};
use text::simulation as words;

use crate::{state::Simulation, worker::Heard};

/// The question and its answer.
pub(super) fn overtaking(simulation: Simulation) -> AnyView {
    let most = simulation.categories().into_iter().max_by_key(|category| simulation.plan().units_of(*category).len());
    let ranked = most.map_or_else(Vec::new, |category| simulation.by_old_rank(category));
    // To begin with, the first two.
    let behind = RwSignal::new(ranked.get(1).copied());
    let ahead = RwSignal::new(ranked.first().copied());
    let answer = RwSignal::new(None::<Overtaken>);
    let latest = StoredValue::new(0_u32);
    Effect::new(move |_| {
        let case = simulation.case();
        let (Some(behind), Some(ahead)) = (behind.get(), ahead.get()) else { return answer.set(None) };
        latest.update_value(|latest| *latest += 1);
        let asked = latest.get_value();
        simulation.assistant.ask(case, Question::Overtake { behind, ahead }, move |heard| {
            if latest.try_get_value() == Some(asked) {
                answer.try_set(match heard {
                    Heard::Answer(Answer::Overtake(overtaken), _) => Some(overtaken),
                    _ => None,
                });
            }
        });
    });
    let name = move |unit: Option<UnitIndex>| {
        let plan = simulation.plan();
        unit.map_or_else(String::new, |unit| plan.unit(unit).name.clone())
    };
    let says = move || {
        let overtaken = answer.get()?;
        let (one, other) = (name(behind.get()), name(ahead.get()));
        Some(match &overtaken.distance {
            _ if overtaken.apart => fill(words::PASS_APART, &[&one, &other]),
            _ if overtaken.equal => fill(words::PASS_EQUAL, &[&one, &other]),
            _ if overtaken.already => fill(words::PASS_ALREADY, &[&one, &other]),
            None => fill(words::PASS_NEVER, &[&one, &other]),
            Some(distance) => fill(words::PASS_BY, &[&one, &other, distance, &changes(simulation, &overtaken.border)]),
        })
    };
    let grid = move || answer.get().map(|overtaken| overtaken.grid).unwrap_or_default();
    let possible = move || answer.read().as_ref().is_some_and(|overtaken| overtaken.distance.is_some());
    let apply = move |_| {
        simulation.change_points(&grid());
    };
    view! {
        <section class="panel stack" id="overtaking">
            <h2>{t(words::PASS_TITLE)}</h2>
            <div class="columns">
                {simulation.unit_choice(words::PASS_BEHIND, behind, false)}
                {simulation.unit_choice(words::PASS_AHEAD, ahead, false)}
            </div>
            <p class="answer">{says}</p>
            <div class="stack">{move || {
                let grid = grid();
                if !possible() {
                    None
                } else if grid.is_empty() {
                    Some(view! { <p class="hint">{t(words::PASS_NO_GRID)}</p> }.into_any())
                } else {
                    let grid = changes(simulation, &grid);
                    Some(view! {
                        <p class="row"><span>{move || fill(words::PASS_GRID, &[&grid])}</span>
                            <button type="button" class="apply" on:click=apply>{t(words::PASS_APPLY)}</button></p>
                    }.into_any())
                }
            }}</div>
        </section>
    }
    .into_any()
}

/// Changes of points, component by component.
pub(super) fn changes(simulation: Simulation, points: &[PointsOf]) -> String {
    let plan = simulation.plan();
    let change = |one: &PointsOf| {
        let by = one.to - one.from;
        let sign = if by.is_negative() { "" } else { "+" };
        fill(words::CHANGE_OF, &[&plan.nodes()[one.node].name, &one.from, &one.to, &format!("{sign}{by}")])
    };
    points.iter().map(change).collect::<Vec<_>>().join(t(words::JOIN)())
}
