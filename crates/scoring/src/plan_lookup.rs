//! What a plan says, looked up by place or by id.
//!
//! Owns how the compiled lists of a [`Plan`] are read. It computes nothing and knows no records.

use crate::decimal::Decimal;
use crate::index::{
    CategoryIndex, GroupIndex, IndexVec, LeafIndex, NodeIndex, OutcomeIndex, PeriodIndex, UnitIndex, each, first,
};
use crate::plan::{Criterion, Leaf, Method, Node, Plan, Survey};
use crate::plan_document::{
    Approval, CriteriaOf, GroupDocument, Live, MethodDocument, NamedDocument, OptionDocument, PlanDocument,
    ShortlistDocument, TieBreak, UnitDocument,
};
use crate::record::{Record, RecordKind};
use crate::survey_mean::SizedCriteria;

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

    /// The places of the periods that are scored, in plan order: all, or one [alone](Plan::alone).
    pub fn period_indices(&self) -> impl DoubleEndedIterator<Item = PeriodIndex> + ExactSizeIterator + Clone + use<> {
        let all = PeriodIndex::from(0)..PeriodIndex::from(self.document.periods.len());
        each(self.alone.map_or(all, |period| period..PeriodIndex::from(period.index() + 1)))
    }

    /// The same plan, scored for one period alone (docs/arithmetic.md, "One period alone"): that period's totals, ranks,
    /// grades and outcomes, without stage 2 and without outcomes over several years. Records of the plan are records
    /// of it; scenarios make such plans of it.
    #[must_use]
    pub fn alone(&self, period: PeriodIndex) -> Plan {
        Plan { alone: Some(period), ..self.clone() }
    }

    /// Who takes part in stage 2, where there is one.
    pub(crate) fn shortlist(&self) -> Option<&ShortlistDocument> {
        self.document.shortlist.as_ref().filter(|_| self.alone.is_none())
    }

    /// May the unit have the outcome, by its traits?
    pub(crate) fn may_have(&self, outcome: OutcomeIndex, unit: UnitIndex) -> bool {
        let outcome = &self.document.outcomes[outcome.index()];
        let has = |name: &String| self.unit(unit).traits.as_ref().is_some_and(|traits| traits.contains(name));
        outcome.only.as_ref().is_none_or(has) && !outcome.except.as_ref().is_some_and(has)
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
        self.node_places.get(id)
    }

    /// Place of the leaf with this id.
    #[must_use]
    pub fn leaf_place(&self, id: &str) -> Option<LeafIndex> {
        self.node_place(id).and_then(|node| self.nodes[node].leaf)
    }

    /// Place of the unit with this id.
    #[must_use]
    pub fn unit_place(&self, id: &str) -> Option<UnitIndex> {
        self.lists.units.get(id)
    }

    /// Place of the period with this id.
    #[must_use]
    pub fn period_place(&self, id: &str) -> Option<PeriodIndex> {
        self.lists.periods.get(id)
    }

    /// Place of the group with this id.
    #[must_use]
    pub fn group_place(&self, id: &str) -> Option<GroupIndex> {
        self.lists.groups.get(id)
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

    /// What of a unit is marked apart in the leaf: the survey's criteria or the unit's tasks; empty where it has none.
    #[must_use]
    pub fn criteria_of(&self, leaf: LeafIndex, unit: UnitIndex) -> Vec<Criterion<'_>> {
        let MethodDocument::Survey(survey) = self.method_document(leaf) else { return Vec::new() };
        let names: Vec<(&str, &str)> = match survey.criteria_of {
            Some(CriteriaOf::Unit) => {
                let tasks = self.unit(unit).tasks.iter().flatten();
                tasks.map(|task| (task.id.as_str(), task.name.as_str())).collect()
            }
            None => {
                let criteria = survey.criteria.iter().flatten();
                criteria.map(|criterion| (criterion.id.as_str(), criterion.name.as_str())).collect()
            }
        };
        let weighted = names.into_iter().zip(self.criteria_weights(leaf, unit));
        weighted.map(|((id, name), weight)| Criterion { id, name, weight: *weight }).collect()
    }

    /// Weights of what is marked apart of a unit in the leaf; one weight where nothing is.
    #[must_use]
    pub fn criteria_weights(&self, leaf: LeafIndex, unit: UnitIndex) -> &[Decimal] {
        match &self.leaves[leaf].method {
            Method::Survey(survey) => &self.sized_criteria(survey, unit).weights,
            _ => &[Decimal::ONE],
        }
    }

    /// Figures of what is marked apart of a unit in a survey.
    #[inline]
    pub(crate) fn sized_criteria<'p>(&'p self, survey: &'p Survey, unit: UnitIndex) -> &'p SizedCriteria {
        survey.criteria.as_ref().unwrap_or_else(|| &self.lists.tasks[unit])
    }

    /// The most that is marked apart of any unit in the leaf; 1 where nothing is.
    pub(crate) fn most_criteria(&self, leaf: LeafIndex) -> usize {
        match &self.leaves[leaf].method {
            Method::Survey(Survey { criteria: Some(criteria), .. }) => criteria.weights.len(),
            Method::Survey(Survey { criteria: None, .. }) => {
                let units = self.unit_indices().filter(|unit| self.applies(leaf, *unit));
                units.map(|unit| self.lists.tasks[unit].weights.len()).max().unwrap_or(1).max(1)
            }
            _ => 1,
        }
    }

    /// The place of a criterion, by its id, among those of a unit; the first where nothing is marked apart.
    #[must_use]
    pub fn criterion_place(&self, leaf: LeafIndex, unit: UnitIndex, id: Option<&str>) -> Option<usize> {
        let survey = match self.method_document(leaf) {
            MethodDocument::Survey(survey) => survey,
            _ => return if id.is_none() { Some(0) } else { None },
        };
        match (survey.criteria_of, id) {
            (Some(CriteriaOf::Unit), id) => {
                self.unit(unit).tasks.iter().flatten().position(|task| Some(task.id.as_str()) == id)
            }
            (None, Some(id)) => survey.criteria.iter().flatten().position(|criterion| criterion.id == id),
            (None, None) => survey.criteria.as_ref().is_none_or(Vec::is_empty).then_some(0),
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

    /// The office that a component's records come from; `None` where the plan names none.
    #[must_use]
    pub fn office_of_component(&self, id: &str) -> Option<&str> {
        match self.method_document(self.leaf_place(id)?) {
            MethodDocument::Entered(entered) => Some(&entered.office),
            MethodDocument::Incidents(incidents) => incidents.office.as_deref(),
            MethodDocument::Linked(linked) => linked.office.as_deref(),
            MethodDocument::Survey(_) | MethodDocument::Complaints(_) => None,
        }
    }

    /// The office that an adjustment rule's records come from; `None` where the plan names none.
    #[must_use]
    pub fn office_of_rule(&self, id: &str) -> Option<&str> {
        self.document.adjustments.iter().find(|rule| rule.id == id).and_then(|rule| rule.office.as_deref())
    }

    /// The office that a record is of, by its component or its rule: who may give it where accounts are kept to an
    /// office. `None` for what no single office gives: lots, verdicts, history.
    #[must_use]
    pub fn office_of(&self, record: &Record) -> Option<&str> {
        match record {
            Record::Entry(entry) => self.office_of_component(&entry.component),
            Record::Incident(incident) => self.office_of_component(&incident.component),
            Record::Link(link) => self.office_of_component(&link.component),
            Record::Decision(decision) => self.office_of_component(&decision.component),
            Record::Adjustment(adjustment) => self.office_of_rule(&adjustment.rule),
            Record::Lot(_) | Record::Verdict(_) | Record::History(_) => None,
        }
    }

    /// Whether a step takes a second person.
    #[must_use]
    pub fn takes_two(&self, step: Approval) -> bool {
        self.document.approval.iter().flatten().any(|named| *named == step)
    }

    /// Whether a record of a kind counts only once a second person has approved it.
    #[must_use]
    pub fn needs_approval(&self, kind: RecordKind) -> bool {
        let named = match kind {
            RecordKind::Adjustment => Approval::Adjustments,
            RecordKind::Incident => Approval::Incidents,
            RecordKind::Decision => Approval::Decisions,
            RecordKind::Verdict => Approval::Verdicts,
            RecordKind::Lot => Approval::Lots,
            RecordKind::Entry | RecordKind::Link | RecordKind::History => return false,
        };
        self.takes_two(named)
    }
}
