//! The box: codes, ballots, opinions, running tallies, the count, and what leaves the box at closing.
//!
//! Owns: everything in the table `box`, so the secrecy of the ballot is kept or broken here. Refuses to own: whether
//! marks are valid (`scoring::ballot`), and how codes and challenges are spelled (`wire`).

pub(crate) mod add_codes;
pub(crate) mod ballot_paper;
pub(crate) mod batch;
pub(crate) mod blind_key;
pub(crate) mod books;
pub(crate) mod cast_ballot;
pub(crate) mod code_fit;
pub(crate) mod code_paper;
pub(crate) mod comment;
pub(crate) mod count;
pub(crate) mod counted;
pub(crate) mod door;
mod exchange_code;
pub(crate) mod export;
pub(crate) mod holder;
pub(crate) mod layout;
pub(crate) mod live_tally;
pub(crate) mod looks;
mod merkle;
pub(crate) mod named_ballots;
pub(crate) mod open_group;
mod opinions_told;
pub(crate) mod receipt;
pub(crate) mod receipt_proof;
pub(crate) mod small_group;
pub(crate) mod spent_tokens;
pub(crate) mod tally;
mod tally_line;
pub(crate) mod turnout;
pub(crate) mod void_codes;
