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

    /// The first part: the list, or what else stands there.
    fn list(&self) -> &str {
        self.0.split('#').next().unwrap_or_default()
    }

    /// The kind of a record that counts or waits, by the id's form.
    pub(crate) fn kind(&self) -> Option<RecordKind> {
        kind_named(self.list())
    }

    /// The kind of a record, also of one that was struck out, by the id's form.
    pub(crate) fn kind_of_any(&self) -> Option<RecordKind> {
        if self.is_struck() { self.0.split('#').nth(1).and_then(kind_named) } else { self.kind() }
    }

    /// Whether it is the id of a record or a batch that counts or waits, by its form.
    pub(crate) fn is_living(&self) -> bool {
        self.list() == PAPER || self.kind().is_some()
    }

    /// Whether it is the id of what was struck out, by its form.
    pub(crate) fn is_struck(&self) -> bool {
        self.list() == STRUCK
    }

    /// The part that says where a record belongs, without what was drawn for it.
    pub(crate) fn place(&self) -> String {
        let parts = self.kind().map_or(usize::MAX, |kind| 1 + kind.place().len().max(1));
        self.0.split('#').take(parts).collect::<Vec<_>>().join("#")
    }
}

fn kind_named(list: &str) -> Option<RecordKind> {
    RecordKind::ALL.into_iter().find(|kind| kind.as_str() == list)
}

impl fmt::Display for RecordId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.replace('#', "."))
    }
}

/// First part of the sort key of what is struck out.
pub(crate) const STRUCK: &str = "struck";

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

impl RecordSource {
    /// A record of a kind, by its sort key.
    pub(crate) fn of(kind: RecordKind, sort_key: &str) -> RecordSource {
        let place = sort_key.split('#').skip(1).take(kind.place().len()).map(str::to_owned).collect();
        RecordSource { id: RecordId(sort_key.to_owned()), place, label: None }
    }

    /// The list of the records document that it belongs to.
    #[must_use]
    pub fn list(&self) -> &str {
        self.id.list()
    }
}

/// The record's id, its place in ids, and the label of a batch.
impl fmt::Display for RecordSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let id = self.id.to_string();
        let rest = self.place.iter().chain(&self.label).map(String::as_str);
        let parts: Vec<&str> = std::iter::once(id.as_str()).chain(rest).collect();
        f.write_str(&parts.join(" "))
    }
}

/// The record as it is found again, and what the problem tells of itself.
impl fmt::Display for UnfitRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.source {
            Some(source) => source.fmt(f)?,
            None => f.write_str("-")?,
        }
        self.problem.detail.as_ref().map_or(Ok(()), |detail| write!(f, ": {detail}"))
    }
}
