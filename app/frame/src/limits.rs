//! The limits of every page.

use std::time::Duration;

/// Milliseconds that a request may take. Longer than the slowest answer on a slow phone, shorter than a person waits.
pub const PATIENCE: u32 = 20_000;

/// How long what a click changes may go on moving the page.
pub const DRAWN_WITHIN: Duration = Duration::from_millis(300);
