//! Every node that a scenario can move by itself, and the line on which it moves.

use scoring::{Decimal, LeafIndex, NodeIndex, Slot as Nodes, slots};

use super::ranked_units::{Contest, is_whole};
use crate::field::Slot;
use crate::line::Line;
use crate::place::RivalIndex;

/// A node, or the nodes of one alternative that can only be set together, and the line on which they move.
#[derive(Debug, Clone)]
pub struct Move {
    /// The nodes, in plan order.
    pub nodes: Vec<NodeIndex>,
    /// Their points today.
    pub points: Decimal,
    /// Where they can go.
    pub line: Option<Line>,
}

impl Contest<'_> {
    /// Every node of the tree that a scenario can move by itself, with its line: today's points at
    /// step 0, and one step a grain of [`Contest::points`]. No line where nothing can give way, where
    /// it is locked, or where figures are too large.
    #[must_use]
    pub fn moves(&self) -> Vec<Move> {
        let plan = &self.simulation.plan;
        let mut moves = Vec::new();
        for parent in std::iter::once(None).chain(plan.nodes().indices().map(Some)) {
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
            |slot: &Nodes| -> Vec<LeafIndex> { slot.nodes().flat_map(|node| plan.nodes()[node].each_leaf()).collect() };
        let free_leaves: Vec<LeafIndex> = free.iter().flat_map(|slot| leaves_of(slot)).collect();
        let moved_leaves = leaves_of(&siblings[moved]);
        let others = |unit: RivalIndex| self.leaf_sum(&free_leaves, |_| true, unit);
        let shares: Option<Vec<(i64, i64)>> =
            self.units.indices().map(|unit| Some((scores[unit], others(unit)?))).collect();
        let rest = self.grains(rest)?;
        let keys = self.tie_keys_along(&moved_leaves, &free_leaves, moved_slot, rest)?;
        let line = Line::of_one_weight(&self.totals()?, &shares?, moved_slot, rest, keys)?;
        Some(line.ordered(self.order()))
    }
}
