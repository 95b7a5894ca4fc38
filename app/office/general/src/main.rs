//! The bundle of the office that holds what is in no other: the list of plans, a new plan, a plan's life from opening to
//! publishing, the audit trail.

mod audit;
mod audit_words;
mod desk;
mod new_plan;
mod progress;

use leptos::prelude::*;
use office_frame::{
    bundle::Bundle,
    bundle_pages::BundlePages,
    office_page::OfficePage,
    route::{PlanPage, Route},
};

fn main() {
    let pages = BundlePages { bundle: Bundle::Office, on_plan: |_| {}, plan_page, page: plain_page };
    frame::browser::start(move || view! { <OfficePage pages /> });
}

fn plan_page(page: PlanPage) -> AnyView {
    match page {
        PlanPage::Progress => view! { <progress::ProgressPage /> }.into_any(),
        PlanPage::Audit => view! { <audit::AuditPage /> }.into_any(),
        _ => ().into_any(),
    }
}

fn plain_page(route: Route) -> Option<AnyView> {
    match route {
        Route::Plans => Some(view! { <desk::DeskPage /> }.into_any()),
        Route::NewPlan => Some(view! { <new_plan::NewPlanPage /> }.into_any()),
        Route::Staff | Route::Password | Route::SecondFactor | Route::Plan(..) | Route::Nowhere => None,
    }
}
