//! The least change of weights that lets one unit overtake another (Q2).
//!
//! Owns moving points between slots: from where the unit ahead gains most to where it gains least. What
//! it returns is the border, where the two totals are equal; which side of it counts is for the tie rule
//! and the score of a plan to say, so plans on a grid are handed to a judge.

use crate::field::{Field, Weights};
use crate::place::{RivalIndex, SlotIndex};
use scoring::IndexVec;
use scoring::fraction::Fraction;

/// Weights at which two units' totals meet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The new weights, in grains.
    pub weights: Weights,
    /// How far they are from today's, in grains, by the measure that was asked for.
    pub distance: Fraction,
}

/// Who overtakes whom, and how far weights may go.
#[derive(Debug, Clone)]
pub struct Overtaking<'f> {
    field: &'f Field,
    /// Slots, the one that helps the unit ahead most first.
    order: Vec<SlotIndex>,
    /// Rate of the unit ahead less that of the unit behind.
    gains: Weights,
    gap: Fraction,
    upper: Weights,
}

impl<'f> Overtaking<'f> {
    /// `behind` is to overtake `ahead`. Weights stay at or above zero; no slot may have more than all.
    #[must_use]
    pub fn new(field: &'f Field, ahead: RivalIndex, behind: RivalIndex) -> Overtaking<'f> {
        let slots = field.slots().indices();
        let gains: Weights = slots.clone().map(|slot| field.rate_gap(ahead, behind, slot)).collect();
        let mut order: Vec<SlotIndex> = slots.collect();
        order.sort_by(|&a, &b| gains[b].cmp(&gains[a]).then(a.cmp(&b)));
        let gap = Fraction::whole(field.total(ahead) - field.total(behind));
        let upper = IndexVec::filled(Fraction::whole(field.weight_sum()), order.len());
        Overtaking { field, order, gains, gap, upper }
    }

    /// No slot may have more than this, in grains.
    #[must_use]
    pub fn bounded(mut self, upper: Weights) -> Self {
        self.upper = upper;
        self
    }

    /// The fewest points moved in all: the distance is Σ |change|. Nothing if no weights do it.
    #[must_use]
    pub fn fewest_points(&self) -> Option<Change> {
        let today = self.field.weights();
        let mut weights = today.clone();
        let mut gap = self.gap.clone();
        let mut moved = Fraction::ZERO;
        let (mut from, mut to) = (0, self.order.len().checked_sub(1)?);
        while gap.signum() > 0 {
            let (giver, taker) = (self.order[from], self.order[to]);
            let closing = &self.gains[giver] - &self.gains[taker];
            if from >= to || closing.signum() <= 0 {
                return None;
            }
            let room = &self.upper[taker] - &weights[taker];
            let amount = (&gap / &closing).min(weights[giver].clone()).min(room);
            if amount.signum() > 0 {
                weights[giver] = &weights[giver] - &amount;
                weights[taker] = &weights[taker] + &amount;
                gap = &gap - &(&amount * &closing);
                moved = &moved + &amount;
            }
            if gap.signum() > 0 {
                if weights[giver].signum() <= 0 { from += 1 } else { to = to.checked_sub(1)? }
            }
        }
        Some(Change { weights, distance: &moved * &Fraction::whole(2) })
    }

    /// The least that the most changed weight has to change, to a multiple of `resolution`. Nothing if
    /// no weights do it.
    #[must_use]
    pub fn least_spread(&self, resolution: &Fraction) -> Option<Change> {
        let most = (&Fraction::whole(self.field.weight_sum()) / resolution).ceiling()?;
        let close = |steps: i128| self.spread(&(resolution * &Fraction::whole(steps)));
        if close(most).1.signum() > 0 {
            return None;
        }
        let (mut under, mut enough) = (-1, most);
        while enough - under > 1 {
            let middle = under + (enough - under) / 2;
            if close(middle).1.signum() > 0 { under = middle } else { enough = middle }
        }
        let distance = resolution * &Fraction::whole(enough);
        Some(Change { weights: close(enough).0, distance })
    }

    /// Weights that close the gap as far as they can when none changes by more than `limit`, and the
    /// gap that is left.
    fn spread(&self, limit: &Fraction) -> (Weights, Fraction) {
        let mut weights = self.field.weights();
        let mut gap = self.gap.clone();
        let mut give: Weights = weights.iter().map(|weight| weight.clone().min(limit.clone())).collect();
        let mut take: Weights =
            weights.iter().zip(&self.upper).map(|(weight, upper)| (upper - weight).min(limit.clone())).collect();
        let (mut from, mut to) = (0, self.order.len().saturating_sub(1));
        while from < to && gap.signum() > 0 {
            let (giver, taker) = (self.order[from], self.order[to]);
            let closing = &self.gains[giver] - &self.gains[taker];
            if closing.signum() <= 0 {
                break;
            }
            let amount = (&gap / &closing).min(give[giver].clone()).min(take[taker].clone());
            give[giver] = &give[giver] - &amount;
            take[taker] = &take[taker] - &amount;
            weights[giver] = &weights[giver] - &amount;
            weights[taker] = &weights[taker] + &amount;
            gap = &gap - &(&amount * &closing);
            if give[giver].signum() <= 0 {
                from += 1;
            } else {
                to -= 1;
            }
        }
        (weights, gap)
    }

    /// The nearest weights by whole steps from today's that the judge accepts, among those that move
    /// points as [`Overtaking::fewest_points`] does. At most `trials` are judged.
    pub fn on_grid(&self, step: &Fraction, trials: usize, mut judge: impl FnMut(&Weights) -> bool) -> Option<Weights> {
        let mut weights = self.field.weights();
        let mut gap = self.gap.clone();
        let mut judged = 0;
        let (mut from, mut to) = (0, self.order.len().checked_sub(1)?);
        while from < to {
            let (giver, taker) = (self.order[from], self.order[to]);
            let closing = &self.gains[giver] - &self.gains[taker];
            if closing.signum() <= 0 {
                return None;
            }
            if weights[giver] < *step {
                from += 1;
                continue;
            }
            if &weights[taker] + step > self.upper[taker] {
                to -= 1;
                continue;
            }
            weights[giver] = &weights[giver] - step;
            weights[taker] = &weights[taker] + step;
            gap = &gap - &(step * &closing);
            if gap.signum() <= 0 {
                if judged == trials {
                    return None;
                }
                judged += 1;
                if judge(&weights) {
                    return Some(weights);
                }
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field::tests::{drawn, field, grains};

    fn gap_after(field: &Field, ahead: RivalIndex, behind: RivalIndex, change: &Change) -> Fraction {
        field.gap_at(ahead, behind, &change.weights)
    }

    #[test]
    fn the_least_change_is_the_one_worked_by_hand() {
        // Rates: A .9 .75 .5, B .8 .85 .5; gap 2. d = .1, −.1, 0. A point from the first to the second
        // closes .2, so ten points are moved and the distance is 2 × 2 ÷ .2 = 20.
        let field = field(&[60, 40, 10], &[&[54, 30, 5], &[48, 34, 5]]);
        let change = Overtaking::new(&field, 0.into(), 1.into()).fewest_points().unwrap();
        assert_eq!(change.distance, Fraction::whole(20));
        assert_eq!(change.weights, grains([50, 50, 10]));
        // In the other measure both move by ten.
        let change = Overtaking::new(&field, 0.into(), 1.into()).least_spread(&Fraction::new(1, 1_000)).unwrap();
        assert_eq!(change.distance, Fraction::whole(10));
        assert_eq!(gap_after(&field, 0.into(), 1.into(), &change), Fraction::ZERO);
    }

    #[test]
    fn bounds_send_points_elsewhere() {
        // As above, but the second slot may have 45: five points close 1, and the other ten of the
        // first go to the third, closing .1 each.
        let field = field(&[60, 40, 10], &[&[54, 30, 5], &[48, 34, 5]]);
        let upper = grains([110, 45, 110]);
        let change = Overtaking::new(&field, 0.into(), 1.into()).bounded(upper).fewest_points().unwrap();
        assert_eq!(change.weights, grains([45, 45, 20]));
        assert_eq!(change.distance, Fraction::whole(30));
    }

    #[test]
    fn better_everywhere_is_never_overtaken_by_weights() {
        let field = field(&[60, 40], &[&[54, 36], &[48, 30]]);
        let overtaking = Overtaking::new(&field, 0.into(), 1.into());
        assert_eq!(overtaking.fewest_points(), None);
        assert_eq!(overtaking.least_spread(&Fraction::new(1, 100)), None);
        assert_eq!(overtaking.on_grid(&Fraction::new(1, 2), 9, |_| true), None);
    }

    #[test]
    fn the_grid_goes_on_until_the_judge_agrees() {
        let field = field(&[60, 40, 10], &[&[54, 30, 5], &[48, 34, 5]]);
        let overtaking = Overtaking::new(&field, 0.into(), 1.into());
        let half = Fraction::new(1, 2);
        assert_eq!(overtaking.on_grid(&half, 5, |_| true), Some(grains([50, 50, 10])));
        let mut asked = 0;
        let found = overtaking.on_grid(&half, 5, |weights| {
            asked += 1;
            field.gap_at(0.into(), 1.into(), weights).signum() < 0
        });
        assert_eq!(asked, 2);
        assert_eq!(found.unwrap()[0.into()], Fraction::new(99, 2));
        assert_eq!(overtaking.on_grid(&half, 5, |_| false), None);
    }

    #[test]
    fn no_small_whole_move_does_better() {
        // Every way to move whole grains among three slots, against the answer that needs no search.
        for seed in 0..40 {
            let field = drawn(4, &[20, 15, 10], 10, seed);
            let order = field.order();
            let (ahead, behind) = (order[1], order[2]);
            let overtaking = Overtaking::new(&field, ahead, behind);
            let (least, spread) = (overtaking.fewest_points(), overtaking.least_spread(&Fraction::new(1, 64)));
            assert_eq!(least.is_some(), spread.is_some());
            let mut best: Option<(i64, i64)> = None;
            for a in 0..=45_i64 {
                for b in 0..=45 - a {
                    let weights = [a, b, 45 - a - b];
                    if field.gap_at(ahead, behind, &grains(weights)).signum() > 0 {
                        continue;
                    }
                    let moves = [a - 20, b - 15, weights[2] - 10].map(i64::abs);
                    let found = (moves.iter().sum(), moves.into_iter().max().unwrap_or(0));
                    best = Some(best.map_or(found, |best| (best.0.min(found.0), best.1.min(found.1))));
                }
            }
            match (least, best) {
                (None, best) => assert_eq!(best, None, "seed {seed}"),
                (Some(least), best) => {
                    assert!(gap_after(&field, ahead, behind, &least).signum() <= 0);
                    let total = least.weights.iter().fold(Fraction::ZERO, |sum, weight| &sum + weight);
                    assert_eq!(total, Fraction::whole(45));
                    // A border between whole grains lies within one whole move of weights that are whole.
                    let (sum, most) = best.unwrap_or((90, 45));
                    assert!(least.distance <= Fraction::whole(sum), "seed {seed}");
                    assert!(Fraction::whole(sum) <= &least.distance + &Fraction::whole(4), "seed {seed}");
                    let spread = spread.unwrap();
                    assert!(gap_after(&field, ahead, behind, &spread).signum() <= 0);
                    assert!(spread.distance <= &Fraction::whole(most) + &Fraction::new(1, 64), "seed {seed}");
                    assert!(Fraction::whole(most) <= &spread.distance + &Fraction::whole(2), "seed {seed}");
                }
            }
        }
    }
}
