//! The ranked rows: old rank, new rank, change, bars, totals. They hold still while a slider moves.

use leptos::prelude::*;
use text::{ranking, simulation as words};

use super::{Simulation, arrow, model::Outcome};
use crate::office::ranking::{Decided, decided_by, legend};
use crate::words::{fill, t};

/// A table for each category, and one polite message for all of them.
#[component]
pub(super) fn Ranks(simulation: Simulation) -> impl IntoView {
    let plan = simulation.plan();
    let categories: Vec<AnyView> = (0..plan.categories().len())
        .filter(|category| !plan.units_of(*category).is_empty())
        .map(|category| table(simulation, category))
        .collect();
    let units = plan.units().len();
    // Said once a gesture has settled, not at every step of it.
    let moved = Memo::new(move |before: Option<&usize>| match (simulation.drag.read().is_some(), before) {
        (true, Some(before)) => *before,
        _ => simulation.outcome.with(|outcome| (0..units).filter(|unit| simulation.shift(outcome, *unit) != 0).count()),
    });
    let says = move || match moved.get() {
        0 => t(words::UNMOVED)().to_owned(),
        moved => fill(words::MOVED, &[&moved]),
    };
    let legend = simulation.segments.with_value(|segments| legend(&plan, segments));
    view! {
        <p class="row"><strong>{t(words::RESULT)}</strong><span class="tag info" role="status">{says}</span></p>
        {legend}
        {categories}
    }
}

fn table(simulation: Simulation, category: usize) -> AnyView {
    let plan = simulation.plan();
    let units = plan.units_of(category).to_vec();
    let order = Memo::new(move |before: Option<&Vec<usize>>| match (simulation.drag.read().is_some(), before) {
        (true, Some(before)) => before.clone(),
        _ => simulation.outcome.with(|outcome| {
            let mut order = units.clone();
            order.sort_by_key(|unit| outcome.standing.rank(*unit));
            order
        }),
    });
    let decisions = Memo::new(move |before: Option<&Vec<Decision>>| match (simulation.drag.read().is_some(), before) {
        (true, Some(before)) => before.clone(),
        _ => simulation.outcome.with(decisions_of),
    });
    let name = plan.categories()[category].name.clone();
    let label = name.clone();
    view! {
        <section class="panel">
            <div class="scroll" tabindex="0" role="region" aria-label=label>
                <table class="ranking shifts">
                    <caption>{name}</caption>
                    <thead><tr>
                        <th scope="col" class="figure">{t(words::OLD_RANK)}</th>
                        <th scope="col" class="figure">{t(words::NEW_RANK)}</th>
                        <th scope="col">{t(words::CHANGE)}</th>
                        <th scope="col">{t(ranking::UNIT)}</th>
                        <th scope="col" class="bar-head">{t(ranking::SCORES)}</th>
                        <th scope="col" class="figure">{t(ranking::TOTAL)}</th>
                        <th scope="col">{t(words::DECIDED_BY)}</th>
                    </tr></thead>
                    <tbody><For each=move || order.get() key=|unit| *unit let:unit>{row(simulation, decisions, unit)}</For></tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

fn row(simulation: Simulation, decisions: Memo<Vec<Decision>>, unit: usize) -> AnyView {
    let plan = simulation.plan();
    let old = simulation.base.with_value(|base| base.standing.rank(unit));
    let of =
        move |figure: fn(&Outcome, usize) -> String| move || simulation.outcome.with(|outcome| figure(outcome, unit));
    let shift = move || simulation.outcome.with(|outcome| simulation.shift(outcome, unit));
    let class = move || match shift().signum() {
        1 => "shift up",
        -1 => "shift down",
        _ => "shift",
    };
    let bar = move || {
        let mut bar = String::with_capacity(256);
        simulation.outcome.with(|outcome| {
            simulation
                .segments
                .with_value(|segments| segments.background(&outcome.plan, &outcome.standing, unit, &mut bar));
        });
        bar
    };
    view! {
        <tr>
            <td class="figure soft">{old}</td>
            <td class="figure rank">{of(|outcome, unit| outcome.standing.rank(unit).to_string())}</td>
            <td class=class>{move || arrow(shift())}</td>
            <th scope="row">{plan.units()[unit].name.clone()}</th>
            <td><div class="bar" style:background-image=bar></div></td>
            <td class="figure total">{of(|outcome, unit| {
                let decimals = u32::try_from(outcome.plan.document().ranking.decimals).unwrap_or(2);
                outcome.standing.total(unit).published(decimals)
            })}</td>
            <td class="small soft">{move || decisions.with(|decisions| decisions[unit].say())}</td>
        </tr>
    }
    .into_any()
}

/// What decided between a unit and the one above it.
#[derive(Clone, Debug, PartialEq)]
enum Decision {
    /// Nobody is above it.
    Nothing,
    /// The totals, by so much.
    Totals(String),
    /// The list of a shortlist that it is on.
    List,
    /// A rule for equal totals.
    Rule(Decided),
    /// Nothing yet: a draw is needed.
    Open,
}

impl Decision {
    fn say(&self) -> String {
        match self {
            Decision::Nothing => "—".to_owned(),
            Decision::Totals(gap) => fill(words::BY_GAP, &[gap]),
            Decision::List => t(words::BY_LIST)().to_owned(),
            Decision::Rule(decided) => decided.neighbours(),
            Decision::Open => t(ranking::UNDECIDED)().to_owned(),
        }
    }
}

/// By unit of the plan.
fn decisions_of(outcome: &Outcome) -> Vec<Decision> {
    let (plan, standing) = (&outcome.plan, &outcome.standing);
    let document = standing.document(plan);
    let mut decisions = vec![Decision::Nothing; plan.units().len()];
    for category in 0..plan.categories().len() {
        let mut units = plan.units_of(category).to_vec();
        units.sort_by_key(|unit| standing.rank(*unit));
        for pair in units.windows(2) {
            let (above, own) = (pair[0], pair[1]);
            let gap = standing.total(above) - standing.total(own);
            decisions[own] = if standing.side(above) != standing.side(own) {
                Decision::List
            } else if gap == scoring::Score::ZERO {
                let id = |unit: usize| &plan.units()[unit].id;
                let tie = document.ties.iter().find(|tie| [&tie.units[0], &tie.units[1]] == [id(above), id(own)]);
                tie.map_or(Decision::Open, |tie| Decision::Rule(decided_by(plan, &tie.decided_by)))
            } else {
                Decision::Totals(gap.to_decimal().to_string())
            };
        }
    }
    decisions
}
