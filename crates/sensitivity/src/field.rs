//! What one category's ranking is made of, as plain whole numbers.
//!
//! Owns the slots, the rates, what stands outside the weights, and who wins a tie. Refuses to know plans
//! and records: a [`crate::Contest`] makes fields from them.

use std::fmt;

use crate::limits::{MOST_FIGURE, MOST_SLOTS, MOST_UNITS};
use crate::place::{RivalIndex, SlotIndex};
use scoring::fraction::Fraction;
use scoring::{Grid, IndexVec};

/// Why a field cannot be built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldFault {
    /// No units, or more than [`MOST_UNITS`].
    Units,
    /// More than [`MOST_SLOTS`] slots.
    Slots,
    /// A list does not have one figure for each of its places.
    Lengths,
    /// A figure of [`MOST_FIGURE`] or more.
    TooLarge,
    /// A weight below zero, or a rate without a denominator.
    Weight,
}

impl fmt::Display for FieldFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            FieldFault::Units => "a field has 1 to 4096 units",
            FieldFault::Slots => "a field has at most 512 slots",
            FieldFault::Lengths => "lists of different lengths",
            FieldFault::TooLarge => "figures too large to be compared exactly",
            FieldFault::Weight => "a weight below zero",
        })
    }
}

impl std::error::Error for FieldFault {}

/// One weight: a slot of the plan's tree. Weights are whole numbers of grains.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot {
    /// Today's points, in grains.
    weight: i64,
    /// So many grains give a unit its score: the denominator of the rate.
    per: i64,
}

impl Slot {
    /// A slot with points today: scores are those at today's weight.
    #[must_use]
    pub const fn weighing(grains: i64) -> Slot {
        Slot { weight: grains, per: grains }
    }

    /// A slot without points today: scores are those that `per` grains would give.
    #[must_use]
    pub const fn idle(per: i64) -> Slot {
        Slot { weight: 0, per }
    }

    /// Today's points, in grains.
    #[must_use]
    pub const fn weight(self) -> i64 {
        self.weight
    }

    /// How many grains give the score.
    #[must_use]
    pub const fn per(self) -> i64 {
        self.per
    }
}

/// Weights of a field, in grains.
pub type Weights = IndexVec<SlotIndex, Fraction>;

/// Units that are ranked against each other, and what their totals are made of:
/// total = base + Σ weight × score ÷ per, in millionths of points.
#[derive(Debug, Clone)]
pub struct Field {
    slots: IndexVec<SlotIndex, Slot>,
    scores: Grid<RivalIndex, SlotIndex, i64>,
    base: IndexVec<RivalIndex, i64>,
    /// Place of each unit if all totals were equal; the lower wins.
    tie_place: IndexVec<RivalIndex, u32>,
    totals: IndexVec<RivalIndex, i64>,
}

impl Field {
    /// A field of `base.len()` units. `scores` are unit by unit, `tie_place` says who wins a tie (lower).
    ///
    /// # Errors
    /// See [`FieldFault`].
    pub fn new(slots: Vec<Slot>, scores: Vec<i64>, base: Vec<i64>, tie_place: Vec<u32>) -> Result<Field, FieldFault> {
        let units = base.len();
        if units == 0 || units > MOST_UNITS {
            return Err(FieldFault::Units);
        }
        if slots.len() > MOST_SLOTS {
            return Err(FieldFault::Slots);
        }
        if scores.len() != units * slots.len() || tie_place.len() != units {
            return Err(FieldFault::Lengths);
        }
        if slots.iter().any(|slot| slot.weight < 0 || slot.per <= 0) {
            return Err(FieldFault::Weight);
        }
        let large = |figure: &i64| figure.unsigned_abs() >= MOST_FIGURE.unsigned_abs();
        if scores.iter().chain(&base).any(large) || slots.iter().any(|slot| large(&slot.per)) {
            return Err(FieldFault::TooLarge);
        }
        let mut grid = Grid::filled(0, units, slots.len());
        grid.figures_mut().copy_from_slice(&scores);
        let (slots, base): (IndexVec<_, Slot>, IndexVec<RivalIndex, i64>) = (slots.into(), base.into());
        let total = |(unit, base): (RivalIndex, &i64)| {
            let weighing = grid.row(unit).iter().zip(&slots).filter(|(_, slot)| slot.weight > 0);
            base + weighing.map(|(score, _)| score).sum::<i64>()
        };
        let totals = base.enumerated().map(total).collect();
        Ok(Field { slots, scores: grid, base, tie_place: tie_place.into(), totals })
    }

    /// How many units.
    #[must_use]
    pub fn units(&self) -> usize {
        self.base.len()
    }

    /// The units' places.
    pub fn rivals(&self) -> impl DoubleEndedIterator<Item = RivalIndex> + ExactSizeIterator + Clone + use<> {
        self.base.indices()
    }

