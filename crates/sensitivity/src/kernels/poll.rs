//! The marks behind a category's totals, and the totals that other voters might have given (Q7).
//!
//! Owns resampling: every count of marks is drawn anew around itself, voters taken as independent, and
//! the means that depend on it move. Floats only: this is sampling. What the marks do not decide stands
//! in each unit's base, which is set so that today's marks give today's total; so the one formula in
//! `scoring` is still the measure.

use multiversion::multiversion;
use scoring::{Grid, IndexVec};

use super::dice::Dice;
use super::lanes::{BIAS, LANES, Lanes};
use super::network::Network;
use super::place_counts::{count_places, tables_for};
use super::poisson::Poisson;
use crate::place::{RankIndex, RivalIndex};

/// Resamples that are counted in one go.
const BATCH: usize = 64;

/// How marks become points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Effect {
    /// `factor` × mean value of the marks.
    Mean,
    /// `factor` × (`from` − Σ count × value), not below 0.
    Less {
        /// What is taken from.
        from: f64,
    },
}

/// Marks that are counted together: one group's for one unit on one criterion in one period.
#[derive(Debug, Clone, PartialEq)]
pub struct Marks {
    /// The unit.
    pub unit: RivalIndex,
    /// Points for one of the mean (or of what is left).
    pub factor: f64,
    /// How they become points.
    pub effect: Effect,
    /// How many marks there are of which value.
    pub counts: Vec<(u64, f64)>,
}

impl Marks {
    /// Points that the marks give as they are.
    #[must_use]
    pub fn points(&self) -> f64 {
        let sum: f64 = self.counts.iter().map(|&(count, value)| count as f64 * value).sum();
        match self.effect {
            Effect::Mean => {
                let marks: u64 = self.counts.iter().map(|(count, _)| count).sum();
                if marks == 0 { 0.0 } else { self.factor * sum / marks as f64 }
            }
            Effect::Less { from } => self.factor * (from - sum).max(0.0),
        }
    }
}

/// All marks of a category.
#[derive(Debug, Clone)]
pub struct Poll {
    base: IndexVec<RivalIndex, f64>,
    blocks: Vec<Block>,
    /// Which table and which value, block by block.
    cells: Vec<(u32, f64)>,
    tables: Vec<Poisson>,
    /// Units in the order in which they win ties.
    units: Vec<RivalIndex>,
    /// No total lies outside.
    range: (f64, f64),
}

#[derive(Debug, Clone)]
struct Block {
    unit: RivalIndex,
    factor: f64,
    effect: Effect,
    cells: std::ops::Range<usize>,
    today: f64,
}

impl Poll {
    /// The poll of which today's totals, in points, and the marks are known.
    #[must_use]
    pub fn new(totals: &[f64], tie_places: &[u32], marks: &[Marks]) -> Poll {
        let mut base: IndexVec<RivalIndex, f64> = totals.to_vec().into();
        let mut lowest = IndexVec::filled(0.0, totals.len());
        let mut highest = lowest.clone();
        let mut counts: Vec<u64> = marks.iter().flat_map(|m| m.counts.iter().map(|(count, _)| *count)).collect();
        counts.sort_unstable();
        counts.dedup();
        let tables: Vec<Poisson> = counts.iter().map(|&count| Poisson::around(count)).collect();
        let (mut blocks, mut cells) = (Vec::new(), Vec::new());
        for one in marks {
            let start = cells.len();
            for &(count, value) in one.counts.iter().filter(|(count, _)| *count > 0) {
                let table = counts.partition_point(|known| *known < count);
                cells.push((table as u32, value));
            }
            if start == cells.len() {
                continue;
            }
            let points = one.points();
            base[one.unit] -= points;
            let values = || cells[start..].iter().map(|(_, value)| one.factor * value);
            let (low, high) = match one.effect {
                Effect::Mean => (values().fold(f64::MAX, f64::min), values().fold(f64::MIN, f64::max)),
                Effect::Less { from } => (0.0, one.factor * from),
            };
            lowest[one.unit] += low;
            highest[one.unit] += high;
            blocks.push(Block {
                unit: one.unit,
                factor: one.factor,
                effect: one.effect,
                cells: start..cells.len(),
                today: points,
            });
        }
        let ends = |extra: &IndexVec<RivalIndex, f64>| {
            base.iter().zip(extra).map(|(base, extra)| base + extra).collect::<Vec<f64>>()
        };
        let range =
            (ends(&lowest).into_iter().fold(f64::MAX, f64::min), ends(&highest).into_iter().fold(f64::MIN, f64::max));
        let mut units: Vec<RivalIndex> = base.indices().collect();
        units.sort_by_key(|&unit| tie_places[unit.index()]);
        Poll { base, blocks, cells, tables, units, range }
    }

