//! What was moved, in words: the sliders are not printed, and a printed ranking says what it was simulated with.

use frame::words::{fill, t};
use leptos::prelude::*;
use scoring::plan_document::{MethodDocument, OptionDocument};
use scoring::{Figure, Plan, node_points};
use simulator::PointsOf;
use text::simulation as words;

use crate::{model::moves_alone, overtake::changes, state::Simulation};

/// One line for each kind of change, on paper only.
pub(super) fn moved(simulation: Simulation) -> AnyView {
    let lines = move || {
        let settled = simulation.settled.get().0;
        let adjustments = (!simulation.adjustments.get()).then(|| t(words::NO_ADJUSTMENTS)().to_owned());
        let kinds = [points(simulation, &settled), weights(simulation, &settled), values(simulation, &settled)];
        let lines = kinds.into_iter().filter(|kind| !kind.is_empty()).chain(adjustments);
        lines.map(|line| view! { <p>{line}</p> }.into_any()).collect::<Vec<_>>()
    };
    view! { <div class="print-only">{lines}</div> }.into_any()
}

fn points(simulation: Simulation, settled: &Plan) -> String {
    let plan = simulation.plan();
    let moved: Vec<PointsOf> = plan
        .nodes()
        .indices()
        .filter(|node| moves_alone(&plan, *node))
        // Where alternatives differ a branch has no points of its own; what is below it says them.
        .filter_map(|node| Some((node, node_points(&plan, node)?, node_points(settled, node)?)))
        .filter(|(_, from, to)| from != to)
        .map(|(node, from, to)| PointsOf { node, from, to })
        .collect();
    changes(simulation, &moved)
}

fn weights(simulation: Simulation, settled: &Plan) -> String {
    let plan = simulation.plan();
    let mut said = Vec::new();
    for (before, after) in plan.leaves().iter().zip(settled.leaves()) {
        let (MethodDocument::Survey(old), MethodDocument::Survey(new)) = (&before.document, &after.document) else {
            continue;
        };
        for (old, new) in old.groups.iter().zip(&new.groups).filter(|(old, new)| old.weight != new.weight) {
            let group = plan.group_place(&new.group).map_or("", |group| plan.group(group).name.as_str());
            let what = fill(words::WEIGHT, &[&plan.nodes()[before.node].name, &group]);
            let weight = |figure: &Option<Figure>| figure.as_ref().map_or_else(String::new, ToString::to_string);
            said.push(format!("{what} {} → {}", weight(&old.weight), weight(&new.weight)));
        }
    }
    said.join(t(words::JOIN)())
}

fn values(simulation: Simulation, settled: &Plan) -> String {
    fn options(plan: &Plan) -> impl Iterator<Item = &OptionDocument> {
        plan.document().scales.iter().flat_map(|scale| &scale.options)
    }
    let plan = simulation.plan();
    let changed = options(&plan).zip(options(settled)).filter(|(old, new)| old.value != new.value);
    let said =
        changed.map(|(old, new)| format!("{} {} → {}", fill(words::OPTION_VALUE, &[&new.name]), old.value, new.value));
    said.collect::<Vec<_>>().join(t(words::JOIN)())
}
