//! The papers, read back: their parts by an XML reader, their looks by LibreOffice, which is another program altogether.

#![expect(clippy::unwrap_used, reason = "tests: what cannot be set up should stop them")]

mod annual;
mod appraisal;
mod converted;
mod forms;
mod official;
mod reports;
mod tables;
