//! What a new element of the plan document begins as, and what a choice of another kind makes of one.

use office_frame::pointer;
use office_plan_words::naming;
use scoring::json::Value;

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
        "schedule" => vec![text("period", &first("/periods"))],
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
        naming::components(plan).into_iter().map(|(id, _)| id).collect()
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
        assert_eq!(fresh(&plan, "/units/0/tasks").canonical(), r#"{"id":"task1","name":""}"#);
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