    /// How often each unit had each rank over so many resamples.
    #[must_use]
    pub fn ranks(&self, resamples: u32, seed: u64) -> Grid<RivalIndex, RankIndex, u32> {
        let units = self.units.len();
        let by_rank = ranks(self, &Network::new(units), resamples, seed);
        let mut counts = Grid::filled(0, units, units);
        for (place, &unit) in self.units.iter().enumerate() {
            for (rank, count) in counts.row_mut(unit).iter_mut().enumerate() {
                *count = by_rank[rank * units + place];
            }
        }
        counts
    }

    /// Gives the totals of each resample, unit by unit, in points: the same draws that [`Poll::ranks`]
    /// counts.
    pub fn each(&self, resamples: u32, seed: u64, mut take: impl FnMut(&[f64])) {
        let mut dice = Dice::new(seed);
        let mut totals = IndexVec::filled([0.0; LANES], self.units.len());
        let mut one = vec![0.0; self.units.len()];
        let mut left = resamples as usize;
        while left > 0 {
            self.draw(&mut dice, &mut totals);
            for lane in 0..LANES.min(left) {
                for (total, lanes) in one.iter_mut().zip(&totals) {
                    *total = lanes[lane];
                }
                take(&one);
            }
            left = left.saturating_sub(LANES);
        }
    }

    /// Totals of one resample a lane.
    #[inline(always)]
    fn draw(&self, dice: &mut Dice, totals: &mut IndexVec<RivalIndex, Lanes<f64>>) {
        for (total, base) in totals.iter_mut().zip(&self.base) {
            *total = [*base; LANES];
        }
        let mut bits = [0; LANES];
        let mut fresh = false;
        for block in &self.blocks {
            let (mut marks, mut sum) = ([0.0; LANES], [0.0; LANES]);
            for &(table, value) in &self.cells[block.cells.clone()] {
                if !fresh {
                    bits = dice.draw();
                }
                let drawn = self.tables[table as usize].draw(&bits, if fresh { 32 } else { 0 });
                fresh = !fresh;
                for lane in 0..LANES {
                    marks[lane] += drawn[lane];
                    sum[lane] += drawn[lane] * value;
                }
            }
            let total = &mut totals[block.unit];
            match block.effect {
                Effect::Mean => {
                    for lane in 0..LANES {
                        // A group that nobody of turned up for keeps today's mean.
                        let points =
                            if marks[lane] > 0.0 { block.factor * sum[lane] / marks[lane] } else { block.today };
                        total[lane] += points;
                    }
                }
                Effect::Less { from } => {
                    for lane in 0..LANES {
                        let left = from - sum[lane];
                        total[lane] += block.factor * if left > 0.0 { left } else { 0.0 };
                    }
                }
            }
        }
    }
}

