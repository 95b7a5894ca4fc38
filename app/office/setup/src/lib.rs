//! Setting up a plan: a task list, a page for each task, checking, the plan document itself. An area of
//! the office.

mod check_answers;
mod clauses;
mod component;
mod control;
mod draft;
mod editor;
mod field;
mod ids;
mod import_columns;
mod import_preview;
mod imported_unit;
mod json_page;
mod moving;
mod new_element;
mod page;
mod points_sum;
mod references;
mod removing;
mod rows;
mod saving_bar;
mod schedule;
mod task_list;
mod task_pages;
mod task_values;
mod tree;
mod typing;
mod unit_import;
mod unit_tasks;

use leptos::prelude::*;
use office_frame::{area_pages::AreaPages, route::PlanPage};

/// The pages of this area.
pub static PAGES: AreaPages = AreaPages { on_plan: page::provide_draft, plan_page, page: |_| None };

fn plan_page(page: PlanPage) -> AnyView {
    match page {
        PlanPage::Setup(rest) => view! { <page::SetupPage rest /> }.into_any(),
        _ => ().into_any(),
    }
}
