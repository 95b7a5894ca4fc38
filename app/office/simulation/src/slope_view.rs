//! The slope chart of each category on the page, with a table that says the same.

use frame::words::t;
use leptos::prelude::*;
use scoring::{CategoryIndex, UnitIndex};
use text::{ranking, simulation as words};

use crate::{
    chart::slope::{Way, Words, slope},
    chart_view::chart,
    data_table::{Head, folded, labelled},
    state::{Simulation, arrow},
};

/// A chart for each category with units, once a gesture has settled.
pub(super) fn slopes(simulation: Simulation) -> AnyView {
    let charts: Vec<AnyView> =
        simulation.categories().into_iter().map(|category| of_category(simulation, category)).collect();
    view! {
        <section class="panel stack" id="slopes">
            <h2>{t(words::SLOPE_TITLE)}</h2>
            <p class="hint">{t(words::SLOPE_HINT)}</p>
            <div class="no-print">{simulation.unit_choice(words::CHOSEN, simulation.chosen, true)}</div>
            {charts}
        </section>
    }
    .into_any()
}

fn ways(simulation: Simulation, category: CategoryIndex) -> Vec<Way> {
    let plan = simulation.plan();
    let chosen = simulation.chosen.get();
    let way = |unit: UnitIndex| Way {
        name: plan.unit(unit).name.clone(),
        from: simulation.old_rank(unit),
        to: simulation.settled_ranks.with(|ranks| ranks[unit]),
        chosen: chosen == Some(unit),
    };
    simulation.by_old_rank(category).into_iter().map(way).collect()
}

fn of_category(simulation: Simulation, category: CategoryIndex) -> AnyView {
    let name = simulation.plan().category(category).name.clone();
    let label = labelled(name.clone(), words::SLOPE_TITLE);
    let lines = move || {
        let line = |way: Way| vec![way.name.clone(), way.from.to_string(), way.to.to_string(), arrow(way.shift())];
        ways(simulation, category).into_iter().map(line).collect()
    };
    let drawing = {
        let label = label.clone();
        move || {
            let words = Words { label: &label(), from: t(words::OLD_RANK)(), to: t(words::NEW_RANK)() };
            Some(slope(&ways(simulation, category), words))
        }
    };
    let heads = vec![
        Head::Words(ranking::UNIT),
        Head::Figures(words::OLD_RANK),
        Head::Figures(words::NEW_RANK),
        Head::Words(words::CHANGE),
    ];
    let table = folded(move || t(words::AS_TABLE)().to_owned(), labelled(name.clone(), words::RESULT), heads, lines);
    let chart = chart("slope.svg", label, drawing);
    view! { <h3>{name}</h3>{chart}{table} }.into_any()
}
