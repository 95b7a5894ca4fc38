//! What a record is called, and which one does not fit its plan.
//!
//! Owns ids and how they are found again. Refuses to own what is kept under them.

use std::fmt;

use scoring::{Problem, RecordKind};

use crate::limits::LONGEST_RECORD_ID;

/// A record's id: opaque, safe in an address.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordId(pub(crate) String);

impl RecordId {
    /// Reads an id. What cannot be one is `None`: there is no such record.
    pub fn parse(text: &str) -> Option<RecordId> {
        let allowed =
            |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'_' | b'-' | b'.');
        (!text.is_empty() && text.len() <= LONGEST_RECORD_ID && text.bytes().all(allowed))
            .then(|| RecordId(text.replace('.', "#")))
    }

    /// Whether it is the id of a record that counts or waits, by its form.
    pub(crate) fn is_living(&self) -> bool {
        let list = self.0.split('#').next().unwrap_or_default();
        list == PAPER || RecordKind::ALL.iter().any(|kind| kind.as_str() == list)
    }
}

impl fmt::Display for RecordId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.replace('#', "."))
    }
}

/// First part of the sort key of a batch of paper ballots.
pub(crate) const PAPER: &str = "paper";

/// A record, or a batch of paper ballots, as people find it again.
#[derive(Debug, Clone, PartialEq)]
pub struct RecordSource {
    pub id: RecordId,
    /// The ids that say where it belongs; `-` for a draw across categories.
    pub place: Vec<String>,
    /// The label of a batch of paper ballots.
    pub label: Option<String>,
}

/// A kept record that its plan does not fit, or that cannot be read: an older version took it.
#[derive(Debug, Clone, PartialEq)]
pub struct UnfitRecord {
    /// Which record of the ledger; `None`: a count of the ballot box.
    pub source: Option<RecordSource>,
    /// What does not fit, with a pointer into the records document.
    pub problem: Problem,
}

/// The record's id, its place in ids, the label of a batch, and what the problem tells of itself.
impl fmt::Display for UnfitRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let source = self.source.as_ref();
        let id = source.map_or("-".to_owned(), |source| source.id.to_string());
        let place = source.into_iter().flat_map(|source| &source.place).map(String::as_str);
        let label = source.and_then(|source| source.label.as_deref());
        let parts: Vec<&str> = [id.as_str()].into_iter().chain(place).chain(label).collect();
        f.write_str(&parts.join(" "))?;
        self.problem.detail.as_ref().map_or(Ok(()), |detail| write!(f, ": {detail}"))
    }
}
