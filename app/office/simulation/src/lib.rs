//! The simulation: move the weights, see the ranks shift, at once and on this page alone. An area of the office.

mod chances;
mod chart;
mod chart_view;
mod compare;
mod controls;
mod data_table;
mod job;
mod model;
mod on_paper;
mod overtake;
mod page;
mod reach_view;
mod reading;
mod saved;
mod slope_view;
mod standstill;
mod state;
mod table;
mod voters;
mod weighing;
mod worker;

use leptos::prelude::*;
use office_frame::{area_pages::AreaPages, route::PlanPage};

/// The pages of this area.
pub static PAGES: AreaPages = AreaPages { on_plan: |_| {}, plan_page, page: |_| None };

fn plan_page(page: PlanPage) -> AnyView {
    match page {
        PlanPage::Simulation(_) => view! { <page::SimulationPage /> }.into_any(),
        _ => ().into_any(),
    }
}
