//! What people see in a browser: one package, one WASM for each audience.
//!
//! Owns the pages of the ballot and of the office, and the frame they share: words in two languages,
//! settings, the head of a page, the summary of errors, talking to the server. Refuses to own any rule
//! of scoring or of ballots: those are called from `scoring`, and the server calls the same.
//!
//! A bundle holds what its binary reaches from here and nothing else.

pub mod ballot;
pub mod blinding;
pub mod browser;
pub mod drawing;
pub mod error_summary;
pub mod head;
pub mod office;
pub mod saved;
pub mod server;
pub mod setting;
pub mod words;
