//! The limits of files in the browser.

use std::time::Duration;

/// Most bytes of a file: what the server takes (`wire::file::MOST_BYTES`), as the browser counts.
pub(crate) const MOST_FILE_BYTES: f64 = wire::file::MOST_BYTES as f64;

/// Most bytes of a photo that a page has made smaller: app.md's 300 KB.
pub(crate) const PHOTO_BYTES: f64 = 300_000.0;

/// How a photo is made smaller, step by step until it is small enough: the longer side in pixels, and how faithful its JPEG
/// is. A page of A4 at 1,600 pixels can be read.
pub(crate) const PHOTO_STEPS: [(f64, f64); 6] =
    [(1600.0, 0.8), (1600.0, 0.6), (1200.0, 0.6), (1000.0, 0.5), (800.0, 0.4), (640.0, 0.3)];

/// How long one file may be on its way: 4 MB at 400 kbps take 80 seconds.
pub(crate) const PATIENCE: Duration = Duration::from_secs(180);
