//! Who votes: the list of voters, codes, and the turnout; and who works here: accounts, passwords and second factors, one
//! of which is a QR code, too. A bundle of the office.

mod accounts;
mod codes;
mod voters;

use leptos::prelude::*;
use office_frame::{
    bundle::Bundle,
    bundle_pages::BundlePages,
    office_page::OfficePage,
    route::{PlanPage, Route},
};

fn main() {
    let pages = BundlePages { bundle: Bundle::Voting, on_plan: |_| {}, plan_page, page: plain_page };
    frame::browser::start(move || view! { <OfficePage pages /> });
}

fn plan_page(page: PlanPage) -> AnyView {
    match page {
        PlanPage::Voters => view! { <voters::VotersPage /> }.into_any(),
        PlanPage::Codes => view! { <codes::CodesPage /> }.into_any(),
        _ => ().into_any(),
    }
}

fn plain_page(route: Route) -> Option<AnyView> {
    match route {
        Route::Staff => Some(view! { <accounts::StaffPage /> }.into_any()),
        Route::Password => Some(view! { <accounts::PasswordPage /> }.into_any()),
        Route::SecondFactor => Some(view! { <accounts::SecondFactorPage /> }.into_any()),
        Route::Plans | Route::NewPlan | Route::Plan(..) | Route::Nowhere => None,
    }
}
