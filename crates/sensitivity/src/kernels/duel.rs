//! How likely one unit beats another when all weights are as likely, without sampling (Q6).
//!
//! Owns the exact formula: with u the two units' difference of rates (adjustments spread over the
//! weights), y the differences at or above zero and x those below it, f(h, 0) = 0, f(0, k) = 1 and
//! f(h, k) = (y_h f(h, k − 1) − x_k f(h − 1, k)) ÷ (y_h − x_k) give P(u · w ≤ 0) for w uniform on the
//! simplex. Every step is a weighted mean, so floats lose next to nothing.

use multiversion::multiversion;

use scoring::Grid;

use super::lanes::{LANES, Lanes};
use crate::field::Field;
use crate::place::RivalIndex;

/// Chances of every pair.
#[derive(Debug, Clone, PartialEq)]
pub struct Duels {
    /// Chance that the row's unit beats the column's.
    wins: Grid<RivalIndex, RivalIndex, f64>,
}

impl Duels {
    /// The duels of a field. Nothing if it has no weight to move.
    #[must_use]
    pub fn of(field: &Field) -> Option<Duels> {
        let sum = field.weight_sum();
        if sum == 0 {
            return None;
        }
        let slots = field.slots().len();
        let mut rates = Vec::with_capacity(field.units() * slots);
        for unit in field.rivals() {
            let base = field.base(unit) as f64 / sum as f64;
            rates.extend(
                field.scores(unit).iter().zip(field.slots()).map(|(&s, slot)| s as f64 / slot.per() as f64 + base),
            );
        }
        let places: Vec<u32> = field.rivals().map(|unit| field.tie_place(unit)).collect();
        Some(Duels::new(&rates, slots, &places))
    }

    /// The duels of rates, unit by unit; equal rows are won by the lower tie place.
    #[must_use]
    pub fn new(rates: &[f64], slots: usize, tie_places: &[u32]) -> Duels {
        let mut wins = Grid::filled(0.0, tie_places.len(), tie_places.len());
        duels(rates, slots.max(1), tie_places, wins.figures_mut());
        Duels { wins }
    }

    /// The chance that `a` beats `b`.
    #[must_use]
    pub fn wins(&self, a: RivalIndex, b: RivalIndex) -> f64 {
        self.wins[(a, b)]
    }

    /// A unit's expected rank: 1 + Σ chance that another beats it.
    #[must_use]
    pub fn expected_rank(&self, unit: RivalIndex) -> f64 {
        // A row has as many columns as there are rows.
        let others = (0..self.wins.row(unit).len()).map(RivalIndex::from).filter(|&other| other != unit);
        1.0 + others.map(|other| self.wins(other, unit)).sum::<f64>()
    }
}

/// Pairs whose differences have the same number of negatives, until there is one for each lane.
#[derive(Clone)]
struct Waiting {
    /// Differences at or above zero, then those below, turned positive.
    differences: Vec<Lanes<f64>>,
    pairs: Lanes<(u32, u32)>,
    count: usize,
}

#[multiversion(targets(
    "x86_64+avx512f+avx512bw+avx512dq+avx512vl+avx2+avx+fma+bmi1+bmi2+popcnt",
    "x86_64+avx2+avx+fma+bmi1+bmi2+popcnt"
))]
fn duels(rates: &[f64], slots: usize, tie_places: &[u32], wins: &mut [f64]) {
    let units = tie_places.len();
    let empty = Waiting { differences: vec![[0.0; LANES]; slots], pairs: [(0, 0); LANES], count: 0 };
    let mut waiting = vec![empty; slots + 1];
    let mut column = vec![[0.0; LANES]; slots + 1];
    let mut differences = vec![0.0; slots];
    for a in 0..units {
        let row = &rates[a * slots..(a + 1) * slots];
        for b in a + 1..units {
            let other = &rates[b * slots..(b + 1) * slots];
            let mut negatives = 0;
            let mut same = true;
            for ((difference, x), y) in differences.iter_mut().zip(row).zip(other) {
                *difference = x - y;
                negatives += usize::from(x < y);
                same &= x == y;
            }
            if same {
                let first = tie_places[a] < tie_places[b];
                wins[a * units + b] = f64::from(u8::from(first));
                wins[b * units + a] = f64::from(u8::from(!first));
                continue;
            }
            let class = &mut waiting[negatives];
            let lane = class.count;
            let (mut up, mut down) = (0, slots - negatives);
            for &difference in &differences {
                let below = difference < 0.0;
                class.differences[if below { down } else { up }][lane] = difference.abs();
                down += usize::from(below);
                up += usize::from(!below);
            }
            class.pairs[lane] = (a as u32, b as u32);
            class.count += 1;
            if class.count == LANES {
                settle(class, negatives, &mut column, wins, units);
            }
        }
    }
    for (negatives, class) in waiting.iter_mut().enumerate() {
        settle(class, negatives, &mut column, wins, units);
    }
}

