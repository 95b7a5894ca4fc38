//! What became of every unit: scores, totals, ranks, lists, grades, outcomes.
//!
//! Owns the figures of one scoring and how they are read. It computes nothing that decides anything: the course of the
//! formula stands in `score`, the printed form in [`crate::result_document`].

use document::words;

use crate::decimal::{Score, divide_rounding};
use crate::grid::Grid;
use crate::index::{GradeIndex, GroupIndex, IndexVec, LeafIndex, NodeIndex, OutcomeIndex, PeriodIndex, UnitIndex};
use crate::leaf_score::LeafScore;
use crate::plan::Plan;
use crate::plan_document::{Combine, Side};
use crate::ranking::Decider;

words! {
    /// How missing data is taken.
    pub enum Mode {
        /// Any missing leaf is an error.
        Final = "final",
        /// What is there counts; what is missing is listed.
        Provisional = "provisional",
    }
}

/// A place without data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct MissingPlace {
    /// For whom it is missing.
    pub unit: UnitIndex,
    /// In which period.
    pub period: PeriodIndex,
    /// Of which leaf.
    pub leaf: LeafIndex,
    /// The group without marks; `None` for an entry or link.
    pub group: Option<GroupIndex>,
}

/// What became of every unit of a plan.
#[derive(Debug, Clone)]
pub struct Standing {
    pub(crate) mode: Mode,
    /// Which periods count.
    pub(crate) counted: IndexVec<PeriodIndex, bool>,
    pub(crate) combine: Combine,
    pub(crate) leaves: IndexVec<LeafIndex, Grid<PeriodIndex, UnitIndex, LeafScore>>,
    /// After caps.
    pub(crate) bonus: Grid<PeriodIndex, UnitIndex, Score>,
    pub(crate) deduction: Grid<PeriodIndex, UnitIndex, Score>,
    pub(crate) totals: IndexVec<UnitIndex, Score>,
    pub(crate) ranks: IndexVec<UnitIndex, u32>,
    pub(crate) sides: IndexVec<UnitIndex, Option<Side>>,
    pub(crate) grades: IndexVec<UnitIndex, Option<GradeIndex>>,
    pub(crate) outcomes: IndexVec<UnitIndex, Vec<OutcomeIndex>>,
    pub(crate) ties: Vec<(UnitIndex, UnitIndex, Decider)>,
    pub(crate) unresolved: Vec<Vec<UnitIndex>>,
    pub(crate) missing: Vec<MissingPlace>,
}

impl Standing {
    /// Nothing scored yet, in the periods that count: no totals, and nothing that follows from them.
    pub(crate) fn blank(plan: &Plan, counted: IndexVec<PeriodIndex, bool>, mode: Mode) -> Standing {
        let (periods, units) = (plan.periods().len(), plan.units().len());
        Standing {
            mode,
            counted,
            combine: plan.document.combine,
            leaves: IndexVec::filled(Grid::filled(LeafScore::NONE, periods, units), plan.leaves.len()),
            bonus: Grid::filled(Score::ZERO, periods, units),
            deduction: Grid::filled(Score::ZERO, periods, units),
            totals: IndexVec::default(),
            ranks: IndexVec::filled(0, units),
            sides: IndexVec::filled(None, units),
            grades: IndexVec::default(),
            outcomes: IndexVec::default(),
            ties: Vec::new(),
            unresolved: Vec::new(),
            missing: Vec::new(),
        }
    }

    /// Combines a figure of each counted period as the totals are, rounded once.
    pub(crate) fn combined_over(&self, figure: impl Fn(PeriodIndex) -> Score) -> Score {
        if self.counted.len() == 1 {
            return figure(PeriodIndex::from(0));
        }
        let mut counted = self.counted.indices().filter(|period| self.counted[*period]);
        match self.combine {
            Combine::Last => counted.next_back().map_or(Score::ZERO, figure),
            Combine::Sum => counted.map(figure).sum(),
            Combine::Mean => {
                let number = counted.clone().count() as i128;
                let sum: Score = counted.map(figure).sum();
                Score::from_millionths(divide_rounding(sum.millionths(), number.max(1)))
            }
        }
    }

