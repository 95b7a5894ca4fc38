//! What goes on beside an appraisal and follows from it: its calendar, findings, noted on a phone in a hall, items of
//! rectification, and the papers that are handed out; and the pages of units: cases, profiles, what a unit sees of itself,
//! ballots with names. Two areas of the office.
//!
//! Refuses to own any rule: what a finding or an item may say is checked by the server.

mod approvals;
mod beside;
mod calendar;
mod calendar_weeks;
mod case_book;
mod case_form;
mod case_list;
mod case_near;
mod cases;
mod cases_last_year;
mod choosing;
mod days;
mod document_texts;
mod documents;
mod file_download;
mod finding_count;
mod finding_form;
mod findings;
mod hand;
mod item;
mod item_form;
mod item_report;
mod item_review;
mod item_whole;
mod named_ballots;
mod named_marks;
mod not_settled;
mod overdue;
mod own_objections;
mod own_place;
mod own_result;
mod own_unit;
mod paged;
mod profile_editor;
mod profile_form;
mod profile_people;
mod profiles;
mod rectification;
mod revisit;
mod revisit_plan;
mod striking;

use leptos::prelude::*;
use office_frame::{area_pages::AreaPages, route::PlanPage};

/// The pages of what goes on beside an appraisal.
pub static PAGES: AreaPages = AreaPages { on_plan: |_| {}, plan_page, page: |_| None };

/// The pages of units: what they say of themselves, what they see, what outcomes ask of them, and who marked them by name.
pub static UNITS: AreaPages =
    AreaPages { on_plan: profile_form::provide_drafts, plan_page: page_of_units, page: |_| None };

fn plan_page(page: PlanPage) -> AnyView {
    match page {
        PlanPage::Calendar => view! { <calendar::CalendarPage /> }.into_any(),
        PlanPage::Findings => view! { <findings::FindingsPage /> }.into_any(),
        PlanPage::Rectification => view! { <rectification::RectificationPage /> }.into_any(),
        PlanPage::Documents => view! { <documents::DocumentsPage /> }.into_any(),
        _ => ().into_any(),
    }
}

fn page_of_units(page: PlanPage) -> AnyView {
    match page {
        PlanPage::Profiles(rest) => view! { <profiles::ProfilesPage rest /> }.into_any(),
        PlanPage::Cases => view! { <cases::CasesPage /> }.into_any(),
        PlanPage::OwnUnit => view! { <own_unit::OwnUnitPage /> }.into_any(),
        PlanPage::NamedBallots => view! { <named_ballots::NamedBallotsPage /> }.into_any(),
        _ => ().into_any(),
    }
}
