//! Totals that change along a line through the space of weights (Q1).
//!
//! Owns the line itself: totals, slopes, who stands before whom at a step or beside it, and where two totals meet,
//! exactly. Intervals, swaps and staircases ask it. Refuses to know which weights the line moves.
//!
//! Two units whose totals are equal on the whole line stay in today's order: nothing on the line tells
//! them apart but a tie rule that itself moves, and that is looked at only where totals meet.

use std::cmp::Ordering;

use super::step::Step;
use super::tie_key::TieKey;
use crate::field::{Field, Slot};
use crate::limits::{MOST_SCALE, MOST_SLOPE, MOST_UNITS};
use crate::place::{RivalIndex, SlotIndex};
use scoring::IndexVec;
use scoring::fraction::{Fraction, common_divisor};

/// Totals that change linearly from today's (step 0): `totals + step × slopes ÷ scale`, in millionths.
/// Steps are whole numbers or fractions of grains.
#[derive(Debug, Clone)]
pub struct Line {
    pub(super) totals: IndexVec<RivalIndex, i64>,
    pub(super) slopes: IndexVec<RivalIndex, i64>,
    pub(super) scale: i128,
    pub(super) low: i128,
    pub(super) high: i128,
    ties: Vec<TieKey>,
    /// Units, best first, at step 0.
    pub(super) order: Vec<RivalIndex>,
}

impl Line {
    /// The line of which totals, slopes and range are known. Nothing if figures are too large.
    #[must_use]
    pub fn new(
        totals: Vec<i64>,
        slopes: Vec<i128>,
        scale: i128,
        range: (i128, i128),
        ties: Vec<TieKey>,
    ) -> Option<Line> {
        let figures = slopes.iter().chain([&scale]);
        let divisor = common_divisor(figures.map(|figure| figure.unsigned_abs())) as i128;
        let scale = scale / divisor;
        let slopes = slopes.iter().map(|slope| i64::try_from(slope / divisor).ok());
        let slopes: Vec<i64> = slopes.collect::<Option<_>>()?;
        if scale <= 0 || scale >= MOST_SCALE || range.0 > 0 || range.1 < 0 || totals.len() > MOST_UNITS {
            return None;
        }
        if slopes.iter().any(|slope| slope.unsigned_abs() >= MOST_SLOPE.unsigned_abs()) {
            return None;
        }
        let (totals, slopes) = (totals.into(), slopes.into());
        let mut line = Line { totals, slopes, scale, low: range.0, high: range.1, ties, order: Vec::new() };
        let mut order: Vec<RivalIndex> = line.totals.indices().collect();
        order.sort_by(|&p, &q| line.totals[q].cmp(&line.totals[p]).then_with(|| line.tie(p, q, Step::TODAY)));
        line.order = order;
        Some(line)
    }

    /// The line on which one slot's weight moves by the step, and a `rest` of other weights shares what
    /// is left. `shares` has each unit's score in the slot and in the rest.
    #[must_use]
    pub fn of_one_weight(
        totals: &[i64],
        shares: &[(i64, i64)],
        moved: Slot,
        rest: i64,
        ties: Vec<TieKey>,
    ) -> Option<Line> {
        if rest <= 0 {
            return None;
        }
        let slopes = slopes_of_one_weight(shares, moved, rest);
        let scale = i128::from(moved.per()) * i128::from(rest);
        Line::new(totals.to_vec(), slopes, scale, (-i128::from(moved.weight()), i128::from(rest)), ties)
    }

    /// The line from one plan's totals (step 0) to another's (step 1).
    #[must_use]
    pub fn between(from: &[i64], to: &[i64], ties: Vec<TieKey>) -> Option<Line> {
        let slopes = from.iter().zip(to).map(|(a, b)| i128::from(*b) - i128::from(*a)).collect();
        Line::new(from.to_vec(), slopes, 1, (0, 1), ties)
    }

    /// The line with this order at step 0, where it is known better: a draw may decide between some of
    /// the tied only.
    #[must_use]
    pub fn ordered(mut self, order: Vec<RivalIndex>) -> Line {
        self.order = order;
        self
    }

    /// Units, best first, at step 0.
    #[must_use]
    pub fn order(&self) -> &[RivalIndex] {
        &self.order
    }

    /// The least and the greatest step.
    #[must_use]
    pub const fn range(&self) -> (i128, i128) {
        (self.low, self.high)
    }

    /// Is the step between the ends of the range?
    pub(super) fn is_inside(&self, step: Step) -> bool {
        step.cmp(&Step::whole(self.low)) == Ordering::Greater && step.cmp(&Step::whole(self.high)) == Ordering::Less
    }

    /// Units, best first, at a step.
    #[must_use]
    pub fn order_at(&self, numerator: i128, denominator: i128) -> Vec<RivalIndex> {
        let at = Step { numerator, denominator };
        let mut order = self.order.clone();
        order.sort_by(|&p, &q| self.compare(q, p, at).then_with(|| self.tie(p, q, at)));
        order
    }

