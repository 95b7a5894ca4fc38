//! What offices enter: points, incidents, adjustments, totals of other plans, decisions, verdicts, earlier
//! years, lots, and paper ballots. An area of the office.
//!
//! Refuses to own any rule: what may be recorded is checked by `scoring` under the plan, here and on the server.

mod beside;
mod book;
mod figure;
mod form;
mod from_file;
mod history;
mod kept;
mod kind;
mod ledger;
mod line;
mod line_table;
mod line_typing;
mod lines;
mod linked_totals;
mod lots;
mod overview;
mod page;
mod paper;
mod paste;
mod typed;
mod typed_record;

use leptos::prelude::*;
use office_frame::{area_pages::AreaPages, route::PlanPage};

/// The pages of this area.
pub static PAGES: AreaPages = AreaPages { on_plan: |_| {}, plan_page, page: |_| None };

fn plan_page(page: PlanPage) -> AnyView {
    match page {
        PlanPage::Records(rest) => view! { <page::RecordsPage rest /> }.into_any(),
        _ => ().into_any(),
    }
}
