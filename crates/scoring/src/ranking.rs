//! A strict order: totals, then the tie rule, then the recorded draw (docs/arithmetic.md, "Ranks").
//!
//! Owns how equal totals are told apart and what is left undecided. Knows nothing of categories,
//! lists or grades: it orders the units it is given.

use std::cmp::Ordering;

use crate::decimal::Score;
use crate::fraction::wide;
use crate::index::{IndexVec, TieIndex, UnitIndex, first};
use crate::sorted::{sorted_by, sorted_by_key};

/// What decided between two neighbours with equal totals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Decider {
    /// The element of the tie rule at this place.
    Rule(TieIndex),
    /// The draw.
    Lot,
}

/// What one element of the tie rule holds for a unit: the higher comes first.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Key {
    /// A component's score.
    Score(Score),
    /// So many of so many marks; none of none is a share of 0.
    Share(u128, u128),
}

impl Key {
    pub(crate) fn cmp(self, other: Key) -> Ordering {
        match (self, other) {
            (Key::Score(a), Key::Score(b)) => a.cmp(&b),
            (Key::Share(a, b), Key::Share(c, d)) => match (b, d) {
                (0, 0) => Ordering::Equal,
                (0, _) => 0.cmp(&c),
                (_, 0) => a.cmp(&0),
                _ => wide(a, d).cmp(&wide(c, b)),
            },
            _ => Ordering::Equal,
        }
    }
}

/// Units in order.
#[derive(Debug, Clone, Default)]
pub(crate) struct Order {
    /// Best first.
    pub(crate) units: Vec<UnitIndex>,
    /// Neighbours with equal totals, and what decided between them.
    pub(crate) decided: Vec<(UnitIndex, UnitIndex, Decider)>,
    /// Ties that nothing decides, each in plan order.
    pub(crate) unresolved: Vec<Vec<UnitIndex>>,
}

/// Orders units: by total, by the tie rule's keys, by a draw that names all who are still tied;
/// what is undecided then keeps plan order, which is the order of places.
pub(crate) fn order(
    units: &[UnitIndex],
    totals: &IndexVec<UnitIndex, Score>,
    rules: usize,
    key: &dyn Fn(TieIndex, UnitIndex) -> Key,
    draw: &dyn Fn(&[UnitIndex]) -> Option<Vec<UnitIndex>>,
) -> Order {
    let sorted = sorted_by_key(units.iter().copied(), |unit| -totals[unit].millionths());
    let mut result = Order { units: Vec::with_capacity(units.len()), ..Order::default() };
    for tied in sorted.chunk_by(|a, b| totals[*a] == totals[*b]) {
        if let [unit] = tied {
            result.units.push(*unit);
        } else {
            settle(tied, rules, key, draw, &mut result);
        }
    }
    result
}

fn settle(
    tied: &[UnitIndex],
    rules: usize,
    key: &dyn Fn(TieIndex, UnitIndex) -> Key,
    draw: &dyn Fn(&[UnitIndex]) -> Option<Vec<UnitIndex>>,
    result: &mut Order,
) {
    let keyed: Vec<(UnitIndex, Vec<Key>)> =
        tied.iter().map(|unit| (*unit, first(rules).map(|rule| key(rule, *unit)).collect())).collect();
    let differ =
        |a: &[Key], b: &[Key]| a.iter().zip(b).map(|(a, b)| b.cmp(*a)).enumerate().find(|(_, order)| order.is_ne());
    let cmp = |a: &[Key], b: &[Key]| differ(a, b).map_or(Ordering::Equal, |(_, order)| order);
    // Those tied stand in plan order.
    let sorted = sorted_by(keyed.len(), &|a, b| cmp(&keyed[a].1, &keyed[b].1));
    let keyed: Vec<&(UnitIndex, Vec<Key>)> = sorted.into_iter().map(|place| &keyed[place]).collect();
    let mut last: Option<(UnitIndex, &[Key])> = None;
    for same in keyed.chunk_by(|a, b| cmp(&a.1, &b.1).is_eq()) {
        let still: Vec<UnitIndex> = same.iter().map(|(unit, _)| *unit).collect();
        let drawn = if still.len() > 1 { draw(&still) } else { None };
        let by_lot = drawn.is_some();
        let placed = drawn.unwrap_or_else(|| still.clone());
        if let (Some((above, keys)), Some(first)) = (last, placed.first())
            && let Some((rule, _)) = differ(keys, &same[0].1)
        {
            result.decided.push((above, *first, Decider::Rule(TieIndex::from(rule))));
        }
        if by_lot {
            result.decided.extend(placed.windows(2).map(|pair| (pair[0], pair[1], Decider::Lot)));
        } else if still.len() > 1 {
            result.unresolved.push(still);
        }
        last = placed.last().map(|unit| (*unit, same[0].1.as_slice()));
        result.units.extend(placed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_compare_exactly_at_any_size() {
        let huge = u128::MAX / 3;
        assert_eq!(Key::Share(huge, huge + 1).cmp(Key::Share(huge - 1, huge)), Ordering::Greater);
        assert_eq!(Key::Share(1, 3).cmp(Key::Share(huge, huge * 3)), Ordering::Equal);
        assert_eq!(Key::Share(0, 0).cmp(Key::Share(0, 9)), Ordering::Equal);
        assert_eq!(Key::Share(0, 0).cmp(Key::Share(1, 9)), Ordering::Less);
    }

    fn places<const N: usize>(units: [usize; N]) -> [UnitIndex; N] {
        units.map(UnitIndex::from)
    }

    #[test]
    fn a_draw_that_leaves_out_a_tied_unit_decides_nothing() {
        let equal = IndexVec::filled(Score::ZERO, 3);
        let draw = |tied: &[UnitIndex]| (tied.len() < 3).then(|| tied.iter().rev().copied().collect());
        let all = order(&places([0, 1, 2]), &equal, 0, &|_, _| Key::Share(0, 0), &draw);
        assert_eq!(all.units, places([0, 1, 2]));
        assert_eq!(all.unresolved, [places([0, 1, 2])]);
        let two = order(&places([0, 1]), &equal, 0, &|_, _| Key::Share(0, 0), &draw);
        assert_eq!(two.units, places([1, 0]));
        assert_eq!(two.decided, [(1.into(), 0.into(), Decider::Lot)]);
    }

    #[test]
    fn the_first_element_that_differs_decides() {
        let keys = [[3, 1], [3, 2], [4, 0]];
        let key =
            |rule: TieIndex, unit: UnitIndex| Key::Score(Score::from_millionths(keys[unit.index()][rule.index()]));
        let sorted = order(&places([0, 1, 2]), &IndexVec::filled(Score::ZERO, 3), 2, &key, &|_| None);
        assert_eq!(sorted.units, places([2, 1, 0]));
        let rule = |rule: usize| Decider::Rule(rule.into());
        assert_eq!(sorted.decided, [(2.into(), 1.into(), rule(0)), (1.into(), 0.into(), rule(1))]);
        assert!(sorted.unresolved.is_empty());
    }
}
