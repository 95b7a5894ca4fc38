//! What an explanation says: the steps from counts to a total, each figure as it is shown.
//!
//! Owns its JSON shape; [`crate::explain`] fills it.

#![expect(missing_docs, reason = "an id, a name or a figure that its type names needs no words")]

use serde::Serialize;

use crate::decimal::{Decimal, Score};
use crate::plan_document::Combine;
use crate::result_document::DecidedBy;

/// How a unit came to its total and its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Explanation {
    pub unit: String,
    pub total: Score,
    pub rank: u32,
    /// How the periods' totals make the unit's.
    pub combine: CombineWord,
    pub periods: Vec<PeriodExplanation>,
    /// The unit one rank better.
    pub above: Option<Neighbour>,
    /// The unit one rank lower.
    pub below: Option<Neighbour>,
}

/// How periods, or linked totals, are combined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CombineWord {
    Mean,
    Sum,
    /// The last of them.
    Last,
}

impl From<Combine> for CombineWord {
    fn from(combine: Combine) -> Self {
        match combine {
            Combine::Mean => CombineWord::Mean,
            Combine::Sum => CombineWord::Sum,
            Combine::Last => CombineWord::Last,
        }
    }
}

/// The unit next in rank, and what decided between the two.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Neighbour {
    pub unit: String,
    pub total: Score,
    /// Are the two apart by the lists of the shortlist, whatever their totals?
    pub by_list: bool,
    /// What decided; absent where the totals did, or a list, or nothing yet.
    pub decided_by: Option<DecidedBy>,
    /// Are the two tied with nothing to decide?
    pub undecided: bool,
}

/// One period of one unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PeriodExplanation {
    pub period: String,
    /// Does it count yet?
    pub counted: bool,
    /// The leaves that apply.
    pub leaves: Vec<LeafExplanation>,
    /// Bonuses and deductions, rule by rule.
    pub adjustments: Vec<AdjustmentExplanation>,
    /// Bonus points after caps.
    pub bonus: Decimal,
    /// Deductions after caps.
    pub deduction: Decimal,
    /// Scores + bonus − deduction.
    pub total: Score,
}

/// One rule's points for a unit in a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AdjustmentExplanation {
    pub rule: String,
    pub name: String,
    /// Does it take points off?
    pub deduction: bool,
    /// What was recorded.
    pub points: Decimal,
    /// What counts after the rule's own cap.
    pub counts: Decimal,
}

/// One leaf's score, step by step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LeafExplanation {
    pub component: String,
    pub name: String,
    /// The most it can give.
    pub points: Decimal,
    /// Top of its own scale.
    pub out_of: Decimal,
    /// What the method or the decision gives on that scale; none where it is missing.
    pub raw: Option<String>,
    /// points × raw ÷ `out_of`, rounded once.
    pub score: Score,
    /// Is any data missing?
    pub missing: bool,
    /// The value of a decision that took the place of raw.
    pub decided: Option<Decimal>,
    /// The steps to raw.
    pub steps: Steps,
}

/// The steps to a leaf's raw value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Steps {
    /// Marks → means → weighted mean.
    Survey {
        /// Are all groups' marks counted as one group's?
        pooled: bool,
        /// So many marks on each criterion are the least by which a group counts.
        min_marks: u64,
        /// Do groups with fewer stay out, the others' weights making up for theirs?
        leaves_out: bool,
        /// The groups, or all of them as one.
        groups: Vec<GroupSteps>,
    },
    /// `out_of` less so much for each mark.
    Complaints {
        /// What was marked, all groups together.
        marks: Vec<Taken>,
        /// Taken off altogether, before it stops at zero.
        taken: String,
    },
    /// `out_of` less so much for each fact.
    Incidents {
        /// What was verified; serious ones stand apart.
        facts: Vec<Taken>,
        /// Multiplies the amount of a serious one.
        serious_factor: Decimal,
        /// Taken off altogether, before it stops at zero.
        taken: String,
    },
    /// What an office entered.
    Entered { office: String, value: Option<Decimal> },
    /// Totals of linked plans, kept within 0 … `out_of`.
    Linked {
        /// How they are combined.
        combine: CombineWord,
        totals: Vec<Decimal>,
    },
}

/// So many, so much for each.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Taken {
    /// The option or level.
    pub id: String,
    pub name: String,
    /// How many.
    pub count: u64,
    /// Taken off for each.
    pub amount: Decimal,
    /// A serious incident?
    pub serious: bool,
}

/// One group's part of a survey.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GroupSteps {
    /// The group; none for all groups pooled.
    pub group: Option<String>,
    pub name: String,
    /// Its weight; none for all groups pooled.
    pub weight: Option<Decimal>,
    /// What it marked.
    pub criteria: Vec<CriterionSteps>,
    /// Has it too few marks on some criterion to count?
    pub short: bool,
    /// Its mean over the criteria; none where it is short.
    pub mean: Option<String>,
}

/// One group's marks on one criterion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CriterionSteps {
    /// The criterion's name; none where there are no criteria.
    pub name: Option<String>,
    pub weight: Decimal,
    /// How many marks of each option.
    pub marks: Vec<Marked>,
    /// How many altogether.
    pub number: u64,
    /// Σ count × value.
    pub sum: String,
    /// sum ÷ number; none without marks.
    pub mean: Option<String>,
}

/// Marks of one option.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Marked {
    pub option: String,
    pub name: String,
    /// What it is worth.
    pub value: Decimal,
    /// How many marks.
    pub count: u64,
}
