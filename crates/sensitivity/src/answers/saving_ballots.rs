//! The fewest ballots whose change would save the last unit (the last part of Q7).
//!
//! Owns the search: a changed ballot gives the last unit the best mark everywhere on it and a rival the
//! worst. Tallies do not say which marks stand on one ballot, so the answer is the fewest that the
//! tallies allow: never fewer would do, and the changed tallies are scored to see that these do. A
//! survey's quota is not looked at, and complaints count while there are points left to lose.

use std::collections::BTreeMap;

use document::document;
use scoring::fraction::Fraction;
use scoring::{GroupIndex, LeafIndex, PeriodIndex, UnitIndex};

use crate::contest::{Contest, PlacedMarks, marks_of};
use crate::kernels::poll::Effect;
use crate::limits::MOST_BALLOTS;
use crate::near::near;
use crate::place::RivalIndex;
use crate::simulation::{Simulation, scored};

document! {
    /// Ballots that would save the last unit.
    #[derive(Debug, Eq)]
    pub struct SavingBallots {
        /// The last unit, by its place in the plan.
        pub unit: UnitIndex,
        /// The unit that would be last in its stead, by its place in the plan.
        pub rival: UnitIndex,
        /// How many ballots of each group (by place in the plan).
        pub ballots: Vec<(GroupIndex, u64)>,
    }
}

/// How many ballots of which group.
type ByGroup = Vec<(GroupIndex, u64)>;

/// A mark that could be changed: where it stands, to which option's place, and what that gives.
#[derive(Debug, Clone, Copy)]
struct Lift {
    leaf: LeafIndex,
    period: PeriodIndex,
    unit: UnitIndex,
    from: usize,
    to: usize,
    count: u64,
    gain: f64,
}

/// The fewest ballots of the contest that would save its last unit; nothing if none would.
#[must_use]
pub fn saving_ballots(simulation: &Simulation, contest: &Contest<'_>) -> Option<SavingBallots> {
    let order = contest.order();
    let (&last, others) = order.split_last()?;
    let marks = marks_of(simulation, contest);
    let raise = lifts(simulation, contest, &marks, last, true);
    let mut best: Option<(u64, RivalIndex, ByGroup)> = None;
    for &rival in others {
        let lower = lifts(simulation, contest, &marks, rival, false);
        let total = |unit: RivalIndex| simulation.standing.total(contest.units()[unit]).millionths() as f64 / 1e6;
        let limit = best.as_ref().map_or(MOST_BALLOTS, |(count, ..)| *count - 1);
        if let Some(groups) = fewest(&raise, &lower, total(rival) - total(last), limit) {
            let count = groups.iter().map(|(_, count)| count).sum();
            best = Some((count, rival, groups));
        }
    }
    let (_, rival, groups) = best?;
    // What floats have found is now counted and scored; a ballot more or less may be needed at a tie.
    let mut ballots: BTreeMap<GroupIndex, u64> = groups.into_iter().collect();
    let lower = lifts(simulation, contest, &marks, rival, false);
    for _ in 0..3 {
        if is_saved(simulation, contest, last, &raise, &lower, &ballots) {
            let [unit, rival] = [last, rival].map(|unit| contest.units()[unit]);
            return Some(SavingBallots { unit, rival, ballots: ballots.into_iter().collect() });
        }
        let gain =
            |(group, count): (&GroupIndex, &u64)| (*group, nth(&raise, *group, *count) + nth(&lower, *group, *count));
        let next = ballots.iter().map(gain).max_by(|a, b| a.1.total_cmp(&b.1))?;
        *ballots.get_mut(&next.0)? += 1;
    }
    None
}

/// What changing marks of one unit gives, by group: the greatest gains of each tally first.
type Lifts = BTreeMap<GroupIndex, Vec<Vec<Lift>>>;

