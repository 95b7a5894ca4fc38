//! The tie rule as a line needs it: what decides at each step.

use std::cmp::Reverse;

use scoring::plan_document::TieBreak;

use super::ranked_units::{Contest, millionths};
use crate::field::Slot;
use crate::line::{TieKey, slopes_of_one_weight};
use scoring::fraction::Fraction;

impl Contest<'_> {
    /// The tie rule along a line: a node's score is made of leaves that move, that share the rest, and
    /// that stay.
    pub(super) fn tie_keys_along(&self, moved: &[usize], free: &[usize], slot: Slot, rest: i64) -> Option<Vec<TieKey>> {
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
    pub(super) fn tie_keys(
        &self,
        mut moving: impl FnMut(Vec<i64>) -> Option<(Vec<i64>, Vec<i128>, i128)>,
    ) -> Option<Vec<TieKey>> {
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
                    let all: i128 = marks.values().sum();
                    Fraction::new(marks.get(option).copied().unwrap_or_default(), all)
                }
                _ => Fraction::ZERO,
            }
        };
        let shares: Vec<Fraction> = self.units.iter().map(share).collect();
        let mut ranked = shares.clone();
        ranked.sort_by_key(|share| Reverse(share.clone()));
        ranked.dedup();
        let place = |share: &Fraction| ranked.partition_point(|other| other > share) as u32;
        TieKey::Still(shares.iter().map(place).collect())
    }
}
