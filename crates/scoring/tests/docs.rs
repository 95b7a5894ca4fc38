//! The examples of `docs/plan.md` are read and scored as the page says, and its lists are whole.

#![expect(clippy::unwrap_used, reason = "tests: an example that cannot be read should stop them")]

use scoring::json::Value;
use scoring::{Mode, Plan, ProblemCode, Records, ScenarioDocument, apply_scenario, score, templates};
use serde_json::json;

const PAGE: &str = include_str!("../../../docs/plan.md");

/// The page's examples of a kind: what stands in the fences ```` ```json KIND ````.
fn examples(kind: &str) -> Vec<serde_json::Value> {
    let fence = format!("```json {kind}\n");
    let texts = PAGE.split(&fence).skip(1).map(|rest| rest.split("```").next().unwrap());
    texts.map(|text| serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))).collect()
}

fn read(document: &serde_json::Value) -> Value {
    Value::parse(document.to_string().as_bytes()).unwrap()
}

fn plan(document: &serde_json::Value) -> Plan {
    Plan::from_json(&read(document)).unwrap_or_else(|problems| panic!("{problems:?}: {document}"))
}

#[test]
fn the_plan_and_records_give_the_result_of_the_page() {
    let plan = plan(&examples("plan")[0]);
    let records = Records::from_json(&plan, &read(&examples("records")[0])).unwrap();
    let standing = score(&plan, &records, Mode::Final).unwrap();
    assert_eq!(serde_json::to_value(standing.document(&plan)).unwrap(), examples("result")[0]);
}

#[test]
fn the_scenario_makes_a_plan_that_is_scored() {
    let plan = plan(&examples("plan")[0]);
    let records = Records::from_json(&plan, &read(&examples("records")[0])).unwrap();
    let scenario = ScenarioDocument::read(&read(&examples("scenario")[0])).unwrap();
    let changed = apply_scenario(&plan, &scenario).unwrap();
    assert!(score(&changed, &records.under(&scenario), Mode::Final).is_ok());
}

#[test]
fn every_plan_of_the_page_holds() {
    let plans = examples("plan");
    assert_eq!(plans.len(), 2);
    plans.iter().for_each(|document| drop(plan(document)));
}

#[test]
fn every_component_of_the_page_may_stand_in_its_plan() {
    let components = examples("component");
    assert_eq!(components.len(), 5);
    for component in components {
        let mut document = examples("plan").remove(0);
        document["components"] = json!([component]);
        document["ranking"]["tie_break"] = json!([]);
        plan(&document);
    }
}

#[test]
fn the_page_names_every_problem_code_and_every_field_of_the_templates() {
    let missing: Vec<&str> = ProblemCode::ALL.iter().map(|code| code.as_str()).filter(|code| !names(code)).collect();
    assert_eq!(missing, [""; 0]);
    for template in templates::all() {
        let document: serde_json::Value = serde_json::from_str(template.document).unwrap();
        let mut fields = Vec::new();
        collect(&document, &mut fields);
        fields.retain(|field| !names(field));
        assert_eq!(fields, [""; 0], "{}", template.id);
    }
}

fn names(word: &str) -> bool {
    ["`", "\""].iter().any(|quote| PAGE.contains(&format!("{quote}{word}{quote}")))
}

/// The names of all members but of those objects whose members are ids of the plan.
fn collect(value: &serde_json::Value, fields: &mut Vec<String>) {
    for (field, inner) in value.as_object().into_iter().flatten() {
        fields.push(field.clone());
        if !matches!(field.as_str(), "deduct" | "effects") {
            collect(inner, fields);
        }
    }
    value.as_array().into_iter().flatten().for_each(|inner| collect(inner, fields));
}
