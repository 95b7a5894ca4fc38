//! From weights of a field back to points of the plan's nodes.

use std::collections::BTreeMap;

use scoring::fraction::Fraction;
use scoring::{Decimal, NodeIndex, node_points};

use super::ranked_units::Contest;
use crate::field::{Field, Weights};

impl Contest<'_> {
    /// Which nodes need new points, and how many, so that the field's weights are these: of each changed slot the
    /// alternative that is one node, else all nodes of the first, shared in proportion to 4 decimals. Nothing if a
    /// figure has more places than a decimal.
    #[must_use]
    pub fn new_points(&self, field: &Field, weights: &Weights) -> Option<BTreeMap<NodeIndex, Decimal>> {
        let plan = &self.simulation.plan;
        let mut points = BTreeMap::new();
        for ((weight, slot), new) in self.weights.iter().zip(field.slots()).zip(weights) {
            if *new == Fraction::whole(slot.weight()) {
                continue;
            }
            let exact = self.points(new);
            let mut left = exact.to_decimal(12);
            if Fraction::from(left) != exact {
                return None;
            }
            let alternatives = &weight.nodes.alternatives;
            let nodes = alternatives.iter().find(|nodes| nodes.len() == 1).unwrap_or(&alternatives[0]);
            let Some((&last, others)) = nodes.split_last() else { continue };
            for &node in others {
                let today = Fraction::from(node_points(plan, node)?);
                let share =
                    if weight.points.is_zero() { today } else { &(&exact * &today) / &Fraction::from(weight.points) };
                let part = share.to_decimal(4);
                left = left - part;
                points.insert(node, part);
            }
            points.insert(last, left);
        }
        Some(points)
    }
}
