//! A page of fields, and what is around them: what is wrong, undo, redo, saving.

use frame::{
    browser,
    error_summary::{ErrorSummary, Fault},
    words::t,
};
use leptos::prelude::*;
use office_frame::{Office, pointer};
use office_plan_words::{
    complaint,
    naming::{self, Label},
    task::{IDS_PAGE, Task, component_of, page_of},
};
use scoring::{Problem, json::Value};
use text::{Text, office_editor as editor_words, office_setup as words};

use crate::{
    clauses::Clauses,
    draft::Draft,
    field::Page,
    references,
    removing::Removing,
    saving_bar::{Conflict, SavingBar},
    typing,
};

/// What an editor's page is about.
#[derive(Clone, PartialEq)]
pub enum Shows {
    /// A task of the list.
    Task(Task),
    /// The component at a pointer.
    Component(String),
    /// All ids.
    Ids,
}

impl Shows {
    /// Whether a problem is put right on this page.
    fn owns(&self, path: &str) -> bool {
        match self {
            Shows::Task(task) => page_of(path) == task.slug(),
            Shows::Ids => page_of(path) == IDS_PAGE,
            Shows::Component(place) => path.strip_prefix(place.as_str()).is_some_and(|rest| {
                rest != "/id" && !rest.starts_with("/children") && (rest.is_empty() || rest.starts_with('/'))
            }),
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

/// What is wrong on the page and shown there. A handle.
///
/// Problems show after saving was tried, or where a link to one led here; those of a field as soon as it was changed
/// and left.
#[derive(Clone, Copy)]
struct ShownFaults {
    draft: Draft,
    /// Saving was tried, or a link led here.
    asked: RwSignal<bool>,
    /// Fields that were changed and left.
    visited: RwSignal<Vec<String>>,
    /// Counts how often the page was drawn: controls must be there before problems can be put beside them.
    drawn: RwSignal<u32>,
    faults: Memo<Vec<Fault>>,
    /// What the summary lists. It takes the focus when it is asked for, not at every key.
    summary: RwSignal<Vec<Fault>>,
}

impl ShownFaults {
    fn start(draft: Draft, shows: Shows) -> ShownFaults {
        let asked = RwSignal::new(!browser::fragment().is_empty());
        let visited = RwSignal::new(Vec::<String>::new());
        let drawn = RwSignal::new(0u32);
        let faults = Memo::new(move |_| {
            drawn.track();
            if !draft.may_change() {
                return Vec::new();
            }
            let (all, visited) = (asked.get(), visited.read());
            let problems = draft.problems.read();
            draft.with(|plan| {
                let found = problems
                    .iter()
                    .filter(|problem| shows.owns(&problem.path))
                    .map(|problem| (control_of(&problem.path), problem))
                    .filter(|(field, _)| all || visited.contains(field))
                    .map(|(field, problem)| {
                        // At its own field it needs no place.
                        let whole = field != problem.path || matches!(pointer::at(plan, &field), Some(Value::List(_)));
                        let say = if whole { complaint::placed } else { complaint::problem_at_its_field };
                        Fault::at(field, naming::said(say(plan, problem)))
                    });
                found.chain(draft.refused.get()).collect()
            })
        });
        let shown = ShownFaults { draft, asked, visited, drawn, faults, summary: RwSignal::new(Vec::new()) };
        // A summary that no longer holds goes away by itself.
        Effect::new(move |_| {
            if shown.faults.read().is_empty() && !shown.summary.read_untracked().is_empty() {
                shown.summary.set(Vec::new());
            }
        });
        shown
    }

    /// Waits for controls that are drawn anew, then moves the focus to the one that is to have it.
    fn follow_drawing(self) {
        let draft = self.draft;
        Effect::new(move |_| {
            draft.shaped.track();
            request_animation_frame(move || {
                let next = draft.focus_next.try_update_value(Option::take).flatten();
                if self.drawn.try_update(|count| *count += 1).is_none() {
                    return;
                }
                if let Some(next) = next {
                    browser::focus(&next);
                }
            });
        });
    }

    fn leave(self, field: String) {
        self.visited.update(|visited| {
            if !visited.contains(&field) {
                visited.push(field);
            }
        });
    }

    /// Shows all that is wrong; whether nothing is.
    fn ask(self) -> bool {
        self.asked.set(true);
        let found = self.faults.read_untracked();
        if found.is_empty() {
            return true;
        }
        let problems = self.draft.problems.read_untracked();
        let is_shown = |problem: &&Problem| found.iter().any(|fault| fault.field == control_of(&problem.path));
        let list = problems.iter().filter(is_shown);
        self.summary.set(
            list.map(|problem| Fault::at(control_of(&problem.path), naming::said(self.draft.say(problem)))).collect(),
        );
        false
    }
}

/// Where the component of the page is moved the address follows it.
fn follow_component(draft: Draft, office: Office, place: String) {
    let id = draft.text(&format!("{place}/id"));
    Effect::new(move |before: Option<()>| {
        draft.shaped.track();
        if before.is_none() || draft.text(&format!("{place}/id")) == id {
            return;
        }
        let now = draft.with(|plan| {
            let all = references::components(plan);
            all.into_iter().find(|(_, node)| pointer::text(node, "/id") == id).map(|(place, _)| place)
        });
        let page = now.and_then(|now| component_of(&now).map(|(component, _)| format!("setup/components/{component}")));
        office.go(&draft.context.href(page.as_deref().unwrap_or("setup/components")));
    });
}

/// The page of the component behind the one at a place that is scored itself.
fn next_component(draft: Draft, place: &str) -> Option<String> {
    let leaves = draft.with(|plan| {
        let all = references::components(plan).into_iter();
        all.filter(|(_, node)| node.get("children").is_none()).map(|(place, _)| place).collect::<Vec<_>>()
    });
    let here = leaves.iter().position(|leaf| leaf == place)?;
    let (next, _) = component_of(leaves.get(here + 1)?)?;
    Some(format!("setup/components/{next}"))
}

/// A page of fields.
#[component]
pub fn Editor(title: Text, shows: Shows) -> impl IntoView {
    let draft = expect_context::<Draft>();
    let office = expect_context::<Office>();
    draft.removing.set(None);
    draft.refused.set(None);
    let component = match &shows {
        Shows::Component(place) => Some(place.clone()),
        _ => None,
    };
    let next = component.as_deref().and_then(|place| next_component(draft, place));
    let heading = move || match &component {
        Some(place) => {
            draft.typed.track();
            Label::Theirs(draft.text(&format!("{place}/name"))).say()
        }
        None => t(title)().to_owned(),
    };
    office.titled(heading.clone());
    if let Shows::Component(place) = &shows {
        follow_component(draft, office, place.clone());
    }
    let shown = ShownFaults::start(draft, shows.clone());
    shown.follow_drawing();
    let list = draft.context.href(next.as_deref().unwrap_or("setup"));
    let save_label = if next.is_some() { editor_words::SAVE_AND_NEXT } else { words::SAVE_AND_LIST };
    let done = Callback::new(move |()| {
        if shown.ask() {
            office.go(&list);
        }
    });
    let stayed = Callback::new(move |()| {
        shown.ask();
    });
    let left = Signal::derive(move || if shown.asked.get() { shown.faults.read().len() } else { 0 });
    let page = Page { draft, faults: shown.faults, clauses: expect_context::<Clauses>() };
    // A new key, and not the old controls changed: what was typed into those would outlast a step back.
    let drawing = move || [draft.shaped.get()];
    let tools = matches!(shows, Shows::Component(_) | Shows::Task(Task::Components)).then(|| page.tree_tools());
    let is_tree = tools.is_some();
    let drawn_page = move |_| match &shows {
        Shows::Task(task) => page.task(*task),
        Shows::Component(place) => page.component(place),
        Shows::Ids => page.ids(),
    };
    view! {
        <ErrorSummary faults=shown.summary />
        <Conflict draft />
        <form
            class="stack" novalidate
            on:submit=move |event| {
                event.prevent_default();
                draft.save(Some(done));
            }
            on:input=move |event| typing::typed(draft, &event)
            on:change=move |event| {
                typing::changed(draft, &event);
                if let Some(field) = typing::field_of(&event) {
                    shown.leave(field);
                }
            }
            on:click=move |event| typing::pressed(draft, &event)
        >
            <div class="work-bar" class:stays=is_tree>
                <a href=draft.context.href("setup")>"← "{t(words::BACK_TO_LIST)}</a>
                <h1 id="title" tabindex="-1">{heading}</h1>
                {tools}
            </div>
            <For each=drawing key=|count| *count children=drawn_page />
            <Removing draft />
            <SavingBar draft submit=save_label saved=stayed left />
        </form>
    }
}
