//! A plan that holds: what a [`PlanDocument`] becomes once nothing is wrong with it.
//!
//! Owns the compiled tree and its lookups by place. Only a `Plan` can be scored, and scoring it
//! cannot fail for reasons that validation should have caught. How it is checked stands in
//! [`crate::validity`].

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::decimal::Decimal;
use crate::deduction::DeductionFigures;
use crate::json::Value;
use crate::plan_document::{
    Combine, CriterionDocument, GroupDocument, Live, MethodDocument, NamedDocument, OptionDocument, PlanDocument, Side,
    Sign, TieBreak, UnitDocument,
};
use crate::problem::{Problem, merge};
use crate::survey_mean::SurveyFigures;

/// A valid plan. Units, periods, groups, nodes and leaves are addressed by their place in it.
#[derive(Debug, Clone)]
pub struct Plan {
    pub(crate) document: PlanDocument,
    pub(crate) total: Decimal,
    pub(crate) lists: Arc<Lists>,
    pub(crate) nodes: Vec<Node>,
    pub(crate) leaves: Vec<Leaf>,
    pub(crate) rules: Vec<Rule>,
    pub(crate) bonus_cap: Option<Decimal>,
    pub(crate) deduction_cap: Option<Decimal>,
    pub(crate) tie_break: Vec<TieRule>,
    /// Share of each grade.
    pub(crate) grade_shares: Vec<Decimal>,
    pub(crate) outcomes: Vec<Condition>,
    /// Outcomes, those that others build on first.
    pub(crate) outcome_order: Vec<usize>,
    /// Places of the tree's nodes by id.
    pub(crate) node_places: BTreeMap<String, usize>,
}

/// What a plan's plain lists say: places by id, and who is in which category. No scenario changes it but one that
/// drops adjustments.
#[derive(Debug)]
pub(crate) struct Lists {
    /// Category of each unit.
    pub(crate) unit_category: Vec<usize>,
    /// Units of each category, in plan order.
    pub(crate) category_units: Vec<Vec<usize>>,
    pub(crate) categories: BTreeMap<String, usize>,
    pub(crate) units: BTreeMap<String, usize>,
    pub(crate) groups: BTreeMap<String, usize>,
    pub(crate) scales: BTreeMap<String, usize>,
    pub(crate) periods: BTreeMap<String, usize>,
    pub(crate) rules: BTreeMap<String, usize>,
    pub(crate) outcomes: BTreeMap<String, usize>,
}

/// A node of the tree, in the order it is written (a branch stands before what is below it).
#[derive(Debug, Clone)]
pub struct Node {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// RFC 6901 pointer to it in the plan document.
    pub path: String,
    /// Applies to units with this trait only.
    pub only: Option<String>,
    /// Applies to units without this trait.
    pub except: Option<String>,
    /// The branch above it.
    pub parent: Option<usize>,
    /// What is directly below it; empty for a leaf.
    pub children: Vec<usize>,
    /// Its place among the leaves, if it is one.
    pub leaf: Option<usize>,
    /// The leaves below it, or itself: a range of places.
    pub leaves: std::ops::Range<usize>,
    /// 1 or 2, its own or inherited.
    pub stage: u8,
    /// Does it apply to each unit, by its traits and those above?
    pub applies: Vec<bool>,
}

/// A leaf: what is scored.
#[derive(Debug, Clone)]
pub struct Leaf {
    /// Its node.
    pub node: usize,
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
        /// The scale, by place.
        scale: usize,
        /// Points off for a mark of each option.
        deduct: Vec<Decimal>,
        /// Whose marks count, by place.
        groups: Vec<usize>,
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
    /// The scale, by place.
    pub scale: usize,
    /// Value of each option.
    pub values: Vec<Decimal>,
    /// Who marks, by place.
    pub groups: Vec<usize>,
    /// Weight of each group; of a pooled survey, one weight for all.
    pub weights: Vec<Decimal>,
    /// Weight of each criterion; one weight where there are none.
    pub criteria: Vec<Decimal>,
    /// All groups' marks count as one group's.
    pub pooled: bool,
    /// Do voters leave out their own unit?
    pub own_unit_skipped: bool,
    pub(crate) figures: SurveyFigures<u128>,
    /// The same in 64 bits, where all of them fit.
    pub(crate) narrow: Option<SurveyFigures<u64>>,
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
    Node(usize),
    /// Higher share of the option in the leaf.
    OptionShare { leaf: usize, option: usize },
}

/// Who gets an outcome, by place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Condition {
    Ranks(u64, u64),
    RanksFromBottom(u64, u64),
    TopShare(Decimal),
    Grade(usize),
    List(Side),
    Repeated { outcome: usize, years: u64 },
}

impl Plan {
    /// The plan that a document describes.
    ///
    /// # Errors
    /// All problems, each with its pointer into the document.
    pub fn new(document: PlanDocument) -> Result<Plan, Vec<Problem>> {
        let (plan, problems) = crate::validity::check(document);
        if problems.is_empty() { Ok(plan) } else { Err(problems) }
    }

