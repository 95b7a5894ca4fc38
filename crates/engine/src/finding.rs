//! What is found of a data folder's files that are not those which were left.
//!
//! Owns the kinds of accidents. Refuses to own how they are noticed (`lineage`), and the words that people read.

use std::fmt;

/// Who knows how far a table had come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Knows {
    /// The file of another table.
    Table(String),
    /// The witness outside the folder.
    Witness,
}

/// What is not as it was left.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Finding {
    /// There is no file of this table, and there was one.
    Missing { table: String },
    /// The table's file belongs to another data folder, or was never in this one.
    Foreign { table: String },
    /// The table's file is older than somebody knows.
    Older {
        table: String,
        /// Rows that were written and are not in this file; 0 if only its generation is older.
        lacks: u64,
        /// Who knows it.
        by: Knows,
    },
    /// A file of an earlier number stands beside the table's file, and is not what an interrupted rewriting leaves.
    Superseded {
        table: String,
        /// Its name.
        file: String,
    },
}

impl Finding {
    /// The table that it is about.
    pub fn table(&self) -> &str {
        match self {
            Finding::Missing { table }
            | Finding::Foreign { table }
            | Finding::Older { table, .. }
            | Finding::Superseded { table, .. } => table,
        }
    }
}

/// In names and figures, for a log.
impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Finding::Missing { table } => write!(f, "missing {table}"),
            Finding::Foreign { table } => write!(f, "foreign {table}"),
            Finding::Older { table, lacks, by: Knows::Table(by) } => write!(f, "older {table} {lacks} {by}"),
            Finding::Older { table, lacks, by: Knows::Witness } => write!(f, "older {table} {lacks} witness"),
            Finding::Superseded { file, .. } => write!(f, "superseded {file}"),
        }
    }
}
