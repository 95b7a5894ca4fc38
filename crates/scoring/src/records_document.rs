//! The records document as it arrives (scoring.md, section 7).
//!
//! Owns the JSON shape of what was counted and entered. All lists are optional.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::json::Value;
use crate::plan_document::read_object;
use crate::problem::Problem;
use crate::reading::{Path, Read, document, object};

/// What was counted and entered under a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RecordsDocument {
    /// Version of the format: 1.
    pub format: u64,
    /// Counts of marks.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tallies: Vec<TallyRecord>,
    /// Values that offices gave.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub entries: Vec<EntryRecord>,
    /// Verified facts that cost points.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub incidents: Vec<IncidentRecord>,
    /// Totals of linked plans.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<LinkRecord>,
    /// Bonuses and deductions.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub adjustments: Vec<AdjustmentRecord>,
    /// Recorded draws.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lots: Vec<LotRecord>,
    /// Joint decisions that take the place of a leaf's raw value.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub decisions: Vec<DecisionRecord>,
    /// Outcomes given whatever the rank.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub verdicts: Vec<VerdictRecord>,
    /// Outcomes of earlier years.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub history: Vec<HistoryRecord>,
}

impl Default for RecordsDocument {
    fn default() -> Self {
        RecordsDocument {
            format: 1,
            tallies: Vec::new(),
            entries: Vec::new(),
            incidents: Vec::new(),
            links: Vec::new(),
            adjustments: Vec::new(),
            lots: Vec::new(),
            decisions: Vec::new(),
            verdicts: Vec::new(),
            history: Vec::new(),
        }
    }
}

/// 计票: counts of one group's marks for a unit.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct TallyRecord {
    /// The period.
    pub period: String,
    /// The survey or complaints component.
    pub component: String,
    /// Whose marks.
    pub group: String,
    /// For whom.
    pub unit: String,
    /// On what; null where the component has no criteria.
    pub criterion: Option<String>,
    /// How many marks of each option.
    pub counts: BTreeMap<String, u64>,
}

/// 录入分
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct EntryRecord {
    /// The period.
    pub period: String,
    /// The entered component.
    pub component: String,
    /// For whom.
    pub unit: String,
    /// 0 … `out_of`.
    pub value: String,
}

/// 扣分事项
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct IncidentRecord {
    /// The period.
    pub period: String,
    /// The incidents component.
    pub component: String,
    /// Who caused it.
    pub unit: String,
    /// Its level.
    pub level: String,
    /// How many of them.
    pub count: u64,
    /// 情节严重: the amount is multiplied.
    pub serious: bool,
}

/// Totals of linked plans.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct LinkRecord {
    /// The period.
    pub period: String,
    /// The linked component.
    pub component: String,
    /// Whose totals.
    pub unit: String,
    /// One for each linked plan.
    pub totals: Vec<String>,
}

/// 加减分
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct AdjustmentRecord {
    /// The period.
    pub period: String,
    /// The rule.
    pub rule: String,
    /// For whom.
    pub unit: String,
    /// The level, where the rule has levels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<String>,
    /// The points, where the rule has a range.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub points: Option<String>,
}

/// 抽签
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct LotRecord {
    /// The category; null for a draw across categories.
    pub category: Option<String>,
    /// The units drawn, first drawn first.
    pub order: Vec<String>,
}

/// A joint decision (county: 党委合议).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct DecisionRecord {
    /// The period.
    pub period: String,
    /// The leaf.
    pub component: String,
    /// For whom.
    pub unit: String,
    /// Takes the place of raw: 0 … `out_of`.
    pub value: String,
    /// Why.
    pub reason: String,
}

/// An outcome given whatever the rank (Ma'anshan: 直接列入不合格).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct VerdictRecord {
    /// Who gets it.
    pub unit: String,
    /// The outcome.
    pub outcome: String,
    /// Why.
    pub reason: String,
}

/// A unit's outcomes of an earlier year.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct HistoryRecord {
    /// The year.
    pub year: u64,
    /// The unit.
    pub unit: String,
    /// Its outcomes; they need not be this plan's.
    pub outcomes: Vec<String>,
}

document!(RecordsDocument);

impl Read for RecordsDocument {
    fn read(value: &Value, path: &Path<'_>, problems: &mut Vec<Problem>) -> Option<Self> {
        let known = [
            "format",
            "tallies",
            "entries",
            "incidents",
            "links",
            "adjustments",
            "lots",
            "decisions",
            "verdicts",
            "history",
        ];
        let mut f = object(value, path, problems, &known)?;
        Some(RecordsDocument {
            format: f.required("format").unwrap_or(1),
            tallies: f.optional("tallies").unwrap_or_default(),
            entries: f.optional("entries").unwrap_or_default(),
            incidents: f.optional("incidents").unwrap_or_default(),
            links: f.optional("links").unwrap_or_default(),
            adjustments: f.optional("adjustments").unwrap_or_default(),
            lots: f.optional("lots").unwrap_or_default(),
            decisions: f.optional("decisions").unwrap_or_default(),
            verdicts: f.optional("verdicts").unwrap_or_default(),
            history: f.optional("history").unwrap_or_default(),
        })
    }
}

read_object!(TallyRecord: period text, component text, group text, unit text, criterion optional,
    counts count);
read_object!(EntryRecord: period text, component text, unit text, value text);
read_object!(IncidentRecord: period text, component text, unit text, level text, count count,
    serious count);
read_object!(LinkRecord: period text, component text, unit text, totals list);
read_object!(AdjustmentRecord: period text, rule text, unit text, level optional, points optional);
read_object!(DecisionRecord: period text, component text, unit text, value text, reason text);
read_object!(VerdictRecord: unit text, outcome text, reason text);
read_object!(HistoryRecord: year count, unit text, outcomes list);

impl Read for LotRecord {
    fn read(value: &Value, path: &Path<'_>, problems: &mut Vec<Problem>) -> Option<Self> {
        let mut f = object(value, path, problems, &["category", "order"])?;
        // Null is a word here (a draw across categories), so it has to be written.
        let category = if value.get("category") == Some(&Value::Null) { None } else { Some(f.text("category")) };
        Some(LotRecord { category, order: f.list("order") })
    }
}
