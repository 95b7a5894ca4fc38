//! `pingyi score`: plan + records → result.

use std::path::Path;
use std::process::ExitCode;

use scoring::{Mode, score};

use crate::documents::{self, Refused};

/// Scores and prints the result document.
pub(crate) fn run(plan: &Path, records: &Path, mode: Mode, scenario: Option<&Path>) -> ExitCode {
    match result(plan, records, mode, scenario) {
        Ok(json) => documents::print(&json),
        Err(refused) => refused.exit(),
    }
}

fn result(plan: &Path, records: &Path, mode: Mode, scenario: Option<&Path>) -> Result<String, Refused> {
    let (plan, records) = documents::scored_documents(plan, records, scenario)?;
    let standing = score(&plan, &records, mode)
        .map_err(|missing| Refused::missing(&missing.iter().map(|place| place.named(&plan)).collect::<Vec<_>>()))?;
    serde_json::to_string_pretty(&standing.document(&plan)).map_err(|error| Refused(vec![format!("result: {error}")]))
}
