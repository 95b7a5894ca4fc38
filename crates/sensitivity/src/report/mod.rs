//! The answers of a simulation as a document and as words: what `pingyi simulate` prints.
//!
//! Here alone, in this crate, figures and places become text.

mod document;
mod words;
mod writing;

pub use document::{
    AcceptabilityReport, CategoryReport, FewestBallotsReport, ImportanceReport, IntervalReport, KeepsReport, Options,
    OvertakeReport, Report, ResamplingReport,
};
pub use writing::report;
