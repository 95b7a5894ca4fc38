//! What would make a unit first, or last (Q3).
//!
//! Owns the linear programme: the fewest points moved so that the unit's total is at least a margin above
//! (or below) all others', rivals added as they are violated. It is solved in whole numbers, so a unit
//! that no weights bring there is known not to come there.

use num_bigint::{BigInt, Sign};

use crate::field::Field;
use crate::place::RivalIndex;
use crate::weights::dual_simplex::Programme;
use crate::weights::overtaking::Change;
use scoring::fraction::{Fraction, over_one_denominator};

/// Where a unit is to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Goal {
    /// Above all others.
    First,
    /// Below all others.
    Last,
}

/// The fewest points moved that bring a unit there by at least a margin (in millionths of points): new
/// weights and Σ |change|. Nothing if no weights do.
#[must_use]
pub fn reach(field: &Field, unit: RivalIndex, goal: Goal, margin: &Fraction) -> Option<Change> {
    let slots = field.slots().len();
    let today: Vec<i64> = field.slots().iter().map(|slot| slot.weight()).collect();
    let parts: Vec<Fraction> = field.slots().iter().map(|slot| Fraction::new(1, slot.per())).collect();
    let (_, multiple) = over_one_denominator(&parts);
    let (top, bottom) = margin.short_terms()?;
    let multiple = multiple * bottom;
    let sign = if goal == Goal::First { 1 } else { -1 };
    // How much better the unit is than a rival, slot by slot, and at today's weights, in whole numbers.
    let lead = |rival: RivalIndex| -> (Vec<BigInt>, BigInt) {
        let slot_leads = field.scores(unit).iter().zip(field.scores(rival)).zip(field.slots());
        let row = slot_leads.map(|((own, other), slot)| (own - other) * sign * (&multiple / slot.per())).collect();
        (row, BigInt::from(field.total(unit) - field.total(rival)) * sign * &multiple)
    };
    let rivals: Vec<(Vec<BigInt>, BigInt)> = field.rivals().filter(|&rival| rival != unit).map(lead).collect();
    let needed = &multiple * top / bottom;
    // Variables: what each slot gains, then what each loses.
    let both_ways = |row: &[BigInt]| -> Vec<BigInt> { row.iter().cloned().chain(row.iter().map(|c| -c)).collect() };
    let mut programme = Programme::new(vec![BigInt::from(1); 2 * slots]);
    let ones = vec![BigInt::from(1); slots];
    programme.add_row(&both_ways(&ones), &BigInt::default());
    programme.add_row(&both_ways(&ones.iter().map(|one| -one).collect::<Vec<_>>()), &BigInt::default());
    loop {
        programme.solve().ok()?;
        let changes: Vec<Fraction> =
            (0..slots).map(|slot| &programme.value(slot) - &programme.value(slots + slot)).collect();
        let below_zero = (0..slots).filter(|&slot| (&changes[slot] + &Fraction::whole(today[slot])).signum() < 0);
        let below_zero: Vec<usize> = below_zero.collect();
        for &slot in &below_zero {
            let mut row = vec![BigInt::default(); 2 * slots];
            (row[slot], row[slots + slot]) = (BigInt::from(1), BigInt::from(-1));
            programme.add_row(&row, &BigInt::from(-today[slot]));
        }
        // The rival that is furthest from beaten; compared over one denominator.
        let (numerators, denominator) = over_one_denominator(&changes);
        let shortfall = |(row, lead): &(Vec<BigInt>, BigInt)| -> BigInt {
            let moved = row.iter().zip(&numerators).map(|(c, n)| c * n).sum::<BigInt>();
            (&needed - lead) * &denominator - moved
        };
        let worst = rivals.iter().map(|rival| (shortfall(rival), rival)).max_by(|a, b| a.0.cmp(&b.0));
        match worst {
            Some((short, (row, lead))) if short.sign() == Sign::Plus => {
                programme.add_row(&both_ways(row), &(&needed - lead));
            }
            _ if !below_zero.is_empty() => {}
            _ => {
                let weights = changes.iter().zip(&today).map(|(change, &weight)| change + &Fraction::whole(weight));
                let sizes = changes.iter().map(|c| if c.signum() < 0 { -c.clone() } else { c.clone() });
                let distance = sizes.fold(Fraction::ZERO, |sum, size| &sum + &size);
                return Some(Change { weights: weights.collect(), distance });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field::Weights;
    use crate::field::tests::{drawn, field, grains};
    use crate::weights::overtaking::Overtaking;

    #[test]
    fn between_two_units_it_is_the_least_change() {
        for seed in 0..60 {
            let field = drawn(2, &[30, 25, 20, 15], 12, seed);
            let order = field.order();
            let least = Overtaking::new(&field, order[0], order[1]).fewest_points();
            let reached = reach(&field, order[1], Goal::First, &Fraction::ZERO);
            assert_eq!(least.map(|change| change.distance), reached.map(|change| change.distance), "seed {seed}");
        }
    }

    #[test]
    fn a_unit_that_is_never_best_is_never_first() {
        // C is the mean of A and B less one in each slot: at any weights one of them is above it.
        let field = field(&[50, 50], &[&[50, 30], &[30, 50], &[39, 39]]);
        assert_eq!(reach(&field, 2.into(), Goal::First, &Fraction::ZERO), None);
        // It is last already, and stays so by a margin of one point without any move.
        let last = reach(&field, 2.into(), Goal::Last, &Fraction::whole(1_000_000)).unwrap();
        assert_eq!(last.distance, Fraction::ZERO);
        // A comes first by half a point: rates 1, .6 against .6, 1, so 0.625 grains move.
        let first = reach(&field, 0.into(), Goal::First, &Fraction::whole(500_000)).unwrap();
        assert_eq!(first.weights.as_slice(), [Fraction::new(405, 8), Fraction::new(395, 8)]);
        assert_eq!(first.distance, Fraction::new(5, 4));
    }

    #[test]
    fn what_it_finds_is_first_and_no_whole_weights_are_nearer() {
        for seed in 0..25 {
            let field = drawn(6, &[12, 10, 8], 10, seed);
            for unit in field.rivals() {
                for goal in [Goal::First, Goal::Last] {
                    let reached = reach(&field, unit, goal, &Fraction::ZERO);
                    let sign = if goal == Goal::First { 1 } else { -1 };
                    let there = |weights: &Weights| {
                        field.rivals().all(|rival| field.gap_at(unit, rival, weights).signum() * sign >= 0)
                    };
                    let mut nearest: Option<i64> = None;
                    for a in 0..=30_i64 {
                        for b in 0..=30 - a {
                            let weights = [a, b, 30 - a - b];
                            if there(&grains(weights)) {
                                let far = (a - 12).abs() + (b - 10).abs() + (weights[2] - 8).abs();
                                nearest = Some(nearest.map_or(far, |near| near.min(far)));
                            }
                        }
                    }
                    match (reached, nearest) {
                        (None, nearest) => assert_eq!(nearest, None, "seed {seed}, {unit:?}, {goal:?}"),
                        (Some(change), nearest) => {
                            assert!(there(&change.weights), "seed {seed}, {unit:?}, {goal:?}");
                            assert!(change.weights.iter().all(|weight| weight.signum() >= 0));
                            if let Some(nearest) = nearest {
                                assert!(change.distance <= Fraction::whole(nearest));
                            }
                        }
                    }
                }
            }
        }
    }
}
