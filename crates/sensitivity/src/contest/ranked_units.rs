//! Units that are ranked against each other, and the weights that decide between them.
//!
//! Owns the step from a scored plan's tree to a field: which slots are weights, whose scores they hold, and what stays
//! outside. What no scenario could move (a locked slot, alternatives that differ) stands outside the weights. A unit's
//! base takes up the millionths that combining periods rounds, so that today's weights give today's official totals.

use document::Map;
use scoring::fraction::{Fraction, common_divisor};
use scoring::plan_document::Side;
use scoring::{
    CategoryIndex, Decimal, IndexVec, LeafIndex, NodeIndex, Plan, ScenarioDocument, Score, Slot as Nodes, Standing,
    UnitIndex, apply_scenario, slots,
};

use crate::field::{Field, Slot};
use crate::line::Line;
use crate::place::RivalIndex;
use crate::simulation::{Simulation, scored};

/// A weight and the nodes that bear it.
#[derive(Debug, Clone)]
pub struct Weight {
    /// The nodes, by alternative.
    pub nodes: Nodes,
    /// Today's points.
    pub points: Decimal,
    /// Each unit's score, in millionths: at today's points, or of an idle weight at `per`.
    scores: IndexVec<RivalIndex, i64>,
    per: Decimal,
}

/// Units that are ranked against each other: a category, or a list of a shortlist inside one.
#[derive(Debug, Clone)]
pub struct Contest<'s> {
    pub(super) simulation: &'s Simulation,
    pub(super) category: CategoryIndex,
    side: Option<Side>,
    pub(super) units: IndexVec<RivalIndex, UnitIndex>,
    /// How many of the category stand above the whole list.
    above: usize,
    pub(super) weights: Vec<Weight>,
    /// Points of one grain, in 10⁻¹².
    pub(super) grain: i128,
}

impl<'s> Contest<'s> {
    /// The contests of a simulation: a category each, or each list of a shortlist in it.
    #[must_use]
    pub fn all(simulation: &'s Simulation) -> Vec<Contest<'s>> {
        let plan = &simulation.plan;
        let mut contests = Vec::new();
        for category in plan.category_indices() {
            let mut above = 0;
            for side in [Some(Side::Top), None, Some(Side::Bottom)] {
                let units = plan.units_of(category).iter().copied();
                let units: IndexVec<_, UnitIndex> =
                    units.filter(|&unit| simulation.standing.side(unit) == side).collect();
                if !units.is_empty() {
                    let count = units.len();
                    contests.push(Contest::new(simulation, (category, side), units, above));
                    above += count;
                }
            }
        }
        contests
    }

    fn new(
        simulation: &'s Simulation,
        (category, side): (CategoryIndex, Option<Side>),
        units: IndexVec<RivalIndex, UnitIndex>,
        above: usize,
    ) -> Contest<'s> {
        let mut contest = Contest { simulation, category, side, units, above, weights: Vec::new(), grain: 1 };
        contest.collect(None);
        contest.grain =
            common_divisor(simulation.plan.leaves().iter().map(|leaf| leaf.points.units().unsigned_abs())) as i128;
        contest
    }

    /// The category's place in the plan.
    #[must_use]
    pub const fn category(&self) -> CategoryIndex {
        self.category
    }

    /// The list of the shortlist, if it is one.
    #[must_use]
    pub const fn side(&self) -> Option<Side> {
        self.side
    }

    /// The units' places in the plan, in plan order. Answers name units by their place here.
    #[must_use]
    pub fn units(&self) -> &IndexVec<RivalIndex, UnitIndex> {
        &self.units
    }

    /// The place here of a unit of the plan; nothing if it is not among these.
    #[must_use]
    pub fn place(&self, unit: UnitIndex) -> Option<RivalIndex> {
        self.units.iter().position(|own| *own == unit).map(RivalIndex::from)
    }

    /// How many units of the category stand above all of these, whatever the weights.
    #[must_use]
    pub const fn above(&self) -> usize {
        self.above
    }

    /// The weights, in plan order.
    #[must_use]
    pub fn weights(&self) -> &[Weight] {
        &self.weights
    }

    /// Units, best first, by today's official ranks.
    #[must_use]
    pub fn order(&self) -> Vec<RivalIndex> {
        let mut order: Vec<RivalIndex> = self.units.indices().collect();
        order.sort_by_key(|&unit| self.simulation.standing.rank(self.units[unit]));
        order
    }

    /// Totals in millionths. Nothing if one is too large.
    pub(super) fn totals(&self) -> Option<Vec<i64>> {
        self.units.iter().map(|&unit| millionths(self.simulation.standing.total(unit))).collect()
    }

