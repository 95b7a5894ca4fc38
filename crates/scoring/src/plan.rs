//! A plan that holds: what a [`PlanDocument`] becomes once nothing is wrong with it.
//!
//! Owns the compiled tree and its lookups by place. Only a `Plan` can be scored, and scoring it cannot fail for reasons
//! that validation should have caught. How a document becomes one stands in `validity`, how it is read in
//! `plan_lookup`; this file knows neither.

#![expect(missing_docs, reason = "an id, a name or a figure that its type names needs no words")]

use std::ops::Range;
use std::sync::Arc;

use crate::decimal::Decimal;
use crate::deduction::DeductionFigures;
use crate::ids::Ids;
use crate::index::{
    CategoryIndex, GradeIndex, GroupIndex, IndexVec, LeafIndex, NodeIndex, OptionIndex, OutcomeIndex, PeriodIndex,
    RuleIndex, ScaleIndex, TieIndex, UnitIndex, each,
};
use crate::plan_document::{Combine, MethodDocument, PlanDocument, Side, Sign};
use crate::survey_mean::{SizedCriteria, SurveyFigures, Threshold};

/// A valid plan. Units, periods, groups, nodes and leaves are addressed by their place in it.
#[derive(Debug, Clone)]
pub struct Plan {
    pub(crate) document: PlanDocument,
    pub(crate) total: Decimal,
    pub(crate) lists: Arc<Lists>,
    pub(crate) nodes: IndexVec<NodeIndex, Node>,
    pub(crate) leaves: IndexVec<LeafIndex, Leaf>,
    pub(crate) rules: IndexVec<RuleIndex, Rule>,
    pub(crate) bonus_cap: Option<Decimal>,
    pub(crate) deduction_cap: Option<Decimal>,
    pub(crate) tie_break: IndexVec<TieIndex, TieRule>,
    /// Share of each grade.
    pub(crate) grade_shares: Vec<Decimal>,
    pub(crate) outcomes: IndexVec<OutcomeIndex, Condition>,
    /// Outcomes, those that others build on first.
    pub(crate) outcome_order: Vec<OutcomeIndex>,
    /// Places of the tree's nodes by id.
    pub(crate) node_places: Ids<NodeIndex>,
    /// The one period that is scored, where it is asked for alone.
    pub(crate) alone: Option<PeriodIndex>,
}

/// What a plan's plain lists say: places by id, and who is in which category. No scenario changes it but one that
/// drops adjustments.
#[derive(Debug)]
pub(crate) struct Lists {
    /// Category of each unit.
    pub(crate) unit_category: IndexVec<UnitIndex, CategoryIndex>,
    /// Units of each category, in plan order.
    pub(crate) category_units: IndexVec<CategoryIndex, Vec<UnitIndex>>,
    /// Weights of each unit's tasks.
    pub(crate) tasks: IndexVec<UnitIndex, SizedCriteria>,
    pub(crate) categories: Ids<CategoryIndex>,
    pub(crate) units: Ids<UnitIndex>,
    pub(crate) groups: Ids<GroupIndex>,
    pub(crate) scales: Ids<ScaleIndex>,
    pub(crate) periods: Ids<PeriodIndex>,
    pub(crate) rules: Ids<RuleIndex>,
    pub(crate) outcomes: Ids<OutcomeIndex>,
}

/// A node of the tree, in the order it is written (a branch stands before what is below it).
#[derive(Debug, Clone)]
pub struct Node {
    pub id: String,
    pub name: String,
    /// RFC 6901 pointer to it in the plan document.
    pub path: String,
    /// Applies to units with this trait only.
    pub only: Option<String>,
    /// Applies to units without this trait.
    pub except: Option<String>,
    /// The branch above it.
    pub parent: Option<NodeIndex>,
    /// What is directly below it; empty for a leaf.
    pub children: Vec<NodeIndex>,
    /// Its place among the leaves, if it is one.
    pub leaf: Option<LeafIndex>,
    /// The leaves below it, or itself.
    pub leaves: Range<LeafIndex>,
    /// 1 or 2, its own or inherited.
    pub stage: u8,
    /// Does it apply to each unit, by its traits and those above?
    pub applies: IndexVec<UnitIndex, bool>,
}