    /// Reads and checks in one go.
    ///
    /// # Errors
    /// All problems of shape, and of the rest those that the shape has not caused.
    pub fn from_json(value: &Value) -> Result<Plan, Vec<Problem>> {
        match PlanDocument::read_leniently(value) {
            (Some(document), shape) if shape.is_empty() => Plan::new(document),
            (Some(document), shape) => Err(merge(shape, Plan::new(document).err().unwrap_or_default())),
            (None, shape) => Err(shape),
        }
    }

    /// The document it was made from.
    #[must_use]
    pub fn document(&self) -> &PlanDocument {
        &self.document
    }

    /// What the points that apply to each unit add up to.
    #[must_use]
    pub fn total(&self) -> Decimal {
        self.total
    }

    /// The units, in plan order.
    #[must_use]
    pub fn units(&self) -> &[UnitDocument] {
        &self.document.units
    }

    /// The groups, in plan order.
    #[must_use]
    pub fn groups(&self) -> &[GroupDocument] {
        &self.document.groups
    }

    /// Are the group's marks to be seen by nobody while voting is open (scoring.md, `live`)?
    #[must_use]
    pub fn is_unseen_while_open(&self, group: &GroupDocument) -> bool {
        self.document.live != Some(Live::Tallies) && group.ballot.is_secret()
    }

    /// The periods, in order.
    #[must_use]
    pub fn periods(&self) -> &[NamedDocument] {
        &self.document.periods
    }

    /// The categories, in plan order.
    #[must_use]
    pub fn categories(&self) -> &[NamedDocument] {
        &self.document.categories
    }

    /// The units of a category, in plan order, by place.
    #[must_use]
    pub fn units_of(&self, category: usize) -> &[usize] {
        &self.lists.category_units[category]
    }

    /// The category of a unit, by place.
    #[must_use]
    pub fn category_of(&self, unit: usize) -> usize {
        self.lists.unit_category[unit]
    }

    /// All nodes of the tree, a branch before what is below it.
    #[must_use]
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// The leaves, in the order of the tree.
    #[must_use]
    pub fn leaves(&self) -> &[Leaf] {
        &self.leaves
    }

    /// Id of a leaf's component.
    #[must_use]
    pub fn leaf_id(&self, leaf: usize) -> &str {
        &self.nodes[self.leaves[leaf].node].id
    }

    /// Place of the component with this id among the nodes.
    #[must_use]
    pub fn node_place(&self, id: &str) -> Option<usize> {
        self.node_places.get(id).copied()
    }

    /// Place of the leaf with this id.
    #[must_use]
    pub fn leaf_place(&self, id: &str) -> Option<usize> {
        self.node_place(id).and_then(|node| self.nodes[node].leaf)
    }

    /// Place of the unit with this id.
    #[must_use]
    pub fn unit_place(&self, id: &str) -> Option<usize> {
        self.lists.units.get(id).copied()
    }

    /// Place of the period with this id.
    #[must_use]
    pub fn period_place(&self, id: &str) -> Option<usize> {
        self.lists.periods.get(id).copied()
    }

    /// Place of the group with this id.
    #[must_use]
    pub fn group_place(&self, id: &str) -> Option<usize> {
        self.lists.groups.get(id).copied()
    }

    /// Does the leaf apply to the unit, by traits alone (not by stage)?
    #[must_use]
    pub fn applies(&self, leaf: usize, unit: usize) -> bool {
        self.nodes[self.leaves[leaf].node].applies[unit]
    }

    /// The leaf's options, where its marks are counted by option.
    #[must_use]
    pub fn options_of(&self, leaf: usize) -> &[OptionDocument] {
        match &self.leaves[leaf].method {
            Method::Survey(Survey { scale, .. }) | Method::Complaints { scale, .. } => {
                &self.document.scales[*scale].options
            }
            _ => &[],
        }
    }

    /// The groups that mark in the leaf, by place; none where nobody votes.
    #[must_use]
    pub fn groups_of(&self, leaf: usize) -> &[usize] {
        match &self.leaves[leaf].method {
            Method::Survey(Survey { groups, .. }) | Method::Complaints { groups, .. } => groups,
            _ => &[],
        }
    }

    /// The leaf's criteria ids; empty where it has none.
    #[must_use]
    pub fn criteria_of(&self, leaf: usize) -> &[CriterionDocument] {
        match self.method_document(leaf) {
            MethodDocument::Survey(survey) => survey.criteria.as_deref().unwrap_or_default(),
            _ => &[],
        }
    }

    /// The tie-break elements as written.
    #[must_use]
    pub fn tie_break(&self) -> &[TieBreak] {
        &self.document.ranking.tie_break
    }

    /// The leaf's method as the document has it.
    #[must_use]
    pub fn method_document(&self, leaf: usize) -> &MethodDocument {
        &self.leaves[leaf].document
    }
}
