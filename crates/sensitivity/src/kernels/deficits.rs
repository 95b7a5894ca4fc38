//! A field in whole numbers small enough for sampling.
//!
//! Owns the step from exact rates to 28 bits, and ranking at weights that sum to 2²⁴, so that every
//! total is a whole number below 2⁵² and the same bits come out on every machine. Refuses statements
//! about an order at one point of the weights: those are [`crate::Line`]'s.

use multiversion::multiversion;

use super::lanes::BIAS;
use crate::field::Field;
use crate::limits::{DEFICIT_BITS, MOST_MULTIPLE};
use crate::place::{RivalIndex, SlotIndex};
use scoring::Grid;
use scoring::fraction::{common_divisor, gcd};

/// What sampled weights sum to.
pub const WEIGHT_SUM: u64 = 1 << 24;

/// Deficits of every unit in every slot: how far its rate is below the slot's best, adjustments spread
/// over the weights. Less deficit is a better total.
#[derive(Debug, Clone)]
pub struct Deficits {
    /// Units in the order in which they win ties.
    units: Vec<RivalIndex>,
    slots: usize,
    /// By place in `units`, slot by slot; whole numbers.
    deficits: Vec<f64>,
    /// Bits of a key that name the unit.
    index_bits: u32,
    /// Do totals leave these bits free? Else they are cut off, and near-ties looked at again.
    roomy: bool,
    /// Are the rates those of the field, not rounded?
    lossless: bool,
}

impl Deficits {
    /// The deficits of a field. Nothing if it has no weight to move.
    #[must_use]
    pub fn of(field: &Field) -> Option<Deficits> {
        let sum = field.weight_sum();
        if field.slots().is_empty() || sum == 0 {
            return None;
        }
        let places: Vec<u32> = field.rivals().map(|unit| field.tie_place(unit)).collect();
        let of = |rates: &[i128]| Deficits::new(rates, field.slots().len(), &places);
        Some(match exact_rates(field, sum) {
            Some(rates) => of(&rates),
            None => Deficits { lossless: false, ..of(&near_rates(field, sum)) },
        })
    }

    /// The deficits of whole rates, unit by unit, and the places that win ties.
    #[must_use]
    pub fn new(rates: &[i128], slots: usize, tie_places: &[u32]) -> Deficits {
        let mut grid: Grid<RivalIndex, SlotIndex, i128> = Grid::filled(0, tie_places.len(), slots);
        grid.figures_mut().copy_from_slice(rates);
        let mut units: Vec<RivalIndex> = (0..tie_places.len()).map(RivalIndex::from).collect();
        units.sort_by_key(|&unit| tie_places[unit.index()]);
        let best = |slot| units.iter().map(|&unit| grid[(unit, SlotIndex::from(slot))]).max().unwrap_or(0);
        let best: Vec<i128> = (0..slots).map(best).collect();
        let deficits = units.iter().flat_map(|&unit| grid.row(unit).iter().zip(&best).map(|(rate, best)| best - rate));
        let mut deficits: Vec<i128> = deficits.collect();
        let divisor = common_divisor(deficits.iter().map(|deficit| deficit.unsigned_abs())) as i128;
        deficits.iter_mut().for_each(|deficit| *deficit /= divisor);
        let most = deficits.iter().copied().max().unwrap_or(0);
        let limit = (1_i128 << DEFICIT_BITS) - 1;
        let lossless = most <= limit;
        if !lossless {
            // Half of the largest shift keeps the product inside 128 bits: rates are below 2¹⁰⁰.
            deficits.iter_mut().for_each(|deficit| *deficit = (*deficit * limit + most / 2) / most);
        }
        let index_bits = usize::BITS - units.len().saturating_sub(1).leading_zeros();
        let roomy = most <= limit >> index_bits;
        if roomy {
            deficits.iter_mut().for_each(|deficit| *deficit <<= index_bits);
        }
        let deficits = deficits.into_iter().map(|deficit| deficit as f64).collect();
        Deficits { units, slots, deficits, index_bits, roomy, lossless }
    }

    /// How many units.
    #[must_use]
    pub fn units(&self) -> usize {
        self.units.len()
    }

    /// How many slots.
    #[must_use]
    pub const fn slots(&self) -> usize {
        self.slots
    }

    /// Are the rates exact, not rounded to 28 bits?
    #[must_use]
    pub const fn is_lossless(&self) -> bool {
        self.lossless
    }

    pub(crate) const fn index_bits(&self) -> u32 {
        self.index_bits
    }

    /// Totals lie below two to the power of this.
    pub(crate) fn total_bits(&self) -> u32 {
        let most = self.deficits.iter().copied().fold(0.0, f64::max) as u64;
        (WEIGHT_SUM * most + 1).ilog2() + 1
    }

