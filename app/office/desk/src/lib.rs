//! The list of plans, and a new plan: two areas of the office. The list is the one that opens first, so it is kept small.

mod desk;
mod new_plan;

use leptos::prelude::*;
use office_frame::{area_pages::AreaPages, route::Route};

/// The page of the area that opens first.
pub static LIST: AreaPages = AreaPages { on_plan: |_| {}, plan_page: |_| ().into_any(), page: list };

/// The page of the area for a new plan.
pub static NEW_PLAN: AreaPages = AreaPages { on_plan: |_| {}, plan_page: |_| ().into_any(), page: new_plan };

fn list(route: Route) -> Option<AnyView> {
    (route == Route::Plans).then(|| view! { <desk::DeskPage /> }.into_any())
}

fn new_plan(route: Route) -> Option<AnyView> {
    (route == Route::NewPlan).then(|| view! { <new_plan::NewPlanPage /> }.into_any())
}
