//! From weights of a field back to points of the plan's nodes.

use std::collections::BTreeMap;

use scoring::{Decimal, Slot as Nodes};

use super::ranked_units::Contest;
use crate::field::Field;
use crate::fraction::Fraction;

impl Contest<'_> {
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
}
