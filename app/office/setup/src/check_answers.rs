//! Checking the whole plan before it is used, and reading it afterwards.
//!
//! Every part is shown by its shape alone (fields, lists of objects, the tree), so that nothing of the
//! document can be forgotten here.

use frame::words::{fill, joined, t};
use leptos::prelude::*;
use office_frame::pointer;
use office_plan_words::{naming, problem_list::problem_list, task::Task};
use scoring::json::Value;
use text::office_setup as words;
use wire::plan::PlanState;

use crate::{
    draft::Draft,
    points_sum::sums,
    saving_bar::{Conflict, SavingBar},
    tree::sums_view,
};

/// The page.
#[component]
pub fn CheckAnswers(
    /// The plan cannot be changed here.
    frozen: bool,
) -> impl IntoView {
    let draft = expect_context::<Draft>();
    let body = move || {
        draft.shaped.track();
        draft.with(|plan| Task::ALL.map(|task| summary(draft, plan, task, frozen)).collect_view())
    };
    let sum = move || {
        draft.typed.track();
        draft.with(|plan| sums_view(sums(plan), pointer::text(plan, "/total")))
    };
    let next = move || {
        (!frozen && draft.problems.read().is_empty()).then(|| {
            view! {
                <p class="row no-print">
                    <a class="button primary" href=draft.context.href("codes")>{t(words::NEXT_CODES)}</a>
                    <a class="button" href=draft.context.href("progress")>{t(words::NEXT_OPEN)}</a>
                </p>
            }
        })
    };
    let twins = move || {
        draft.typed.track();
        draft.with(same_names).map(|names| view! { <p class="note warn">{fill(words::SAME_NAMES, &[&names])}</p> })
    };
    let why = if draft.context.answer.read_untracked().state == PlanState::Draft {
        words::NOT_PLANNER
    } else {
        words::FROZEN
    };
    view! {
        {(!frozen).then(|| view! { <p class="no-print"><a href=draft.context.href("setup")>{t(words::BACK_TO_LIST)}</a></p> })}
        <h1 id="title" tabindex="-1">{t(if frozen { words::TASKS } else { words::CHECK_TITLE })}</h1>
        {frozen.then(|| view! {
            <p class="note">{t(why)}</p>
            <p><a href=draft.context.href("setup/json")>{t(words::JSON)}</a></p>
        })}
        <Conflict draft />
        {(!frozen).then(|| problem_list(draft.context, draft.problems, move |problem| draft.say(problem)))}
        {twins}
        <div class="panel sums">{sum}</div>
        {body}
        {next}
        {(!frozen).then(|| view! { <SavingBar draft /> })}
    }
}

/// Names that several units of a category or several groups have: no error, but voters could not tell them apart.
fn same_names(plan: &Value) -> Option<String> {
    let mut seen = std::collections::BTreeMap::<(&str, &str), usize>::new();
    for (list, within) in [("/units", "/category"), ("/groups", "")] {
        for one in pointer::list(plan, list) {
            let within = if within.is_empty() { "" } else { pointer::text(one, within) };
            *seen.entry((within, pointer::text(one, "/name").trim())).or_default() += 1;
        }
    }
    let names: Vec<&str> = seen.into_iter().filter(|(_, times)| *times > 1).map(|((_, name), _)| name).collect();
    (!names.is_empty()).then(|| joined(names, "、"))
}

fn summary(draft: Draft, plan: &Value, task: Task, frozen: bool) -> AnyView {
    let (title, _) = task.texts();
    let members: Vec<_> = task
        .members()
        .iter()
        .filter_map(|member| pointer::at(plan, &format!("/{member}")).map(|value| (*member, value)))
        .collect();
    let body = match (task, &members[..]) {
        (_, []) => view! { <p class="soft">{t(words::NOT_USED)}</p> }.into_any(),
        (Task::Components, [(_, Value::List(nodes))]) => {
            view! { <ul class="read-tree">{tree(plan, nodes)}</ul> }.into_any()
        }
        (_, [(key, value @ (Value::List(_) | Value::Object(_)))]) => whole(plan, key, value),
        _ => fields(plan, &members),
    };
    let change = (!frozen).then(|| {
        let href = draft.context.href(&format!("setup/{}", task.slug()));
        view! { <a class="no-print" href=href>{t(words::CHANGE)}<span class="sr">" "{t(title)}</span></a> }
    });
    view! {
        <section class="panel stack">
            <div class="row between"><h2>{t(title)}</h2>{change}</div>
            {body}
        </section>
    }
    .into_any()
}

fn fields(plan: &Value, members: &[(&str, &Value)]) -> AnyView {
    let (short, long): (Vec<_>, Vec<_>) = members.iter().partition(
        |(_, value)| !matches!(value, Value::List(items) if matches!(items.first(), Some(Value::Object(_)))),
    );
    let facts: Vec<_> = short
        .into_iter()
        .map(|(key, value)| {
            let label = naming::key(key);
            view! { <dt>{label.say()}</dt><dd>{brief(plan, key, value)}</dd> }
        })
        .collect();
    let lists: Vec<_> = long
        .into_iter()
        .map(|(key, value)| {
            let label = naming::key(key);
            view! { <h3>{label.say()}</h3>{whole(plan, key, value)} }
        })
        .collect();
    view! { <dl class="facts">{facts}</dl>{lists} }.into_any()
}