/// Counts by rank and place in the tie order.
#[multiversion(targets(
    "x86_64+avx512f+avx512bw+avx512dq+avx512vl+avx2+avx+fma+bmi1+bmi2+popcnt",
    "x86_64+avx2+avx+fma+bmi1+bmi2+popcnt"
))]
fn ranks(poll: &Poll, network: &Network, resamples: u32, seed: u64) -> Vec<u32> {
    let units = poll.units.len();
    let index_bits = usize::BITS - units.saturating_sub(1).leading_zeros();
    let mask = (1_u64 << index_bits) - 1;
    let (low, high) = poll.range;
    // Totals become whole deficits below 2⁵¹, of which the key keeps all but the lowest bits.
    let scale = if high > low { (1_u64 << 51) as f64 / (high - low) } else { 1.0 };
    let mut dice = Dice::new(seed);
    let mut totals = IndexVec::filled([0.0; LANES], units);
    let mut keys = vec![[0.0; LANES]; network.rows_needed()];
    let mut orders = vec![0_u16; units * BATCH];
    let mut counts = vec![0_u32; units * units];
    let mut tables = tables_for(units);
    let mut left = resamples as usize;
    while left > 0 {
        let batch = left.min(BATCH);
        for start in (0..batch).step_by(LANES) {
            poll.draw(&mut dice, &mut totals);
            for (place, (key, &unit)) in keys.iter_mut().zip(&poll.units).enumerate() {
                let total = totals[unit];
                for lane in 0..LANES {
                    let deficit = (high - total[lane]) * scale + BIAS;
                    key[lane] = f64::from_bits(deficit.to_bits() & !mask | place as u64);
                }
            }
            network.sort_wide(&mut keys);
            for (row, key) in orders.chunks_exact_mut(BATCH).zip(&keys) {
                for (place, lane) in row[start..start + LANES].iter_mut().zip(key) {
                    *place = (lane.to_bits() & mask) as u16;
                }
            }
        }
        for (row, places) in counts.chunks_exact_mut(units).zip(orders.chunks_exact(BATCH)) {
            count_places(row, &places[..batch], &mut tables);
        }
        left -= batch;
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mean_of(unit: RivalIndex, counts: &[(u64, f64)]) -> Marks {
        Marks { unit, factor: 0.3, effect: Effect::Mean, counts: counts.to_vec() }
    }

    /// Ranks counted from the totals by a plain sort.
    fn counted_plainly(poll: &Poll, resamples: u32, seed: u64) -> Vec<u32> {
        let units = poll.units.len();
        let mut counts = vec![0; units * units];
        poll.each(resamples, seed, |totals| {
            let mut order = poll.units.clone();
            order.sort_by(|&a, &b| totals[b.index()].total_cmp(&totals[a.index()]));
            for (rank, unit) in order.into_iter().enumerate() {
                counts[unit.index() * units + rank] += 1;
            }
        });
        counts
    }

    #[test]
    fn marks_give_the_points_worked_by_hand() {
        // 20 of 90, 6 of 70, 4 of 50: 2420 ÷ 30, and 40 points of 100 for it.
        let counts = vec![(20, 90.0), (6, 70.0), (4, 50.0)];
        let survey = Marks { unit: 0.into(), factor: 0.4, effect: Effect::Mean, counts };
        assert!((survey.points() - 32.266_667).abs() < 1e-6);
        // County: 50 less 3 × 1 less 7 × 0.5.
        let counts = vec![(3, 1.0), (7, 0.5), (90, 0.0)];
        let complaints = Marks { unit: 0.into(), factor: 1.0, effect: Effect::Less { from: 50.0 }, counts };
        assert_eq!(complaints.points(), 43.5);
    }

    #[test]
    fn lanes_count_what_a_plain_sort_counts() {
        let marks: Vec<Marks> = (0..21)
            .flat_map(|unit| {
                let good = 30 + unit as u64 % 7;
                let less = Effect::Less { from: 20.0 };
                let counts = vec![(unit as u64 % 4, 1.0), (9, 0.0)];
                [
                    mean_of(unit.into(), &[(good, 90.0), (10, 70.0), (2, 50.0)]),
                    Marks { unit: unit.into(), factor: 1.0, effect: less, counts },
                ]
            })
            .collect();
        let places: Vec<u32> = (0..21).rev().collect();
        let poll = Poll::new(&[80.0; 21], &places, &marks);
        assert_eq!(poll.ranks(203, 5).figures(), counted_plainly(&poll, 203, 5));
        assert_eq!(poll.ranks(203, 5), poll.ranks(203, 5));
        assert_ne!(poll.ranks(203, 5), poll.ranks(203, 6));
    }

    #[test]
    fn means_vary_as_theory_says() {
        // Marks of 100 and 0, 60 and 40 of them: the mean of a resample has a standard deviation of
        // √(.6 × .4 ÷ 100) × 100 = 4.9, here times .3.
        let poll = Poll::new(&[18.0], &[0], &[mean_of(0.into(), &[(60, 100.0), (40, 0.0)])]);
        let (mut sum, mut squares, rounds) = (0.0, 0.0, 20_000);
        poll.each(rounds, 1, |totals| {
            sum += totals[0] - 18.0;
            squares += (totals[0] - 18.0).powi(2);
        });
        let deviation = 0.3 * 100.0 * (0.6 * 0.4 / 100.0_f64).sqrt();
        assert!((sum / f64::from(rounds)).abs() < 4.0 * deviation / f64::from(rounds).sqrt());
        assert!(((squares / f64::from(rounds)).sqrt() / deviation - 1.0).abs() < 0.03);
    }

    #[test]
    fn what_marks_do_not_decide_stays() {
        let poll = Poll::new(&[70.0, 60.0, 50.0], &[0, 1, 2], &[]);
        assert_eq!(poll.ranks(10, 1).figures(), [10, 0, 0, 0, 10, 0, 0, 0, 10]);
    }
}
