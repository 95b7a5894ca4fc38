//! From which template a plan was made, as this browser remembers it.

use frame::saved::{self, For};
use wire::plan::TemplateSummary;

use crate::asking;

fn kept_under(plan: &str) -> String {
    format!("pingyi-template-{plan}")
}

/// Remembers from which template a plan was made.
pub fn remember(plan: &str, template: &str) {
    saved::write(For::Longer, &kept_under(plan), template);
}

/// From which template this browser made a plan.
fn recall(plan: &str) -> Option<String> {
    saved::read(For::Longer, &kept_under(plan))
}

/// The template that a plan was made from: as this browser remembers it, else the one of the same title.
pub async fn template_of(plan: &str, title: &str) -> Option<String> {
    if let Some(known) = recall(plan) {
        return Some(known);
    }
    let templates = asking::get::<Vec<TemplateSummary>>("/api/templates").await.ok()?.body;
    templates.into_iter().find(|template| template.title == title).map(|template| template.id)
}
