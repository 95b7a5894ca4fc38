//! The plan of a 回访: the groups that marked something are asked once more about some units, satisfied or not.
//!
//! Owns the document. Refuses to own which units are asked about, and its ballots, which are those of any plan.

use std::collections::BTreeSet;

use office_frame::{pointer, route::plan_href};
use scoring::json::Value;
use wire::plan::PlanSummary;

/// Most characters of a title, as a plan may have.
const LONGEST_TITLE: usize = 100;

/// What stands behind the title of the plan that it follows.
const SUFFIX: &str = "整改回访";

/// The options, with what each is worth of a hundred. The sources name the options of a 回访 and no figures, so these are
/// ours: all, most of it to pass, nothing.
const OPTIONS: [(&str, &str, &str); 3] = [("good", "满意", "100"), ("fair", "基本满意", "60"), ("poor", "不满意", "0")];

/// What the survey of a plan is called: by its title the office finds the way from one to the other.
pub(crate) fn title(plan: &Value) -> String {
    let of_plan = pointer::text(plan, "/title").trim();
    let room = LONGEST_TITLE - SUFFIX.chars().count();
    of_plan.chars().take(room).chain(SUFFIX.chars()).collect()
}

/// The plans that were made so before: titles and addresses.
pub(crate) fn made_before(plan: &Value, plans: &[PlanSummary]) -> Vec<(String, String)> {
    let title = title(plan);
    let of_title = plans.iter().filter(|one| one.title.trim() == title);
    of_title.map(|one| (one.title.clone(), plan_href(&one.id, "setup"))).collect()
}

/// The groups that mark something in the plan.
fn marking(components: &[Value], found: &mut BTreeSet<String>) {
    for component in components {
        for group in pointer::list(component, "/method/groups") {
            // A survey names them with weights, complaints by their ids alone.
            let id = group.as_str().unwrap_or_else(|| pointer::text(group, "/group"));
            found.insert(id.to_owned());
        }
        marking(pointer::list(component, "/children"), found);
    }
}

/// The groups of a plan that are asked once more, as they are there.
fn groups(plan: &Value) -> Vec<Value> {
    let mut ids = BTreeSet::new();
    marking(pointer::list(plan, "/components"), &mut ids);
    let marks = |group: &&Value| ids.contains(pointer::text(group, "/id"));
    pointer::list(plan, "/groups").iter().filter(marks).cloned().collect()
}

/// A unit as the survey has it: its traits and tasks are for other components.
fn unit(unit: &Value) -> Value {
    let text = |name: &str| Value::text(pointer::text(unit, &format!("/{name}")));
    Value::object([("id", text("id")), ("name", text("name")), ("category", text("category"))])
}

/// The survey of these units by the groups of this plan; `None` where no unit of it is meant, or nobody marks anything in it.
///
/// Groups count alike, and one that gives nobody a mark is left out: a 回访 ranks nobody.
pub(crate) fn revisit_plan(plan: &Value, units: &BTreeSet<String>) -> Option<Value> {
    let groups = groups(plan);
    let chosen = pointer::list(plan, "/units").iter().filter(|one| units.contains(pointer::text(one, "/id")));
    let chosen: Vec<Value> = chosen.map(unit).collect();
    if groups.is_empty() || chosen.is_empty() {
        return None;
    }
    let is_used = |category: &&Value| {
        let id = pointer::text(category, "/id");
        chosen.iter().any(|one| pointer::text(one, "/category") == id)
    };
    let categories = pointer::list(plan, "/categories").iter().filter(is_used).cloned().collect();
    let options = OPTIONS.map(|(id, name, value)| {
        Value::object([("id", Value::text(id)), ("name", Value::text(name)), ("value", Value::text(value))])
    });
    let scale = Value::object([("id", Value::text("satisfaction")), ("options", Value::List(options.into()))]);
    let weighted = groups.iter().map(|group| {
        Value::object([("group", Value::text(pointer::text(group, "/id"))), ("weight", Value::text("1"))])
    });
    let survey = Value::object([
        ("kind", Value::text("survey")),
        ("scale", Value::text("satisfaction")),
        ("out_of", Value::text("100")),
        ("groups", Value::List(weighted.collect())),
        ("missing_group", Value::text("left_out")),
    ]);
    let component = Value::object([
        ("id", Value::text("rectified")),
        ("name", Value::text("整改情况")),
        ("points", Value::text("100")),
        ("method", survey),
    ]);
    let period = Value::object([("id", Value::text("revisit")), ("name", Value::text("回访"))]);
    let share = Value::object([("component", Value::text("rectified")), ("option", Value::text("good"))]);
    let ranking = Value::object([("decimals", Value::Int(2)), ("tie_break", Value::List(vec![share]))]);
    let mut members = vec![("format".to_owned(), Value::Int(1)), ("title".to_owned(), Value::Text(title(plan)))];
    members.extend(pointer::at(plan, "/year").map(|year| ("year".to_owned(), year.clone())));
    let rest = [
        ("total", Value::text("100")),
        ("categories", Value::List(categories)),
        ("units", Value::List(chosen)),
        ("groups", Value::List(groups)),
        ("scales", Value::List(vec![scale])),
        ("periods", Value::List(vec![period])),
        ("combine", Value::text("mean")),
        ("components", Value::List(vec![component])),
        ("adjustments", Value::List(Vec::new())),
        ("ranking", ranking),
        ("outcomes", Value::List(Vec::new())),
    ];
    members.extend(rest.map(|(name, value)| (name.to_owned(), value)));
    Some(Value::Object(members))
}

