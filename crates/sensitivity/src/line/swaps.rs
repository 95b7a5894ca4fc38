//! Every two units that change places on a line, in order (Q1).
//!
//! Owns the exact order of what [`crate::kernels::crossing`] found nearly sorted: neighbours that are too near for its
//! 39 bits are compared as fractions.

use std::cmp::Ordering;

use super::step::Step;
use super::totals::Line;
use crate::kernels::crossing::{Crossing, crossings};
use crate::place::RivalIndex;
use scoring::fraction::Fraction;

/// Two units that change places.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Swap {
    /// Where, near enough to draw; [`Line::step_of`] gives it exactly.
    pub near: f64,
    /// Half as long as places, because there are very many swaps.
    units: [u32; 2],
}

impl Swap {
    /// The unit that is ahead today.
    #[must_use]
    pub fn ahead(&self) -> RivalIndex {
        (self.units[0] as usize).into()
    }

    /// The unit that is behind today.
    #[must_use]
    pub fn behind(&self) -> RivalIndex {
        (self.units[1] as usize).into()
    }
}

impl Line {
    /// All swaps inside the range, in order; those that meet at one step by today's ranks.
    #[must_use]
    pub fn swaps(&self) -> Vec<Swap> {
        let totals: Vec<f64> = self.order.iter().map(|&unit| self.totals[unit] as f64).collect();
        let slopes: Vec<f64> = self.order.iter().map(|&unit| self.slopes[unit] as f64).collect();
        let (low, high) = (self.low as f64, self.high as f64);
        let mut crossings = crossings(&totals, &slopes, self.scale as f64, (low, high));
        self.settle(&mut crossings);
        let width = (high - low) / Crossing::WHOLE as f64;
        let swap = |crossing: &Crossing| Swap {
            near: low + (crossing.place() as f64 - 1.0) * width,
            units: [crossing.ahead(), crossing.behind()].map(|line| self.order[line].index() as u32),
        };
        crossings.iter().map(swap).collect()
    }

    /// Where two units meet, exactly. Nothing if they never do, or always.
    #[must_use]
    pub fn step_of(&self, swap: &Swap) -> Option<Fraction> {
        self.meeting(swap.ahead(), swap.behind()).map(Step::fraction)
    }

    /// Puts near-ties into their exact order and drops what is not inside the range.
    fn settle(&self, crossings: &mut Vec<Crossing>) {
        let meeting = |crossing: &Crossing| self.meeting(self.order[crossing.ahead()], self.order[crossing.behind()]);
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
                    (Some(a), Some(b)) => a.cmp(&b),
                    _ => Ordering::Equal,
                };
                exact.then((a.ahead(), a.behind()).cmp(&(b.ahead(), b.behind())))
            });
            start += run;
        }
        let sure = |crossing: &Crossing| (3..Crossing::WHOLE - 1).contains(&crossing.place());
        let inside =
            |crossing: &Crossing| sure(crossing) || meeting(crossing).is_some_and(|meeting| self.is_inside(meeting));
        let tail = crossings.iter().rev().take_while(|crossing| !inside(crossing)).count();
        crossings.truncate(crossings.len() - tail);
        let head = crossings.iter().take_while(|crossing| !inside(crossing)).count();
        crossings.drain(..head);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field::tests::drawn;
    use crate::line::tie_key::TieKey;
    use crate::line::totals::tests::totals_at;
    use crate::near::near;

    #[test]
    fn every_swap_is_found_and_reverses_the_two_units() {
        for (units, levels, seed) in [(9, 4, 1), (9, 12, 2), (7, 999_983, 3), (12, 30, 4)] {
            let field = drawn(units, &[35, 25, 20, 12, 8], levels, seed);
            for moved in field.slots().indices() {
                let line = field.line(moved).unwrap();
                let swaps = line.swaps();
                let today = Fraction::whole(field.slots()[moved].weight());
                let mut expected = Vec::new();
                let end = |at| totals_at(&field, moved, &Fraction::whole(at));
                let (low, high) = (end(0), end(field.weight_sum()));
                for p in field.rivals() {
                    for q in field.rivals().skip(p.index() + 1) {
                        // Strictly ahead at one end and strictly behind at the other: one swap inside.
                        let signs = (low[p].cmp(&low[q]), high[p].cmp(&high[q]));
                        if matches!(signs, (Ordering::Less, Ordering::Greater) | (Ordering::Greater, Ordering::Less)) {
                            expected.push((p, q));
                        }
                    }
                }
                let pair = |swap: &Swap| (swap.ahead().min(swap.behind()), swap.ahead().max(swap.behind()));
                let mut found: Vec<(RivalIndex, RivalIndex)> = swaps.iter().map(pair).collect();
                found.sort_unstable();
                assert_eq!(found, expected, "{units} units, {levels} levels, {moved:?}");
                let steps: Vec<Fraction> = swaps.iter().map(|swap| line.step_of(swap).unwrap()).collect();
                assert!(steps.windows(2).all(|pair| pair[0] <= pair[1]));
                for (swap, step) in swaps.iter().zip(&steps) {
                    let totals = totals_at(&field, moved, &(&today + step));
                    assert_eq!(totals[swap.ahead()], totals[swap.behind()]);
                    assert!((near(step) - swap.near).abs() < 1e-9);
                }
            }
        }
    }

    #[test]
    fn the_line_between_two_plans_lists_every_swap_on_the_way() {
        // A 84 → 80, B 82 → 83, C 70 → 70: A and B meet where 84 − 4t = 82 + t, at t = 2/5.
        let ties = vec![TieKey::Still(vec![0, 1, 2].into())];
        let line = Line::between(&[84, 82, 70], &[80, 83, 70], ties).unwrap();
        let swaps = line.swaps();
        assert_eq!(swaps.iter().map(|swap| swap.units).collect::<Vec<_>>(), [[0, 1]]);
        assert_eq!(line.step_of(&swaps[0]), Some(Fraction::new(2, 5)));
        assert_eq!(line.order_at(2, 5), [0, 1, 2].map(RivalIndex::from));
        assert_eq!(line.order_beside(&Fraction::new(2, 5), true), Some([1, 0, 2].map(RivalIndex::from).to_vec()));
    }
}
