//! Which component really decides (Q8): effective against nominal weight, in each category.

use leptos::prelude::*;
use simulator::Weighing;
use text::{ranking, simulation as words};

use super::Simulation;
use crate::words::t;

/// A table for each category with units.
pub(super) fn weighing(simulation: Simulation) -> AnyView {
    let plan = simulation.plan();
    let tables: Vec<AnyView> = (0..plan.categories().len())
        .filter(|category| !plan.units_of(*category).is_empty())
        .map(|category| table(simulation, category))
        .collect();
    view! {
        <section class="panel stack" id="weighing">
            <h2>{t(words::WEIGHING)}</h2>
            <p class="hint">{t(words::WEIGHING_HINT)}</p>
            {tables}
        </section>
    }
    .into_any()
}

fn table(simulation: Simulation, category: usize) -> AnyView {
    let of_category = move || {
        simulation.readings.with(|reading| {
            let reading = reading.as_ref()?;
            reading.weighing.get(category).cloned()
        })
    };
    let row = move |one: Weighing| {
        let plan = simulation.plan();
        let node = &plan.nodes()[one.node];
        let depth = std::iter::successors(node.parent, |above| plan.nodes()[*above].parent).count().min(3);
        let share = |share: f64| format!("{:.1}%", share * 100.0);
        let bar = |share: f64| format!("{:.1}%", share.clamp(0.0, 1.0) * 100.0);
        view! {
            <tr><th scope="row"><span class=format!("depth-{depth}")>{node.name.clone()}</span></th>
                <td class="figure">{share(one.nominal)}</td>
                <td class="figure">{one.effective.map_or_else(|| "—".to_owned(), share)}</td>
                <td class="gauges" aria-hidden="true"><span class="gauge soft-gauge" style:width=bar(one.nominal)></span>
                    <span class="gauge" style:width=bar(one.effective.unwrap_or_default())></span></td></tr>
        }
        .into_any()
    };
    let name = simulation.plan().categories()[category].name.clone();
    let label = name.clone();
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=label><table class="weighing">
            <caption>{name}</caption>
            <thead><tr><th scope="col">{t(words::COMPONENT)}</th><th scope="col" class="figure">{t(words::NOMINAL)}</th>
                <th scope="col" class="figure">{t(words::EFFECTIVE)}</th><th scope="col"><span class="sr">{t(ranking::SCORES)}</span></th></tr></thead>
            <tbody>{move || of_category().unwrap_or_default().into_iter().map(row).collect_view()}</tbody>
        </table></div>
    }
    .into_any()
}
