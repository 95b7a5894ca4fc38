//! Why a place for files said no.

/// Why bytes were not kept or read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FilesError {
    /// The place takes or gives nothing now: a full disk, no right, no answer. Nothing half is left behind.
    Unavailable,
    /// There is no such file.
    Missing,
}

impl std::fmt::Display for FilesError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            FilesError::Unavailable => "files cannot be kept or read now",
            FilesError::Missing => "no such file",
        })
    }
}

impl std::error::Error for FilesError {}