    /// Units, best first, just above a step (or just below it).
    #[must_use]
    pub fn order_beside(&self, step: &Fraction, above: bool) -> Option<Vec<RivalIndex>> {
        let (numerator, denominator) = step.short_terms()?;
        let at = Step { numerator, denominator };
        let mut order = self.order.clone();
        order.sort_by(|&p, &q| self.compare_beside(p, q, at, above));
        Some(order)
    }

    /// `Less` if `p` stands before `q` just beside the step.
    pub(super) fn compare_beside(&self, p: RivalIndex, q: RivalIndex, at: Step, above: bool) -> Ordering {
        let slopes = if above { (q, p) } else { (p, q) };
        self.compare(q, p, at)
            .then_with(|| self.slopes[slopes.0].cmp(&self.slopes[slopes.1]))
            .then_with(|| self.tie(p, q, Step::TODAY))
    }

    /// Total of `p` against total of `q` at a step.
    pub(super) fn compare(&self, p: RivalIndex, q: RivalIndex, at: Step) -> Ordering {
        let slope = i128::from(self.slopes[p]) - i128::from(self.slopes[q]);
        at.sign_of(i128::from(self.totals[p]) - i128::from(self.totals[q]), slope, self.scale)
    }

    /// `Less` if `p` wins a tie against `q` at a step.
    pub(super) fn tie(&self, p: RivalIndex, q: RivalIndex, at: Step) -> Ordering {
        let decided = self.ties.iter().map(|key| key.compare(p, q, at)).find(|decided| decided.is_ne());
        decided.unwrap_or_else(|| p.cmp(&q))
    }

    /// Where two units' totals are equal: nothing if they never are, or always.
    pub(super) fn meeting(&self, ahead: RivalIndex, behind: RivalIndex) -> Option<Step> {
        let gap = i128::from(self.totals[ahead]) - i128::from(self.totals[behind]);
        let closing = i128::from(self.slopes[behind]) - i128::from(self.slopes[ahead]);
        let numerator = gap * self.scale * closing.signum();
        (closing != 0).then_some(Step { numerator, denominator: closing.abs() })
    }
}

/// Slopes of the totals when a slot's weight moves and the rest shares what is left, over the scale
/// `per × rest`.
#[must_use]
pub fn slopes_of_one_weight(shares: &[(i64, i64)], moved: Slot, rest: i64) -> Vec<i128> {
    let slope = |&(slot, others): &(i64, i64)| {
        i128::from(slot) * i128::from(rest) - i128::from(others) * i128::from(moved.per())
    };
    shares.iter().map(slope).collect()
}

impl Field {
    /// The line on which one slot's weight moves and all others share what is left in proportion.
    /// Nothing if no other slot has a weight, or the figures outgrow an exact comparison.
    #[must_use]
    pub fn line(&self, slot: SlotIndex) -> Option<Line> {
        let moved = self.slots()[slot];
        let rest = self.weight_sum() - moved.weight();
        let of = |unit: RivalIndex| {
            let scores = self.scores(unit);
            let others =
                self.slots().enumerated().zip(scores).filter(|((other, one), _)| *other != slot && one.weight() > 0);
            let others: i64 = others.map(|(_, score)| score).sum();
            (scores[slot.index()], others)
        };
        let shares: Vec<(i64, i64)> = self.rivals().map(of).collect();
        let totals: Vec<i64> = self.rivals().map(|unit| self.total(unit)).collect();
        let places = self.rivals().map(|unit| self.tie_place(unit)).collect();
        Line::of_one_weight(&totals, &shares, moved, rest, vec![TieKey::Still(places)])
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// Totals at slot `moved` on weight `at`, the others sharing what is left: from the weights, not
    /// from slopes.
    pub(crate) fn totals_at(field: &Field, moved: SlotIndex, at: &Fraction) -> IndexVec<RivalIndex, Fraction> {
        let sum = Fraction::whole(field.weight_sum());
        let today = Fraction::whole(field.slots()[moved].weight());
        let factor = &(&sum - at) / &(&sum - &today);
        let at = |(slot, one): (SlotIndex, &Slot)| {
            if slot == moved { at.clone() } else { &factor * &Fraction::whole(one.weight()) }
        };
        let weights: Vec<Fraction> = field.slots().enumerated().map(at).collect();
        field
            .rivals()
            .map(|unit| {
                let rates = field.scores(unit).iter().zip(field.slots()).map(|(&s, slot)| Fraction::new(s, slot.per()));
                let parts = weights.iter().zip(rates);
                parts.fold(Fraction::whole(field.base(unit)), |total, (weight, rate)| &total + &(weight * &rate))
            })
            .collect()
    }

    pub(crate) fn order_of(field: &Field, totals: &IndexVec<RivalIndex, Fraction>) -> Vec<RivalIndex> {
        let mut order: Vec<RivalIndex> = totals.indices().collect();
        order.sort_by(|&p, &q| totals[q].cmp(&totals[p]).then(field.tie_place(p).cmp(&field.tie_place(q))));
        order
    }
}
