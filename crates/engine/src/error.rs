//! Why the engine could not do what it was asked.

use std::fmt;

use crate::finding::Finding;

/// Why the engine could not do what it was asked.
#[derive(Debug)]
#[non_exhaustive]
pub enum EngineError {
    /// Another process has the data directory open.
    InUse,
    /// The directory or a file in it could not be read or written.
    Io(std::io::Error),
    /// SQLite refused: the file is damaged, or the disk is full.
    Sqlite(rusqlite::Error),
    /// dynoxide refused to open a file.
    Database(dynoxide::DynoxideError),
    /// No table has this name.
    NoSuchTable,
    /// A table's file does not hold together; it must be restored from a copy.
    Damaged,
    /// The folder's files are not those that were left in it.
    NotAsLeft(Vec<Finding>),
    /// A rewritten file did not hold what the old one did; the old one was kept.
    RewriteDiffers,
    /// The engine is shutting down, or a worker thread ended before its time.
    Stopped,
}

impl fmt::Display for EngineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            EngineError::InUse => f.write_str("the data directory is in use by another process"),
            EngineError::Io(source) => write!(f, "data directory: {source}"),
            EngineError::Sqlite(source) => write!(f, "database file: {source}"),
            EngineError::Database(source) => write!(f, "database: {source}"),
            EngineError::NoSuchTable => f.write_str("no such table"),
            EngineError::Damaged => f.write_str("a database file is damaged"),
            EngineError::NotAsLeft(findings) => {
                let findings: Vec<String> = findings.iter().map(Finding::to_string).collect();
                write!(f, "the data are not as they were left: {}", findings.join(", "))
            }
            EngineError::RewriteDiffers => f.write_str("a rewritten file differs from the old one"),
            EngineError::Stopped => f.write_str("the engine has stopped"),
        }
    }
}

impl std::error::Error for EngineError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            EngineError::Io(source) => Some(source),
            EngineError::Sqlite(source) => Some(source),
            EngineError::Database(source) => Some(source),
            _ => None,
        }
    }
}

impl From<std::io::Error> for EngineError {
    fn from(source: std::io::Error) -> Self {
        EngineError::Io(source)
    }
}

impl From<rusqlite::Error> for EngineError {
    fn from(source: rusqlite::Error) -> Self {
        EngineError::Sqlite(source)
    }
}

impl From<dynoxide::DynoxideError> for EngineError {
    fn from(source: dynoxide::DynoxideError) -> Self {
        EngineError::Database(source)
    }
}
