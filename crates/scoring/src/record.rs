//! One record as an office gives it, whatever its kind.
//!
//! Owns the kinds, where a record of each belongs, and what a second one for the same place does. What a record holds
//! is declared in [`crate::records_document`]; how it is checked and scored stands in [`crate::Records`].

use document::{Path, Problem, Read, Tree, Value, document, read_strictly, words, wrong_type};
use serde::Serialize;

use crate::records_document::{
    AdjustmentRecord, DecisionRecord, EntryRecord, HistoryRecord, IncidentRecord, LinkRecord, LotRecord,
    RecordsDocument, VerdictRecord,
};

/// What a second record for the same place does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Second {
    /// It takes the place of the first.
    Replaces,
    /// Both count.
    IsAnother,
    /// It is refused: the first has to be struck out before.
    IsRefused,
}

/// Gives the kinds of records everything that follows from their declaration.
macro_rules! records {
    ($(
        $(#[$meta:meta])*
        $kind:ident($document:ident) = $name:literal in $list:ident, at [$($place:ident),*], second $second:ident;
    )*) => {
        words! {
            /// Which list of the records document a record belongs to.
            pub enum RecordKind { $($(#[$meta])* $kind = $name),* }
        }

        /// A record of any kind. It is written as the member of its list that it is.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
        #[serde(untagged)]
        pub enum Record { $($(#[$meta])* $kind($document)),* }

        impl RecordKind {
            /// The fields that say where a record belongs, in the order of its key.
            #[must_use]
            pub const fn place(self) -> &'static [&'static str] {
                match self { $(RecordKind::$kind => &[$(stringify!($place)),*]),* }
            }

            /// What a second record for the same place does.
            #[must_use]
            pub const fn second(self) -> Second {
                match self { $(RecordKind::$kind => Second::$second),* }
            }

            /// All fields of its records.
            #[must_use]
            pub const fn fields(self) -> &'static [&'static str] {
                match self { $(RecordKind::$kind => $document::NAMES),* }
            }
        }

        impl Record {
            /// Which kind it is of.
            #[must_use]
            pub const fn kind(&self) -> RecordKind {
                match self { $(Record::$kind(_) => RecordKind::$kind),* }
            }

            /// Reads a record of a kind.
            ///
            /// # Errors
            /// All faults of shape: unknown, missing and mistyped fields, each with its pointer.
            pub fn read(kind: RecordKind, value: &Value) -> Result<Record, Vec<Problem>> {
                Record::read_tree(kind, &value.tree())
            }

            /// As [`Record::read`], of a tree that borrows its strings.
            ///
            /// # Errors
            /// As [`Record::read`].
            pub fn read_tree(kind: RecordKind, tree: &Tree<'_>) -> Result<Record, Vec<Problem>> {
                match kind { $(RecordKind::$kind => read_strictly(tree).map(Record::$kind)),* }
            }

            /// What can be read of a record, with placeholders for the rest.
            #[must_use]
            pub fn read_leniently(kind: RecordKind, value: &Value) -> Option<Record> {
                match kind { $(RecordKind::$kind => $document::read_leniently(value).0.map(Record::$kind)),* }
            }

            /// The ids that say where it belongs, in the order of its key; `None` for a draw across categories.
            #[must_use]
            pub fn place(&self) -> Vec<Option<&str>> {
                match self { $(Record::$kind(_record) => vec![$(_record.$place.id()),*]),* }
            }
        }

        impl RecordsDocument {
            /// How long a list is.
            #[must_use]
            pub fn len_of(&self, kind: RecordKind) -> usize {
                match kind { $(RecordKind::$kind => self.$list.len()),* }
            }

            /// Puts a record into its list.
            pub fn add(&mut self, record: Record) {
                match record { $(Record::$kind(record) => record.put_into(&mut self.$list)),* }
            }
        }

        $(impl From<$document> for Record {
            fn from(record: $document) -> Record {
                Record::$kind(record)
            }
        })*
    };
}

records! {
    /// 录入分
    Entry(EntryRecord) = "entries" in entries, at [component, unit, period], second Replaces;
    /// 扣分事项
    Incident(IncidentRecord) = "incidents" in incidents, at [component, unit, period], second IsAnother;
    /// 关联得分
    Link(LinkRecord) = "links" in links, at [component, unit, period], second Replaces;
    /// 加减分
    Adjustment(AdjustmentRecord) = "adjustments" in adjustments, at [rule, unit, period], second IsAnother;
    /// 抽签
    Lot(LotRecord) = "lots" in lots, at [category], second Replaces;
    /// 集体决定
    Decision(DecisionRecord) = "decisions" in decisions, at [component, unit, period], second IsRefused;
    /// 直接认定
    Verdict(VerdictRecord) = "verdicts" in verdicts, at [unit, outcome], second IsRefused;
    /// 往年结果: one record for the whole list.
    History(History) = "history" in history, at [], second Replaces;
}

document! {
    /// The whole history of earlier years.
    #[derive(Debug, Eq, Default)]
    pub struct History {
        /// One for each year and unit.
        pub history: Vec<HistoryRecord>,
    }
}

/// A record's fields tell its kind: no two kinds have the same.
impl Read for Record {
    fn blank() -> Self {
        Record::History(History::default())
    }

    fn read(value: &Tree<'_>, path: &Path<'_>, problems: &mut Vec<Problem>) -> Option<Self> {
        let record = RecordKind::ALL.into_iter().find_map(|kind| Record::read_tree(kind, value).ok());
        if record.is_none() {
            wrong_type(path, problems);
        }
        record
    }
}

/// A field that says where a record belongs.
trait PlaceId {
    fn id(&self) -> Option<&str>;
}

impl PlaceId for String {
    fn id(&self) -> Option<&str> {
        Some(self)
    }
}

impl PlaceId for Option<String> {
    fn id(&self) -> Option<&str> {
        self.as_deref()
    }
}

/// How a record joins its list.
trait PutInto<T> {
    fn put_into(self, list: &mut Vec<T>);
}

impl<T> PutInto<T> for T {
    fn put_into(self, list: &mut Vec<T>) {
        list.push(self);
    }
}

impl PutInto<HistoryRecord> for History {
    fn put_into(self, list: &mut Vec<HistoryRecord>) {
        *list = self.history;
    }
}