    /// Does the leaf count for the unit, by traits and by stage?
    #[must_use]
    pub fn takes_part(&self, plan: &Plan, leaf: LeafIndex, unit: UnitIndex) -> bool {
        plan.applies(leaf, unit) && (plan.leaves[leaf].stage == 1 || self.sides[unit].is_some())
    }

    /// Which mode it was scored in.
    #[must_use]
    pub fn mode(&self) -> Mode {
        self.mode
    }

    /// A leaf's score in a period; 0 where it does not apply.
    #[must_use]
    pub fn leaf_score(&self, leaf: LeafIndex, period: PeriodIndex, unit: UnitIndex) -> Score {
        self.leaves[leaf][(period, unit)].score
    }

    /// Is the leaf's data missing, in whole or in part?
    #[must_use]
    pub fn leaf_missing(&self, leaf: LeafIndex, period: PeriodIndex, unit: UnitIndex) -> bool {
        self.leaves[leaf][(period, unit)].missing
    }

    /// Did a decision take the place of the leaf's raw value?
    #[must_use]
    pub fn leaf_decided(&self, leaf: LeafIndex, period: PeriodIndex, unit: UnitIndex) -> bool {
        self.leaves[leaf][(period, unit)].decided
    }

    /// A node's score in a period.
    #[must_use]
    pub fn node_score(&self, plan: &Plan, node: NodeIndex, period: PeriodIndex, unit: UnitIndex) -> Score {
        plan.nodes[node].each_leaf().map(|leaf| self.leaf_score(leaf, period, unit)).sum()
    }

    /// A node's score over all periods that count, combined as the totals are.
    #[must_use]
    pub fn combined(&self, plan: &Plan, node: NodeIndex, unit: UnitIndex) -> Score {
        self.combined_over(|period| self.node_score(plan, node, period, unit))
    }

    /// Bonuses less deductions over all periods that count, combined as the totals are.
    #[must_use]
    pub fn adjustments(&self, unit: UnitIndex) -> Score {
        self.combined_over(|period| self.bonus(period, unit) - self.deduction(period, unit))
    }

    /// A unit's bonus points of a period, after caps.
    #[must_use]
    pub fn bonus(&self, period: PeriodIndex, unit: UnitIndex) -> Score {
        self.bonus[(period, unit)]
    }

    /// A unit's deductions of a period, after caps.
    #[must_use]
    pub fn deduction(&self, period: PeriodIndex, unit: UnitIndex) -> Score {
        self.deduction[(period, unit)]
    }

    /// Which periods count: all, or in provisional mode those with any record.
    #[must_use]
    pub fn counted_periods(&self) -> &IndexVec<PeriodIndex, bool> {
        &self.counted
    }

    /// A unit's total over the periods that count.
    #[must_use]
    pub fn total(&self, unit: UnitIndex) -> Score {
        self.totals[unit]
    }

    /// A unit's rank inside its category, from 1.
    #[must_use]
    pub fn rank(&self, unit: UnitIndex) -> u32 {
        self.ranks[unit]
    }

    /// The list of the shortlist that the unit is on.
    #[must_use]
    pub fn side(&self, unit: UnitIndex) -> Option<Side> {
        self.sides[unit]
    }

    /// The unit's grade, if the plan has grades.
    #[must_use]
    pub fn grade(&self, unit: UnitIndex) -> Option<GradeIndex> {
        self.grades[unit]
    }

    /// The unit's outcomes, in plan order.
    #[must_use]
    pub fn outcomes(&self, unit: UnitIndex) -> &[OutcomeIndex] {
        &self.outcomes[unit]
    }

    /// Ties that nothing decides, each in plan order; none may be left when a result is published.
    #[must_use]
    pub fn unresolved_ties(&self) -> &[Vec<UnitIndex>] {
        &self.unresolved
    }

    /// Places without data; never any in final mode.
    #[must_use]
    pub fn missing(&self) -> &[MissingPlace] {
        &self.missing
    }
}
