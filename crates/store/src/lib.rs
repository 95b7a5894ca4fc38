//! What is kept, and the transactions that keep it true.
//!
//! Owns: the two tables and everything in them, each use case as one transaction or as steps that can be repeated,
//! the audit chain, the counting of ballots. It is the only crate that knows DynamoDB, and has one implementation,
//! on `aws-sdk-dynamodb`; the embedded engine is another end of the same client.
//!
//! Refuses to own: scoring (it calls `scoring`), HTTP, passwords (it keeps hashes that the API made), and the words
//! that people read.
//!
//! # Rooms
//!
//! - `database` alone names the SDK: items, keys, writes, the tables.
//! - `ballot_box` holds codes, ballots, opinions, tallies and the count.
//! - `plan` takes a plan from draft to publication.
//! - `records` holds what offices enter beside the ballots.
//! - `follow_up` holds what is found of units all year, what is made better, and how units show themselves.
//! - `voters` holds the list of those who are asked.
//! - `accounts` holds staff and their sessions.
//! - `audit` is the chain of all changes by offices.
//!
//! `store.rs` is the [`Store`] itself; a use case is an `impl Store` in its room. `limits.rs` has every limit.
//!
//! # The way of one cast
//!
//! 1. `ballot_box/cast_ballot.rs`, [`Store::prepare_ballot`]: the plan's head (`plan/read_plan.rs`), the opened plan
//!    from memory (`plan/frozen_plan.rs`), and whether the ballot is in the box already.
//! 2. `ballot_box/ballot_paper.rs`: what the code says of its paper; for a token `ballot_box/blind_key.rs`.
//! 3. The caller checks the marks with `scoring::ballot::check`.
//! 4. [`Store::cast_ballot`]: `ballot_box/layout.rs` turns marks into a ballot's bytes and counters into expressions,
//!    `ballot_box/comment.rs` adds the opinions, and `database/client.rs` sends one transaction: burn the code, put
//!    the ballot, add to one shard behind its open gate.
//! 5. What the conditions answer decides, and a lost answer is found again by the ballot's id. The voter gets
//!    `ballot_box/receipt.rs`.
//!
//! # Secrecy of the ballot
//!
//! A code and a ballot meet in one transaction and in no item. Neither holds a moment, a number in a sequence or an
//! address. A code item says which period, group and units its paper is for, and whether it is used; a ballot item
//! says period, group and marks. Where a group marks in both stages, both say the stage. Receipts follow from the ballot's id and the plan's hash alone, so a receipt proves
//! that a ballot is in the box, and never what it says. A blind group's code is exchanged for a token under the
//! group's key first, and the token, which nobody can lead back to the code, casts the ballot.
//!
//! # What counts
//!
//! Running tallies are a cache, spread over 16 shards. At closing the ballots themselves are counted, and the shards
//! are compared with that count.

mod accounts;
mod audit;
mod ballot_box;
mod database;
mod day_key;
mod draw;
mod error;
mod evidence;
mod follow_up;
mod ids;
mod keyed_hash;
mod limits;
mod plan;
mod records;
mod store;
mod throttle;
mod voters;

pub use accounts::change_staff::StaffChange;
pub use accounts::kept_factor::SecondFactor;
pub use accounts::second_factor::FactorProof;
pub use accounts::session::{LivingSession, SessionToken, SignedInBy};
pub use accounts::staff::{Account, Staff};
pub use audit::event::AuditEvent;
pub use ballot_box::add_codes::{IssuedCodes, NewCodes};
pub use ballot_box::ballot_paper::Voter;
pub use ballot_box::batch::{BatchId, CodeBatch};
pub use ballot_box::blind_key::{BlindKey, Blinded, Evaluated, Token};
pub use ballot_box::cast_ballot::{Cast, Credential, Prepared, ReadyBallot};
pub use ballot_box::code_paper::UnfitCodes;
pub use ballot_box::comment::{Comment, KeptComment};
pub use ballot_box::door::OpenRounds;
pub use ballot_box::export::{ExportPart, ExportedBallot};
pub use ballot_box::named_ballots::NamedBallot;
pub use ballot_box::open_group::{BrowserToken, Channel, IssuedHour};
pub use ballot_box::receipt::Receipt;
pub use ballot_box::receipt_proof::{ReceiptProof, Receipts};
pub use ballot_box::turnout::GroupTurnout;
pub use ballot_box::void_codes::{VoidedCodes, Voiding};
pub use database::{Billing, TableDefinition, TableNames, tables};
pub use error::StoreError;
pub use evidence::{File, NewFile};
pub use follow_up::finding::FindingId;
pub use follow_up::finding_list::FindingList;
pub use follow_up::profile::ProfileRow;
pub use follow_up::profile_photo::Photo;
pub use follow_up::rectification_list::RectificationList;
pub use ids::{Actor, BallotId, CodeHash, Cursor, Page, PlanId, Revision, Timestamp};
pub use limits::{MOST_CODES, MOST_COMMENTS};
pub use plan::announce_plan::Announcing;
pub use plan::closing::{Closing, ClosingProgress};
pub use plan::desk::DeskLine;
pub use plan::frozen_plan::FrozenPlan;
pub use plan::frozen_plan::Shortlist;
pub use plan::head::{Outline, PlanHead, State};
pub use plan::next_year::NextYear;
pub use plan::objection::NewObjection;
pub use plan::publish_plan::{Publication, Publishing};
pub use plan::published_records::SettledEdition;
pub use plan::read_plan::PlanRow;
pub use plan::round_id::RoundId;
pub use plan::scenario::ScenarioRow;
pub use plan::short_address::Led;
pub use plan::told_result::ToldResult;
pub use records::paper_tally::{PaperEntry, PaperRow};
pub use records::put_record::KeptRecord;
pub use records::record::{RecordKind, RecordRow, Struck};
pub use records::record_id::{RecordId, RecordSource, UnfitRecord};
pub use records::settled::Settled;
pub use records::taken_links::{KeptLink, LinkPlace, NewLink};
pub use store::{Clock, Store};
pub use throttle::Scope;
pub use voters::list_voters::{VoterRow, VoterStatus};
pub use voters::put_voters::PutVoters;
pub use voters::voter::{ListedVoter, NewVoter};
pub use voters::voter_fault::VoterFault;
