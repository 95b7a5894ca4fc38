//! A line through the space of weights, and the ranking along it (Q1).
//!
//! Owns where two units change places on the line, and which place that is, exactly. Floats only sort
//! what exact comparison then confirms. Refuses to know which weights the line moves.
//!
//! Two units whose totals are equal on the whole line stay in today's order: nothing on the line tells
//! them apart but a tie rule that itself moves, and that is looked at only where totals meet.

use std::cmp::Ordering;

use crate::crossing::{Crossing, crossings};
use crate::field::{MOST_UNITS, Slot};
use crate::fraction::Fraction;
use crate::meeting::{Meeting, gcd, sign_at};

/// One thing that decides between equal totals.
#[derive(Debug, Clone)]
pub enum TieKey {
    /// The lower figure wins, wherever on the line: a lot, a share of an option, plan order.
    Still(Vec<u32>),
    /// The higher score of a component wins: `values + step × slopes ÷ scale`.
    Moving {
        /// Scores today, in millionths.
        values: Vec<i64>,
        /// How they change.
        slopes: Vec<i128>,
        /// Divides the slopes.
        scale: i128,
    },
}

/// Totals that change linearly from today's (step 0): `totals + step × slopes ÷ scale`, in millionths.
/// Steps are whole numbers or fractions of grains.
#[derive(Debug, Clone)]
pub struct Line {
    totals: Vec<i64>,
    slopes: Vec<i64>,
    scale: i128,
    low: i128,
    high: i128,
    ties: Vec<TieKey>,
    /// Units, best first, at step 0.
    order: Vec<u32>,
}

/// Slopes below this are exact as `f64`, and so are their differences.
const FLOAT_EXACT: i64 = 1 << 52;
/// Scales below this leave room for a total in 128 bits.
const MOST_SCALE: i128 = 1 << 70;

/// Whose places an interval is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// The whole ranking.
    Ranking,
    /// The first place.
    First,
    /// The last place.
    Last,
    /// Who is among the first so many.
    Top(usize),
}

/// One end of an interval.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct End {
    /// How far from today, in grains.
    pub step: Fraction,
    /// Does what stood today still stand at this very step?
    pub inclusive: bool,
    /// Who changes places there: the unit that is ahead today, and the one behind. Nobody at the end of
    /// the range.
    pub swap: Option<(usize, usize)>,
}

/// The steps on which something stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Interval {
    /// The lower end, at most 0.
    pub low: End,
    /// The upper end, at least 0.
    pub high: End,
}

/// Two units that change places.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Swap {
    /// Where, near enough to draw; [`Line::step_of`] gives it exactly.
    pub near: f64,
    /// The unit that is ahead today.
    pub ahead: u32,
    /// The unit that is behind today.
    pub behind: u32,
}