/// A leaf: what is scored.
#[derive(Debug, Clone)]
pub struct Leaf {
    pub node: NodeIndex,
    /// The most it can give.
    pub points: Decimal,
    /// Top of its own scale.
    pub out_of: Decimal,
    /// 1 or 2.
    pub stage: u8,
    /// How it is scored.
    pub method: Method,
    /// The same as the document has it.
    pub document: MethodDocument,
    /// Millionths of points for one of a decimal's units, as terms of a fraction, where they fit.
    pub(crate) of_unit: Option<(u64, u64)>,
    /// The figures of complaints and incidents, where they fit.
    pub(crate) deductions: Option<DeductionFigures<u128>>,
}

/// How a leaf is scored.
#[derive(Debug, Clone)]
#[expect(clippy::large_enum_variant, reason = "most leaves are surveys, and scoring walks them in a row")]
pub enum Method {
    /// Weighted mean of option values.
    Survey(Survey),
    /// Points off for bad marks.
    Complaints {
        scale: ScaleIndex,
        /// Points off for a mark of each option.
        deduct: Vec<Decimal>,
        /// Whose marks count.
        groups: Vec<GroupIndex>,
    },
    /// Points off for verified facts.
    Incidents {
        /// Points off for one of each level.
        amounts: Vec<Decimal>,
        /// Multiplies a serious one.
        serious_factor: Decimal,
    },
    /// A value that an office gives.
    Entered,
    /// Totals of other plans, their mean or sum.
    Linked(Combine),
}

/// A survey's figures.
#[derive(Debug, Clone)]
pub struct Survey {
    pub scale: ScaleIndex,
    /// Value of each option.
    pub values: Vec<Decimal>,
    /// Who marks.
    pub groups: Vec<GroupIndex>,
    /// Weight of each group; of a pooled survey, one weight for all.
    pub weights: Vec<Decimal>,
    /// Weight of each criterion, one weight where there are none; nothing where each unit is marked on its own tasks.
    pub(crate) criteria: Option<SizedCriteria>,
    /// When a group's marks count.
    pub(crate) threshold: Threshold,
    /// All groups' marks count as one group's.
    pub pooled: bool,
    /// Do voters leave out their own unit?
    pub own_unit_skipped: bool,
    pub(crate) figures: SurveyFigures<u128>,
    /// The same in 64 bits, where all of them fit.
    pub(crate) narrow: Option<SurveyFigures<u64>>,
}

/// One thing that is marked apart of a unit: a criterion of the survey, or a task of the unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Criterion<'p> {
    pub id: &'p str,
    pub name: &'p str,
    /// Its weight among the others.
    pub weight: Decimal,
}

impl Survey {
    /// Is each unit marked on its own tasks?
    #[must_use]
    pub fn is_of_tasks(&self) -> bool {
        self.criteria.is_none()
    }

    /// So many marks on each criterion are the least by which a group counts for a unit.
    #[must_use]
    pub fn min_marks(&self) -> u64 {
        self.threshold.min_marks
    }

    /// Do groups with fewer stay out without the unit's score being missing?
    #[must_use]
    pub fn leaves_out(&self) -> bool {
        self.threshold.leaves_out
    }
}

/// An adjustment rule's figures.
#[derive(Debug, Clone)]
pub(crate) struct Rule {
    pub(crate) sign: Sign,
    /// Points of each level by id, or the range.
    pub(crate) points: RulePoints,
    pub(crate) cap: Option<Decimal>,
}

#[derive(Debug, Clone)]
pub(crate) enum RulePoints {
    Levels(Vec<(String, Decimal)>),
    Range(Decimal, Decimal),
}

/// What can decide between equal totals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TieRule {
    /// Higher score of the node.
    Node(NodeIndex),
    /// Higher share of the option in the leaf.
    OptionShare { leaf: LeafIndex, option: OptionIndex },
}

/// Who gets an outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Condition {
    Ranks(u64, u64),
    RanksFromBottom(u64, u64),
    TopShare(Decimal),
    Grade(GradeIndex),
    List(Side),
    Repeated { outcome: OutcomeIndex, years: u64 },
}

impl Node {
    /// The leaves below it, or itself, in order.
    pub fn each_leaf(&self) -> impl DoubleEndedIterator<Item = LeafIndex> + ExactSizeIterator + Clone + use<> {
        each(self.leaves.clone())
    }
}
