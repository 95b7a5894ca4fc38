//! Setting up a plan: a task list, a page for each task, checking, the plan document itself.
//!
//! Owns which of these an address shows. One draft lives as long as the plan is open.

use leptos::prelude::*;
use office_frame::{Office, plan_context::PlanContext};
use office_plan_words::task::{IDS_PAGE, Task, component_place};
use text::office_setup as words;

use crate::{
    check_answers,
    clauses::Clauses,
    draft::Draft,
    editor::{Editor, Shows},
    json_page, task_list, unit_import,
};

/// Gives a draft of the open plan to its pages.
pub fn provide_draft(context: PlanContext) {
    let draft = Draft::new(context, expect_context::<Office>());
    provide_context(draft);
    if draft.may_change() {
        provide_context(Clauses::of_draft(draft));
    }
}

/// The page that stands behind `setup/` in the address.
#[component]
pub fn SetupPage(rest: Vec<String>) -> impl IntoView {
    let draft = expect_context::<Draft>();
    let office = expect_context::<Office>();
    let rest: Vec<&str> = rest.iter().map(String::as_str).collect();
    if !draft.may_change() && !matches!(rest[..], ["json"]) {
        office.title(words::TASKS);
        return view! { <check_answers::CheckAnswers frozen=true /> }.into_any();
    }
    match rest[..] {
        [] => {
            office.title(words::TASKS);
            view! { <task_list::TaskList /> }.into_any()
        }
        ["check"] => {
            office.title(words::CHECK_TITLE);
            view! { <check_answers::CheckAnswers frozen=false /> }.into_any()
        }
        [IDS_PAGE] => view! { <Editor title=text::office_editor::IDS shows=Shows::Ids /> }.into_any(),
        ["json"] => {
            office.title(words::JSON);
            view! { <json_page::JsonPage /> }.into_any()
        }
        ["import"] => {
            office.title(words::IMPORT);
            view! { <unit_import::ImportPage /> }.into_any()
        }
        ["components", component] => {
            let place = component_place(component);
            view! { <Editor title=words::COMPONENTS shows=Shows::Component(place) /> }.into_any()
        }
        [slug] => match Task::named(slug) {
            Some(task) => view! { <Editor title=task.texts().0 shows=Shows::Task(task) /> }.into_any(),
            None => view! { <task_list::TaskList /> }.into_any(),
        },
        _ => view! { <task_list::TaskList /> }.into_any(),
    }
}
