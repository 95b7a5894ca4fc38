//! Slots: what under one parent moves as one weight (docs/plan.md, "Scenarios").
//!
//! Owns how nodes form slots, what a slot's points are, and how points are shared out in proportion.

use std::collections::BTreeMap;

use crate::decimal::Decimal;
use crate::fraction::Fraction;
use crate::index::{LeafIndex, NodeIndex, each};
use crate::plan::Plan;

/// Places that a share is rounded to.
const SHARE_PLACES: u32 = 4;

/// A node, or all nodes under one parent that name one trait.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// The nodes for units with the trait and those for units without, each in plan order; a plain
    /// node is alone in the one alternative.
    pub alternatives: Vec<Vec<NodeIndex>>,
}

/// Why points cannot be shared out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NotShared {
    /// Nothing to share over has points, or a share would be below zero.
    Nothing,
    /// The alternatives of a trait have unequal points.
    Unequal,
}

/// The slots under a parent (`None`: at the top level), in plan order of their first node.
#[must_use]
pub fn slots(plan: &Plan, parent: Option<NodeIndex>) -> Vec<Slot> {
    let roots: Vec<NodeIndex>;
    let nodes = match parent {
        Some(parent) => &plan.nodes()[parent].children,
        None => {
            roots = plan.roots().collect();
            &roots
        }
    };
    let mut slots: Vec<(Slot, bool)> = Vec::new();
    let mut by_trait: BTreeMap<&str, usize> = BTreeMap::new();
    for &place in nodes {
        let node = &plan.nodes()[place];
        let Some((name, with)) = node.only.as_deref().map(|t| (t, true)).or(node.except.as_deref().map(|t| (t, false)))
        else {
            slots.push((Slot { alternatives: vec![vec![place]] }, true));
            continue;
        };
        match by_trait.get(name) {
            None => {
                by_trait.insert(name, slots.len());
                slots.push((Slot { alternatives: vec![vec![place]] }, with));
            }
            Some(&slot) => {
                let (slot, first_with) = &mut slots[slot];
                let alternative = usize::from(*first_with != with);
                match slot.alternatives.get_mut(alternative) {
                    Some(nodes) => nodes.push(place),
                    None => slot.alternatives.push(vec![place]),
                }
            }
        }
    }
    slots.into_iter().map(|(slot, _)| slot).collect()
}

impl Slot {
    /// All nodes of the slot.
    pub fn nodes(&self) -> impl Iterator<Item = NodeIndex> + '_ {
        self.alternatives.iter().flatten().copied()
    }

    /// The slot's points; `None` where its alternatives have unequal ones.
    #[must_use]
    pub fn points(&self, plan: &Plan) -> Option<Decimal> {
        let mut sums = (self.alternatives.iter())
            .map(|nodes| nodes.iter().map(|node| node_points(plan, *node)).sum::<Option<Decimal>>());
        let first = sums.next()??;
        sums.all(|sum| sum == Some(first)).then_some(first)
    }
}

/// A node's points: a leaf's own, a branch's the sum over its slots; `None` where alternatives below
/// have unequal points.
#[must_use]
pub fn node_points(plan: &Plan, node: NodeIndex) -> Option<Decimal> {
    match plan.nodes()[node].leaf {
        Some(leaf) => Some(plan.leaves()[leaf].points),
        None => slots(plan, Some(node)).iter().map(|slot| slot.points(plan)).sum(),
    }
}

/// New points of leaves.
pub(crate) type NewPoints = BTreeMap<LeafIndex, Decimal>;

