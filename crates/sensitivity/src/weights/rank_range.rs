//! Which ranks a unit can reach if each weight may vary by so much (Q4).
//!
//! Owns two bounds and two witnesses: a unit that is beaten by r others everywhere in the box cannot be
//! better than rank r + 1, and weights found by trying show a rank that it does reach. Between the two
//! nothing is claimed.

use crate::field::{Field, Weights};
use crate::kernels::dice::SplitMix;
use crate::near::near;
use crate::place::{RivalIndex, SlotIndex};
use scoring::fraction::Fraction;
use scoring::{Grid, IndexVec};

/// What is known of a unit's ranks in the box.
#[derive(Debug, Clone, PartialEq)]
pub struct RankRange {
    /// No weights in the box give a better rank (a lower number).
    pub best_bound: usize,
    /// No weights in the box give a worse rank.
    pub worst_bound: usize,
    /// The best rank found.
    pub best: Witness,
    /// The worst rank found.
    pub worst: Witness,
}

/// A rank and weights, in grains, at which the unit has it.
#[derive(Debug, Clone, PartialEq)]
pub struct Witness {
    /// The rank, from 1; of units with equal totals, by today's order.
    pub rank: usize,
    /// The weights.
    pub weights: Weights,
}

/// A rank, and the order in which the corner gives slots all they may have.
type Found = (usize, Vec<SlotIndex>);

/// Weights that each lie within `radius` grains of today's, at or above zero, with today's sum.
struct Box {
    low: Weights,
    high: Weights,
    /// What is left to give out when all are at their lowest.
    rest: Fraction,
    near: IndexVec<SlotIndex, (f64, f64)>,
}

/// Below this, in millionths of points, a float does not say who is ahead. Totals are below 2⁵³ millionths.
const DOUBT: f64 = 64.0;

/// Ranges of all units when each weight may vary by `radius` grains; `trials` random corners of the box
/// are tried beside the ones that favour each unit.
#[must_use]
pub fn rank_ranges(field: &Field, radius: &Fraction, trials: usize, seed: u64) -> IndexVec<RivalIndex, RankRange> {
    let limits = Box::around(field, radius);
    let units = field.units();
    let near_rates = near_rates(field);
    let place = places(field);
    let mut bounds: IndexVec<RivalIndex, (usize, usize)> = IndexVec::filled((1, units), units);
    for a in field.rivals() {
        for b in field.rivals().filter(|&b| b != a) {
            if limits.always_behind(field, &near_rates, (a, b), place[a] > place[b]) {
                bounds[a].0 += 1;
                bounds[b].1 -= 1;
            }
        }
    }
    let mut found: IndexVec<RivalIndex, [Option<Found>; 2]> = IndexVec::filled([None, None], units);
    let mut dice = SplitMix::new(seed);
    let mean = |slot| field.rivals().map(|unit| near_rates[(unit, slot)]).sum::<f64>() / units as f64;
    let means: IndexVec<SlotIndex, f64> = field.slots().indices().map(mean).collect();
    let mut try_order = |order: Vec<SlotIndex>| {
        let ranks = ranks(&totals(field, &near_rates, &limits.near_corner(&order)), &place);
        for (unit, &rank) in ranks.enumerated() {
            let [best, worst] = &mut found[unit];
            if best.as_ref().is_none_or(|(known, _)| rank < *known) {
                *best = Some((rank, order.clone()));
            }
            if worst.as_ref().is_none_or(|(known, _)| rank > *known) {
                *worst = Some((rank, order.clone()));
            }
        }
    };
    for unit in field.rivals() {
        let mut order: Vec<SlotIndex> = field.slots().indices().collect();
        let above = |slot: SlotIndex| near_rates[(unit, slot)] - means[slot];
        order.sort_by(|&a, &b| above(b).total_cmp(&above(a)));
        try_order(order.clone());
        order.reverse();
        try_order(order);
    }
    for _ in 0..trials {
        let mut order: Vec<SlotIndex> = field.slots().indices().collect();
        for last in (1..order.len()).rev() {
            order.swap(last, dice.below(last as u64 + 1) as usize);
        }
        try_order(order);
    }
    let today = field.weights();
    let witness = |unit: RivalIndex, order: &Option<Found>| {
        let weights = order.as_ref().map_or_else(|| today.clone(), |(_, order)| limits.corner(order));
        Witness { rank: exact_rank(field, unit, &weights, &place), weights }
    };
    let range = |unit: RivalIndex| RankRange {
        best_bound: bounds[unit].0,
        worst_bound: bounds[unit].1,
        best: witness(unit, &found[unit][0]),
        worst: witness(unit, &found[unit][1]),
    };
    field.rivals().map(range).collect()
}

impl Box {
    fn around(field: &Field, radius: &Fraction) -> Box {
        let sum = Fraction::whole(field.weight_sum());
        let zero = Fraction::ZERO;
        let weights = field.weights();
        let low: Weights = weights.iter().map(|w| -(-(w - radius)).min(zero.clone())).collect();
        let high: Weights = weights.iter().map(|w| (w + radius).min(sum.clone())).collect();
        let rest = low.iter().fold(sum, |rest, low| &rest - low);
        let near = low.iter().zip(&high).map(|(low, high)| (near(low), near(high))).collect();
        Box { low, high, rest, near }
    }

    /// The corner that gives the first slots of the order all they may have.
    fn corner(&self, order: &[SlotIndex]) -> Weights {
        let mut weights = self.low.clone();
        let mut rest = self.rest.clone();
        for &slot in order {
            let more = (&self.high[slot] - &self.low[slot]).min(rest.clone());
            weights[slot] = &weights[slot] + &more;
            rest = &rest - &more;
        }
        weights
    }

