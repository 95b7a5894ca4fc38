//! The crate as the comparison sees it: JSON in, JSON out. The only module
//! here that names the crate's types.

use scoring::json::Value as Document;
use scoring::scenario::{ScenarioDocument, apply_scenario};
use scoring::{Mode, Plan, Problem, Records};
use serde_json::Value;

fn document(value: &Value) -> Document {
    Document::parse(value.to_string().as_bytes()).expect("the generators write no malformed JSON")
}

/// A plan that holds, or the crate's problems with it.
pub fn plan(value: &Value) -> Result<Plan, Vec<Problem>> {
    Plan::from_json(&document(value))
}

pub fn records(plan: &Plan, value: &Value) -> Result<Records, Vec<Problem>> {
    Records::from_json(plan, &document(value))
}

/// The result document, or in final mode the places without data.
pub fn score(plan: &Plan, records: &Records, provisional: bool) -> Result<Value, Vec<Value>> {
    let mode = if provisional { Mode::Provisional } else { Mode::Final };
    match scoring::score(plan, records, mode) {
        Ok(standing) => Ok(serde_json::to_value(standing.document(plan)).expect("a result is JSON")),
        Err(missing) => {
            Err(missing.iter().map(|place| serde_json::to_value(place.named(plan)).expect("a place is JSON")).collect())
        }
    }
}

/// The plan for one period alone.
pub fn alone(plan: &Plan, period: &str) -> Plan {
    plan.alone(plan.period_place(period).expect("the plan has this period"))
}

/// Plan and records under a scenario.
pub fn simulate(plan: &Plan, records: &Records, value: &Value) -> Result<(Plan, Records), Vec<Problem>> {
    let scenario = ScenarioDocument::read(&document(value))?;
    Ok((apply_scenario(plan, &scenario)?, records.under(&scenario)))
}
