//! The box: codes, ballots, opinions, running tallies, the count, and what leaves the box at closing.
//!
//! Owns: everything in the table `box`, so the secrecy of the ballot is kept or broken here. Refuses to own: whether
//! marks are valid (`scoring::ballot`), and how codes and challenges are spelled (`wire`).

mod add_codes;
mod ballot_paper;
pub(crate) mod blind_key;
mod cast_ballot;
mod comment;
mod count;
mod exchange_code;
mod export;
pub(crate) mod layout;
mod merkle;
mod open_group;
pub(crate) mod receipt_proof;
mod tally;
mod turnout;

pub use add_codes::{MOST_CODES, NewCodes};
pub use ballot_paper::Voter;
pub use blind_key::{BlindKey, Blinded, Evaluated, Token};
pub use cast_ballot::{Cast, Credential, Prepared, ReadyBallot, Receipt};
pub use comment::{Comment, KeptComment, MOST_COMMENTS};
pub use export::{ExportPart, ExportedBallot};
pub use open_group::{BrowserToken, Channel, IssuedHour};
pub use receipt_proof::{ReceiptProof, Receipts};
pub use turnout::Turnout;