/// Runs the recursion for the waiting pairs, all lanes at once.
#[inline(always)]
fn settle(class: &mut Waiting, negatives: usize, column: &mut [Lanes<f64>], wins: &mut [f64], units: usize) {
    let (ups, downs) = class.differences.split_at(class.differences.len() - negatives);
    column[0] = [0.0; LANES];
    column[1..=negatives].fill([1.0; LANES]);
    for up in ups {
        let mut left = column[0];
        for (here, down) in column[1..=negatives].iter_mut().zip(downs) {
            for lane in 0..LANES {
                left[lane] = (up[lane] * left[lane] + down[lane] * here[lane]) / (up[lane] + down[lane]);
            }
            *here = left;
        }
    }
    for (lane, &(a, b)) in class.pairs[..class.count].iter().enumerate() {
        let loses = column[negatives][lane];
        wins[a as usize * units + b as usize] = 1.0 - loses;
        wins[b as usize * units + a as usize] = loses;
    }
    class.count = 0;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field::tests::{drawn, field};
    use crate::kernels::acceptability::{Acceptability, Prior};
    use crate::kernels::deficits::Deficits;
    use crate::near::near;
    use scoring::fraction::Fraction;

    #[test]
    fn chances_are_those_worked_by_hand() {
        // Two slots, differences +2 and −1: u·w = 2w − (1 − w) > 0 where w > 1/3, so the first wins 2/3.
        let duels = Duels::new(&[3.0, 1.0, 1.0, 2.0], 2, &[0, 1]);
        assert!((duels.wins(0.into(), 1.into()) - 2.0 / 3.0).abs() < 1e-15);
        assert!((duels.wins(1.into(), 0.into()) - 1.0 / 3.0).abs() < 1e-15);
        // Three slots, differences +1, 0, −1: by symmetry one half.
        let duels = Duels::new(&[2.0, 1.0, 1.0, 1.0, 1.0, 2.0], 3, &[0, 1]);
        assert!((duels.wins(0.into(), 1.into()) - 0.5).abs() < 1e-15);
        // Three slots, differences +1, +1, −1: the chance that the third weight is under a half is 3/4.
        let duels = Duels::new(&[2.0, 2.0, 1.0, 1.0, 1.0, 2.0], 3, &[0, 1]);
        assert!((duels.wins(0.into(), 1.into()) - 0.75).abs() < 1e-15);
    }

    #[test]
    fn better_everywhere_always_wins_and_equals_go_by_tie_place() {
        let duels = Duels::of(&field(&[60, 40], &[&[50, 30], &[40, 20], &[50, 30]])).unwrap();
        assert_eq!((duels.wins(0.into(), 1.into()), duels.wins(1.into(), 0.into())), (1.0, 0.0));
        assert_eq!((duels.wins(0.into(), 2.into()), duels.wins(2.into(), 0.into())), (1.0, 0.0));
        assert_eq!([0, 1, 2].map(|unit| duels.expected_rank(unit.into())), [1.0, 3.0, 2.0]);
    }

    /// P(u · w ≤ 0) = Σ over negative u_j of Π over i ≠ j of u_j ÷ (u_j − u_i), when all differ
    /// (the volume a half-space cuts off a simplex): an independent formula in exact fractions.
    fn chance_at_most_zero(u: &[i128]) -> Fraction {
        let mut sum = Fraction::ZERO;
        for (j, &own) in u.iter().enumerate().filter(|(_, own)| **own < 0) {
            let others = u.iter().enumerate().filter(|(i, _)| *i != j);
            let product =
                others.fold(Fraction::whole(1), |product, (_, &other)| &product * &Fraction::new(own, own - other));
            sum = &sum + &product;
        }
        sum
    }

    #[test]
    fn the_recursion_equals_the_exact_volume() {
        let mut dice = crate::kernels::dice::SplitMix::new(9);
        let mut looked_at = 0;
        while looked_at < 300 {
            let slots = 2 + dice.below(7) as usize;
            let u: Vec<i128> = (0..slots).map(|_| i128::from(dice.below(2_001)) - 1_000).collect();
            let mut apart = u.clone();
            apart.sort_unstable();
            apart.dedup();
            if apart.len() != u.len() {
                continue;
            }
            let mut rates: Vec<f64> = u.iter().map(|&one| one as f64).collect();
            rates.extend(vec![0.0; slots]);
            let duels = Duels::new(&rates, slots, &[0, 1]);
            assert!((duels.wins(1.into(), 0.into()) - near(&chance_at_most_zero(&u))).abs() < 1e-12, "{u:?}");
            looked_at += 1;
        }
    }

    #[test]
    fn sampling_agrees_within_four_standard_errors() {
        for levels in [6, 40, 999_983] {
            let field = drawn(25, &[30, 25, 20, 15, 10], levels, levels + 1);
            let duels = Duels::of(&field).unwrap();
            let samples = 40_000;
            let deficits = Deficits::of(&field).unwrap();
            let sampled = Acceptability::sample(&deficits, &Prior::Uniform, samples, 11).unwrap();
            for unit in field.rivals() {
                let mean = sampled.mean_rank(unit);
                let squares: f64 = (1..=25).map(|rank| sampled.share(unit, rank) * (rank as f64 - mean).powi(2)).sum();
                let error = (squares / f64::from(samples)).sqrt();
                let gap = (mean - duels.expected_rank(unit)).abs();
                assert!(gap <= 4.0 * error + 1e-6, "{levels} levels, {unit:?}: {gap} of {error}");
            }
        }
    }
}
