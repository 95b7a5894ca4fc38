//! Records that hold under a plan: what a [`RecordsDocument`] becomes once nothing is wrong with it.
//!
//! Owns dense storage by place, so that scoring looks nothing up by name. How a document becomes records stands in
//! `records_validity`, which this file does not know.

use std::collections::{BTreeMap, BTreeSet};

use crate::decimal::{Decimal, Score};
use crate::grid::Grid;
use crate::index::{CategoryIndex, IndexVec, LeafIndex, OutcomeIndex, PeriodIndex, RuleIndex, UnitIndex};
use crate::plan::Plan;
use crate::plan_document::Side;

/// Valid records of one plan.
#[derive(Debug, Clone)]
pub struct Records {
    pub(crate) leaves: IndexVec<LeafIndex, LeafRecords>,
    pub(crate) decisions: BTreeMap<(LeafIndex, PeriodIndex, UnitIndex), Decimal>,
    pub(crate) adjustments: BTreeMap<(PeriodIndex, UnitIndex, RuleIndex), Score>,
    /// Which periods have any record but adjustments.
    pub(crate) marked: IndexVec<PeriodIndex, bool>,
    pub(crate) lots: Vec<Lot>,
    pub(crate) verdicts: BTreeSet<(UnitIndex, OutcomeIndex)>,
    /// Ids of outcomes by year and unit.
    pub(crate) history: BTreeMap<(u64, UnitIndex), BTreeSet<String>>,
    /// The lists of the shortlist, once they are frozen; `None`: stage 1 says who is on them.
    pub(crate) frozen_lists: Option<IndexVec<UnitIndex, Option<Side>>>,
}

/// A recorded draw.
#[derive(Debug, Clone)]
pub(crate) struct Lot {
    pub(crate) category: Option<CategoryIndex>,
    pub(crate) order: Vec<UnitIndex>,
}

/// A leaf's records, by period and unit.
#[derive(Debug, Clone)]
pub(crate) enum LeafRecords {
    /// Counts of options by group and criterion, or of incidents by level, plain then serious.
    Counts(Grid<PeriodIndex, UnitIndex, u64>),
    /// What an office entered.
    Entries(Grid<PeriodIndex, UnitIndex, Option<Decimal>>),
    /// Totals of linked plans.
    Links(Grid<PeriodIndex, UnitIndex, Option<Vec<Decimal>>>),
}

impl Records {
    /// The same records, with the lists of the shortlist as they were frozen when stage 1 ended (`office.md`, "Rounds and the
    /// calendar"): who was voted on in stage 2 stays on its list, whatever is corrected in stage 1 afterwards.
    #[must_use]
    pub fn with_frozen_lists(self, lists: IndexVec<UnitIndex, Option<Side>>) -> Records {
        Records { frozen_lists: Some(lists), ..self }
    }

    /// The same by the units' ids, as a publication writes them; an id that the plan does not know says nothing.
    #[must_use]
    pub fn with_lists_by_id(self, plan: &Plan, top: &[String], bottom: &[String]) -> Records {
        let on = |list: &[String], unit: UnitIndex| list.iter().any(|id| *id == plan.unit(unit).id);
        let side = |unit| match (on(top, unit), on(bottom, unit)) {
            (_, true) => Some(Side::Bottom),
            (true, false) => Some(Side::Top),
            (false, false) => None,
        };
        self.with_frozen_lists(plan.unit_indices().map(side).collect())
    }

    /// The same records without adjustments.
    #[must_use]
    pub fn without_adjustments(&self) -> Records {
        Records { adjustments: BTreeMap::new(), ..self.clone() }
    }

    /// Does the period have any record?
    pub(crate) fn period_used(&self, period: PeriodIndex) -> bool {
        let first = (period, UnitIndex::default(), RuleIndex::default());
        let adjusted = || self.adjustments.range(first..).next().is_some_and(|((of, ..), _)| *of == period);
        self.marked[period] || adjusted()
    }

    /// The counts of a leaf for a period and unit; none where the leaf counts nothing.
    pub(crate) fn counts(&self, leaf: LeafIndex, period: PeriodIndex, unit: UnitIndex) -> &[u64] {
        match &self.leaves[leaf] {
            LeafRecords::Counts(counts) => counts.cell(period, unit),
            _ => &[],
        }
    }

    /// The same counts, to be changed: resampling a tally rescores it.
    pub fn counts_mut(&mut self, leaf: LeafIndex, period: PeriodIndex, unit: UnitIndex) -> &mut [u64] {
        match &mut self.leaves[leaf] {
            LeafRecords::Counts(counts) => counts.cell_mut(period, unit),
            _ => &mut [],
        }
    }
}
