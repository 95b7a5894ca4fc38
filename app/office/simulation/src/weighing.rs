//! Which component really decides (Q8): effective against nominal weight, in each category.

use frame::words::t;
use leptos::prelude::*;
use scoring::CategoryIndex;
use text::simulation as words;

use crate::{
    data_table::{Head, data_table, labelled},
    job::percent,
    state::Simulation,
};

/// A table for each category with units.
pub(super) fn weighing(simulation: Simulation) -> AnyView {
    let tables: Vec<AnyView> =
        simulation.categories().into_iter().map(|category| table(simulation, category)).collect();
    view! {
        <section class="panel stack" id="weighing">
            <h2>{t(words::WEIGHING)}</h2>
            <p class="hint">{t(words::WEIGHING_HINT)}</p>
            {tables}
        </section>
    }
    .into_any()
}

fn table(simulation: Simulation, category: CategoryIndex) -> AnyView {
    let name = simulation.plan().category(category).name.clone();
    let lines = move || {
        let weighing = simulation.readings.with(|reading| reading.as_ref()?.weighing.get(category.index()).cloned());
        let plan = simulation.plan();
        let line = |one: simulator::Importance| {
            let effective = one.effective.map_or_else(|| "—".to_owned(), percent);
            vec![plan.nodes()[one.node].name.clone(), percent(one.nominal), effective]
        };
        weighing.unwrap_or_default().into_iter().map(line).collect()
    };
    let heads = vec![Head::Words(words::COMPONENT), Head::Figures(words::NOMINAL), Head::Figures(words::EFFECTIVE)];
    let table = data_table(labelled(name.clone(), words::WEIGHING), heads, lines);
    view! { <h3>{name}</h3>{table} }.into_any()
}
