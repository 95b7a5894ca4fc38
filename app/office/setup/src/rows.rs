//! A list of the plan document as a table to be filled in: a row for each element, a column for each
//! field, and buttons to add, move and remove rows.
//!
//! On narrow screens the style sheet turns rows into cards, with the column's head beside each cell.

use frame::{
    error_summary::FieldError,
    words::{fill, t},
};
use leptos::prelude::*;
use office_frame::pointer;
use office_plan_words::naming::Label;
use scoring::json::Value;
use text::office_setup as words;

use crate::field::{Ask, Kind, Page};

/// A column: the member's key, and what it takes.
#[derive(Clone)]
pub struct Column {
    key: &'static str,
    label: Label,
    kind: Kind,
    optional: bool,
}

impl Column {
    /// A required member.
    pub fn new(key: &'static str, kind: Kind) -> Column {
        Column { key, label: office_plan_words::naming::key(key), kind, optional: false }
    }

    /// A member that may be absent.
    pub fn optional(key: &'static str, kind: Kind) -> Column {
        Column { optional: true, ..Column::new(key, kind) }
    }
}

impl Page {
    /// The list at `place`, called `title`.
    pub fn rows(self, place: &str, title: Label, columns: Vec<Column>) -> AnyView {
        let count = self.draft.with(|plan| pointer::list(plan, place).len());
        let heads: Vec<_> = columns
            .iter()
            .map(|column| {
                let label = column.label.clone();
                view! { <th scope="col">{move || label.say()}</th> }
            })
            .collect();
        let body: Vec<_> = (0..count).map(|row| self.row(place, row, count, &columns)).collect();
        let (caption, region) = (title.clone(), title);
        let empty = (count == 0).then(|| view! { <p class="soft">{t(words::NONE_YET)}</p> });
        let table = (count > 0).then(|| {
            view! {
                <div class="scroll" tabindex="0" role="region" aria-label=move || region.say()>
                    <table class="rows">
                        <caption class="sr">{move || caption.say()}</caption>
                        <thead><tr>{heads}<th scope="col">{t(words::ACTIONS)}</th></tr></thead>
                        <tbody>{body}</tbody>
                    </table>
                </div>
            }
        });
        view! {
            <div class="stack tight" id=place.to_owned() tabindex="-1">
                <FieldError faults=self.faults field=place.to_owned() />
                {empty}
                {table}
                {button("add", place.to_owned(), words::ADD, None)}
            </div>
        }
        .into_any()
    }

    fn row(self, list: &str, row: usize, count: usize, columns: &[Column]) -> AnyView {
        let place = format!("{list}/{row}");
        let number = row + 1;
        let cells: Vec<_> = columns
            .iter()
            .map(|column| {
                let at = scoring::json_pointer(&place, column.key);
                let ask = Ask {
                    place: at.clone(),
                    label: column.label.clone(),
                    hint: None,
                    kind: column.kind.clone(),
                    optional: column.optional,
                    now: None,
                    bare: true,
                };
                let (label, head) = (column.label.clone(), column.label.clone());
                let named = Box::new(move || fill(words::OF_ROW, &[&fill(words::ROW, &[&number]), &label.say()]));
                let control = self.control(ask, Some(named));
                let class = column.key;
                view! {
                    <td class=class data-head=move || head.say()>
                        {control}
                        <FieldError faults=self.faults field=at />
                    </td>
                }
                .into_any()
            })
            .collect();
        let clauses = self.clauses.under(self.draft, &place);
        view! {
            <tr>
                {cells}
                <td class="acts">{row_buttons(&place, row, count)}{clauses}</td>
            </tr>
        }
        .into_any()
    }
}

/// The buttons that move and remove the element at `place`.
pub fn row_buttons(place: &str, row: usize, count: usize) -> AnyView {
    let of = Some(row + 1);
    view! {
        <span class="row-buttons">
            {(row > 0).then(|| button("up", place.to_owned(), words::UP, of))}
            {(row + 1 < count).then(|| button("down", place.to_owned(), words::DOWN, of))}
            {button("remove", place.to_owned(), words::REMOVE, of)}
        </span>
    }
    .into_any()
}

