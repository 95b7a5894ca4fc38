//! How a data directory is opened.

use std::path::Path;

/// How a data directory is opened.
#[derive(Debug, Clone, Default)]
pub struct Opening<'a> {
    /// Tables that belong together, the leading one first: where one of them has items, the others have files.
    pub tables: &'a [&'a str],
    /// The folder of witnesses, outside the data directory; `None`: nobody outside knows how far the tables had come.
    pub witnesses: Option<&'a Path>,
    /// Whether the files are taken as they are. What was found is then told by [`crate::Engine::findings`], and found again
    /// at the next opening until [`crate::Engine::accept`].
    pub accept: bool,
}