/// A stretch of the line on which a unit keeps its rank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stair {
    /// Where the stretch begins.
    pub from: Fraction,
    /// The rank, from 1, inside the stretch.
    pub rank: usize,
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
        let divisor = slopes.iter().fold(scale, |divisor, &slope| gcd(divisor, slope));
        let scale = scale / divisor;
        let slopes = slopes.iter().map(|slope| i64::try_from(slope / divisor).ok());
        let slopes: Vec<i64> = slopes.collect::<Option<_>>()?;
        if scale <= 0 || scale >= MOST_SCALE || range.0 > 0 || range.1 < 0 || totals.len() > MOST_UNITS {
            return None;
        }
        if slopes.iter().any(|slope| slope.unsigned_abs() >= FLOAT_EXACT.unsigned_abs()) {
            return None;
        }
        let mut line = Line { totals, slopes, scale, low: range.0, high: range.1, ties, order: Vec::new() };
        let mut order: Vec<u32> = (0..line.totals.len() as u32).collect();
        let today = Meeting::at(0, 1);
        order.sort_by(|&p, &q| {
            let (p, q) = (p as usize, q as usize);
            line.totals[q].cmp(&line.totals[p]).then_with(|| line.tie(p, q, today))
        });
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
    pub fn ordered(mut self, order: &[usize]) -> Line {
        self.order = order.iter().map(|&unit| unit as u32).collect();
        self
    }

    /// Units, best first, at step 0.
    #[must_use]
    pub fn order(&self) -> Vec<usize> {
        self.order.iter().map(|&unit| unit as usize).collect()
    }

    /// The least and the greatest step.
    #[must_use]
    pub const fn range(&self) -> (i128, i128) {
        (self.low, self.high)
    }

    /// The steps on which the scope stands as it does today.
    #[must_use]
    pub fn interval(&self, scope: Scope) -> Interval {
        let order = self.order();
        let last = order.len() - 1;
        let mut ends = Ends::new(self);
        match scope {
            Scope::Ranking => order.windows(2).for_each(|pair| ends.meet(pair[0], pair[1])),
            Scope::First => order[1..].iter().for_each(|&other| ends.meet(order[0], other)),
            Scope::Last => order[..last].iter().for_each(|&other| ends.meet(other, order[last])),
            Scope::Top(k) => {
                let (top, others) = order.split_at(k.min(order.len()));
                top.iter().for_each(|&unit| others.iter().for_each(|&other| ends.meet(unit, other)));
            }
        }
        ends.interval()
    }

    /// All swaps inside the range, in order; those that meet at one step by today's ranks.
    #[must_use]
    pub fn swaps(&self) -> Vec<Swap> {
        let totals: Vec<f64> = self.order.iter().map(|&unit| self.totals[unit as usize] as f64).collect();
        let slopes: Vec<f64> = self.order.iter().map(|&unit| self.slopes[unit as usize] as f64).collect();
        let (low, high) = (self.low as f64, self.high as f64);
        let mut crossings = crossings(&totals, &slopes, self.scale as f64, (low, high));
        self.settle(&mut crossings);
        let width = (high - low) / Crossing::WHOLE as f64;
        let swap = |crossing: &Crossing| Swap {
            near: low + (crossing.place() as f64 - 1.0) * width,
            ahead: self.order[crossing.ahead()],
            behind: self.order[crossing.behind()],
        };
        crossings.iter().map(swap).collect()
    }

    /// Where two units meet, exactly. Nothing if they never do, or always.
    #[must_use]
    pub fn step_of(&self, swap: &Swap) -> Option<Fraction> {
        self.meeting(swap.ahead as usize, swap.behind as usize).map(Meeting::step)
    }

    /// Ranks of one unit along the range, from its lower end.
    #[must_use]
    pub fn staircase(&self, unit: usize) -> Vec<Stair> {
        let low = Meeting::at(self.low, 1);
        let others = || (0..self.totals.len()).filter(|&other| other != unit);
        let ahead = others().filter(|&other| self.compare_beside(other, unit, low, true) == Ordering::Less).count();
        let mut meetings: Vec<Meeting> = others()
            .filter_map(|other| self.meeting(unit, other))
            .filter(|meeting| {
                let (low, high) = (meeting.cmp_whole(self.low), meeting.cmp_whole(self.high));
                low == Ordering::Greater && high == Ordering::Less
            })
            .collect();
        meetings.sort_by(Meeting::cmp_step);
        let mut stairs = vec![Stair { from: Fraction::whole(self.low), rank: ahead + 1 }];
        let mut rank = ahead + 1;
        let mut rest = meetings.as_slice();
        while let Some(first) = rest.first() {
            let same = rest.iter().take_while(|meeting| meeting.cmp_step(first) == Ordering::Equal).count();
            for meeting in &rest[..same] {
                if self.slopes[meeting.behind] > self.slopes[unit] { rank += 1 } else { rank -= 1 }
            }
            if stairs.last().is_some_and(|stair| stair.rank != rank) {
                stairs.push(Stair { from: first.step(), rank });
            }
            rest = &rest[same..];
        }
        stairs
    }

    /// Units, best first, at a step.
    #[must_use]
    pub fn order_at(&self, numerator: i128, denominator: i128) -> Vec<usize> {
        let at = Meeting::at(numerator, denominator);
        let mut order = self.order();
        order.sort_by(|&p, &q| self.compare(q, p, at).then_with(|| self.tie(p, q, at)));
        order
    }

    /// Units, best first, just above a step (or just below it).
    #[must_use]
    pub fn order_beside(&self, step: &Fraction, above: bool) -> Option<Vec<usize>> {
        let (numerator, denominator) = step.small()?;
        let at = Meeting::at(numerator, denominator);
        let mut order = self.order();
        order.sort_by(|&p, &q| self.compare_beside(p, q, at, above));
        Some(order)
    }

    /// `Less` if `p` stands before `q` just beside the step.
    fn compare_beside(&self, p: usize, q: usize, at: Meeting, above: bool) -> Ordering {
        let slopes = if above { (q, p) } else { (p, q) };
        self.compare(q, p, at)
            .then_with(|| self.slopes[slopes.0].cmp(&self.slopes[slopes.1]))
            .then_with(|| self.tie(p, q, Meeting::at(0, 1)))
    }

    /// Total of `p` against total of `q` at a step.
    fn compare(&self, p: usize, q: usize, at: Meeting) -> Ordering {
        sign_at(
            i128::from(self.totals[p]) - i128::from(self.totals[q]),
            i128::from(self.slopes[p]) - i128::from(self.slopes[q]),
            self.scale,
            at,
        )
    }

    /// `Less` if `p` wins a tie against `q` at a step.
    fn tie(&self, p: usize, q: usize, at: Meeting) -> Ordering {
        for key in &self.ties {
            let decided = match key {
                TieKey::Still(places) => places[p].cmp(&places[q]),
                TieKey::Moving { values, slopes, scale } => {
                    sign_at(i128::from(values[q]) - i128::from(values[p]), slopes[q] - slopes[p], *scale, at)
                }
            };
            if decided != Ordering::Equal {
                return decided;
            }
        }
        p.cmp(&q)
    }

    /// Where two units' totals are equal.
    fn meeting(&self, ahead: usize, behind: usize) -> Option<Meeting> {
        let gap = i128::from(self.totals[ahead]) - i128::from(self.totals[behind]);
        let closing = i128::from(self.slopes[behind]) - i128::from(self.slopes[ahead]);
        if closing == 0 {
            return None;
        }
        let (numerator, denominator) = (gap * self.scale, closing);
        Some(Meeting {
            ahead,
            behind,
            numerator: if denominator < 0 { -numerator } else { numerator },
            denominator: denominator.abs(),
        })
    }

    /// Puts near-ties into their exact order and drops what is not inside the range.
    fn settle(&self, crossings: &mut Vec<Crossing>) {
        let meeting = |crossing: &Crossing| {
            self.meeting(self.order[crossing.ahead()] as usize, self.order[crossing.behind()] as usize)
        };
        let mut start = 0;
        while start + 1 < crossings.len() {
            // Places are rounded, so neighbours may stand the wrong way round.
            let near = |pair: &[Crossing]| pair[1].place() - pair[0].place() <= 1;
            if !near(&crossings[start..start + 2]) {
                start += 1;
                continue;
            }
            let run = 1 + crossings[start..].windows(2).take_while(|pair| near(pair)).count();
            crossings[start..start + run].sort_by(|a, b| {
                let exact = match (meeting(a), meeting(b)) {
                    (Some(a), Some(b)) => a.cmp_step(&b),
                    _ => Ordering::Equal,
                };
                exact.then((a.ahead(), a.behind()).cmp(&(b.ahead(), b.behind())))
            });
            start += run;
        }
        let sure = |crossing: &Crossing| (3..Crossing::WHOLE - 1).contains(&crossing.place());
        let inside = |crossing: &Crossing| {
            sure(crossing)
                || meeting(crossing).is_some_and(|meeting| {
                    meeting.cmp_whole(self.low) == Ordering::Greater && meeting.cmp_whole(self.high) == Ordering::Less
                })
        };
        let tail = crossings.iter().rev().take_while(|crossing| !inside(crossing)).count();
        crossings.truncate(crossings.len() - tail);
        let head = crossings.iter().take_while(|crossing| !inside(crossing)).count();
        crossings.drain(..head);
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

/// The nearest meeting found so far on each side of today.
struct Ends<'a> {
    line: &'a Line,
    low: (Meeting, bool, bool),
    high: (Meeting, bool, bool),
}