    pub(crate) fn deficits(&self) -> &[f64] {
        &self.deficits
    }

    /// The unit at a place of the tie order.
    #[must_use]
    pub fn unit(&self, place: usize) -> RivalIndex {
        self.units[place]
    }

    /// Units, best first, at weights that sum to [`WEIGHT_SUM`].
    #[must_use]
    pub fn order(&self, weights: &[u64]) -> Vec<RivalIndex> {
        let weights: Vec<f64> = weights.iter().map(|&weight| weight as f64).collect();
        let mut keys = vec![0; self.units.len()];
        totals(&self.deficits, &weights, &mut keys);
        if self.roomy {
            for (place, key) in keys.iter_mut().enumerate() {
                *key |= place as u64;
            }
            keys.sort_unstable();
            let mask = (1_u64 << self.index_bits) - 1;
            return keys.iter().map(|key| self.units[(key & mask) as usize]).collect();
        }
        let mut order: Vec<usize> = (0..self.units.len()).collect();
        order.sort_by_key(|&place| (keys[place], place));
        order.into_iter().map(|place| self.units[place]).collect()
    }
}

/// Σ weight × deficit of each unit, exactly.
#[multiversion(targets(
    "x86_64+avx512f+avx512bw+avx512dq+avx512vl+avx2+avx+fma+bmi1+bmi2+popcnt",
    "x86_64+avx2+avx+fma+bmi1+bmi2+popcnt"
))]
fn totals(deficits: &[f64], weights: &[f64], totals: &mut [u64]) {
    for (total, row) in totals.iter_mut().zip(deficits.chunks_exact(weights.len())) {
        let mut sum = BIAS;
        for (deficit, weight) in row.iter().zip(weights) {
            sum += deficit * weight;
        }
        *total = sum.to_bits() - BIAS.to_bits();
    }
}

/// Rates times the least number that makes them whole; nothing if that is too large.
fn exact_rates(field: &Field, sum: i64) -> Option<Vec<i128>> {
    let step = |multiple: i128, per: i64| {
        let divisor = gcd(multiple.unsigned_abs(), per.unsigned_abs().into()) as i128;
        (multiple / divisor).checked_mul(per.into()).filter(|&multiple| multiple < MOST_MULTIPLE)
    };
    let with_slots = field.slots().iter().try_fold(1, |multiple, slot| step(multiple, slot.per()))?;
    let multiple = step(with_slots, sum)?;
    let mut rates = Vec::with_capacity(field.units() * field.slots().len());
    for unit in field.rivals() {
        let base = i128::from(field.base(unit)) * (multiple / i128::from(sum));
        for (&score, slot) in field.scores(unit).iter().zip(field.slots()) {
            rates.push(i128::from(score) * (multiple / i128::from(slot.per())) + base);
        }
    }
    Some(rates)
}

/// Rates in 2⁻⁵⁰ millionths, rounded down.
fn near_rates(field: &Field, sum: i64) -> Vec<i128> {
    let near = |score: i64, per: i64| (i128::from(score) << 50) / i128::from(per);
    field
        .rivals()
        .flat_map(|unit| {
            let base = near(field.base(unit), sum);
            field.scores(unit).iter().zip(field.slots()).map(move |(&score, slot)| near(score, slot.per()) + base)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field::tests::{drawn, field};

    #[test]
    fn the_grid_ranks_as_the_field_does_at_todays_weights() {
        for levels in [4, 100, 999_983] {
            // Weights that sum to a power of two are exact in 24 bits.
            let field = drawn(40, &[32, 16, 8, 8], levels, levels);
            let deficits = Deficits::of(&field).unwrap();
            let weights: Vec<u64> = field.slots().iter().map(|slot| (slot.weight() as u64) << 18).collect();
            assert_eq!(deficits.order(&weights), field.order(), "{levels} levels");
        }
    }

    #[test]
    fn rates_that_fit_are_kept_exactly() {
        assert!(Deficits::of(&field(&[60, 40], &[&[50, 30], &[55, 25]])).unwrap().is_lossless());
        // Three great primes as weights: no common multiple is small enough.
        let great = [999_983, 1_000_003, 999_979].map(crate::field::Slot::weighing).to_vec();
        let field = Field::new(great, vec![1, 2, 3, 3, 2, 2], vec![0; 2], vec![0, 1]).unwrap();
        assert!(!Deficits::of(&field).unwrap().is_lossless());
    }

    #[test]
    fn equal_totals_go_by_tie_place() {
        let deficits = Deficits::new(&[5, 5, 5, 6], 1, &[2, 0, 1, 3]);
        assert_eq!(deficits.order(&[WEIGHT_SUM]), [3, 1, 2, 0].map(RivalIndex::from));
    }
}
