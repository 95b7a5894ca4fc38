//! The work that is measured, on data that the Python peers read too.
//!
//! The data is a text file of whole numbers: a first line `units slots groups options ballots`, the
//! weights, the units' scores in hundredths, the option values, the group weights, then the tallies, a
//! line for each unit and group.

use scoring::fraction::Fraction;
use sensitivity::{Acceptability, Deficits, Duels, Effect, Field, Goal, Marks, Poll, Prior, Slot, WEIGHT_SUM, reach};

/// One field and one poll, ready to be asked.
pub struct Work {
    field: Field,
    deficits: Deficits,
    rates: Vec<f64>,
    weights: Vec<u64>,
    poll: Poll,
}

impl Work {
    /// The work on such data.
    pub fn read(text: &str) -> Option<Work> {
        let mut numbers = text.split_ascii_whitespace().map(|word| word.parse::<i64>());
        let mut next = |count: usize| -> Option<Vec<i64>> { (0..count).map(|_| numbers.next()?.ok()).collect() };
        let head = next(5)?;
        let [units, slots, groups, options] = [head[0], head[1], head[2], head[3]].map(|number| number as usize);
        let weights = next(slots)?;
        let hundredths = next(units * slots)?;
        let values = next(options)?;
        let group_weights = next(groups)?;
        let tallies = next(units * groups * options)?;
        let places: Vec<u32> = (0..units as u32).collect();
        let scores = hundredths.iter().enumerate().map(|(at, rate)| rate * weights[at % slots]).collect();
        let weighing = weights.iter().map(|&weight| Slot::weighing(weight)).collect();
        let field = Field::new(weighing, scores, vec![0; units], places.clone()).ok()?;
        let deficits = Deficits::of(&field)?;
        let all: i64 = weights.iter().sum();
        let mut shares: Vec<u64> = weights.iter().map(|&weight| weight as u64 * WEIGHT_SUM / all as u64).collect();
        shares[0] += WEIGHT_SUM - shares.iter().sum::<u64>();
        let all_groups: i64 = group_weights.iter().sum();
        let mut marks = Vec::new();
        for (at, tally) in tallies.chunks_exact(options).enumerate() {
            let factor = group_weights[at % groups] as f64 / all_groups as f64;
            let counts = tally.iter().zip(&values).map(|(&count, &value)| (count as u64, value as f64)).collect();
            marks.push(Marks { unit: (at / groups).into(), factor, effect: Effect::Mean, counts });
        }
        let mut totals = vec![0.0; units];
        marks.iter().for_each(|marks| totals[marks.unit.index()] += marks.points());
        let poll = Poll::new(&totals, &places, &marks);
        let rates = hundredths.iter().map(|&rate| rate as f64).collect();
        Some(Work { field, deficits, rates, weights: shares, poll })
    }

    /// Does a task once, `size` samples or resamples of it where it has such; a figure that depends on
    /// the answer. Nothing if there is no such task.
    pub fn run(&self, task: &str, size: u32, seed: u64) -> Option<f64> {
        let units = self.field.units();
        Some(match task {
            "smaa" => {
                f64::from(Acceptability::sample(&self.deficits, &Prior::Uniform, size, seed)?.counts(0.into())[0])
            }
            "rank" => self.deficits.order(&self.weights)[0].index() as f64,
            "oat_x" => {
                let lines = self.field.slots().indices().filter_map(|slot| self.field.line(slot));
                lines.map(|line| line.swaps().len()).sum::<usize>() as f64
            }
            "pairwise" => {
                let places: Vec<u32> = (0..units as u32).collect();
                Duels::new(&self.rates, self.field.slots().len(), &places).wins(0.into(), (units - 1).into())
            }
            "first" => {
                let margin = Fraction::ZERO;
                self.field.rivals().filter(|&unit| reach(&self.field, unit, Goal::First, &margin).is_some()).count()
                    as f64
            }
            "boot" => f64::from(self.poll.ranks(size, seed).figures()[0]),
            _ => return None,
        })
    }

    /// Samples of a task in one run.
    pub fn size(task: &str) -> u32 {
        match task {
            "smaa" => 10_000,
            "boot" => 1_000,
            _ => 1,
        }
    }
}
