//! The slope chart of each category on the page, with a table that says the same.

use leptos::{html::Div, prelude::*};
use text::{ranking, simulation as words};

use super::{
    Simulation, arrow,
    chart::slope::{Way, Words, slope},
    chart_view::{draw_into, offer_drawing},
};
use crate::words::t;

/// A chart for each category with units, once a gesture has settled.
pub(super) fn slopes(simulation: Simulation) -> AnyView {
    let plan = simulation.plan();
    let charts: Vec<AnyView> = (0..plan.categories().len())
        .filter(|category| !plan.units_of(*category).is_empty())
        .map(|category| chart(simulation, category))
        .collect();
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

fn ways(simulation: Simulation, category: usize) -> Vec<Way> {
    let plan = simulation.plan();
    let chosen = simulation.chosen.get();
    simulation.settled_ranks.with(|ranks| {
        let mut ways: Vec<Way> = plan
            .units_of(category)
            .iter()
            .map(|&unit| Way {
                name: plan.units()[unit].name.clone(),
                from: simulation.base.with_value(|base| base.standing.rank(unit)),
                to: ranks[unit],
                chosen: chosen == Some(unit),
            })
            .collect();
        ways.sort_by_key(|way| way.from);
        ways
    })
}

fn chart(simulation: Simulation, category: usize) -> AnyView {
    let place = NodeRef::<Div>::new();
    let name = simulation.plan().categories()[category].name.clone();
    let drawing = move || {
        let label = format!("{}: {}", simulation.plan().categories()[category].name, t(words::SLOPE_TITLE)());
        let words = Words { label: &label, from: t(words::OLD_RANK)(), to: t(words::NEW_RANK)() };
        slope(&ways(simulation, category), words)
    };
    draw_into(place, move || Some(drawing()));
    let open = RwSignal::new(false);
    let row = |way: Way| {
        let shift = arrow(way.shift());
        view! { <tr><th scope="row">{way.name}</th><td class="figure">{way.from}</td><td class="figure">{way.to}</td><td>{shift}</td></tr> }.into_any()
    };
    let rows = move || if open.get() { ways(simulation, category) } else { Vec::new() };
    view! {
        <h3>{name}</h3>
        <div class="chart" node_ref=place></div>
        <p class="row no-print">{offer_drawing("slope.svg", move || Some(drawing()))}</p>
        <details on:toggle=move |_| open.update(|open| *open = !*open)>
            <summary>{t(words::AS_TABLE)}</summary>
            <table><thead><tr><th scope="col">{t(ranking::UNIT)}</th><th scope="col" class="figure">{t(words::OLD_RANK)}</th>
                <th scope="col" class="figure">{t(words::NEW_RANK)}</th><th scope="col">{t(words::CHANGE)}</th></tr></thead>
                <tbody>{move || rows().into_iter().map(row).collect_view()}</tbody></table>
        </details>
    }
    .into_any()
}
