//! `pingyi template`: a plan document to start from.

use std::process::ExitCode;

use scoring::templates;

use crate::documents::{self, Refused};

/// Prints a template, or where its figures come from.
pub(crate) fn run(id: &str, notes: bool) -> ExitCode {
    match templates::find(id) {
        Some(template) => {
            let text = if notes { template.notes } else { template.document };
            documents::print(text.trim_end())
        }
        None => {
            let ids: Vec<&str> = templates::all().iter().map(|template| template.id).collect();
            Refused(vec![format!("template: unknown 没有这个模板 / no such template: {id} ({})", ids.join(", "))])
                .exit()
        }
    }
}
