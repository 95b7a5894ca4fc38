//! A plan that holds: what a [`PlanDocument`] becomes once nothing is wrong with it.
//!
//! Owns the compiled tree and its lookups by place. Only a `Plan` can be scored, and scoring it cannot fail for reasons
//! that validation should have caught. How a document becomes one stands in `validity`, which this file does not know.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use crate::decimal::Decimal;
use crate::deduction::DeductionFigures;
use crate::index::{
    CategoryIndex, GradeIndex, GroupIndex, IndexVec, LeafIndex, NodeIndex, OptionIndex, OutcomeIndex, PeriodIndex,
    RuleIndex, ScaleIndex, TieIndex, UnitIndex, each, first,
};
use crate::plan_document::{
    Combine, CriterionDocument, GroupDocument, Live, MethodDocument, NamedDocument, OptionDocument, PlanDocument, Side,
    Sign, TieBreak, UnitDocument,
};
use crate::survey_mean::SurveyFigures;

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
    pub(crate) node_places: BTreeMap<String, NodeIndex>,
}

/// What a plan's plain lists say: places by id, and who is in which category. No scenario changes it but one that
/// drops adjustments.
#[derive(Debug)]
pub(crate) struct Lists {
    /// Category of each unit.
    pub(crate) unit_category: IndexVec<UnitIndex, CategoryIndex>,
    /// Units of each category, in plan order.
    pub(crate) category_units: IndexVec<CategoryIndex, Vec<UnitIndex>>,
    pub(crate) categories: BTreeMap<String, CategoryIndex>,
    pub(crate) units: BTreeMap<String, UnitIndex>,
    pub(crate) groups: BTreeMap<String, GroupIndex>,
    pub(crate) scales: BTreeMap<String, ScaleIndex>,
    pub(crate) periods: BTreeMap<String, PeriodIndex>,
    pub(crate) rules: BTreeMap<String, RuleIndex>,
    pub(crate) outcomes: BTreeMap<String, OutcomeIndex>,
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
    /// Its node.
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
        /// The scale.
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
    /// The scale.
    pub scale: ScaleIndex,
    /// Value of each option.
    pub values: Vec<Decimal>,
    /// Who marks.
    pub groups: Vec<GroupIndex>,
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

impl Plan {
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

    /// The unit at a place.
    #[must_use]
    pub fn unit(&self, unit: UnitIndex) -> &UnitDocument {
        &self.document.units[unit.index()]
    }

    /// The places of all units, in plan order.
    pub fn unit_indices(&self) -> impl DoubleEndedIterator<Item = UnitIndex> + ExactSizeIterator + Clone + use<> {
        first(self.document.units.len())
    }

    /// The groups, in plan order.
    #[must_use]
    pub fn groups(&self) -> &[GroupDocument] {
        &self.document.groups
    }

    /// The group at a place.
    #[must_use]
    pub fn group(&self, group: GroupIndex) -> &GroupDocument {
        &self.document.groups[group.index()]
    }

    /// The places of all groups, in plan order.
    pub fn group_indices(&self) -> impl DoubleEndedIterator<Item = GroupIndex> + ExactSizeIterator + Clone + use<> {
        first(self.document.groups.len())
    }

    /// Are the group's marks to be seen by nobody while voting is open (docs/plan.md, `live`)?
    #[must_use]
    pub fn is_unseen_while_open(&self, group: &GroupDocument) -> bool {
        self.document.live != Some(Live::Tallies) && group.ballot.is_secret()
    }

    /// The periods, in order.
    #[must_use]
    pub fn periods(&self) -> &[NamedDocument] {
        &self.document.periods
    }

    /// The period at a place.
    #[must_use]
    pub fn period(&self, period: PeriodIndex) -> &NamedDocument {
        &self.document.periods[period.index()]
    }

    /// The places of all periods, in plan order.
    pub fn period_indices(&self) -> impl DoubleEndedIterator<Item = PeriodIndex> + ExactSizeIterator + Clone + use<> {
        first(self.document.periods.len())
    }

    /// The categories, in plan order.
    #[must_use]
    pub fn categories(&self) -> &[NamedDocument] {
        &self.document.categories
    }

