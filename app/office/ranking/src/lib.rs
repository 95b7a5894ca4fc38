//! The live ranking, and why a unit's score is what it is. An area of the office.

mod export;
mod figures;
mod last_year;
mod page;
mod reading;
mod table;
mod unit;
mod view;

use leptos::prelude::*;
use office_frame::{area_pages::AreaPages, route::PlanPage};

/// The pages of this area.
pub static PAGES: AreaPages = AreaPages { on_plan: |_| {}, plan_page, page: |_| None };

fn plan_page(page: PlanPage) -> AnyView {
    match page {
        PlanPage::Ranking(rest) => view! { <page::RankingPage rest /> }.into_any(),
        _ => ().into_any(),
    }
}