/// A list of objects as a table, anything else in a line.
fn whole(plan: &Value, key: &str, value: &Value) -> AnyView {
    let items = match value {
        Value::List(items) if items.iter().any(|item| matches!(item, Value::Object(_))) => items,
        Value::Object(members) => {
            let members: Vec<_> = members
                .iter()
                .filter(|(_, value)| *value != Value::Null)
                .map(|(key, value)| (key.as_str(), value))
                .collect();
            return fields(plan, &members);
        }
        other => return view! { <p>{brief(plan, key, other)}</p> }.into_any(),
    };
    let mut columns: Vec<&str> = Vec::new();
    for item in items {
        if let Value::Object(members) = item {
            for (key, _) in members {
                if key != "id" && !columns.contains(&key.as_str()) {
                    columns.push(key);
                }
            }
        }
    }
    // Kept documents have their keys in the alphabet's order; people look for the name first.
    columns.sort_by_key(|key| {
        words::KEYS
            .iter()
            .position(|(known, _)| known == key)
            .map_or(usize::MAX, |place| if *key == "name" { 0 } else { place + 1 })
    });
    let heads: Vec<_> = columns.iter().map(|key| view! { <th scope="col">{naming::key(key).say()}</th> }).collect();
    let rows: Vec<_> = items
        .iter()
        .map(|item| {
            let cells: Vec<_> = columns
                .iter()
                .map(|key| {
                    let said = item.get(key).map(|value| brief(plan, key, value)).unwrap_or_default();
                    view! { <td data-head=naming::key(key).say()>{said}</td> }
                })
                .collect();
            view! { <tr>{cells}</tr> }
        })
        .collect();
    let label = naming::key(key).say();
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=label>
            <table class="rows read"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>
        </div>
    }
    .into_any()
}

fn tree(plan: &Value, nodes: &[Value]) -> AnyView {
    nodes
        .iter()
        .map(|node| {
            let name = naming::Label::Theirs(pointer::text(node, "/name").to_owned()).say();
            let points = pointer::text(node, "/points").to_owned();
            let below = pointer::list(node, "/children");
            let mut notes: Vec<String> = ["only", "except", "stage"]
                .into_iter()
                .filter_map(|key| node.get(key).filter(|value| **value != Value::Null).map(|value| format!("{} {}", naming::key(key).say(), brief(plan, key, value))))
                .collect();
            if let Some(Value::Object(members)) = node.get("method") {
                for (key, value) in members {
                    notes.push(format!("{}: {}", naming::key(key).say(), brief(plan, key, value)));
                }
            }
            let below = (!below.is_empty()).then(|| view! { <ul>{tree(plan, below)}</ul> });
            view! { <li><p><strong>{name}</strong>" "<span class="figure">{points}</span></p><p class="soft small">{joined(notes, "; ")}</p>{below}</li> }
        })
        .collect_view()
        .into_any()
}

/// A value in a line.
fn brief(plan: &Value, key: &str, value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(on) => t(if *on { words::YES_WORD } else { words::NO_WORD })().to_owned(),
        Value::Text(text) => {
            naming::word(key, text).map_or_else(|| naming::refer(plan, key, text), |word| t(word)().to_owned())
        }
        Value::Int(number) => {
            naming::word(key, &number.to_string()).map_or_else(|| number.to_string(), |word| t(word)().to_owned())
        }
        Value::Float(_) => value.canonical(),
        Value::List(items) => joined(items.iter().map(|item| brief(plan, key, item)), "、"),
        Value::Object(members) => {
            let said =
                members.iter().filter(|(key, value)| key != "id" && *value != Value::Null).map(|(key, value)| {
                    let said = brief(plan, key, value);
                    match key.as_str() {
                        "name" | "group" | "option" | "value" | "weight" | "points" | "amount" | "count" | "share"
                        | "component" => said,
                        _ => format!("{} {said}", naming::key(key).say()),
                    }
                });
            // A name and its figure: the one from right to left must not put the other before it.
            joined(said, " ")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_the_same_within_a_category() {
        let plan = |text: &str| Value::parse(text.as_bytes()).unwrap();
        let twice = plan(
            r#"{"units":[{"name":"林业站","category":"a"},{"name":"林业站","category":"b"},{"name":" 财政所","category":"a"},{"name":"财政所","category":"a"}],
               "groups":[{"name":"群众"},{"name":"群众"}]}"#,
        );
        assert_eq!(same_names(&twice), Some("群众、财政所".to_owned()));
        assert_eq!(
            same_names(&plan(r#"{"units":[{"name":"林业站","category":"a"},{"name":"林业站","category":"b"}]}"#)),
            None
        );
    }
}
