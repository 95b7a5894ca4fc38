//! How likely each rank is when the weights are not certain (Q5).
//!
//! Owns drawing weights and counting ranks. Weights are whole numbers that sum to 2²⁴: differences of
//! sorted uniform cuts, which is uniform on the simplex, or of every αth cut, which is the Dirichlet
//! distribution with whole concentrations α. No logarithm is taken, so a seed gives the same counts on
//! every machine.

use multiversion::multiversion;
use scoring::Grid;

use super::deficits::{Deficits, WEIGHT_SUM};
use super::dice::Dice;
use super::lanes::{BIAS, LANES, Lanes};
use super::network::Network;
use super::place_counts::{count_places, tables_for};
use crate::field::Field;
use crate::limits::MOST_CUTS;
use crate::place::{RankIndex, RivalIndex, SlotIndex};

/// Samples that are counted in one go: their orders fit the second-level cache.
const BATCH: usize = 256;

/// Where sampled weights come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Prior {
    /// All weights are as likely.
    Uniform,
    /// Dirichlet with these concentrations, one a slot, each at least 1.
    Dirichlet(Vec<u32>),
}

impl Prior {
    /// Near today's weights: concentrations in proportion to them, that sum to about `sum`. With 100,
    /// a weight of 30 of 100 varies with a standard deviation of 4.6.
    #[must_use]
    pub fn near(field: &Field, sum: u32) -> Prior {
        let whole = field.weight_sum().max(1) as u64;
        let share = |weight: i64| (weight as u64 * u64::from(sum) + whole / 2) / whole;
        let all = field.slots().iter();
        Prior::Dirichlet(all.map(|slot| share(slot.weight()).max(1) as u32).collect())
    }

    /// The first cut of each slot, and the number of cuts plus one.
    fn cuts(&self, slots: usize) -> Option<Vec<usize>> {
        let mut cuts = vec![0];
        match self {
            Prior::Uniform => cuts.extend(1..=slots),
            Prior::Dirichlet(all) => {
                if all.len() != slots || all.contains(&0) {
                    return None;
                }
                let ends = all.iter().scan(0, |end, &one| {
                    *end += one as usize;
                    Some(*end)
                });
                cuts.extend(ends);
            }
        }
        cuts.last().is_some_and(|&last| last <= MOST_CUTS).then_some(cuts)
    }
}

/// How often each unit had each rank.
#[derive(Debug, Clone, PartialEq)]
pub struct Acceptability {
    samples: u32,
    counts: Grid<RivalIndex, RankIndex, u32>,
    /// Sums of the weights at which each unit was first.
    first: Grid<RivalIndex, SlotIndex, f64>,
}

impl Acceptability {
    /// Ranks under `samples` draws from a prior. Nothing if the prior does not fit the deficits.
    #[must_use]
    pub fn sample(deficits: &Deficits, prior: &Prior, samples: u32, seed: u64) -> Option<Acceptability> {
        Acceptability::sample_telling(deficits, prior, samples, seed, &mut |_| {})
    }

    /// [`Acceptability::sample`]; `told` hears again and again how many samples are done.
    pub fn sample_telling(
        deficits: &Deficits,
        prior: &Prior,
        samples: u32,
        seed: u64,
        told: &mut dyn FnMut(u32),
    ) -> Option<Acceptability> {
        let (units, slots) = (deficits.units(), deficits.slots());
        let cuts = prior.cuts(slots)?;
        let plan = Sampling {
            deficits: deficits.deficits(),
            slots,
            ranks: &Network::new(units),
            cuts: &cuts,
            spacing: &Network::new(cuts.last().map_or(0, |last| last - 1)),
            index_bits: deficits.index_bits(),
            total_bits: deficits.total_bits(),
        };
        let (by_rank, by_place) = sample(&plan, samples, seed, told);
        let mut counts = Grid::filled(0, units, units);
        let mut first = Grid::filled(0.0, units, slots);
        for place in 0..units {
            let unit = deficits.unit(place);
            for (rank, count) in counts.row_mut(unit).iter_mut().enumerate() {
                *count = by_rank[rank * units + place];
            }
            first.row_mut(unit).copy_from_slice(&by_place[place * slots..(place + 1) * slots]);
        }
        Some(Acceptability { samples, counts, first })
    }