fn lifts(
    simulation: &Simulation,
    contest: &Contest<'_>,
    marks: &[PlacedMarks],
    unit: RivalIndex,
    raise: bool,
) -> Lifts {
    let plan = &simulation.plan;
    let mut lifts: Lifts = BTreeMap::new();
    for placed in marks.iter().filter(|placed| placed.marks.unit == unit) {
        let values: Vec<f64> = match &plan.leaves()[placed.leaf].method {
            scoring::Method::Survey(survey) => {
                survey.values.iter().map(|&value| near(&Fraction::from(value))).collect()
            }
            scoring::Method::Complaints { deduct, .. } => {
                deduct.iter().map(|&value| -near(&Fraction::from(value))).collect()
            }
            _ => continue,
        };
        let number: u64 = placed.marks.counts.iter().map(|(count, _)| count).sum();
        let one = match placed.marks.effect {
            Effect::Mean => placed.marks.factor / number.max(1) as f64,
            Effect::Less { .. } if placed.marks.points() > 0.0 => placed.marks.factor,
            Effect::Less { .. } => continue,
        };
        let better = |a: &usize, b: &usize| values[*a].total_cmp(&values[*b]);
        let options = 0..values.len();
        let Some(best) = (if raise { options.max_by(better) } else { options.min_by(better) }) else { continue };
        let mut by_group: BTreeMap<GroupIndex, Vec<Lift>> = BTreeMap::new();
        for (&(group, place), &(count, _)) in placed.cells.iter().zip(&placed.marks.counts) {
            let option = place % values.len();
            let gain = one * (values[best] - values[option]).abs();
            if gain > 0.0 {
                by_group.entry(group).or_default().push(Lift {
                    leaf: placed.leaf,
                    period: placed.period,
                    unit: contest.units()[unit],
                    from: place,
                    to: place - option + best,
                    count,
                    gain,
                });
            }
        }
        for (group, mut list) in by_group {
            list.sort_by(|a, b| b.gain.total_cmp(&a.gain));
            lifts.entry(group).or_default().push(list);
        }
    }
    lifts
}

/// What the ballot after `done` others of a group gives.
fn nth(lifts: &Lifts, group: GroupIndex, done: u64) -> f64 {
    let of_tally = |list: &Vec<Lift>| {
        let mut before = 0;
        list.iter()
            .find(|lift| {
                before += lift.count;
                before > done
            })
            .map_or(0.0, |lift| lift.gain)
    };
    lifts.get(&group).map_or(0.0, |lists| lists.iter().map(of_tally).sum())
}

/// The fewest ballots by group that close a gap, if at most `limit`.
fn fewest(raise: &Lifts, lower: &Lifts, gap: f64, limit: u64) -> Option<ByGroup> {
    let mut taken: ByGroup = raise.keys().chain(lower.keys()).map(|&group| (group, 0)).collect();
    taken.sort_unstable();
    taken.dedup();
    let mut left = gap;
    let mut count = 0;
    // At a gap of 0 the tie rule holds the unit down: one ballot at least.
    while left > 0.0 || count == 0 {
        let gain = |&(group, done): &(GroupIndex, u64)| nth(raise, group, done) + nth(lower, group, done);
        let best = taken.iter_mut().max_by(|a, b| gain(a).total_cmp(&gain(b)))?;
        let gained = gain(best);
        if gained <= 0.0 || count == limit {
            return None;
        }
        best.1 += 1;
        count += 1;
        left -= gained;
    }
    taken.retain(|(_, count)| *count > 0);
    Some(taken)
}

fn is_saved(
    simulation: &Simulation,
    contest: &Contest<'_>,
    last: RivalIndex,
    raise: &Lifts,
    lower: &Lifts,
    ballots: &BTreeMap<GroupIndex, u64>,
) -> bool {
    let mut records = simulation.records.clone();
    for (group, &count) in ballots {
        for list in [raise, lower].into_iter().filter_map(|lifts| lifts.get(group)).flatten() {
            let mut left = count;
            for lift in list {
                let moved = left.min(lift.count);
                let counts = records.counts_mut(lift.leaf, lift.period, lift.unit);
                counts[lift.from] -= moved;
                counts[lift.to] += moved;
                left -= moved;
            }
        }
    }
    let standing = scored(&simulation.plan, &records);
    let ranks = contest.units().iter().map(|&unit| standing.rank(unit));
    ranks.max() != Some(standing.rank(contest.units()[last]))
}
