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
    let members = match stem {
        "units" => {
            let before = pointer::list(plan, "/units").last().map(|unit| pointer::text(unit, "/category"));
            let first = pointer::text(plan, "/categories/0/id");
            vec![id, text("name", ""), text("category", before.filter(|known| !known.is_empty()).unwrap_or(first))]
        }
        "groups" if parent.is_empty() => vec![id, text("name", ""), text("ballot", "anonymous")],
        "groups" if pointer::text(plan, &format!("{parent}/kind")) == "complaints" => {
            return Value::Text(unused(plan, list, "", "/groups"));
        }
        "groups" if pointer::at(plan, &format!("{parent}/pooled")) == Some(&Value::Bool(true)) => {
            vec![text("group", &unused(plan, list, "/group", "/groups"))]
        }
        "groups" => vec![text("group", &unused(plan, list, "/group", "/groups")), text("weight", "1")],
        "options" => vec![id, text("name", ""), text("value", "")],
        "criteria" => vec![id, text("name", ""), text("weight", "1")],
        "quota" => {
            let scale = pointer::text(plan, &format!("{parent}/scale"));
            let scales = pointer::list(plan, "/scales");
            let place = scales.iter().position(|one| pointer::text(one, "/id") == scale).unwrap_or(scales.len());
            let option = unused(plan, list, "/option", &format!("/scales/{place}/options"));
            vec![text("option", &option), ("count".to_owned(), Value::Int(1))]
        }
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
            let mut survey = method(&Value::Null, "survey");
            // Where there is one scale, it is meant.
            if let [scale] = pointer::list(plan, "/scales") {
                pointer::put(&mut survey, "/scale", Some(Value::Text(pointer::text(scale, "/id").to_owned())));
            }
            vec![id, text("name", ""), text("points", "0"), ("method".to_owned(), survey)]
        }
        "tie_break" => return Value::Text(String::new()),
        "schedule" => vec![text("period", pointer::text(plan, "/periods/0/id"))],
        _ => vec![id, text("name", "")],
    };
    Value::Object(members)
}

/// The first of `all` that no element of a list names yet; nothing where all are named.
fn unused(plan: &Value, list: &str, key: &str, all: &str) -> String {
    let named: Vec<&str> = pointer::list(plan, list).iter().map(|element| pointer::text(element, key)).collect();
    let ids = pointer::list(plan, all).iter().map(|element| pointer::text(element, "/id"));
    ids.into_iter().find(|id| !named.contains(id)).unwrap_or_default().to_owned()
}

/// Scales as the documents have them: ids, names and values of options. The last has none yet.
pub const PRESETS: [&[(&str, &str, &str)]; 5] = [
    &[("good", "满意", "90"), ("fair", "基本满意", "70"), ("poor", "不满意", "50")],
    &[("good", "满意", "100"), ("fair", "基本满意", "80"), ("poor", "不满意", "50")],
    &[("excellent", "优秀", "100"), ("good", "良好", "80"), ("ordinary", "一般", "60"), ("poor", "较差", "40")],
    &[("excellent", "优秀", "10"), ("good", "良好", "8"), ("average", "一般", "6")],
    &[],
];

/// A new scale, from a preset.
pub fn scale(plan: &Value, preset: usize) -> Value {
    let text = |key: &str, value: &str| (key.to_owned(), Value::Text(value.to_owned()));
    let option = |id: &str, name: &str, value: &str| {
        Value::Object(vec![text("id", id), text("name", name), text("value", value)])
    };
    let mut options: Vec<Value> = PRESETS
        .get(preset)
        .into_iter()
        .flat_map(|preset| preset.iter())
        .map(|(id, name, value)| option(id, name, value))
        .collect();
    if options.is_empty() {
        options.push(option("option1", "", ""));
    }
    let id = fresh_id(plan, "/scales", "scale");
    Value::Object(vec![text("id", &id), ("options".to_owned(), Value::List(options))])
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
    fn a_new_row_names_what_no_other_row_names() {
        let plan = br#"{"groups":[{"id":"a"},{"id":"b"}],"scales":[{"id":"s","options":[{"id":"best"},{"id":"good"}]}],
            "components":[{"method":{"scale":"s","groups":[{"group":"a"}],"quota":[{"option":"best"}]}}]}"#;
        let plan = Value::parse(plan).unwrap();
        let new = |list: &str| fresh(&plan, &format!("/components/0/method/{list}")).canonical();
        assert_eq!(new("groups"), r#"{"group":"b","weight":"1"}"#);
        assert_eq!(new("quota"), r#"{"count":1,"option":"good"}"#);
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