    /// How many samples were drawn.
    #[must_use]
    pub const fn samples(&self) -> u32 {
        self.samples
    }

    /// How often the unit had each rank, rank 1 first.
    #[must_use]
    pub fn counts(&self, unit: RivalIndex) -> &[u32] {
        self.counts.row(unit)
    }

    /// How likely the rank (from 1) is for the unit.
    #[must_use]
    pub fn share(&self, unit: RivalIndex, rank: usize) -> f64 {
        f64::from(self.counts(unit)[rank - 1]) / f64::from(self.samples.max(1))
    }

    /// The most that sampling leaves uncertain in any share: half of 1 ÷ √samples.
    #[must_use]
    pub fn standard_error(&self) -> f64 {
        0.5 / f64::from(self.samples.max(1)).sqrt()
    }

    /// The unit's mean rank over the samples.
    #[must_use]
    pub fn mean_rank(&self, unit: RivalIndex) -> f64 {
        let sum: u64 = self.counts(unit).iter().zip(1..).map(|(&count, rank)| u64::from(count) * rank).sum();
        sum as f64 / f64::from(self.samples.max(1))
    }

    /// The unit's central weights: the mean of those that make it first, as shares. Nothing if none did.
    #[must_use]
    pub fn central_weights(&self, unit: RivalIndex) -> Option<Vec<f64>> {
        let firsts = self.counts(unit)[0];
        let sums = self.first.row(unit);
        (firsts > 0).then(|| sums.iter().map(|sum| sum / f64::from(firsts) / WEIGHT_SUM as f64).collect())
    }
}

struct Sampling<'a> {
    deficits: &'a [f64],
    slots: usize,
    ranks: &'a Network,
    cuts: &'a [usize],
    spacing: &'a Network,
    index_bits: u32,
    total_bits: u32,
}

/// Counts by rank and place, and the sums of weights by first place.
#[multiversion(targets(
    "x86_64+avx512f+avx512bw+avx512dq+avx512vl+avx2+avx+fma+bmi1+bmi2+popcnt",
    "x86_64+avx2+avx+fma+bmi1+bmi2+popcnt"
))]
fn sample(plan: &Sampling<'_>, samples: u32, seed: u64, told: &mut dyn FnMut(u32)) -> (Vec<u32>, Vec<f64>) {
    let slots = plan.slots;
    let units = plan.deficits.len() / slots;
    // A key is a total's highest bits and, in the lowest, the place: half as wide as a total, so that twice as many are
    // sorted at a time.
    let mask = (1_u32 << plan.index_bits) - 1;
    let shift = plan.total_bits.saturating_sub(u32::BITS);
    let mut dice = Dice::new(seed);
    // One cut before the first slot, then those that are drawn and sorted, then the network's spare row.
    let mut cuts = vec![[0; LANES]; plan.cuts.last().copied().unwrap_or(1).max(1) + 1];
    let mut weights = vec![[0.0; LANES]; slots];
    let mut totals = vec![[0.0; LANES]; units];
    let mut keys = vec![[0_u32; LANES]; plan.ranks.rows_needed()];
    let mut orders = vec![0_u16; units * BATCH];
    let mut counts = vec![0_u32; units * units];
    let mut first = vec![0.0; units * slots];
    let mut tables = tables_for(units);
    let mut left = samples as usize;
    while left > 0 {
        let batch = left.min(BATCH);
        for start in (0..batch).step_by(LANES) {
            draw_weights(plan, &mut dice, &mut cuts, &mut weights);
            for (total, row) in totals.iter_mut().zip(plan.deficits.chunks_exact(slots)) {
                let mut sum = [BIAS; LANES];
                for (deficit, weight) in row.iter().zip(&weights) {
                    for lane in 0..LANES {
                        sum[lane] += deficit * weight[lane];
                    }
                }
                *total = sum;
            }
            for (place, (key, total)) in keys.iter_mut().zip(&totals).enumerate() {
                for lane in 0..LANES {
                    let whole = total[lane].to_bits() - BIAS.to_bits();
                    key[lane] = (whole >> shift) as u32 & !mask | place as u32;
                }
            }
            plan.ranks.sort_narrow(&mut keys);
            repair(&mut keys[..units], &totals, mask);
            for (row, key) in orders.chunks_exact_mut(BATCH).zip(&keys) {
                for (place, lane) in row[start..start + LANES].iter_mut().zip(key) {
                    *place = (lane & mask) as u16;
                }
            }
            for lane in 0..LANES.min(batch - start) {
                let best = (keys[0][lane] & mask) as usize;
                for (sum, weight) in first[best * slots..(best + 1) * slots].iter_mut().zip(&weights) {
                    *sum += weight[lane];
                }
            }
        }
        for (row, places) in counts.chunks_exact_mut(units).zip(orders.chunks_exact(BATCH)) {
            count_places(row, &places[..batch], &mut tables);
        }
        left -= batch;
        told(samples - left as u32);
    }
    (counts, first)
}