/// A button that the listener in `typing` serves.
pub fn button(act: &'static str, place: String, text: text::Text, row: Option<usize>) -> AnyView {
    let class = match act {
        "remove" => "small-button danger",
        "up" | "down" => "small-button",
        _ => "",
    };
    // A row's buttons are many: each says of which row it is.
    let said = move || row.map(|row| format!("{} {}", t(text)(), fill(words::ROW, &[&row])));
    let sign = match act {
        "up" => Some("↑"),
        "down" => Some("↓"),
        "remove" => Some("✕"),
        _ => None,
    };
    let face = move || sign.unwrap_or_else(|| t(text)());
    view! { <button type="button" class=class data-act=act data-at=place aria-label=said title=said>{face}</button> }
        .into_any()
}

/// A new element for the list at a place.
pub fn fresh(plan: &Value, list: &str) -> Value {
    let (parent, name) = pointer::split(list);
    let stem = match name.as_str() {
        "children" => "components",
        other => other,
    };
    let prefix = match stem {
        "categories" => "category",
        "components" => "item",
        "criteria" => "criterion",
        "adjustments" => "rule",
        other => other.strip_suffix('s').unwrap_or(other),
    };
    let text = |key: &str, value: &str| (key.to_owned(), Value::Text(value.to_owned()));
    let id = text("id", &fresh_id(plan, list, prefix));
    let first = |list: &str| pointer::text(plan, &format!("{list}/0/id")).to_owned();
    let members = match stem {
        "units" => vec![id, text("name", ""), text("category", &first("/categories"))],
        "groups" if parent.is_empty() => vec![id, text("name", ""), text("ballot", "anonymous")],
        "groups" if pointer::text(plan, &format!("{parent}/kind")) == "complaints" => return Value::Text(String::new()),
        "groups" if pointer::at(plan, &format!("{parent}/pooled")) == Some(&Value::Bool(true)) => {
            vec![text("group", "")]
        }
        "groups" => vec![text("group", ""), text("weight", "1")],
        "options" => vec![id, text("name", ""), text("value", "")],
        "scales" => vec![id, ("options".to_owned(), Value::List(Vec::new()))],
        "criteria" => vec![id, text("name", ""), text("weight", "1")],
        "quota" => vec![text("option", ""), ("count".to_owned(), Value::Int(1))],
        "levels" if parent.starts_with("/adjustments") => vec![id, text("name", ""), text("points", "")],
        "levels" => vec![id, text("name", ""), text("amount", "")],
        "grades" => vec![id, text("name", ""), text("share", "")],
        "adjustments" => {
            vec![id, text("name", ""), text("sign", "bonus"), ("levels".to_owned(), Value::List(Vec::new()))]
        }
        "outcomes" => {
            vec![id, text("name", ""), ("when".to_owned(), Value::Object(vec![("from_top".to_owned(), Value::Int(1))]))]
        }
        "components" => {
            vec![id, text("name", ""), text("points", "0"), ("method".to_owned(), method(&Value::Null, "survey"))]
        }
        "tie_break" => return Value::Text(String::new()),
        _ => vec![id, text("name", "")],
    };
    Value::Object(members)
}

/// A new branch of the tree.
pub fn fresh_branch(plan: &Value, list: &str) -> Value {
    let id = fresh_id(plan, list, "item");
    Value::Object(vec![
        ("id".to_owned(), Value::Text(id)),
        ("name".to_owned(), Value::Text(String::new())),
        ("children".to_owned(), Value::List(Vec::new())),
    ])
}

