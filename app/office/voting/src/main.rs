//! Who votes: the list of voters, codes, and the turnout; and one's own second factor, for its QR code. A bundle of the
//! office.

mod codes;
mod second_factor;
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
    (route == Route::SecondFactor).then(|| view! { <second_factor::SecondFactorPage /> }.into_any())
}
