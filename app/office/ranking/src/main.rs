//! The live ranking, and why a unit's score is what it is. A bundle of the office.

mod export;
mod figures;
mod last_year;
mod page;
mod reading;
mod table;
mod unit;
mod view;

use leptos::prelude::*;
use office_frame::{bundle::Bundle, bundle_pages::BundlePages, office_page::OfficePage, route::PlanPage};

fn main() {
    let pages = BundlePages { bundle: Bundle::Ranking, on_plan: |_| {}, plan_page, page: |_| None };
    frame::browser::start(move || view! { <OfficePage pages /> });
}

fn plan_page(page: PlanPage) -> AnyView {
    match page {
        PlanPage::Ranking(rest) => view! { <page::RankingPage rest /> }.into_any(),
        _ => ().into_any(),
    }
}
