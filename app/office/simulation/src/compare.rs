//! Saved scenarios side by side: each unit's rank in the plan, on this page, and under each of them; and the
//! ranks as sheets.

use std::sync::Arc;

use frame::words::t;
use leptos::{prelude::*, task::spawn_local};
use office_frame::{
    asking,
    csv::{Cell, csv_file},
    download::download,
    plan_context::PlanContext,
};
use scoring::{CategoryIndex, IndexVec, ScenarioDocument, UnitIndex, apply_scenario};
use text::{ranking, simulation as words};
use wire::scenario::SavedScenario;

use crate::{
    data_table::{Head, data_table, labelled},
    model::{Outcome, ordered},
    state::{Column, Simulation, arrow},
};

/// Fetches the named scenarios and scores them all.
pub(super) fn fetch(simulation: Simulation, context: PlanContext, names: Signal<Vec<String>>) {
    spawn_local(async move {
        let mut columns = Vec::new();
        for name in names.get_untracked() {
            let path: String = js_sys::encode_uri_component(&name).into();
            if let Ok(answer) = asking::get::<SavedScenario>(&context.api(&format!("scenarios/{path}"))).await {
                columns.push(Column { ranks: ranks_under(simulation, &answer.body.scenario), name });
            }
        }
        simulation.compared.try_set(columns);
    });
}

/// Ranks under a scenario, as the page itself would compute them.
fn ranks_under(simulation: Simulation, scenario: &ScenarioDocument) -> Option<IndexVec<UnitIndex, u32>> {
    let plan = simulation.plan();
    let points_only = ScenarioDocument { adjustments: None, ..scenario.clone() };
    let changed = Arc::new(apply_scenario(&plan, &points_only).ok()?);
    let outcome = simulation.base.with_value(|base| {
        let records = base.records.under(scenario);
        Outcome::of(changed, &records, base.standing.mode())
    })?;
    Some(plan.unit_indices().map(|unit| outcome.standing.rank(unit)).collect())
}

/// The tables, once there is something to compare.
pub(super) fn compared(simulation: Simulation) -> AnyView {
    let body = move || {
        let columns = simulation.compared.get();
        if columns.is_empty() {
            return None;
        }
        let unfit: Vec<AnyView> = columns
            .iter()
            .filter(|column| column.ranks.is_none())
            .map(|column| {
                view! { <p class="note warn">{column.name.clone()}": "{t(words::NOT_APPLICABLE)}</p> }.into_any()
            })
            .collect();
        let tables: Vec<AnyView> =
            simulation.categories().into_iter().map(|category| table(simulation, category, columns.clone())).collect();
        let save = move |_| download("scenarios.csv", "text/csv;charset=utf-8", &compared_csv(simulation, &columns));
        Some(
            view! {
                <section class="panel stack" id="compared">
                    <h2>{t(words::COMPARED)}</h2>
                    {unfit}{tables}
                    <p class="no-print"><button type="button" on:click=save>{t(words::EXPORT_CSV)}</button></p>
                </section>
            }
            .into_any(),
        )
    };
    view! { <div class="contents">{body}</div> }.into_any()
}

fn table(simulation: Simulation, category: CategoryIndex, columns: Vec<Column>) -> AnyView {
    let name = simulation.plan().category(category).name.clone();
    let mut heads = vec![Head::Words(ranking::UNIT), Head::Figures(words::THE_PLAN), Head::Figures(words::THE_PAGE)];
    heads.extend(columns.iter().map(|column| Head::Named(column.name.clone())));
    let lines = move || {
        let plan = simulation.plan();
        let line = |unit: UnitIndex| {
            let old = simulation.old_rank(unit);
            let cell = |rank: u32| format!("{rank} {}", arrow(i64::from(old) - i64::from(rank)));
            let mut line = vec![plan.unit(unit).name.clone(), old.to_string()];
            line.push(cell(simulation.settled_ranks.with(|ranks| ranks[unit])));
            let ranks = columns.iter().map(|column| column.ranks.as_ref().map(|ranks| ranks[unit]));
            line.extend(ranks.map(|rank| rank.map_or_else(|| "—".to_owned(), cell)));
            line
        };
        simulation.by_old_rank(category).into_iter().map(line).collect()
    };
    let table = data_table(labelled(name.clone(), words::COMPARED), heads, lines);
    view! { <h3>{name}</h3>{table} }.into_any()
}

/// Category, unit, rank in the plan, on the page and under each scenario.
fn compared_csv(simulation: Simulation, columns: &[Column]) -> String {
    let plan = simulation.plan();
    let heads = [words::CATEGORY, ranking::UNIT, words::THE_PLAN, words::THE_PAGE].map(|text| Cell::text(t(text)()));
    let head = heads.into_iter().chain(columns.iter().map(|column| Cell::text(&*column.name))).collect();
    let line = |unit: UnitIndex| {
        let old = simulation.old_rank(unit);
        let now = simulation.settled_ranks.with_untracked(|ranks| ranks[unit]);
        let names = [Cell::text(&*plan.category(plan.category_of(unit)).name), Cell::text(&*plan.unit(unit).name)];
        let under = columns.iter().map(|column| {
            Cell::Figure(column.ranks.as_ref().map_or_else(String::new, |ranks| ranks[unit].to_string()))
        });
        names.into_iter().chain([Cell::figure(old), Cell::figure(now)]).chain(under).collect()
    };
    let units = simulation.categories().into_iter().flat_map(|category| simulation.by_old_rank(category));
    csv_file(std::iter::once(head).chain(units.map(line)))
}

/// The ranks as a sheet: category, unit, old rank, new rank, change, total.
pub(super) fn ranks_csv(simulation: Simulation) -> String {
    let outcome = simulation.outcome.get_untracked();
    let plan = &outcome.plan;
    let head = [words::CATEGORY, ranking::UNIT, words::OLD_RANK, words::NEW_RANK, words::CHANGE, ranking::TOTAL];
    let line = |unit: UnitIndex| {
        let shift = simulation.shift(&outcome, unit);
        let (new, total) = (outcome.standing.rank(unit), outcome.standing.total(unit));
        vec![
            Cell::text(&*plan.category(plan.category_of(unit)).name),
            Cell::text(&*plan.unit(unit).name),
            Cell::figure(i64::from(new) + shift),
            Cell::figure(new),
            Cell::figure(shift),
            Cell::figure(total),
        ]
    };
    let units = plan
        .category_indices()
        .flat_map(|category| ordered(plan.units_of(category), |unit| i64::from(outcome.standing.rank(unit))));
    csv_file(std::iter::once(head.map(|text| Cell::text(t(text)())).to_vec()).chain(units.map(line)))
}
