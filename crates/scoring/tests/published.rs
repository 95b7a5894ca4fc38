//! Published results against themselves: those of the golden cases, worked by hand, hold together, and none of them
//! does once a figure in it is forged.

#![expect(clippy::unwrap_used, reason = "tests: a document that cannot be read should stop them")]

use std::fs;
use std::path::Path;

use scoring::json::Value as Document;
use scoring::{Plan, ResultDocument, ScenarioDocument, apply_scenario, contradictions};
use serde_json::{Value, json};

/// Plans and final results of the golden cases, and their names.
fn publications() -> Vec<(String, Plan, Value)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/cases");
    let mut found = Vec::new();
    for case in fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()) {
        let Ok(result) = fs::read(case.join("result.json")) else { continue };
        let result: Value = serde_json::from_slice(&result).unwrap();
        if result["mode"] != "final" || result["unresolved_ties"] != json!([]) {
            continue;
        }
        let asked: Value =
            fs::read(case.join("case.json")).map_or(Value::Null, |text| serde_json::from_slice(&text).unwrap());
        let read = |name: &str| fs::read(case.join(name)).ok().map(|text| Document::parse(&text).unwrap());
        let mut plan = Plan::from_json(&read("plan.json").unwrap()).unwrap();
        if let Some(scenario) = read("scenario.json") {
            plan = apply_scenario(&plan, &ScenarioDocument::read(&scenario).unwrap()).unwrap();
        }
        if let Some(period) = asked["period"].as_str() {
            plan = plan.alone(plan.period_place(period).unwrap());
        }
        found.push((case.file_name().unwrap().display().to_string(), plan, result));
    }
    assert!(found.len() > 20);
    found
}

fn paths(plan: &Plan, result: &Value) -> Vec<String> {
    let result: ResultDocument = serde_json::from_value(result.clone()).unwrap();
    contradictions(plan, &result).into_iter().map(|found| found.path).collect()
}

/// The first leaf below a list of components.
fn leaf(components: &mut Value) -> &mut Value {
    let first = &mut components[0];
    if first["children"] == json!([]) { first } else { leaf(&mut first["children"]) }
}

#[test]
fn results_worked_by_hand_hold_together() {
    for (name, plan, result) in publications() {
        assert_eq!(paths(&plan, &result), Vec::<String>::new(), "{name}");
    }
}

#[test]
fn forged_figures_are_found_from_the_publication_alone() {
    type Forgery = (&'static str, fn(&mut Value));
    let forgeries: [Forgery; 12] = [
        ("a total", |result| result["units"][0]["total"] = json!("99.999999")),
        ("a published total", |result| result["units"][0]["published"] = json!("12.345")),
        ("a rank", |result| result["units"][0]["rank"] = json!(77)),
        ("a grade", |result| {
            let grade = result["units"][0]["grade"].as_str().map(str::to_owned);
            result["units"][0]["grade"] = json!(format!("{}x", grade.unwrap_or_default()));
        }),
        ("a list", |result| {
            let list = if result["units"][0]["list"] == "top" { json!("bottom") } else { json!("top") };
            result["units"][0]["list"] = list;
        }),
        ("a component's points", |result| {
            leaf(&mut result["units"][0]["periods"][0]["components"])["points"] = json!("1000");
        }),
        ("a score above its points", |result| {
            leaf(&mut result["units"][0]["periods"][0]["components"])["score"] = json!("5000");
        }),
        ("a score below zero", |result| {
            leaf(&mut result["units"][0]["periods"][0]["components"])["score"] = json!("-0.000001");
        }),
        ("a unit left out", |result| drop(result["units"].as_array_mut().unwrap().pop())),
        ("a component left out", |result| {
            drop(result["units"][0]["periods"][0]["components"].as_array_mut().unwrap().remove(0));
        }),
        ("a tie that is none", |result| {
            let unit = result["units"][0]["unit"].clone();
            result["ties"].as_array_mut().unwrap().push(json!({ "units": [unit, unit], "decided_by": "lot" }));
        }),
        ("a provisional result", |result| result["mode"] = json!("provisional")),
    ];
    for (name, plan, result) in publications() {
        for (what, forge) in forgeries {
            let mut forged = result.clone();
            forge(&mut forged);
            assert!(!paths(&plan, &forged).is_empty(), "{name}: {what}");
        }
    }
}

#[test]
fn swapped_ranks_and_lost_outcomes_are_found() {
    let (mut swapped, mut lost) = (0, 0);
    for (name, plan, result) in publications() {
        let of = |unit: &Value| (unit["category"].clone(), unit["rank"].as_u64().unwrap());
        let units = result["units"].as_array().unwrap();
        let first = units.iter().position(|unit| of(unit).1 == 1).unwrap();
        let second = units.iter().position(|unit| of(unit) == (units[first]["category"].clone(), 2));
        if let Some(second) = second.filter(|second| units[*second]["total"] != units[first]["total"]) {
            let mut forged = result.clone();
            forged["units"][first]["rank"] = json!(2);
            forged["units"][second]["rank"] = json!(1);
            assert!(!paths(&plan, &forged).is_empty(), "{name}: ranks");
            swapped += 1;
        }
        // Outcomes by rank: the first of "from_top" is whoever is first.
        let document = plan.document();
        let by_top = document.outcomes.iter().find(|outcome| matches!(outcome.when.from_top, Some(n) if n > 0));
        if let Some(outcome) = by_top {
            let mut forged = result.clone();
            let held = forged["units"][first]["outcomes"].as_array_mut().unwrap();
            held.retain(|id| *id != json!(outcome.id));
            assert!(!paths(&plan, &forged).is_empty(), "{name}: outcomes");
            lost += 1;
        }
    }
    assert!(swapped > 5 && lost > 2, "{swapped} {lost}");
}
