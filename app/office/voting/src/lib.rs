//! Who votes: the list of voters, codes, the turnout, and the screen of a hall. An area of the office.

mod codes;
mod hall;
mod voters;

use leptos::prelude::*;
use office_frame::{area_pages::AreaPages, route::PlanPage};

/// The pages of this area.
pub static PAGES: AreaPages = AreaPages { on_plan: |_| {}, plan_page, page: |_| None };

fn plan_page(page: PlanPage) -> AnyView {
    match page {
        PlanPage::Voters => view! { <voters::VotersPage /> }.into_any(),
        PlanPage::Hall => view! { <hall::HallPage /> }.into_any(),
        PlanPage::Codes => view! { <codes::CodesPage /> }.into_any(),
        _ => ().into_any(),
    }
}
