//! `pingyi simulate`: what would move this ranking.

use std::process::ExitCode;

use sensitivity::{Options, Report, Simulation, SimulationError};
use text::Lang;

use crate::documents::{self, Asked, Refused, Which};

/// Simulates and prints, as text or as JSON.
pub(crate) fn run(asked: Asked<'_>, options: &Options, json: bool, lang: Lang) -> ExitCode {
    match report(asked, options, json, lang) {
        Ok(text) => documents::print(text.trim_end()),
        Err(refused) => refused.exit(),
    }
}

fn report(asked: Asked<'_>, options: &Options, json: bool, lang: Lang) -> Result<String, Refused> {
    let (plan, records, scenario) = documents::simulated_documents(asked)?;
    let simulation = Simulation::new(&plan, &records, scenario.as_ref()).map_err(|error| {
        let which = match error {
            SimulationError::Records(_) => Which::Records,
            SimulationError::Scenario(_) => Which::Scenario,
        };
        Refused::problems(which, error.problems())
    })?;
    let report = Report::of(&simulation, options);
    if json {
        serde_json::to_string_pretty(&report).map_err(|error| Refused(vec![format!("report: {error}")]))
    } else {
        Ok(report.text(&simulation, lang))
    }
}
