//! What paper a code is for, and how many codes are for one.

use std::fmt;

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

impl CodePaper {
    /// Whether it may lack units that other papers of the group have.
    pub(crate) fn is_narrowed(&self) -> bool {
        self.units.is_some() || self.unit.is_some()
    }
}

/// How many codes there are for a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct CodeCount {
    /// Issued and not voided, used or not.
    pub(crate) living: u64,
    /// Voided.
    pub(crate) voided: u64,
    /// Those among them with which a ballot was cast, other than by a token.
    pub(crate) used: u64,
}

impl CodeCount {
    pub(crate) fn add(&mut self, more: CodeCount) {
        self.living += more.living;
        self.voided += more.voided;
        self.used += more.used;
    }
}

/// Codes of one batch that the plan does not fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnfitCodes {
    /// The period's id.
    pub period: String,
    /// The group's id.
    pub group: String,
    /// The units that the paper is narrowed to; `None`: all.
    pub units: Option<Vec<String>>,
    /// The voter's own unit.
    pub unit: Option<String>,
    /// Their batch, by its id.
    pub batch: String,
    /// How many codes.
    pub count: u64,
}

impl UnfitCodes {
    pub(crate) fn new(codes: &CodePaper, batch: &str, count: u64) -> UnfitCodes {
        let CodePaper { period, group, units, unit } = codes.clone();
        UnfitCodes { period, group, units, unit, batch: batch.to_owned(), count }
    }
}

/// Period, group, units and own unit in ids, `-` for none, the batch, and the number of codes.
impl fmt::Display for UnfitCodes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let units = self.units.as_ref().map_or("-".to_owned(), |units| units.join("+"));
        let unit = self.unit.as_deref().unwrap_or("-");
        write!(f, "{} {} {units} {unit} {} {}", self.period, self.group, self.batch, self.count)
    }
}
