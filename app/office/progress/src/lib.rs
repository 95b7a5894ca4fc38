//! A plan's life from opening to publishing, and the audit trail. An area of the office.

mod audit;
mod audit_words;
mod progress;

use leptos::prelude::*;
use office_frame::{area_pages::AreaPages, route::PlanPage};

/// The pages of this area.
pub static PAGES: AreaPages = AreaPages { on_plan: |_| {}, plan_page, page: |_| None };

fn plan_page(page: PlanPage) -> AnyView {
    match page {
        PlanPage::Progress => view! { <progress::ProgressPage /> }.into_any(),
        PlanPage::Audit => view! { <audit::AuditPage /> }.into_any(),
        _ => ().into_any(),
    }
}