    fn near_corner(&self, order: &[SlotIndex]) -> IndexVec<SlotIndex, f64> {
        let mut weights: IndexVec<SlotIndex, f64> = self.near.iter().map(|near| near.0).collect();
        let mut rest = near(&self.rest);
        for &slot in order {
            let more = (self.near[slot].1 - self.near[slot].0).min(rest);
            weights[slot] += more;
            rest -= more;
        }
        weights
    }

    /// Is `a` behind `b` everywhere in the box? Where it is level at best, only if the two have the same
    /// rates and `b` stands before it today.
    fn always_behind(
        &self,
        field: &Field,
        rates: &Rates,
        (a, b): (RivalIndex, RivalIndex),
        stands_after: bool,
    ) -> bool {
        let mut order: Vec<SlotIndex> = field.slots().indices().collect();
        let gain = |slot: SlotIndex| rates[(a, slot)] - rates[(b, slot)];
        order.sort_by(|&x, &y| gain(y).total_cmp(&gain(x)));
        let base = field.base(a) - field.base(b);
        let weights = self.near_corner(&order);
        let near = weights.enumerated().map(|(slot, weight)| weight * gain(slot)).sum::<f64>() + base as f64;
        if near.abs() > DOUBT {
            return near < 0.0;
        }
        order.sort_by_key(|&slot| std::cmp::Reverse(field.rate_gap(a, b, slot)));
        let same = base == 0 && field.slots().indices().all(|slot| field.rate_gap(a, b, slot).signum() == 0);
        let most = field.gap_at(a, b, &self.corner(&order)).signum();
        most < 0 || same && stands_after
    }
}

type Rates = Grid<RivalIndex, SlotIndex, f64>;

fn near_rates(field: &Field) -> Rates {
    let mut rates = Grid::filled(0.0, field.units(), field.slots().len());
    for unit in field.rivals() {
        let of_unit = field.scores(unit).iter().zip(field.slots());
        for (rate, (&score, slot)) in rates.row_mut(unit).iter_mut().zip(of_unit) {
            *rate = score as f64 / slot.per() as f64;
        }
    }
    rates
}

fn totals(field: &Field, rates: &Rates, weights: &IndexVec<SlotIndex, f64>) -> IndexVec<RivalIndex, f64> {
    let total = |unit| {
        field.base(unit) as f64 + rates.row(unit).iter().zip(weights).map(|(rate, weight)| rate * weight).sum::<f64>()
    };
    field.rivals().map(total).collect()
}

/// Today's place of each unit.
fn places(field: &Field) -> IndexVec<RivalIndex, usize> {
    let mut places = IndexVec::filled(0, field.units());
    for (place, unit) in field.order().into_iter().enumerate() {
        places[unit] = place;
    }
    places
}

fn ranks(totals: &IndexVec<RivalIndex, f64>, places: &IndexVec<RivalIndex, usize>) -> IndexVec<RivalIndex, usize> {
    let mut order: Vec<RivalIndex> = totals.indices().collect();
    order.sort_by(|&a, &b| totals[b].total_cmp(&totals[a]).then(places[a].cmp(&places[b])));
    let mut ranks = IndexVec::filled(0, order.len());
    for (rank, unit) in order.into_iter().enumerate() {
        ranks[unit] = rank + 1;
    }
    ranks
}

fn exact_rank(field: &Field, unit: RivalIndex, weights: &Weights, places: &IndexVec<RivalIndex, usize>) -> usize {
    let ahead = |&other: &RivalIndex| match field.gap_at(other, unit, weights).signum() {
        0 => places[other] < places[unit],
        sign => sign > 0,
    };
    1 + field.rivals().filter(|other| *other != unit).filter(ahead).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field::tests::{drawn, field, grains};

    #[test]
    fn ranges_are_those_worked_by_hand() {
        // Rates: A 1 and 0, B 0 and 1, C .2 and .2. Weights 55 and 45, each by ten: A has 45 to 65, B the
        // rest, C always 20.
        let field = field(&[55, 45], &[&[55, 0], &[0, 45], &[11, 9]]);
        let ranges = rank_ranges(&field, &Fraction::whole(10), 10, 1);
        for (range, (best, worst)) in ranges.iter().zip([(1, 2), (1, 2), (3, 3)]) {
            assert_eq!((range.best_bound, range.worst_bound), (best, worst));
            assert_eq!((range.best.rank, range.worst.rank), (best, worst));
        }
        // By four, A stays ahead.
        let ranges = rank_ranges(&field, &Fraction::whole(4), 10, 1);
        assert_eq!(ranges.iter().map(|r| (r.best_bound, r.worst_bound)).collect::<Vec<_>>(), [(1, 1), (2, 2), (3, 3)]);
    }

    #[test]
    fn every_whole_point_of_the_box_keeps_the_bounds() {
        for (levels, seed) in [(5, 1), (40, 2), (40, 3)] {
            let field = drawn(7, &[20, 16, 14], levels, seed);
            let place = places(&field);
            let ranges = rank_ranges(&field, &Fraction::whole(3), 200, seed);
            for a in 17..=23 {
                for b in 13..=19 {
                    let weights = [a, b, 50 - a - b];
                    if !(11..=17).contains(&weights[2]) {
                        continue;
                    }
                    for (unit, range) in ranges.enumerated() {
                        let rank = exact_rank(&field, unit, &grains(weights), &place);
                        assert!(range.best_bound <= rank && rank <= range.worst_bound);
                        assert!(
                            range.best.rank <= rank && rank <= range.worst.rank,
                            "the corners tried are as good here"
                        );
                    }
                }
            }
            for range in &ranges {
                assert!(range.best_bound <= range.best.rank && range.worst.rank <= range.worst_bound);
            }
        }
    }
}
