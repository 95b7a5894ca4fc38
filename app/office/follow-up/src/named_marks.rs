//! A ballot's marks in the plan's names: unit by unit, what was marked and how.
//!
//! Refuses to own what may be marked (`scoring`), and who may read it (the server).

use office_frame::{
    names::{component_name, name_of},
    pointer,
};
use scoring::ballot::Mark;
use scoring::json::Value;

/// A unit's name, and what of it was marked how.
pub(crate) type MarkedUnit = (String, Vec<(String, String)>);

/// The marks, in the order of the plan's units and else as the ballot has them. What the plan does not name keeps its id.
pub(crate) fn by_unit(plan: &Value, marks: &[Mark]) -> Vec<MarkedUnit> {
    let known = pointer::list(plan, "/units").iter().map(|unit| pointer::text(unit, "/id"));
    let mut units: Vec<&str> = known.filter(|id| marks.iter().any(|mark| mark.unit == *id)).collect();
    for mark in marks {
        if !units.contains(&mark.unit.as_str()) {
            units.push(&mark.unit);
        }
    }
    let of_unit = |unit: &str| {
        let own = marks.iter().filter(|mark| mark.unit == unit);
        own.map(|mark| (what(plan, mark), option_name(plan, mark))).collect()
    };
    units.into_iter().map(|unit| (name_of(plan, "/units", unit), of_unit(unit))).collect()
}

/// The component, and the criterion where there is one.
fn what(plan: &Value, mark: &Mark) -> String {
    let component = component_name(plan, &mark.component);
    match &mark.criterion {
        None => component,
        Some(criterion) => format!("{component} · {}", criterion_name(plan, mark, criterion)),
    }
}

/// A criterion of the component, or a task of the unit.
fn criterion_name(plan: &Value, mark: &Mark, id: &str) -> String {
    let of_unit = pointer::list(plan, "/units").iter().find(|unit| pointer::text(unit, "/id") == mark.unit);
    let tasks = of_unit.map_or(&[][..], |unit| pointer::list(unit, "/tasks"));
    let criteria = component(plan, &mark.component).map_or(&[][..], |one| pointer::list(one, "/method/criteria"));
    let found = criteria.iter().chain(tasks).find(|one| pointer::text(one, "/id") == id);
    found.map_or_else(|| id.to_owned(), |one| pointer::text(one, "/name").to_owned())
}

fn option_name(plan: &Value, mark: &Mark) -> String {
    let scale = component(plan, &mark.component).map_or("", |one| pointer::text(one, "/method/scale"));
    let scale = pointer::list(plan, "/scales").iter().find(|one| pointer::text(one, "/id") == scale);
    scale.map_or_else(|| mark.option.clone(), |scale| name_of(scale, "/options", &mark.option))
}

/// The component with an id, wherever in the tree it stands.
fn component<'p>(plan: &'p Value, id: &str) -> Option<&'p Value> {
    fn find<'p>(nodes: &'p [Value], id: &str) -> Option<&'p Value> {
        nodes.iter().find_map(|node| {
            if pointer::text(node, "/id") == id { Some(node) } else { find(pointer::list(node, "/children"), id) }
        })
    }
    find(pointer::list(plan, "/components"), id)
}

#[cfg(test)]
mod tests {
    use super::{Mark, Value, by_unit};

    const PLAN: &str = r#"{
        "units": [{ "id": "a", "name": "林业站", "tasks": [{ "id": "fire", "name": "森林防火" }] }, { "id": "b", "name": "村建所" }],
        "scales": [{ "id": "s", "options": [{ "id": "good", "name": "满意" }, { "id": "poor", "name": "不满意" }] }],
        "components": [{ "id": "all", "name": "测评", "children": [
            { "id": "work", "name": "公开评议", "method": { "kind": "survey", "scale": "s" } },
            { "id": "style", "name": "作风", "method": { "kind": "survey", "scale": "s", "criteria": [{ "id": "speed", "name": "办事效率" }] } },
            { "id": "own", "name": "年度任务", "method": { "kind": "survey", "scale": "s", "criteria_of": "unit" } }
        ] }] }"#;

    fn mark(component: &str, unit: &str, criterion: Option<&str>, option: &str) -> Mark {
        Mark {
            component: component.to_owned(),
            unit: unit.to_owned(),
            criterion: criterion.map(str::to_owned),
            option: option.to_owned(),
        }
    }

    #[test]
    fn marks_are_told_in_names_by_unit_in_the_order_of_the_plan() {
        let plan = Value::parse(PLAN.as_bytes()).unwrap();
        let marks = [
            mark("work", "b", None, "poor"),
            mark("work", "a", None, "good"),
            mark("style", "a", Some("speed"), "poor"),
            mark("own", "a", Some("fire"), "good"),
        ];
        let pair = |what: &str, how: &str| (what.to_owned(), how.to_owned());
        let of_a =
            vec![pair("公开评议", "满意"), pair("作风 · 办事效率", "不满意"), pair("年度任务 · 森林防火", "满意")];
        let of_b = vec![pair("公开评议", "不满意")];
        assert_eq!(by_unit(&plan, &marks), [("林业站".to_owned(), of_a), ("村建所".to_owned(), of_b)]);
    }

    #[test]
    fn what_the_plan_does_not_name_keeps_its_id() {
        let plan = Value::parse(PLAN.as_bytes()).unwrap();
        let told = by_unit(&plan, &[mark("gone", "c", Some("x"), "best")]);
        assert_eq!(told, [("c".to_owned(), vec![("gone · x".to_owned(), "best".to_owned())])]);
    }
}
