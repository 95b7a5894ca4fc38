//! The answers of a simulation as a document and as words: what `pingyi simulate` prints.

mod document;
mod words;
mod writing;

pub use document::{
    AcceptabilityReport, CategoryReport, FewestBallotsReport, ImportanceReport, IntervalReport, KeepsReport, Options,
    OvertakeReport, Report, ResamplingReport,
};
pub(crate) use writing::narrowest_intervals;
pub use writing::{importance, intervals, overtake, report};
