//! Random counts around a count: the Poisson distribution from alias tables.
//!
//! Owns one table for each count that occurs (Walker 1977, Vose 1991), made without exponentials so that
//! every machine makes the same. Above 1,024 the normal limit is used.

use super::lanes::{LANES, Lanes};
use crate::limits::MOST_TABLED;

/// Draws counts whose mean is a given count.
#[derive(Debug, Clone)]
pub(crate) struct Poisson {
    /// log₂ of the number of columns.
    bits: u32,
    /// The count of column 0.
    first: u32,
    /// A draw below the threshold keeps its column, others go to the alias.
    columns: Vec<Column>,
    stretch: Option<(f64, f64)>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Column {
    threshold: u32,
    alias: u32,
}

impl Poisson {
    /// Around a count, which is the mean.
    pub(crate) fn around(count: u64) -> Poisson {
        let tabled = count.min(MOST_TABLED);
        let mean = tabled as f64;
        let spread = 9.0 * mean.sqrt() + 8.0;
        let first = (mean - spread).max(0.0) as u32;
        let columns = ((mean + spread) as u32 - first + 1).next_power_of_two();
        let stretch = (count > MOST_TABLED).then(|| (count as f64, (count as f64 / mean).sqrt()));
        let chances = chances(mean, first, columns);
        let bits = columns.trailing_zeros();
        Poisson { bits, first, columns: alias_table(chances, bits), stretch }
    }

    /// One count for each lane, from 32 random bits each.
    #[inline(always)]
    pub(crate) fn draw(&self, bits: &Lanes<u64>, shift: u32) -> Lanes<f64> {
        let mut drawn = [0.0; LANES];
        let mask = self.columns.len() - 1;
        for lane in 0..LANES {
            let random = (bits[lane] >> shift) as u32;
            let place = random as usize & mask;
            let column = self.columns[place];
            let kept = random >> self.bits < column.threshold;
            let value = if kept { place as u32 } else { column.alias };
            drawn[lane] = f64::from(value + self.first);
        }
        if let Some((count, factor)) = self.stretch {
            for one in &mut drawn {
                *one = (count + (*one - MOST_TABLED as f64) * factor).round().max(0.0);
            }
        }
        drawn
    }
}

/// Chances of `first`, `first` + 1, …: each from its neighbour, away from the mean, then divided by their
/// sum.
fn chances(mean: f64, first: u32, columns: u32) -> Vec<f64> {
    let mut chances = vec![0.0; columns as usize];
    let middle = (mean as u32).clamp(first, first + columns - 1) - first;
    chances[middle as usize] = 1.0;
    for place in middle + 1..columns {
        chances[place as usize] = chances[place as usize - 1] * mean / f64::from(first + place);
    }
    for place in (0..middle).rev() {
        chances[place as usize] = chances[place as usize + 1] * f64::from(first + place + 1) / mean;
    }
    let sum: f64 = chances.iter().sum();
    chances.iter().map(|chance| chance / sum).collect()
}

fn alias_table(chances: Vec<f64>, bits: u32) -> Vec<Column> {
    let scale = f64::from(u32::MAX >> bits) + 1.0;
    let mut heights: Vec<f64> = chances.iter().map(|chance| chance * chances.len() as f64).collect();
    let mut columns: Vec<Column> =
        (0..heights.len() as u32).map(|place| Column { threshold: u32::MAX, alias: place }).collect();
    let (mut low, mut high): (Vec<usize>, Vec<usize>) = (0..heights.len()).partition(|&place| heights[place] < 1.0);
    while let (Some(under), Some(over)) = (low.pop(), high.pop()) {
        columns[under] = Column { threshold: (heights[under] * scale) as u32, alias: over as u32 };
        heights[over] -= 1.0 - heights[under];
        if heights[over] < 1.0 { low.push(over) } else { high.push(over) }
    }
    columns
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::dice::Dice;

    #[test]
    fn chances_are_those_of_the_distribution() {
        // e⁻³ 3^k ÷ k!: 0.049787, 0.149361, 0.224042, 0.224042 (from a printed table).
        let chances = chances(3.0, 0, 64);
        for (chance, printed) in chances.iter().zip([0.049_787, 0.149_361, 0.224_042, 0.224_042]) {
            assert!((chance - printed).abs() < 1e-6);
        }
    }

    #[test]
    fn mean_and_variance_are_the_count() {
        for count in [1, 7, 60, 400, 1_024, 50_000] {
            let table = Poisson::around(count);
            let mut dice = Dice::new(count);
            let (mut sum, mut squares, rounds) = (0.0, 0.0, 40_000);
            for _ in 0..rounds / LANES {
                for one in table.draw(&dice.draw(), 32) {
                    sum += one - count as f64;
                    squares += (one - count as f64).powi(2);
                }
            }
            let mean = count as f64;
            // Four standard errors: of the mean √(λ/n), of the variance about √((2λ² + λ)/n).
            let error = 4.0 / f64::from(rounds as u32).sqrt();
            assert!((sum / rounds as f64).abs() < mean.sqrt() * error, "mean of {count}");
            let variance = squares / rounds as f64;
            // A stretched table's steps add a little: rounding adds 1/12.
            assert!((variance - mean).abs() < (2.0 * mean * mean + mean).sqrt() * error + 0.1, "variance of {count}");
        }
    }
}
