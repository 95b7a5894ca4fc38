//! The frame of every page: words in two languages, settings, the head of a page, the summary of errors, drawing,
//! talking to the server.
//!
//! Refuses to own any rule of scoring or of ballots (those are called from `scoring`, and the server calls the same) and
//! to know any page.

pub mod browser;
pub mod drawing;
pub mod error_summary;
pub mod head;
pub mod inputs;
pub mod limits;
pub mod part;
pub mod saved;
pub mod server;
pub mod setting;
pub mod words;