/// Weights between sorted cuts, a sample a lane.
#[inline(always)]
fn draw_weights(plan: &Sampling<'_>, dice: &mut Dice, cuts: &mut [Lanes<u32>], weights: &mut [Lanes<f64>]) {
    let count = cuts.len() - 2;
    for pair in cuts[1..=count].chunks_mut(2) {
        let bits = dice.draw();
        for (half, cut) in pair.iter_mut().enumerate() {
            for lane in 0..LANES {
                cut[lane] = (bits[lane] >> (40 - 24 * half) & (WEIGHT_SUM - 1)) as u32;
            }
        }
    }
    plan.spacing.sort_narrow(&mut cuts[1..]);
    for (weight, ends) in weights.iter_mut().zip(plan.cuts.windows(2)) {
        for lane in 0..LANES {
            let end = if ends[1] > count { WEIGHT_SUM as u32 } else { cuts[ends[1]][lane] };
            // Below 2³¹, and signed numbers become floats in one instruction.
            weight[lane] = f64::from((end - cuts[ends[0]][lane]) as i32);
        }
    }
}

/// Sorts again, by whole totals, what the cut-off bits had made equal.
#[inline(always)]
fn repair(keys: &mut [Lanes<u32>], totals: &[Lanes<f64>], mask: u32) {
    let mut close = [0_u32; LANES];
    for pair in keys.windows(2) {
        for lane in 0..LANES {
            close[lane] |= u32::from((pair[0][lane] ^ pair[1][lane]) <= mask);
        }
    }
    for lane in (0..LANES).filter(|&lane| close[lane] != 0) {
        for run in keys.chunk_by_mut(|one, other| (one[lane] ^ other[lane]) <= mask).filter(|run| run.len() > 1) {
            let mut own: Vec<u32> = run.iter().map(|key| key[lane]).collect();
            own.sort_unstable_by_key(|&key| (totals[(key & mask) as usize][lane].to_bits(), key));
            run.iter_mut().zip(own).for_each(|(key, own)| key[lane] = own);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field::tests::{drawn, field};

    fn sampled(field: &Field, prior: &Prior, samples: u32, seed: u64) -> Acceptability {
        Acceptability::sample(&Deficits::of(field).unwrap(), prior, samples, seed).unwrap()
    }

    /// The same draws counted one at a time, by whole-number sums and a plain sort.
    fn counted_plainly(deficits: &Deficits, samples: usize, seed: u64) -> Vec<u32> {
        let (units, slots) = (deficits.units(), deficits.slots());
        let mut dice = Dice::new(seed);
        let mut counts = vec![0; units * units];
        let mut done = 0;
        while done < samples {
            let mut draws: Vec<Lanes<u64>> = Vec::new();
            while draws.len() < slots - 1 {
                let bits = dice.draw();
                draws.push(bits.map(|lane| lane >> 40));
                draws.push(bits.map(|lane| lane >> 16 & (WEIGHT_SUM - 1)));
            }
            for lane in 0..LANES.min(samples - done) {
                let mut cuts: Vec<u64> = draws[..slots - 1].iter().map(|draw| draw[lane]).collect();
                cuts.extend([0, WEIGHT_SUM]);
                cuts.sort_unstable();
                let weights: Vec<u64> = cuts.windows(2).map(|pair| pair[1] - pair[0]).collect();
                for (rank, unit) in deficits.order(&weights).into_iter().enumerate() {
                    counts[unit.index() * units + rank] += 1;
                }
            }
            done += LANES;
        }
        counts
    }

    #[test]
    fn lanes_count_what_a_plain_loop_counts() {
        // Few levels make many ties; odd sample counts end in a half-filled batch.
        for (levels, samples) in [(3, 777), (50, 300), (999_983, 513)] {
            let deficits = Deficits::of(&drawn(33, &[40, 30, 20, 10], levels, 5)).unwrap();
            let lanes = Acceptability::sample(&deficits, &Prior::Uniform, samples, 42).unwrap();
            let counts: Vec<u32> = (0..33).flat_map(|unit| lanes.counts(unit.into()).to_vec()).collect();
            assert_eq!(counts, counted_plainly(&deficits, samples as usize, 42), "{levels} levels");
        }
    }

    #[test]
    fn near_ties_are_ranked_by_whole_totals() {
        // Two units so close that only the bits below the key's tell them apart.
        let far = 999_999_999_999;
        let deficits = Deficits::new(&[0, 0, far, far - 1, far - 1, far], 2, &[0, 1, 2]);
        assert!(deficits.total_bits() > u32::BITS, "a key leaves bits of the total out");
        let lanes = Acceptability::sample(&deficits, &Prior::Uniform, 1_000, 3).unwrap();
        assert_eq!(lanes.counts(0.into()), [0, 0, 1_000]);
        let counts: Vec<u32> = (0..3).flat_map(|unit| lanes.counts(unit.into()).to_vec()).collect();
        assert_eq!(counts, counted_plainly(&deficits, 1_000, 3));
    }

    #[test]
    fn a_seed_gives_the_same_counts_and_another_others() {
        let field = drawn(20, &[50, 30, 20], 100, 8);
        let once = sampled(&field, &Prior::Uniform, 2_000, 7);
        assert_eq!(once, sampled(&field, &Prior::Uniform, 2_000, 7));
        assert_ne!(once, sampled(&field, &Prior::Uniform, 2_000, 8));
    }

    #[test]
    fn every_unit_has_one_rank_and_every_rank_one_unit() {
        let once = sampled(&drawn(21, &[50, 30, 20], 10, 8), &Prior::Uniform, 1_001, 7);
        for place in 0..21 {
            assert_eq!(once.counts(place.into()).iter().sum::<u32>(), 1_001);
            assert_eq!((0..21).map(|unit| once.counts(unit.into())[place]).sum::<u32>(), 1_001);
        }
    }

    #[test]
    fn weights_near_todays_have_todays_mean() {
        // One unit is best at any weights, so its central weights are the mean of all draws.
        let field = field(&[60, 30, 10], &[&[60, 30, 10], &[0, 0, 0]]);
        let prior = Prior::near(&field, 100);
        assert_eq!(prior, Prior::Dirichlet(vec![60, 30, 10]));
        let central = sampled(&field, &prior, 20_000, 1).central_weights(0.into()).unwrap();
        for (mean, today) in central.iter().zip([0.6, 0.3, 0.1]) {
            // Four standard errors of a Dirichlet share over the samples.
            let error = (today * (1.0 - today) / 101.0 / 20_000.0_f64).sqrt();
            assert!((mean - today).abs() < 4.0 * error, "{mean} for {today}");
        }
        let central = sampled(&field, &Prior::Uniform, 20_000, 1).central_weights(0.into()).unwrap();
        assert!(central.iter().all(|mean| (mean - 1.0 / 3.0).abs() < 4.0 * (1.0 / 18.0 / 20_000.0_f64).sqrt()));
        assert_eq!(sampled(&field, &Prior::Uniform, 10, 1).central_weights(1.into()), None);
    }

    #[test]
    fn a_prior_that_does_not_fit_is_refused() {
        let deficits = Deficits::of(&field(&[60, 40], &[&[50, 30]])).unwrap();
        for concentrations in [vec![1], vec![1, 0], vec![4_000, 4_000]] {
            assert_eq!(Acceptability::sample(&deficits, &Prior::Dirichlet(concentrations), 10, 1), None);
        }
    }
}
