//! One line of a table of units: what is typed in it, and where it stands.

use frame::words::Phrase;
use scoring::Record;

/// Where a line stands.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum LineState {
    Empty,
    Saved {
        by: String,
        at: i64,
    },
    Changed,
    Waiting,
    Saving,
    /// Wrong: nothing was sent.
    Wrong(Phrase),
    /// Sent in vain; true where another try may help by itself.
    Failed(Phrase, bool),
}

impl LineState {
    pub(super) fn is_unsaved(&self) -> bool {
        !matches!(self, LineState::Empty | LineState::Saved { .. })
    }
}

/// What is typed in a line, and what the server has.
#[derive(Clone, Default)]
pub(super) struct LineText {
    pub(super) value: String,
    pub(super) evidence: String,
    pub(super) saved: Option<(String, String)>,
}

impl LineText {
    /// A line with nothing but its value.
    pub(super) fn of(value: String) -> LineText {
        LineText { value, ..LineText::default() }
    }
}

/// What stands in a line for a record.
pub(super) fn value_of(record: &Record) -> String {
    match record {
        Record::Entry(entry) => entry.value.to_string(),
        Record::Link(link) => link.totals.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "),
        _ => String::new(),
    }
}
