//! What follows from an appraisal, all year round: findings on units, and what is made better.
//!
//! Owns: findings and their way into the records; items of rectification, from the opinion to the acceptance;
//! cases, until they are done; and units' profiles with their photos. Refuses to own: what a finding may say (`wire`), and what it costs
//! (`scoring`).

mod case;
pub(crate) mod finding;
pub(crate) mod finding_list;
pub(crate) mod profile;
pub(crate) mod profile_photo;
pub(crate) mod rectification;
pub(crate) mod rectification_list;
mod rectification_review;
