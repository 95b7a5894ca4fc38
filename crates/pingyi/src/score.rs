//! `pingyi score`: plan + records → result.

use std::process::ExitCode;

use scoring::{Mode, score};

use crate::documents::{self, Asked, Refused};

/// Scores and prints the result document.
pub(crate) fn run(asked: Asked<'_>, mode: Mode) -> ExitCode {
    match result(asked, mode) {
        Ok(json) => documents::print(&json),
        Err(refused) => refused.exit(),
    }
}

fn result(asked: Asked<'_>, mode: Mode) -> Result<String, Refused> {
    let (plan, records) = documents::scored_documents(asked)?;
    let standing = score(&plan, &records, mode)
        .map_err(|missing| Refused::missing(&missing.iter().map(|place| place.named(&plan)).collect::<Vec<_>>()))?;
    serde_json::to_string_pretty(&standing.document(&plan)).map_err(|error| Refused(vec![format!("result: {error}")]))
}
