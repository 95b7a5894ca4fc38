//! The tie rule as a line needs it: what decides at each step.

use scoring::{LeafIndex, NodeIndex, TieElement, tie_elements};

use super::ranked_units::{Contest, millionths};
use crate::field::Slot;
use crate::line::{TieKey, slopes_of_one_weight};

impl Contest<'_> {
    /// The tie rule along a line: a node's score is made of leaves that move, that share the rest, and
    /// that stay.
    pub(super) fn tie_keys_along(
        &self,
        moved: &[LeafIndex],
        free: &[LeafIndex],
        slot: Slot,
        rest: i64,
    ) -> Option<Vec<TieKey>> {
        let plan = &self.simulation.plan;
        let scale = i128::from(slot.per()) * i128::from(rest);
        self.tie_keys(|node| {
            let inside = |leaf: LeafIndex| plan.nodes()[node].leaves.contains(&leaf);
            // A leaf without points today counts nothing for the tie rule until it has some.
            let moves = slot.weight() > 0;
            let shares: Option<Vec<(i64, i64)>> = self
                .units
                .indices()
                .map(|unit| {
                    let own = if moves { self.leaf_sum(moved, inside, unit)? } else { 0 };
                    Some((own, self.leaf_sum(free, inside, unit)?))
                })
                .collect();
            Some((slopes_of_one_weight(&shares?, slot, rest), scale))
        })
    }

    /// The tie rule's elements for these units; `moving` says how a node's scores change: slopes, and what divides
    /// them.
    pub(super) fn tie_keys(&self, moving: impl Fn(NodeIndex) -> Option<(Vec<i128>, i128)>) -> Option<Vec<TieKey>> {
        let simulation = self.simulation;
        let elements = tie_elements(
            &simulation.plan,
            &simulation.records,
            &simulation.standing,
            self.category,
            self.units.as_slice(),
        );
        let key = |element| match element {
            TieElement::Score { node, scores } => {
                let values = scores.into_iter().map(millionths).collect::<Option<_>>()?;
                let (slopes, scale) = moving(node)?;
                Some(TieKey::Moving { values, slopes: slopes.into(), scale })
            }
            TieElement::Place(places) => Some(TieKey::Still(places.into())),
        };
        elements.into_iter().map(key).collect()
    }
}
