//! What other voters might have made of a contest (Q7).
//!
//! Owns how often each unit keeps its rank, its grade and its outcomes when every count of marks is drawn
//! anew, voters taken as independent. The totals are [`crate::Poll`]'s; what follows from them is
//! `scoring`'s one rule.

use scoring::{IndexVec, Score, UnitIndex, with_totals};

use crate::contest::{Contest, marks_of};
use crate::kernels::poll::{Marks, Poll};
use crate::place::RivalIndex;
use crate::simulation::Simulation;

/// How many of the resamples a unit kept what it has in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Kept {
    /// Its rank.
    pub rank: u32,
    /// Its grade, or having none.
    pub grade: u32,
    /// All its outcomes, and no others.
    pub outcomes: u32,
    /// It was the last of its category, whether or not it is today.
    pub last: u32,
}

/// Draws the voters of a contest anew so many times. `told` hears
/// after each resample how many are done.
pub fn resampled(
    simulation: &Simulation,
    contest: &Contest<'_>,
    resamples: u32,
    seed: u64,
    told: &mut dyn FnMut(u32),
) -> IndexVec<RivalIndex, Kept> {
    let (plan, standing) = (&simulation.plan, &simulation.standing);
    let totals: IndexVec<UnitIndex, Score> = plan.unit_indices().map(|unit| standing.total(unit)).collect();
    let points = |&unit: &UnitIndex| totals[unit].millionths() as f64 / 1e6;
    let marks: Vec<Marks> = marks_of(simulation, contest).into_iter().map(|placed| placed.marks).collect();
    let today: Vec<f64> = contest.units().iter().map(points).collect();
    let places: Vec<u32> = contest.units().iter().map(|&unit| standing.rank(unit)).collect();
    let poll = Poll::new(&today, &places, &marks);
    let last = plan.units_of(contest.category()).len() as u32;
    let mut kept = IndexVec::filled(Kept::default(), contest.units().len());
    let mut done = 0;
    poll.each(resamples, seed, |drawn| {
        let mut new = totals.clone();
        for (&unit, points) in contest.units().iter().zip(drawn) {
            new[unit] = Score::from_millionths((points * 1e6).round() as i128);
        }
        // Ranks, grades and outcomes by the one rule.
        let other = with_totals(plan, &simulation.records, standing, new);
        for (kept, &unit) in kept.iter_mut().zip(contest.units()) {
            kept.rank += u32::from(other.rank(unit) == standing.rank(unit));
            kept.grade += u32::from(other.grade(unit) == standing.grade(unit));
            kept.outcomes += u32::from(other.outcomes(unit) == standing.outcomes(unit));
            kept.last += u32::from(other.rank(unit) == last);
        }
        done += 1;
        told(done);
    });
    kept
}
