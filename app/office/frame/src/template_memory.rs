//! From which template a plan was made, as this browser remembers it.

use frame::saved::{self, For};

fn kept_under(plan: &str) -> String {
    format!("pingyi-template-{plan}")
}

/// Remembers from which template a plan was made.
pub fn remember(plan: &str, template: &str) {
    saved::write(For::Longer, &kept_under(plan), template);
}

/// From which template this browser made a plan.
pub fn recall(plan: &str) -> Option<String> {
    saved::read(For::Longer, &kept_under(plan))
}
