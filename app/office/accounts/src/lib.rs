//! Accounts: those of all, for administrators; one's own password and second factor. An area of the office.

mod password;
mod second_factor;
mod second_factors;
mod staff;
mod text_field;

use leptos::prelude::*;
use office_frame::{area_pages::AreaPages, route::Route};

/// The pages of this area.
pub static PAGES: AreaPages = AreaPages { on_plan: |_| {}, plan_page: |_| ().into_any(), page };

fn page(route: Route) -> Option<AnyView> {
    match route {
        Route::Staff => Some(view! { <staff::StaffPage /> }.into_any()),
        Route::Password => Some(view! { <password::PasswordPage /> }.into_any()),
        Route::SecondFactor => Some(view! { <second_factor::SecondFactorPage /> }.into_any()),
        Route::Plans | Route::NewPlan | Route::Plan(..) | Route::Nowhere => None,
    }
}
