//! The ranks of one unit along a line (Q1).

use std::cmp::Ordering;

use super::step::Step;
use super::totals::Line;
use crate::place::RivalIndex;
use scoring::fraction::Fraction;

/// A stretch of the line on which a unit keeps its rank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stair {
    /// Where the stretch begins.
    pub from: Fraction,
    /// The rank, from 1, inside the stretch.
    pub rank: usize,
}

impl Line {
    /// Ranks of one unit along the range, from its lower end.
    #[must_use]
    pub fn staircase(&self, unit: RivalIndex) -> Vec<Stair> {
        let low = Step::whole(self.low);
        let others = || self.totals.indices().filter(|&other| other != unit);
        let ahead = others().filter(|&other| self.compare_beside(other, unit, low, true) == Ordering::Less).count();
        let meeting = |other| Some((self.meeting(unit, other).filter(|at| self.is_inside(*at))?, other));
        let mut meetings: Vec<(Step, RivalIndex)> = others().filter_map(meeting).collect();
        meetings.sort_by(|a, b| a.0.cmp(&b.0));
        let mut stairs = vec![Stair { from: Fraction::whole(self.low), rank: ahead + 1 }];
        let mut rank = ahead + 1;
        for same in meetings.chunk_by(|a, b| a.0.cmp(&b.0) == Ordering::Equal) {
            for &(_, other) in same {
                if self.slopes[other] > self.slopes[unit] { rank += 1 } else { rank -= 1 }
            }
            if stairs.last().is_some_and(|stair| stair.rank != rank) {
                stairs.push(Stair { from: same[0].0.fraction(), rank });
            }
        }
        stairs
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field::tests::drawn;
    use crate::line::totals::tests::totals_at;

    #[test]
    fn a_staircase_has_the_ranks_of_a_dense_scan() {
        for (levels, seed) in [(4, 1), (12, 2), (999_983, 3)] {
            let field = drawn(8, &[35, 25, 20, 12, 8], levels, seed);
            for moved in field.slots().indices() {
                let line = field.line(moved).unwrap();
                let today = Fraction::whole(field.slots()[moved].weight());
                for unit in field.rivals() {
                    let stairs = line.staircase(unit);
                    let ends = stairs[1..].iter().map(|stair| stair.from.clone());
                    for (stair, end) in stairs.iter().zip(ends.chain([Fraction::whole(line.range().1)])) {
                        // A third of the way is inside the stretch, and at no meeting but by great chance.
                        let inside = &stair.from + &(&(&end - &stair.from) * &Fraction::new(1, 3));
                        let totals = totals_at(&field, moved, &(&today + &inside));
                        let ahead = totals.iter().filter(|total| **total > totals[unit]).count();
                        let level = totals.iter().filter(|total| **total == totals[unit]).count();
                        assert!(ahead < stair.rank && stair.rank <= ahead + level, "{unit:?}, {moved:?}");
                    }
                }
            }
        }
    }
}