/// An id that its list, or the whole tree, does not have yet.
fn fresh_id(plan: &Value, list: &str, prefix: &str) -> String {
    let taken: Vec<String> = if list.starts_with("/components") && prefix == "item" {
        office_plan_words::naming::components(plan).into_iter().map(|(id, _)| id).collect()
    } else {
        pointer::list(plan, list).iter().map(|element| pointer::text(element, "/id").to_owned()).collect()
    };
    (taken.len() + 1..).map(|number| format!("{prefix}{number}")).find(|id| !taken.contains(id)).unwrap_or_default()
}

/// A method of another kind, with what both kinds have.
pub fn method(old: &Value, kind: &str) -> Value {
    let text = |value: &str| Value::Text(value.to_owned());
    let keep = |key: &str, default: Value| old.get(key).cloned().unwrap_or(default);
    let groups = |own: bool| {
        // A survey's groups are objects, the others' are ids.
        Value::List(
            pointer::list(old, "/groups")
                .iter()
                .map(|group| match (group, own) {
                    (Value::Text(id), true) => {
                        Value::Object(vec![("group".to_owned(), text(id)), ("weight".to_owned(), text("1"))])
                    }
                    (Value::Object(_), false) => text(pointer::text(group, "/group")),
                    (group, _) => group.clone(),
                })
                .collect(),
        )
    };
    let mut members = vec![("kind", text(kind))];
    match kind {
        "survey" => members.extend([
            ("scale", keep("scale", text(""))),
            ("out_of", keep("out_of", text("100"))),
            ("groups", groups(true)),
        ]),
        "complaints" => members.extend([
            ("scale", keep("scale", text(""))),
            ("deduct", Value::Object(Vec::new())),
            ("groups", groups(false)),
        ]),
        "incidents" => members.push(("levels", Value::List(Vec::new()))),
        "linked" => members.extend([("combine", text("mean")), ("out_of", keep("out_of", text("100")))]),
        _ => members.push(("office", text(""))),
    }
    Value::Object(members.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
}

/// Who gets an outcome, of another kind.
pub fn when(kind: &str) -> Value {
    let one = |value: Value| Value::Object(vec![(kind.to_owned(), value)]);
    match kind {
        "ranks" | "ranks_from_bottom" => one(Value::List(vec![Value::Int(1), Value::Int(2)])),
        "top_share" => one(Value::Text("10".to_owned())),
        "grade" => one(Value::Text(String::new())),
        "list" => one(Value::Text("top".to_owned())),
        "outcome" => {
            Value::Object(vec![("outcome".to_owned(), Value::Text(String::new())), ("years".to_owned(), Value::Int(2))])
        }
        _ => one(Value::Int(1)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_row_has_an_id_that_its_list_does_not_have() {
        let plan = Value::parse(br#"{"categories":[{"id":"c"}],"units":[{"id":"unit2"}]}"#).unwrap();
        assert_eq!(fresh(&plan, "/units").canonical(), r#"{"category":"c","id":"unit3","name":""}"#);
        assert_eq!(fresh(&plan, "/periods").canonical(), r#"{"id":"period1","name":""}"#);
    }

    #[test]
    fn a_component_gets_an_id_that_the_whole_tree_does_not_have() {
        let plan = Value::parse(br#"{"components":[{"id":"item2","children":[{"id":"item3"}]}]}"#).unwrap();
        assert_eq!(pointer::text(&fresh(&plan, "/components/0/children"), "/id"), "item4");
    }

    #[test]
    fn a_method_keeps_what_the_new_kind_has_too() {
        let survey =
            Value::parse(br#"{"kind":"survey","scale":"s","out_of":"100","groups":[{"group":"a","weight":"50"}]}"#)
                .unwrap();
        let complaints = method(&survey, "complaints");
        assert_eq!(complaints.canonical(), r#"{"deduct":{},"groups":["a"],"kind":"complaints","scale":"s"}"#);
        assert_eq!(
            method(&complaints, "survey").canonical(),
            r#"{"groups":[{"group":"a","weight":"1"}],"kind":"survey","out_of":"100","scale":"s"}"#
        );
    }
}
