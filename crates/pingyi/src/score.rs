//! `pingyi score`: plan + records → result.

use std::path::Path;
use std::process::ExitCode;

use scoring::{Mode, apply_scenario, score};

use crate::documents::{self, Refused, Which};

/// Scores and prints the result document.
pub(crate) fn run(plan: &Path, records: &Path, mode: Mode, scenario: Option<&Path>) -> ExitCode {
    match result(plan, records, mode, scenario) {
        Ok(json) => documents::print(&json),
        Err(refused) => refused.exit(),
    }
}

fn result(plan: &Path, records: &Path, mode: Mode, scenario: Option<&Path>) -> Result<String, Refused> {
    // What is wrong with the scenario's shape is told together with the rest.
    let scenario = scenario.map(documents::scenario).transpose();
    let read = documents::plan_and_records(plan, records);
    let ((plan, records), scenario) = match (read, scenario) {
        (Ok(read), Ok(scenario)) => (read, scenario),
        (Err(refused), Ok(_)) | (Ok(_), Err(refused)) => return Err(refused),
        (Err(mut refused), Err(more)) => {
            refused.0.extend(more.0);
            return Err(refused);
        }
    };
    let (plan, records) = match scenario {
        None => (plan, records),
        Some(scenario) => {
            let changed = apply_scenario(&plan, &scenario)
                .map_err(|problems| Refused::problems(Which::Scenario, &problems))?;
            (changed, records.under(&scenario))
        }
    };
    let standing = score(&plan, &records, mode).map_err(|missing| {
        Refused::missing(&missing.iter().map(|place| place.named(&plan)).collect::<Vec<_>>())
    })?;
    serde_json::to_string_pretty(&standing.document(&plan))
        .map_err(|error| Refused(vec![format!("result: {error}")]))
}
