//! One line of a table of units: what is typed in it, and where it stands.

use frame::words::Phrase;
use scoring::records_document::{EntryRecord, LinkRecord};
use scoring::{Record, RecordKind};

use crate::figure;

/// Where a line stands.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum LineState {
    Empty,
    /// A mark or word for a figure that is not there was pasted: nothing is entered.
    Absent(String),
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
        !matches!(self, LineState::Empty | LineState::Absent(_) | LineState::Saved { .. })
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

/// The record that a text makes at a place (period, component, unit), or why it makes none; nothing for an empty text.
pub(super) fn record_of(kind: RecordKind, text: &str, at: [String; 3]) -> Option<Result<Record, Phrase>> {
    let [period, component, unit] = at;
    if kind != RecordKind::Link {
        let value = figure::read(text).transpose()?;
        return Some(value.map(|value| EntryRecord { period, component, unit, value: value.into() }.into()));
    }
    if text.trim().is_empty() {
        return None;
    }
    let totals = totals_of(text).into_iter().map(|total| figure::read(total).map(Option::unwrap_or_default));
    let totals: Vec<String> = match totals.collect::<Result<_, Phrase>>() {
        Ok(totals) => totals,
        Err(says) => return Some(Err(says)),
    };
    let totals: Vec<_> = totals.into_iter().map(Into::into).collect();
    Some(Ok(LinkRecord { period, component, unit, totals }.into()))
}

/// The unit whose line a record fills.
pub(super) fn unit_of(record: &Record) -> Option<&str> {
    match record {
        Record::Entry(entry) => Some(&entry.unit),
        Record::Link(link) => Some(&link.unit),
        _ => None,
    }
}

/// The totals in a text, apart by blanks or by commas with a blank behind. A comma between digits may be a point: it stays,
/// to be refused.
fn totals_of(text: &str) -> Vec<&str> {
    let parts = text.split(|sign: char| sign.is_whitespace() || matches!(sign, '、' | ';' | '\u{ff1b}'));
    let bare = parts.map(|part| part.trim_matches([',', '\u{ff0c}']));
    bare.filter(|part| !part.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::totals_of;

    #[test]
    fn a_comma_between_digits_parts_no_totals() {
        assert_eq!(totals_of("91.2 88"), ["91.2", "88"]);
        assert_eq!(totals_of("91.2, 88，\t90"), ["91.2", "88", "90"]);
        assert_eq!(totals_of("85,5 90"), ["85,5", "90"]);
    }
}