    /// The slots.
    #[must_use]
    pub fn slots(&self) -> &IndexVec<SlotIndex, Slot> {
        &self.slots
    }

    /// A unit's scores, slot by slot, in millionths.
    #[must_use]
    pub fn scores(&self, unit: RivalIndex) -> &[i64] {
        self.scores.row(unit)
    }

    /// What a unit has outside the weights, in millionths.
    #[must_use]
    pub fn base(&self, unit: RivalIndex) -> i64 {
        self.base[unit]
    }

    /// Who wins a tie: the lower place.
    #[must_use]
    pub fn tie_place(&self, unit: RivalIndex) -> u32 {
        self.tie_place[unit]
    }

    /// A unit's total at today's weights, in millionths.
    #[must_use]
    pub fn total(&self, unit: RivalIndex) -> i64 {
        self.totals[unit]
    }

    /// Sum of today's weights, in grains.
    #[must_use]
    pub fn weight_sum(&self) -> i64 {
        self.slots.iter().map(|slot| slot.weight).sum()
    }

    /// Units best first, at today's weights.
    #[must_use]
    pub fn order(&self) -> Vec<RivalIndex> {
        let mut order: Vec<RivalIndex> = self.rivals().collect();
        order.sort_by_key(|&unit| (std::cmp::Reverse(self.totals[unit]), self.tie_place[unit]));
        order
    }

    /// Rate of `a` less rate of `b` in a slot: millionths for a grain.
    #[must_use]
    pub fn rate_gap(&self, a: RivalIndex, b: RivalIndex, slot: SlotIndex) -> Fraction {
        Fraction::new(self.scores[(a, slot)] - self.scores[(b, slot)], self.slots[slot].per)
    }

    /// Total of `a` less total of `b` when the weights are these, in grains.
    #[must_use]
    pub fn gap_at(&self, a: RivalIndex, b: RivalIndex, weights: &Weights) -> Fraction {
        let base = Fraction::whole(self.base[a] - self.base[b]);
        weights.enumerated().fold(base, |sum, (slot, weight)| &sum + &(weight * &self.rate_gap(a, b, slot)))
    }

    /// Today's weights.
    #[must_use]
    pub fn weights(&self) -> Weights {
        self.slots.iter().map(|slot| Fraction::whole(slot.weight)).collect()
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// Whole weights.
    pub(crate) fn grains<const SLOTS: usize>(weights: [i64; SLOTS]) -> Weights {
        weights.into_iter().map(Fraction::whole).collect()
    }

    /// Units with scores in points at weights in points, ties to the first; for tests by hand.
    pub(crate) fn field(weights: &[i64], scores: &[&[i64]]) -> Field {
        let slots = weights.iter().map(|&w| Slot::weighing(w)).collect();
        let all = scores.iter().flat_map(|row| row.iter().map(|s| s * 1_000_000)).collect();
        let places = (0..scores.len() as u32).collect();
        Field::new(slots, all, vec![0; scores.len()], places).unwrap()
    }

    /// Scores drawn for tests: `levels` different rates, so that ties and equal crossings are common
    /// when there are few.
    pub(crate) fn drawn(units: usize, weights: &[i64], levels: u64, seed: u64) -> Field {
        let mut dice = crate::kernels::dice::SplitMix::new(seed);
        let slots: Vec<Slot> = weights.iter().map(|&w| Slot::weighing(w)).collect();
        let mut scores = Vec::new();
        for _ in 0..units {
            for &weight in weights {
                scores.push(weight * 1_000_000 / levels as i64 * (dice.draw() % (levels + 1)) as i64);
            }
        }
        let base = (0..units).map(|_| (dice.draw() % 3) as i64 * 500_000).collect();
        let places = (0..units as u32).rev().collect();
        Field::new(slots, scores, base, places).unwrap()
    }

    #[test]
    fn totals_and_order_are_those_of_todays_weights() {
        let field = field(&[60, 40], &[&[50, 30], &[55, 25], &[40, 39]]);
        assert_eq!(field.rivals().map(|u| field.total(u)).collect::<Vec<_>>(), [80_000_000, 80_000_000, 79_000_000]);
        assert_eq!(field.order(), [0, 1, 2].map(RivalIndex::from));
    }

    #[test]
    fn figures_beyond_the_limits_are_refused() {
        let one = |score, weight| Field::new(vec![Slot::weighing(weight)], vec![score], vec![0], vec![0]).err();
        assert_eq!(one(MOST_FIGURE, 1), Some(FieldFault::TooLarge));
        assert_eq!(one(1, 0), Some(FieldFault::Weight));
        assert_eq!(one(1, 1), None);
        assert_eq!(Field::new(vec![], vec![], vec![], vec![]).err(), Some(FieldFault::Units));
    }
}
