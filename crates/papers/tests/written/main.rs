//! The papers, read back: their parts by an XML reader, their looks by LibreOffice, which is another program altogether.

mod appraisal;
mod converted;
mod forms;
mod official;
mod reports;
mod tables;