impl<'a> Ends<'a> {
    fn new(line: &'a Line) -> Self {
        let at = |numerator| (Meeting::at(numerator, 1), true, false);
        Ends { line, low: at(line.low), high: at(line.high) }
    }

    /// Takes in a pair, of which the first is ahead today.
    fn meet(&mut self, ahead: usize, behind: usize) {
        let Some(meeting) = self.line.meeting(ahead, behind) else { return };
        let keeps = self.line.tie(ahead, behind, meeting) == Ordering::Less;
        let rises = self.line.slopes[behind] > self.line.slopes[ahead];
        let (end, nearer) = if rises { (&mut self.high, Ordering::Less) } else { (&mut self.low, Ordering::Greater) };
        let found = meeting.cmp_step(&end.0);
        if found == nearer {
            *end = (meeting, keeps, true);
        } else if found == Ordering::Equal && !keeps {
            // Several pairs meet here, or a tie at the very end of the range is not kept.
            *end = (if end.2 { end.0 } else { meeting }, false, true);
        }
    }

    fn interval(self) -> Interval {
        let end = |(meeting, inclusive, swaps): (Meeting, bool, bool)| End {
            step: meeting.step(),
            inclusive,
            swap: swaps.then_some((meeting.ahead, meeting.behind)),
        };
        Interval { low: end(self.low), high: end(self.high) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field::Field;
    use crate::field::tests::{drawn, field};

    /// Totals at slot `moved` on weight `at`, the others sharing what is left: from the weights, not
    /// from slopes.
    fn totals_at(field: &Field, moved: usize, at: &Fraction) -> Vec<Fraction> {
        let sum = Fraction::whole(field.weight_sum());
        let today = Fraction::whole(field.slots()[moved].weight());
        let factor = &(&sum - at) / &(&sum - &today);
        let weights: Vec<Fraction> = field
            .slots()
            .iter()
            .enumerate()
            .map(|(slot, one)| if slot == moved { at.clone() } else { &factor * &Fraction::whole(one.weight()) })
            .collect();
        (0..field.units())
            .map(|unit| {
                weights.iter().enumerate().fold(Fraction::whole(field.base(unit)), |total, (slot, weight)| {
                    &total + &(weight * &Fraction::new(field.scores(unit)[slot], field.slots()[slot].per()))
                })
            })
            .collect()
    }

    fn order_of(field: &Field, totals: &[Fraction]) -> Vec<usize> {
        let mut order: Vec<usize> = (0..totals.len()).collect();
        order.sort_by(|&p, &q| totals[q].cmp(&totals[p]).then(field.tie_place(p).cmp(&field.tie_place(q))));
        order
    }

    #[test]
    fn an_interval_ends_where_it_was_worked_out_by_hand() {
        // Weights 60 and 40. A: 54 + 30 = 84 (rates .9 and .75), B: 48 + 34 = 82 (rates .8 and .85).
        // Moving the first weight to t: A − B = .1 t − .1 (100 − t) = 0 at t = 50: ten grains down.
        let field = field(&[60, 40], &[&[54, 30], &[48, 34]]);
        let interval = field.line(0).unwrap().interval(Scope::Ranking);
        assert_eq!(interval.low, End { step: Fraction::whole(-10), inclusive: true, swap: Some((0, 1)) });
        assert_eq!(interval.high, End { step: Fraction::whole(40), inclusive: true, swap: None });
        // The second weight ends at the same point from its own side.
        let interval = field.line(1).unwrap().interval(Scope::Ranking);
        assert_eq!(interval.high, End { step: Fraction::whole(10), inclusive: true, swap: Some((0, 1)) });
    }

    #[test]
    fn a_tie_that_the_unit_behind_wins_is_outside() {
        let scores = [[54, 30], [48, 34]].concat().iter().map(|s| s * 1_000_000).collect();
        let slots = vec![Slot::weighing(60), Slot::weighing(40)];
        let field = Field::new(slots, scores, vec![0, 0], vec![1, 0]).unwrap();
        let interval = field.line(0).unwrap().interval(Scope::Ranking);
        assert_eq!(interval.low, End { step: Fraction::whole(-10), inclusive: false, swap: Some((0, 1)) });
    }

    #[test]
    fn a_moving_tie_key_is_looked_at_where_totals_meet() {
        // The two meet at step −10. There the key stands at 5 − 10 × 1/2 = 0 for A and at 1 for B.
        let key = TieKey::Moving { values: vec![5, 1], slopes: vec![1, 0], scale: 2 };
        let line = Line::new(vec![84, 82], vec![1, 0], 5, (-20, 0), vec![key]).unwrap();
        let low = line.interval(Scope::Ranking).low;
        assert_eq!(low, End { step: Fraction::whole(-10), inclusive: false, swap: Some((0, 1)) });
    }

    #[test]
    fn a_tie_today_bounds_the_interval_on_one_side() {
        let field = field(&[60, 40], &[&[50, 30], &[40, 40]]);
        let interval = field.line(0).unwrap().interval(Scope::Ranking);
        assert_eq!(interval.low, End { step: Fraction::zero(), inclusive: true, swap: Some((0, 1)) });
        assert_eq!(interval.high.swap, None);
    }

    #[test]
    fn every_swap_is_found_and_reverses_the_two_units() {
        for (units, levels, seed) in [(9, 4, 1), (9, 12, 2), (7, 999_983, 3), (12, 30, 4)] {
            let field = drawn(units, &[35, 25, 20, 12, 8], levels, seed);
            for moved in 0..5 {
                let line = field.line(moved).unwrap();
                let swaps = line.swaps();
                let today = Fraction::whole(field.slots()[moved].weight());
                let mut expected = Vec::new();
                let end = |at| totals_at(&field, moved, &Fraction::whole(at));
                let (low, high) = (end(0), end(field.weight_sum()));
                for p in 0..units {
                    for q in p + 1..units {
                        // Strictly ahead at one end and strictly behind at the other: one swap inside.
                        let signs = (low[p].cmp(&low[q]), high[p].cmp(&high[q]));
                        if matches!(signs, (Ordering::Less, Ordering::Greater) | (Ordering::Greater, Ordering::Less)) {
                            expected.push((p, q));
                        }
                    }
                }
                let mut found: Vec<(usize, usize)> = swaps
                    .iter()
                    .map(|swap| (swap.ahead.min(swap.behind) as usize, swap.ahead.max(swap.behind) as usize))
                    .collect();
                found.sort_unstable();
                assert_eq!(found, expected, "{units} units, {levels} levels, slot {moved}");
                let steps: Vec<Fraction> = swaps.iter().map(|swap| line.step_of(swap).unwrap()).collect();
                assert!(steps.windows(2).all(|pair| pair[0] <= pair[1]));
                for (swap, step) in swaps.iter().zip(&steps) {
                    let totals = totals_at(&field, moved, &(&today + step));
                    assert_eq!(totals[swap.ahead as usize], totals[swap.behind as usize]);
                    assert!((step.to_f64() - swap.near).abs() < 1e-9);
                }
            }
        }
    }

    #[test]
    fn intervals_hold_up_to_their_ends_and_no_further() {
        let hair = Fraction::new(1, 1_000_000_000_000_i64);
        for (levels, seed) in [(4, 1), (12, 2), (999_983, 3), (7, 5)] {
            let field = drawn(8, &[35, 25, 20, 12, 8], levels, seed);
            let today_order = field.order();
            for moved in 0..5 {
                let line = field.line(moved).unwrap();
                let today = Fraction::whole(field.slots()[moved].weight());
                for scope in [Scope::Ranking, Scope::First, Scope::Last, Scope::Top(3)] {
                    let stands = |step: &Fraction| {
                        let order = order_of(&field, &totals_at(&field, moved, &(&today + step)));
                        match scope {
                            Scope::Ranking => order == today_order,
                            Scope::First => order[0] == today_order[0],
                            Scope::Last => order[7] == today_order[7],
                            Scope::Top(k) => order[..k].iter().all(|unit| today_order[..k].contains(unit)),
                        }
                    };
                    let Interval { low, high } = line.interval(scope);
                    let inward = |end: &End, sign: i64| &end.step + &(&hair * &Fraction::whole(sign));
                    if low.step < high.step {
                        assert!(stands(&inward(&low, 1)) && stands(&inward(&high, -1)), "{scope:?} slot {moved}");
                    }
                    assert_eq!(stands(&low.step), low.inclusive, "{scope:?} slot {moved} {low:?}");
                    assert_eq!(stands(&high.step), high.inclusive, "{scope:?} slot {moved} {high:?}");
                    let range = line.range();
                    if low.swap.is_some() && low.step > Fraction::whole(range.0) {
                        assert!(!stands(&inward(&low, -1)), "{scope:?} slot {moved} {low:?}");
                    }
                    if high.swap.is_some() && high.step < Fraction::whole(range.1) {
                        assert!(!stands(&inward(&high, 1)), "{scope:?} slot {moved} {high:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_staircase_has_the_ranks_of_a_dense_scan() {
        for (levels, seed) in [(4, 1), (12, 2), (999_983, 3)] {
            let field = drawn(8, &[35, 25, 20, 12, 8], levels, seed);
            for moved in 0..5 {
                let line = field.line(moved).unwrap();
                let today = Fraction::whole(field.slots()[moved].weight());
                for unit in 0..8 {
                    let stairs = line.staircase(unit);
                    let ends = stairs[1..].iter().map(|stair| stair.from.clone());
                    for (stair, end) in stairs.iter().zip(ends.chain([Fraction::whole(line.range().1)])) {
                        // A third of the way is inside the stretch, and at no meeting but by great chance.
                        let inside = &stair.from + &(&(&end - &stair.from) * &Fraction::new(1, 3));
                        let totals = totals_at(&field, moved, &(&today + &inside));
                        let ahead = totals.iter().filter(|total| **total > totals[unit]).count();
                        let level = totals.iter().filter(|total| **total == totals[unit]).count();
                        assert!(ahead < stair.rank && stair.rank <= ahead + level, "unit {unit}, slot {moved}");
                    }
                }
            }
        }
    }

    #[test]
    fn the_line_between_two_plans_lists_every_swap_on_the_way() {
        // A 84 → 80, B 82 → 83, C 70 → 70: A and B meet where 84 − 4t = 82 + t, at t = 2/5.
        let ties = vec![TieKey::Still(vec![0, 1, 2])];
        let line = Line::between(&[84, 82, 70], &[80, 83, 70], ties).unwrap();
        let swaps = line.swaps();
        assert_eq!(swaps.iter().map(|swap| (swap.ahead, swap.behind)).collect::<Vec<_>>(), [(0, 1)]);
        assert_eq!(line.step_of(&swaps[0]), Some(Fraction::new(2, 5)));
        assert_eq!(line.order_at(2, 5), [0, 1, 2]);
        assert_eq!(line.order_beside(&Fraction::new(2, 5), true), Some(vec![1, 0, 2]));
    }
}
