//! How far a line can be followed while a ranking stands (Q1).
//!
//! Only neighbours can be the first to change places, so the whole ranking takes one look at each pair of neighbours.

use std::cmp::Ordering;

use super::step::Step;
use super::totals::Line;
use crate::place::RivalIndex;
use scoring::fraction::Fraction;

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
    pub swap: Option<(RivalIndex, RivalIndex)>,
}

/// The steps on which something stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Interval {
    /// The lower end, at most 0.
    pub low: End,
    /// The upper end, at least 0.
    pub high: End,
}

impl Line {
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
}

/// The nearest meetings found so far on both sides of today.
struct Ends<'a> {
    line: &'a Line,
    low: Nearest,
    high: Nearest,
}

/// The nearest meeting found so far on one side of today: at first the end of the range.
#[derive(Clone, Copy)]
struct Nearest {
    at: Step,
    inclusive: bool,
    swap: Option<(RivalIndex, RivalIndex)>,
}

impl<'a> Ends<'a> {
    fn new(line: &'a Line) -> Self {
        let end = |end| Nearest { at: Step::whole(end), inclusive: true, swap: None };
        Ends { line, low: end(line.low), high: end(line.high) }
    }

    /// Takes in a pair, of which the first is ahead today.
    fn meet(&mut self, ahead: RivalIndex, behind: RivalIndex) {
        let Some(at) = self.line.meeting(ahead, behind) else { return };
        let inclusive = self.line.tie(ahead, behind, at) == Ordering::Less;
        let rises = self.line.slopes[behind] > self.line.slopes[ahead];
        let (end, nearer) = if rises { (&mut self.high, Ordering::Less) } else { (&mut self.low, Ordering::Greater) };
        let found = at.cmp(&end.at);
        if found == nearer {
            *end = Nearest { at, inclusive, swap: Some((ahead, behind)) };
        } else if found == Ordering::Equal && !inclusive {
            // Several pairs meet here, or a tie at the very end of the range is not kept.
            *end = Nearest { at, inclusive, swap: end.swap.or(Some((ahead, behind))) };
        }
    }

    fn interval(self) -> Interval {
        let end = |end: Nearest| End { step: end.at.fraction(), inclusive: end.inclusive, swap: end.swap };
        Interval { low: end(self.low), high: end(self.high) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field::tests::{drawn, field};
    use crate::field::{Field, Slot};
    use crate::line::tie_key::TieKey;
    use crate::line::totals::tests::{order_of, totals_at};

    #[test]
    fn an_interval_ends_where_it_was_worked_out_by_hand() {
        // Weights 60 and 40. A: 54 + 30 = 84 (rates .9 and .75), B: 48 + 34 = 82 (rates .8 and .85).
        // Moving the first weight to t: A − B = .1 t − .1 (100 − t) = 0 at t = 50: ten grains down.
        let field = field(&[60, 40], &[&[54, 30], &[48, 34]]);
        let interval = field.line(0.into()).unwrap().interval(Scope::Ranking);
        assert_eq!(interval.low, End { step: Fraction::whole(-10), inclusive: true, swap: Some((0.into(), 1.into())) });
        assert_eq!(interval.high, End { step: Fraction::whole(40), inclusive: true, swap: None });
        // The second weight ends at the same point from its own side.
        let interval = field.line(1.into()).unwrap().interval(Scope::Ranking);
        assert_eq!(interval.high, End { step: Fraction::whole(10), inclusive: true, swap: Some((0.into(), 1.into())) });
    }

    #[test]
    fn a_tie_that_the_unit_behind_wins_is_outside() {
        let scores = [[54, 30], [48, 34]].concat().iter().map(|s| s * 1_000_000).collect();
        let slots = vec![Slot::weighing(60), Slot::weighing(40)];
        let field = Field::new(slots, scores, vec![0, 0], vec![1, 0]).unwrap();
        let interval = field.line(0.into()).unwrap().interval(Scope::Ranking);
        assert_eq!(
            interval.low,
            End { step: Fraction::whole(-10), inclusive: false, swap: Some((0.into(), 1.into())) }
        );
    }

    #[test]
    fn a_moving_tie_key_is_looked_at_where_totals_meet() {
        // The two meet at step −10. There the key stands at 5 − 10 × 1/2 = 0 for A and at 1 for B.
        let key = TieKey::Moving { values: vec![5, 1].into(), slopes: vec![1, 0].into(), scale: 2 };
        let line = Line::new(vec![84, 82], vec![1, 0], 5, (-20, 0), vec![key]).unwrap();
        let low = line.interval(Scope::Ranking).low;
        assert_eq!(low, End { step: Fraction::whole(-10), inclusive: false, swap: Some((0.into(), 1.into())) });
    }

    #[test]
    fn a_tie_today_bounds_the_interval_on_one_side() {
        let field = field(&[60, 40], &[&[50, 30], &[40, 40]]);
        let interval = field.line(0.into()).unwrap().interval(Scope::Ranking);
        assert_eq!(interval.low, End { step: Fraction::ZERO, inclusive: true, swap: Some((0.into(), 1.into())) });
        assert_eq!(interval.high.swap, None);
    }

    #[test]
    fn intervals_hold_up_to_their_ends_and_no_further() {
        let hair = Fraction::new(1, 1_000_000_000_000_i64);
        for (levels, seed) in [(4, 1), (12, 2), (999_983, 3), (7, 5)] {
            let field = drawn(8, &[35, 25, 20, 12, 8], levels, seed);
            let today_order = field.order();
            for moved in field.slots().indices() {
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
                        assert!(stands(&inward(&low, 1)) && stands(&inward(&high, -1)), "{scope:?} {moved:?}");
                    }
                    assert_eq!(stands(&low.step), low.inclusive, "{scope:?} {moved:?} {low:?}");
                    assert_eq!(stands(&high.step), high.inclusive, "{scope:?} {moved:?} {high:?}");
                    let range = line.range();
                    if low.swap.is_some() && low.step > Fraction::whole(range.0) {
                        assert!(!stands(&inward(&low, -1)), "{scope:?} {moved:?} {low:?}");
                    }
                    if high.swap.is_some() && high.step < Fraction::whole(range.1) {
                        assert!(!stands(&inward(&high, 1)), "{scope:?} {moved:?} {high:?}");
                    }
                }
            }
        }
    }
}
