//! A plan on its way from draft to publication, and the scenarios beside it.
//!
//! Owns: heads, revisions, versions of the document, and the steps draft → open → closed → published. Refuses to own:
//! what makes a plan valid (`scoring`), and what is in the box (`ballot_box`).

mod agreement;
pub(crate) mod announce_plan;
mod archive_plan;
mod calendar;
mod close_plan;
pub(crate) mod closing;
mod correct_plan;
mod create_plan;
mod delete_draft;
pub(crate) mod desk;
mod desk_due;
mod desk_facts;
pub(crate) mod edition;
pub(crate) mod frozen_plan;
pub(crate) mod head;
pub(crate) mod known_facts;
pub(crate) mod next_year;
pub(crate) mod objection;
mod open_plan;
mod paper_texts;
pub(crate) mod publish_plan;
pub(crate) mod published_records;
mod put_plan;
pub(crate) mod read_plan;
mod read_publication;
mod reconciliation;
pub(crate) mod round;
pub(crate) mod round_id;
pub(crate) mod scenario;
pub(crate) mod short_address;
mod timer;
pub(crate) mod told_result;

use scoring::json::Value;

/// A list of ids in an audit event.
pub(crate) fn texts(ids: &[String]) -> Value {
    Value::List(ids.iter().cloned().map(Value::Text).collect())
}
