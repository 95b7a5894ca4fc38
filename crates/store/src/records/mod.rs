//! What offices enter beside the ballots: entries, incidents, decisions, paper ballots counted by hand, and all of it
//! as one records document.
//!
//! Owns: putting a record, a second person's word on it, striking it out, batches of paper ballots, the document that is scored. Refuses to own:
//! what a record is worth (`scoring`).

pub(crate) mod approve_record;
pub(crate) mod carried_history;
pub(crate) mod delete_record;
pub(crate) mod link_sources;
pub(crate) mod paper_tally;
pub(crate) mod put_record;
pub(crate) mod record;
pub(crate) mod record_id;
mod records_document;
pub(crate) mod settled;
pub(crate) mod taken_links;
