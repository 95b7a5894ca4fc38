//! The limits of every page.

/// Milliseconds that a request may take. Longer than the slowest answer on a slow phone, shorter than a person waits.
pub const PATIENCE: u32 = 20_000;
