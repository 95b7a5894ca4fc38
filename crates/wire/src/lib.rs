//! Every JSON shape of the HTTP API and the closed list of its error codes.
//!
//! Owns: requests and answers as plain data, [`ErrorCode`], and the small rules that both
//! sides of the wire must share to the byte: how a voter's code is normalised and hashed
//! ([`code`]), what work an open group's code costs ([`open_code`]), which rows a sample takes
//! ([`sample`]), and how a chain of changes holds together ([`audit`]). Refuses to own: the plan, records, scenario and result documents (those are
//! `scoring`'s and appear here as its types), any check beyond shape, and any I/O. It is compiled
//! into the browser's bundles, so it has no dependency that they do not carry anyway.
//!
//! Requests refuse unknown fields. Answers do not: a page that was loaded before an update must
//! survive a field it does not know.

pub mod announcement;
pub mod audit;
pub mod ballot;
pub mod ballot_address;
pub mod blind_key;
pub mod calendar;
pub mod case;
pub mod code;
pub mod comment;
pub mod comparison;
pub mod day;
pub mod desk;
pub mod error;
pub mod file;
pub mod finding;
pub mod fingerprint;
pub mod ledger;
pub mod link;
pub mod named_ballot;
pub mod open_code;
pub mod paper_tally;
pub mod paper_text;
pub mod plan;
pub mod profile;
pub mod public_rectification;
pub mod reconciliation;
pub mod record;
pub mod rectification;
pub mod result;
pub mod round;
pub mod sample;
pub mod scenario;
pub mod second_factor;
pub mod settings;
pub mod spent_token;
pub mod staff;
pub mod voter;

pub use error::{ErrorBody, ErrorCode, Field};