    /// The category at a place.
    #[must_use]
    pub fn category(&self, category: CategoryIndex) -> &NamedDocument {
        &self.document.categories[category.index()]
    }

    /// The places of all categories, in plan order.
    pub fn category_indices(
        &self,
    ) -> impl DoubleEndedIterator<Item = CategoryIndex> + ExactSizeIterator + Clone + use<> {
        first(self.document.categories.len())
    }

    /// The units of a category, in plan order.
    #[must_use]
    pub fn units_of(&self, category: CategoryIndex) -> &[UnitIndex] {
        &self.lists.category_units[category]
    }

    /// The category of a unit.
    #[must_use]
    pub fn category_of(&self, unit: UnitIndex) -> CategoryIndex {
        self.lists.unit_category[unit]
    }

    /// All nodes of the tree, a branch before what is below it.
    #[must_use]
    pub fn nodes(&self) -> &IndexVec<NodeIndex, Node> {
        &self.nodes
    }

    /// The leaves, in the order of the tree.
    #[must_use]
    pub fn leaves(&self) -> &IndexVec<LeafIndex, Leaf> {
        &self.leaves
    }

    /// Id of a leaf's component.
    #[must_use]
    pub fn leaf_id(&self, leaf: LeafIndex) -> &str {
        &self.nodes[self.leaves[leaf].node].id
    }

    /// Place of the component with this id among the nodes.
    #[must_use]
    pub fn node_place(&self, id: &str) -> Option<NodeIndex> {
        self.node_places.get(id).copied()
    }

    /// Place of the leaf with this id.
    #[must_use]
    pub fn leaf_place(&self, id: &str) -> Option<LeafIndex> {
        self.node_place(id).and_then(|node| self.nodes[node].leaf)
    }

    /// Place of the unit with this id.
    #[must_use]
    pub fn unit_place(&self, id: &str) -> Option<UnitIndex> {
        self.lists.units.get(id).copied()
    }

    /// Place of the period with this id.
    #[must_use]
    pub fn period_place(&self, id: &str) -> Option<PeriodIndex> {
        self.lists.periods.get(id).copied()
    }

    /// Place of the group with this id.
    #[must_use]
    pub fn group_place(&self, id: &str) -> Option<GroupIndex> {
        self.lists.groups.get(id).copied()
    }

    /// Does the leaf apply to the unit, by traits alone (not by stage)?
    #[must_use]
    pub fn applies(&self, leaf: LeafIndex, unit: UnitIndex) -> bool {
        self.nodes[self.leaves[leaf].node].applies[unit]
    }

    /// The leaf's options, where its marks are counted by option.
    #[must_use]
    pub fn options_of(&self, leaf: LeafIndex) -> &[OptionDocument] {
        match &self.leaves[leaf].method {
            Method::Survey(Survey { scale, .. }) | Method::Complaints { scale, .. } => {
                &self.document.scales[scale.index()].options
            }
            _ => &[],
        }
    }

    /// The groups that mark in the leaf; none where nobody votes.
    #[must_use]
    pub fn groups_of(&self, leaf: LeafIndex) -> &[GroupIndex] {
        match &self.leaves[leaf].method {
            Method::Survey(Survey { groups, .. }) | Method::Complaints { groups, .. } => groups,
            _ => &[],
        }
    }

    /// The leaf's criteria ids; empty where it has none.
    #[must_use]
    pub fn criteria_of(&self, leaf: LeafIndex) -> &[CriterionDocument] {
        match self.method_document(leaf) {
            MethodDocument::Survey(survey) => survey.criteria.as_deref().unwrap_or_default(),
            _ => &[],
        }
    }

    /// The nodes at the top of the tree, in order.
    pub fn roots(&self) -> impl Iterator<Item = NodeIndex> {
        self.nodes.enumerated().filter(|(_, node)| node.parent.is_none()).map(|(place, _)| place)
    }

    /// The tie-break elements as written.
    #[must_use]
    pub fn tie_break(&self) -> &[TieBreak] {
        &self.document.ranking.tie_break
    }

    /// The leaf's method as the document has it.
    #[must_use]
    pub fn method_document(&self, leaf: LeafIndex) -> &MethodDocument {
        &self.leaves[leaf].document
    }
}