    /// The field of all weights. Nothing if figures are too large to be compared exactly.
    #[must_use]
    pub fn field(&self) -> Option<Field> {
        let slots = self.weights.iter().map(|weight| {
            let grains = self.grains(weight.points)?;
            Some(if grains > 0 { Slot::weighing(grains) } else { Slot::idle(self.grains(weight.per)?) })
        });
        let slots: Vec<Slot> = slots.collect::<Option<_>>()?;
        let totals = self.totals()?;
        let mut scores = Vec::with_capacity(self.units.len() * slots.len());
        let mut base = totals.clone();
        for (unit, base) in self.units.indices().zip(&mut base) {
            for (weight, slot) in self.weights.iter().zip(&slots) {
                scores.push(weight.scores[unit]);
                *base -= if slot.weight() > 0 { weight.scores[unit] } else { 0 };
            }
        }
        // Ties go by the rule at today's points; at equal totals today's official ranks say the same.
        let keys = self.tie_keys(|_| Some((vec![0; self.units.len()], 1)))?;
        let level = Line::new(vec![0; totals.len()], vec![0; totals.len()], 1, (0, 0), keys)?;
        let mut places = vec![0; totals.len()];
        for (place, unit) in level.order().iter().enumerate() {
            places[unit.index()] = place as u32;
        }
        Field::new(slots, scores, base, places).ok()
    }

    /// Weights of the field as points.
    #[must_use]
    pub fn points(&self, grains: &Fraction) -> Fraction {
        grains * &Fraction::new(self.grain, Decimal::ONE.units())
    }

    /// So many points as grains of the field.
    #[must_use]
    pub fn in_grains(&self, points: &Fraction) -> Fraction {
        points * &Fraction::new(Decimal::ONE.units(), self.grain)
    }

    /// Collects the weights under a parent: each slot that moves as one and cannot be taken apart.
    fn collect(&mut self, parent: Option<NodeIndex>) {
        let plan = &self.simulation.plan;
        for slot in slots(plan, parent) {
            let single = slot.alternatives.len() == 1 && slot.alternatives[0].len() == 1;
            let node = &plan.nodes()[slot.alternatives[0][0]];
            if single && is_whole(plan, &slot) && node.leaf.is_none() {
                if !self.simulation.locked[slot.alternatives[0][0]] {
                    self.collect(Some(slot.alternatives[0][0]));
                }
                continue;
            }
            let Some(points) = slot.points(plan).filter(|_| is_whole(plan, &slot) && !self.is_locked(&slot)) else {
                continue;
            };
            if let Some((scores, per)) = self.scores_of(&slot, points, plan.total()) {
                self.weights.push(Weight { nodes: slot, points, scores, per });
            }
        }
    }

    /// A slot's scores and the points that they are for. Without points today its units are scored once
    /// with it at `most` and its siblings at nothing.
    pub(super) fn scores_of(
        &self,
        slot: &Nodes,
        points: Decimal,
        most: Decimal,
    ) -> Option<(IndexVec<RivalIndex, i64>, Decimal)> {
        let plan = &self.simulation.plan;
        let sum = |plan: &Plan, standing: &Standing| -> Option<IndexVec<RivalIndex, i64>> {
            let score =
                |&unit: &UnitIndex| millionths(slot.nodes().map(|node| standing.combined(plan, node, unit)).sum());
            self.units.iter().map(score).collect()
        };
        if !points.is_zero() {
            return Some((sum(plan, &self.simulation.standing)?, points));
        }
        let single = slot.alternatives.iter().find(|nodes| nodes.len() == 1)?;
        let parent = plan.nodes()[single[0]].parent;
        let siblings = slots(plan, parent).iter().map(|slot| slot.points(plan)).sum::<Option<Decimal>>();
        let per = siblings.filter(|siblings| *siblings < most && !siblings.is_zero()).unwrap_or(most);
        let scenario = ScenarioDocument {
            points: Map::from([(&plan.nodes()[single[0]].id, per.into())]),
            rebalance: Some(scoring::scenario::Rebalance::Proportional),
            ..ScenarioDocument::default()
        };
        let probe = apply_scenario(plan, &scenario).ok()?;
        let standing = scored(&probe, &self.simulation.records);
        Some((sum(&probe, &standing)?, per))
    }

    pub(super) fn leaf_sum(
        &self,
        leaves: &[LeafIndex],
        counts: impl Fn(LeafIndex) -> bool,
        unit: RivalIndex,
    ) -> Option<i64> {
        let plan = &self.simulation.plan;
        let score =
            |leaf: LeafIndex| self.simulation.standing.combined(plan, plan.leaves()[leaf].node, self.units[unit]);
        millionths(leaves.iter().filter(|leaf| counts(**leaf)).map(|&leaf| score(leaf)).sum())
    }

    pub(super) fn is_locked(&self, slot: &Nodes) -> bool {
        let plan = &self.simulation.plan;
        let mut locked = plan.nodes().indices().filter(|&node| self.simulation.locked[node]);
        locked.any(|mut node| {
            loop {
                if slot.nodes().any(|own| own == node) {
                    return true;
                }
                match plan.nodes()[node].parent {
                    Some(parent) => node = parent,
                    None => return false,
                }
            }
        })
    }

    pub(super) fn grains(&self, points: Decimal) -> Option<i64> {
        i64::try_from(points.units() / self.grain).ok().filter(|_| points.units() % self.grain == 0)
    }
}

/// Do the slot's points reach every unit: a plain node, or both alternatives of a trait?
pub(super) fn is_whole(plan: &Plan, slot: &Nodes) -> bool {
    let first = &plan.nodes()[slot.alternatives[0][0]];
    slot.alternatives.len() == 2 || first.only.is_none() && first.except.is_none()
}

pub(super) fn millionths(score: Score) -> Option<i64> {
    i64::try_from(score.millionths()).ok()
}
