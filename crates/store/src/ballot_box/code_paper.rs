//! What paper a code is for, and how many codes are for one.

/// A period and a group.
pub(crate) type PeriodGroup = (String, String);

/// What paper a code is for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct CodePaper {
    /// The period's id.
    pub(crate) period: String,
    /// The group's id.
    pub(crate) group: String,
    /// The units that the paper is narrowed to; `None`: all.
    pub(crate) units: Option<Vec<String>>,
    /// The voter's own unit.
    pub(crate) unit: Option<String>,
}

/// How many codes there are for a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct CodeCount {
    /// Issued.
    pub(crate) issued: u64,
    /// Those among them with which a ballot was cast, other than by a token.
    pub(crate) used: u64,
}
