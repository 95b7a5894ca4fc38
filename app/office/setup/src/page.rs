//! Setting up a plan: a task list, a page for each section, checking, the plan document itself.
//!
//! Owns which of these an address shows, and what is around them: what is wrong (asked for by saving, or
//! by coming from a link to a problem), undo, redo, saving. One draft lives as long as the plan is
//! open.

use frame::{
    browser,
    error_summary::{ErrorSummary, Fault},
    words::t,
};
use leptos::prelude::*;
use office_frame::{Office, plan_context::PlanContext, pointer};
use office_plan_words::{
    naming,
    section::{Section, component_place, page_of},
};
use text::{Text, office_setup as words};

use crate::{
    check_answers,
    clauses::Clauses,
    draft::Draft,
    field::Page,
    json_page,
    saving_bar::{Conflict, SavingBar},
    task_list, typing, unit_import,
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
        [slug] => match Section::named(slug) {
            Some(section) => view! { <Editor title=section.texts().0 shows=Shows::Section(section) /> }.into_any(),
            None => view! { <task_list::TaskList /> }.into_any(),
        },
        _ => view! { <task_list::TaskList /> }.into_any(),
    }
}

/// What an editor's page is about.
#[derive(Clone, PartialEq)]
enum Shows {
    Section(Section),
    Component(String),
}

impl Shows {
    /// Whether a problem is put right on this page.
    fn owns(&self, path: &str) -> bool {
        match self {
            Shows::Section(section) => page_of(path) == section.slug(),
            Shows::Component(place) => path
                .strip_prefix(place.as_str())
                .is_some_and(|rest| rest.is_empty() || (rest.starts_with('/') && !rest.starts_with("/children"))),
        }
    }
}

/// The control or box at which a problem is shown: what has no control of its own belongs to the one around it.
fn control_of(path: &str) -> String {
    for part in ["/traits/", "/effects/"] {
        if let Some(end) = path.find(part) {
            return path[..end + part.len() - 1].to_owned();
        }
    }
    let mut at = path;
    while !at.is_empty() {
        if document().get_element_by_id(at).is_some() {
            return at.to_owned();
        }
        at = pointer::split(at).0;
    }
    "title".to_owned()
}

/// A page of fields.
#[component]
fn Editor(title: Text, shows: Shows) -> impl IntoView {
    let draft = expect_context::<Draft>();
    let office = expect_context::<Office>();
    office.title(title);
    // Problems show after saving was tried, or where a link to one led here; those of a field as soon
    // as it was changed and left.
    let asked = RwSignal::new(!browser::fragment().is_empty());
    let visited = RwSignal::new(Vec::<String>::new());
    // Controls must be there before problems can be put beside them.
    let drawn = RwSignal::new(0u32);
    let mine = shows.clone();
    let faults = Memo::new(move |_| {
        drawn.track();
        if !draft.may_change() {
            return Vec::new();
        }
        let (all, visited) = (asked.get(), visited.read());
        let problems = draft.problems.read();
        draft.with(|plan| {
            problems
                .iter()
                .filter(|problem| mine.owns(&problem.path))
                .map(|problem| (control_of(&problem.path), problem))
                .filter(|(field, _)| all || visited.contains(field))
                .map(|(field, problem)| {
                    let whole = field != problem.path || field.split('/').count() <= 2;
                    Fault::at(field, naming::said(naming::problem(whole.then_some(plan), problem)))
                })
                .collect()
        })
    });
    // The summary takes the focus when it is asked for, not at every key.
    let summary = RwSignal::new(Vec::<Fault>::new());
    let summarise = move || {
        let problems = draft.problems.read_untracked();
        let found = faults.read_untracked();
        let own: Vec<&scoring::Problem> = problems
            .iter()
            .filter(|problem| found.iter().any(|fault| fault.field == control_of(&problem.path)))
            .collect();
        let list = draft.with(|plan| {
            own.into_iter()
                .map(|problem| Fault::at(control_of(&problem.path), naming::said(naming::problem(Some(plan), problem))))
                .collect()
        });
        summary.set(list);
    };
    Effect::new(move |_| {
        draft.shaped.track();
        request_animation_frame(move || {
            let next = draft.focus_next.try_update_value(Option::take).flatten();
            if drawn.try_update(|count| *count += 1).is_none() {
                return;
            }
            if let Some(next) = next {
                browser::focus(&next);
            }
        });
    });
    // A summary that no longer holds goes away by itself.
    Effect::new(move |_| {
        if faults.read().is_empty() && !summary.read_untracked().is_empty() {
            summary.set(Vec::new());
        }
    });
    let list = draft.context.href("setup");
    let done = Callback::new(move |()| {
        asked.set(true);
        if faults.read_untracked().is_empty() {
            office.go(&list);
        } else {
            summarise();
        }
    });
    let stayed = Callback::new(move |()| {
        asked.set(true);
        if !faults.read_untracked().is_empty() {
            summarise();
        }
    });
    let left = Signal::derive(move || if asked.get() { faults.read().len() } else { 0 });
    let page = Page { draft, faults, clauses: expect_context::<Clauses>() };
    // A new key, and not the old controls changed: what was typed into those would outlast a step back.
    let drawing = move || [draft.shaped.get()];
    let drawn_page = move |_| match &shows {
        Shows::Section(section) => page.section(*section),
        Shows::Component(place) => page.component(place),
    };
    view! {
        <ErrorSummary faults=summary />
        <p><a href=draft.context.href("setup")>{t(words::BACK_TO_LIST)}</a></p>
        <h1 id="title" tabindex="-1">{t(title)}</h1>
        <Conflict draft />
        <form
            class="stack" novalidate
            on:submit=move |event| {
                event.prevent_default();
                draft.save(Some(done));
            }
            on:input=move |event| typing::typed(draft, &event)
            on:change=move |event| {
                if let Some(field) = typing::field_of(&event) {
                    visited.update(|visited| if !visited.contains(&field) { visited.push(field) });
                }
            }
            on:click=move |event| typing::pressed(draft, &event)
        >
            <For each=drawing key=|count| *count children=drawn_page />
            <SavingBar draft submit=true saved=stayed left />
        </form>
    }
}
