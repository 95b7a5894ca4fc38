//! The limits of every page.

/// Milliseconds that a request may take. Longer than the slowest answer on a slow phone, shorter than a person waits.
pub const PATIENCE: u32 = 20_000;

/// Milliseconds that a file may be on its way: 4 MB at 400 kbps take 80 seconds.
pub const PATIENCE_FILE: u32 = 180_000;
