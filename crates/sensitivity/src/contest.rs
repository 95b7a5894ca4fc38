//! Units that are ranked against each other, and the weights that decide between them.
//!
//! Owns the step from a scored plan's tree to fields and lines: which slots are weights, whose scores
//! they hold, what stays outside, and the tie rule along a line. What no scenario could move (a locked
//! slot, alternatives that differ) stands outside the weights. A unit's base takes up the millionths that
//! combining periods rounds, so that today's weights give today's official totals.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use scoring::plan_document::{Side, TieBreak};
use scoring::{Decimal, Plan, ScenarioDocument, Score, Slot as Nodes, Standing, apply_scenario, slots};

use crate::field::{Field, Slot};
use crate::fraction::Fraction;
use crate::line::{Line, TieKey, slopes_of_one_weight};
use crate::meeting::gcd;
use crate::simulation::{Simulation, scored};

/// A weight and the nodes that bear it.
#[derive(Debug, Clone)]
pub struct Weight {
    /// The nodes, by alternative.
    pub nodes: Nodes,
    /// Today's points.
    pub points: Decimal,
    /// Each unit's score, in millionths: at today's points, or of an idle weight at `per`.
    scores: Vec<i64>,
    per: Decimal,
}

/// Units that are ranked against each other: a category, or a list of a shortlist inside one.
#[derive(Debug, Clone)]
pub struct Contest<'s> {
    simulation: &'s Simulation,
    category: usize,
    side: Option<Side>,
    units: Vec<usize>,
    /// How many of the category stand above the whole list.
    above: usize,
    weights: Vec<Weight>,
    /// Points of one grain, in 10⁻¹².
    grain: i128,
}