/// Gives a node new points; a branch shares them among its leaves in proportion to today's.
pub(crate) fn set_node(plan: &Plan, node: NodeIndex, points: Decimal, new: &mut NewPoints) -> Result<(), NotShared> {
    let place = &plan.nodes()[node];
    if let Some(leaf) = place.leaf {
        new.insert(leaf, points);
        return Ok(());
    }
    let below = each(node..NodeIndex::from(plan.nodes().len())).skip(1);
    let below = below.take_while(|n| plan.nodes()[*n].path.starts_with(&format!("{}/", place.path)));
    let mut traits = below.map(|n| &plan.nodes()[n]).filter(|n| n.only.is_some() || n.except.is_some());
    if traits.next().is_none() {
        let leaves: Vec<LeafIndex> = place.each_leaf().collect();
        let today: Vec<Decimal> = leaves.iter().map(|leaf| plan.leaves()[*leaf].points).collect();
        new.extend(leaves.into_iter().zip(shares(points, &today)?));
        return Ok(());
    }
    // With alternatives below, the leaves do not add up one by one: their slots do.
    let slots = slots(plan, Some(node));
    let today: Option<Vec<Decimal>> = slots.iter().map(|slot| slot.points(plan)).collect();
    for (slot, share) in slots.iter().zip(shares(points, &today.ok_or(NotShared::Unequal)?)?) {
        set_slot(plan, slot, share, new)?;
    }
    Ok(())
}

/// Gives a slot new points: each of its alternatives shares them in proportion to today's.
pub(crate) fn set_slot(plan: &Plan, slot: &Slot, points: Decimal, new: &mut NewPoints) -> Result<(), NotShared> {
    for nodes in &slot.alternatives {
        set_nodes(plan, nodes, points, new)?;
    }
    Ok(())
}

/// Shares points over the nodes of one alternative in proportion to today's.
pub(crate) fn set_nodes(
    plan: &Plan,
    nodes: &[NodeIndex],
    points: Decimal,
    new: &mut NewPoints,
) -> Result<(), NotShared> {
    let today: Option<Vec<Decimal>> = nodes.iter().map(|node| node_points(plan, *node)).collect();
    for (node, share) in nodes.iter().zip(shares(points, &today.ok_or(NotShared::Unequal)?)?) {
        set_node(plan, *node, share, new)?;
    }
    Ok(())
}

/// Shares points in proportion to today's: each share rounded half away from zero to 4 decimals, the
/// last one takes the exact remainder.
pub(crate) fn shares(points: Decimal, today: &[Decimal]) -> Result<Vec<Decimal>, NotShared> {
    if points.is_negative() {
        return Err(NotShared::Nothing);
    }
    let Some(last) = today.len().checked_sub(1) else {
        return if points.is_zero() { Ok(Vec::new()) } else { Err(NotShared::Nothing) };
    };
    if last == 0 {
        return Ok(vec![points]);
    }
    let sum: Decimal = today.iter().copied().sum();
    if sum.is_zero() {
        return if points.is_zero() { Ok(today.to_vec()) } else { Err(NotShared::Nothing) };
    }
    let one = &Fraction::from(points) / &sum.into();
    let mut shares: Vec<Decimal> =
        (today[..last].iter()).map(|today| (&one * &Fraction::from(*today)).to_decimal(SHARE_PLACES)).collect();
    let rest = points - shares.iter().copied().sum();
    if rest.is_negative() {
        return Err(NotShared::Nothing);
    }
    shares.push(rest);
    Ok(shares)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimals(texts: &[&str]) -> Vec<Decimal> {
        texts.iter().map(|text| text.parse().unwrap()).collect()
    }

    #[test]
    fn the_last_share_takes_the_exact_remainder() {
        // 50 over 30, 20, 10: 25, 16.6667, and what is left.
        let shared = shares(decimals(&["50"])[0], &decimals(&["30", "20", "10"])).unwrap();
        assert_eq!(shared, decimals(&["25", "16.6667", "8.3333"]));
    }

    #[test]
    fn a_remainder_below_zero_is_refused() {
        // 0.0002 over four equal ones: 0.00005 rounds to 0.0001 three times, leaving -0.0001.
        assert_eq!(shares(decimals(&["0.0002"])[0], &decimals(&["1", "1", "1", "1"])), Err(NotShared::Nothing));
    }

    #[test]
    fn nothing_can_be_shared_over_zeros_but_zero() {
        assert_eq!(shares(Decimal::ONE, &[Decimal::ZERO, Decimal::ZERO]), Err(NotShared::Nothing));
        assert_eq!(shares(Decimal::ZERO, &[Decimal::ZERO, Decimal::ZERO]), Ok(vec![Decimal::ZERO; 2]));
    }
}