#[cfg(test)]
mod tests {
    use scoring::{opening, templates};

    use super::*;

    fn ids(plan: &Value, list: &str) -> BTreeSet<String> {
        pointer::list(plan, list).iter().map(|one| pointer::text(one, "/id").to_owned()).collect()
    }

    fn template(id: &str) -> Value {
        Value::parse(templates::find(id).unwrap().document.as_bytes()).unwrap()
    }

    #[test]
    fn the_survey_of_every_template_can_be_opened() {
        for template in templates::all() {
            let plan = Value::parse(template.document.as_bytes()).unwrap();
            let all = ids(&plan, "/units");
            let survey = revisit_plan(&plan, &all).unwrap_or_else(|| panic!("{}", template.id));
            assert_eq!(opening::problems(&survey), [], "{}", template.id);
            assert_eq!(ids(&survey, "/units"), all, "{}", template.id);
        }
    }

    #[test]
    fn the_chosen_units_are_asked_about_and_no_other() {
        let plan = template("yuanba");
        let first = pointer::text(&plan, "/units/0/id").to_owned();
        let chosen = BTreeSet::from([first.clone(), "nobody".to_owned()]);
        let survey = revisit_plan(&plan, &chosen).unwrap();
        assert_eq!(ids(&survey, "/units"), BTreeSet::from([first]));
        assert_eq!(pointer::list(&survey, "/categories").len(), 1);
        assert_eq!(opening::problems(&survey), []);
        assert_eq!(revisit_plan(&plan, &BTreeSet::new()), None);
    }

    #[test]
    fn groups_that_mark_something_are_asked_as_they_are_and_others_not() {
        let plan = r#"{ "title": " 2018年评议 ", "year": 2018, "categories": [{ "id": "x", "name": "站所" }],
            "units": [{ "id": "u", "name": "林业站", "category": "x", "traits": ["t"], "tasks": [{ "id": "fire", "name": "防火" }] }],
            "groups": [{ "id": "a", "name": "群众", "ballot": "open", "per_network": 500 }, { "id": "b", "name": "监督员", "ballot": "anonymous", "comments": true },
                { "id": "c", "name": "无人", "ballot": "named" }],
            "components": [{ "id": "all", "name": "测评", "children": [
                { "id": "s", "name": "公开评议", "method": { "kind": "survey", "groups": [{ "group": "a", "weight": "60" }] } },
                { "id": "k", "name": "投诉", "method": { "kind": "complaints", "groups": ["b"] } },
                { "id": "e", "name": "业绩", "method": { "kind": "entered", "office": "中心" } }] }] }"#;
        let plan = Value::parse(plan.as_bytes()).unwrap();
        let survey = revisit_plan(&plan, &BTreeSet::from(["u".to_owned()])).unwrap();
        assert_eq!(opening::problems(&survey), []);
        assert_eq!(pointer::list(&survey, "/groups"), &pointer::list(&plan, "/groups")[..2]);
        assert_eq!(pointer::text(&survey, "/title"), "2018年评议整改回访");
        assert_eq!(pointer::at(&survey, "/year"), Some(&Value::Int(2018)));
        assert_eq!(pointer::at(&survey, "/units/0/tasks"), None);
        let nobody = Value::parse(br#"{ "units": [{ "id": "u" }], "groups": [], "components": [] }"#).unwrap();
        assert_eq!(revisit_plan(&nobody, &BTreeSet::from(["u".to_owned()])), None);
    }

    #[test]
    fn a_long_title_leaves_room_for_what_stands_behind_it_and_the_plan_is_found_by_it() {
        let plan = Value::object([("title", Value::Text("评".repeat(100)))]);
        let own = title(&plan);
        assert_eq!((own.chars().count(), own.ends_with("评整改回访")), (100, true));
        let summary = |id: &str, title: &str| PlanSummary {
            id: id.to_owned(),
            title: title.to_owned(),
            state: wire::plan::PlanState::Draft,
            revision: 1,
        };
        let plans = [summary("p1", &own), summary("p2", "别的")];
        assert_eq!(made_before(&plan, &plans), [(own, "/office/plans/p1/setup".to_owned())]);
    }
}
