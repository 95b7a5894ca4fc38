//! The limits of files in the browser.

/// Most bytes of a file: what the server takes (`wire::file::MOST_BYTES`), as the browser counts.
pub(crate) const MOST_FILE_BYTES: f64 = wire::file::MOST_BYTES as f64;

/// How small a photo is made.
pub(crate) struct Aim {
    /// Most bytes of it.
    pub(crate) bytes: f64,
    /// How it is made smaller, step by step until it is small enough: the longer side in pixels, and how faithful its JPEG
    /// is.
    pub(crate) steps: &'static [(f64, f64)],
}

/// A photo or scan that shows something: app.md's 300 KB. A page of A4 at 1,600 pixels can be read.
pub(crate) const PHOTO: Aim = Aim {
    bytes: 300_000.0,
    steps: &[(1600.0, 0.8), (1600.0, 0.6), (1200.0, 0.6), (1000.0, 0.5), (800.0, 0.4), (640.0, 0.3)],
};

/// A portrait, shown some 100 pixels high: a voter on a bad network loads several.
pub(crate) const PORTRAIT: Aim =
    Aim { bytes: 40_000.0, steps: &[(480.0, 0.8), (480.0, 0.6), (360.0, 0.5), (240.0, 0.4)] };