impl<'s> Contest<'s> {
    pub(crate) fn all(simulation: &'s Simulation) -> Vec<Contest<'s>> {
        let plan = &simulation.plan;
        let mut contests = Vec::new();
        for category in 0..plan.categories().len() {
            let mut above = 0;
            for side in [Some(Side::Top), None, Some(Side::Bottom)] {
                let units = plan.units_of(category).iter().copied();
                let units: Vec<usize> = units.filter(|&unit| simulation.standing.side(unit) == side).collect();
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
        (category, side): (usize, Option<Side>),
        units: Vec<usize>,
        above: usize,
    ) -> Contest<'s> {
        let mut contest = Contest { simulation, category, side, units, above, weights: Vec::new(), grain: 1 };
        contest.collect(None);
        let points = simulation.plan.leaves().iter().map(|leaf| leaf.points.units());
        contest.grain = points.fold(0, gcd).max(1);
        contest
    }

    /// The category's place in the plan.
    #[must_use]
    pub const fn category(&self) -> usize {
        self.category
    }

    /// The list of the shortlist, if it is one.
    #[must_use]
    pub const fn side(&self) -> Option<Side> {
        self.side
    }

    /// The units' places in the plan, in plan order. Answers name units by their place here.
    #[must_use]
    pub fn units(&self) -> &[usize] {
        &self.units
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
    pub fn order(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.units.len()).collect();
        order.sort_by_key(|&unit| self.simulation.standing.rank(self.units[unit]));
        order
    }

    /// Totals in millionths. Nothing if one is too large.
    fn totals(&self) -> Option<Vec<i64>> {
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
        for unit in 0..self.units.len() {
            for (weight, slot) in self.weights.iter().zip(&slots) {
                scores.push(weight.scores[unit]);
                base[unit] -= if slot.weight() > 0 { weight.scores[unit] } else { 0 };
            }
        }
        // Ties go by the rule at today's points; at equal totals today's official ranks say the same.
        let keys = self.tie_keys(|values| Some((values, vec![0; self.units.len()], 1)))?;
        let level = Line::new(vec![0; totals.len()], vec![0; totals.len()], 1, (0, 0), keys)?;
        let mut places = vec![0; totals.len()];
        for (place, unit) in level.order().into_iter().enumerate() {
            places[unit] = place as u32;
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
    pub fn in_grains(&self, points: Decimal) -> Fraction {
        Fraction::new(points.units(), self.grain)
    }

    /// What a scenario has to set so that the field's weights are these: changed slots only, each by the
    /// alternative that is one node, else by all nodes of the first, shared in proportion to 4 decimals.
    /// Nothing if a figure has more places than a decimal.
    #[must_use]
    pub fn scenario_points(&self, field: &Field, weights: &[Fraction]) -> Option<BTreeMap<String, String>> {
        let plan = &self.simulation.plan;
        let mut points = BTreeMap::new();
        for ((weight, slot), new) in self.weights.iter().zip(field.slots()).zip(weights) {
            if *new == Fraction::whole(slot.weight()) {
                continue;
            }
            let units = new * &Fraction::whole(self.grain);
            let whole = Decimal::from_units(units.floor().filter(|_| units.is_whole())?);
            let alternatives = &weight.nodes.alternatives;
            let nodes = alternatives.iter().find(|nodes| nodes.len() == 1).unwrap_or(&alternatives[0]);
            let mut left = whole;
            for (place, &node) in nodes.iter().enumerate() {
                let today = Nodes { alternatives: vec![vec![node]] }.points(plan)?;
                let share = &units * &Fraction::new(today.units(), weight.points.units().max(1));
                let step = Fraction::new(Decimal::ONE.units(), 10_000);
                let rounded = (&(&share / &step) + &Fraction::new(1, 2)).floor()? * Decimal::ONE.units() / 10_000;
                let part = if place + 1 == nodes.len() { left } else { Decimal::from_units(rounded) };
                left = left - part;
                points.insert(plan.nodes()[node].id.clone(), part.to_string());
            }
        }
        Some(points)
    }

    /// Every node of the tree that a scenario can move by itself, with its line: today's points at
    /// step 0, and one step a grain of [`Contest::points`]. No line where nothing can give way, where
    /// it is locked, or where figures are too large.
    #[must_use]
    pub fn moves(&self) -> Vec<Move> {
        let plan = &self.simulation.plan;
        let mut moves = Vec::new();
        for parent in std::iter::once(None).chain((0..plan.nodes().len()).map(Some)) {
            if parent.is_some_and(|node| plan.nodes()[node].leaf.is_some()) {
                continue;
            }
            let siblings = slots(plan, parent);
            for (place, slot) in siblings.iter().enumerate() {
                let line = self.line(&siblings, place);
                let points = slot.points(plan).unwrap_or_default();
                for nodes in &slot.alternatives {
                    moves.push(Move { nodes: nodes.clone(), points, line: line.clone() });
                }
            }
        }
        moves.sort_by_key(|one| one.nodes[0]);
        moves
    }

    /// The line on which one of the slots under a parent moves and its free siblings share what is left.
    fn line(&self, siblings: &[Nodes], moved: usize) -> Option<Line> {
        let plan = &self.simulation.plan;
        if self.is_locked(&siblings[moved])
            || !is_whole(plan, &siblings[moved]) && !siblings[moved].points(plan)?.is_zero()
        {
            return None;
        }
        let points = siblings[moved].points(plan)?;
        let free = siblings.iter().enumerate().filter(|(place, slot)| *place != moved && !self.is_locked(slot));
        let free: Vec<&Nodes> = free.map(|(_, slot)| slot).collect();
        let mut rest = Decimal::ZERO;
        for slot in &free {
            let share = slot.points(plan)?;
            if !is_whole(plan, slot) && !share.is_zero() {
                return None;
            }
            rest = rest + share;
        }
        let (scores, per) = self.scores_of(&siblings[moved], points, rest)?;
        let moved_slot =
            if points.is_zero() { Slot::idle(self.grains(per)?) } else { Slot::weighing(self.grains(points)?) };
        let leaves_of =
            |slot: &Nodes| -> Vec<usize> { slot.nodes().flat_map(|node| plan.nodes()[node].leaves.clone()).collect() };
        let free_leaves: Vec<usize> = free.iter().flat_map(|slot| leaves_of(slot)).collect();
        let moved_leaves = leaves_of(&siblings[moved]);
        let others = |unit: usize| self.leaf_sum(&free_leaves, |_| true, unit);
        let shares: Option<Vec<(i64, i64)>> =
            (0..self.units.len()).map(|unit| Some((scores[unit], others(unit)?))).collect();
        let rest = self.grains(rest)?;
        let keys = self.tie_keys_along(&moved_leaves, &free_leaves, moved_slot, rest)?;
        let line = Line::of_one_weight(&self.totals()?, &shares?, moved_slot, rest, keys)?;
        Some(line.ordered(&self.order()))
    }

    /// The tie rule along a line: a node's score is made of leaves that move, that share the rest, and
    /// that stay.
    fn tie_keys_along(&self, moved: &[usize], free: &[usize], slot: Slot, rest: i64) -> Option<Vec<TieKey>> {
        let plan = &self.simulation.plan;
        let scale = i128::from(slot.per()) * i128::from(rest);
        let mut nodes = plan.tie_break().iter().filter_map(|element| match element {
            TieBreak::Component(id) => plan.node_place(id),
            TieBreak::OptionShare { .. } => None,
        });
        self.tie_keys(|values| {
            let node = nodes.next()?;
            let inside = |leaf: usize| plan.nodes()[node].leaves.contains(&leaf);
            // A leaf without points today counts nothing for the tie rule until it has some.
            let moves = slot.weight() > 0;
            let shares: Option<Vec<(i64, i64)>> = (0..self.units.len())
                .map(|unit| {
                    let own = if moves { self.leaf_sum(moved, inside, unit)? } else { 0 };
                    Some((own, self.leaf_sum(free, inside, unit)?))
                })
                .collect();
            Some((values, slopes_of_one_weight(&shares?, slot, rest), scale))
        })
    }

    /// The tie rule's elements for these units; `moving` says how a node's scores change.
    fn tie_keys(&self, mut moving: impl FnMut(Vec<i64>) -> Option<(Vec<i64>, Vec<i128>, i128)>) -> Option<Vec<TieKey>> {
        let plan = &self.simulation.plan;
        let mut keys = Vec::new();
        for element in plan.tie_break() {
            match element {
                TieBreak::Component(id) => {
                    let node = plan.node_place(id)?;
                    let score = |&unit: &usize| millionths(self.simulation.standing.combined(plan, node, unit));
                    let values: Vec<i64> = self.units.iter().map(score).collect::<Option<_>>()?;
                    let (values, slopes, scale) = moving(values)?;
                    keys.push(TieKey::Moving { values, slopes, scale });
                }
                TieBreak::OptionShare { option, component } => keys.push(self.option_shares(option, component)),
            }
        }
        let category = &plan.categories()[self.category].id;
        for lot in self.simulation.lots.iter().filter(|lot| lot.category.as_ref() == Some(category)) {
            let place = |&unit: &usize| {
                let id = &plan.units()[unit].id;
                lot.order.iter().position(|drawn| drawn == id).map_or(u32::MAX, |place| place as u32)
            };
            keys.push(TieKey::Still(self.units.iter().map(place).collect()));
        }
        Some(keys)
    }

    /// Who has the higher share of an option.
    fn option_shares(&self, option: &str, component: &str) -> TieKey {
        let plan = &self.simulation.plan;
        let leaf = plan.leaf_place(component);
        let share = |&unit: &usize| {
            let takes_part = leaf.is_some_and(|leaf| self.simulation.standing.takes_part(plan, leaf, unit));
            let marks = self.simulation.marks.get(&(component.to_owned(), plan.units()[unit].id.clone()));
            match marks.filter(|_| takes_part) {
                Some(marks) if marks.values().any(|count| *count > 0) => {
                    let all: u128 = marks.values().sum();
                    Fraction::new(marks.get(option).copied().unwrap_or_default(), all)
                }
                _ => Fraction::zero(),
            }
        };
        let shares: Vec<Fraction> = self.units.iter().map(share).collect();
        let mut ranked = shares.clone();
        ranked.sort_by_key(|share| Reverse(share.clone()));
        ranked.dedup();
        let place = |share: &Fraction| ranked.partition_point(|other| other > share) as u32;
        TieKey::Still(shares.iter().map(place).collect())
    }

    /// Collects the weights under a parent: each slot that moves as one and cannot be taken apart.
    fn collect(&mut self, parent: Option<usize>) {
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
    fn scores_of(&self, slot: &Nodes, points: Decimal, most: Decimal) -> Option<(Vec<i64>, Decimal)> {
        let plan = &self.simulation.plan;
        let sum = |plan: &Plan, standing: &Standing| -> Option<Vec<i64>> {
            let score = |&unit: &usize| millionths(slot.nodes().map(|node| standing.combined(plan, node, unit)).sum());
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
            points: BTreeMap::from([(plan.nodes()[single[0]].id.clone(), per.to_string())]),
            rebalance: Some(scoring::scenario::Rebalance::Proportional),
            ..ScenarioDocument::default()
        };
        let probe = apply_scenario(plan, &scenario).ok()?;
        let standing = scored(&probe, &self.simulation.records);
        Some((sum(&probe, &standing)?, per))
    }

    fn leaf_sum(&self, leaves: &[usize], counts: impl Fn(usize) -> bool, unit: usize) -> Option<i64> {
        let plan = &self.simulation.plan;
        let score = |leaf: usize| self.simulation.standing.combined(plan, plan.leaves()[leaf].node, self.units[unit]);
        millionths(leaves.iter().filter(|leaf| counts(**leaf)).map(|&leaf| score(leaf)).sum())
    }

    fn is_locked(&self, slot: &Nodes) -> bool {
        let plan = &self.simulation.plan;
        let mut locked = (0..plan.nodes().len()).filter(|&node| self.simulation.locked[node]);
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

    fn grains(&self, points: Decimal) -> Option<i64> {
        i64::try_from(points.units() / self.grain).ok().filter(|_| points.units() % self.grain == 0)
    }
}

/// A node, or the nodes of one alternative that can only be set together, and the line on which they move.
#[derive(Debug, Clone)]
pub struct Move {
    /// The nodes, in plan order.
    pub nodes: Vec<usize>,
    /// Their points today.
    pub points: Decimal,
    /// Where they can go.
    pub line: Option<Line>,
}

/// Do the slot's points reach every unit: a plain node, or both alternatives of a trait?
fn is_whole(plan: &Plan, slot: &Nodes) -> bool {
    let first = &plan.nodes()[slot.alternatives[0][0]];
    slot.alternatives.len() == 2 || first.only.is_none() && first.except.is_none()
}

fn millionths(score: Score) -> Option<i64> {
    i64::try_from(score.millionths()).ok()
}
