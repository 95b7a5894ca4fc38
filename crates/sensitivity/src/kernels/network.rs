//! A sorting network over rows of lanes: eight samples sort at a time, without branches.
//!
//! Owns a bitonic network (Batcher 1968) in which every exchange puts the lesser row first, so that rows
//! beyond the last one, which would hold infinity, are simply not there. Three levels of exchanges at a
//! time are done on eight rows in registers; that halves what goes through memory.

use super::lanes::{LANES, Lanes};

/// How many rows are worked on at a time.
const GROUP: usize = 8;
/// How many lanes of 64 bits at a time: as many as leave eight rows in registers. WASM has registers of two, and
/// what does not fit goes through memory.
const WIDE_PASS: usize = if cfg!(target_arch = "wasm32") { 2 } else { LANES };
/// How many lanes of 32 bits.
const NARROW_PASS: usize = if cfg!(target_arch = "wasm32") { 4 } else { LANES };

/// What is sorted.
trait Key: Copy + PartialOrd {
    /// Nothing comes after it.
    const LAST: Self;
}

impl Key for f64 {
    const LAST: f64 = f64::INFINITY;
}

impl Key for u32 {
    const LAST: u32 = u32::MAX;
}

/// Which rows to exchange, in order.
#[derive(Debug, Clone)]
pub(crate) struct Network {
    rows: usize,
    steps: Vec<Step>,
}

/// Exchanges among eight rows.
#[derive(Debug, Clone, Copy)]
struct Step {
    kind: Kind,
    rows: [u16; GROUP],
}

#[derive(Debug, Clone, Copy)]
enum Kind {
    /// Eight rows in any order.
    Sort,
    /// Two sorted runs: first against last, then at half that distance, and half again.
    Mirror,
    /// Distances of four, two and one.
    Three,
    /// Distances of two and one, in two groups of four.
    Two,
    /// Four pairs.
    One,
}

/// Puts the lesser of each pair of rows first. The loop over lanes is outermost, so that one pass of it,
/// in lanes, keeps all eight rows in registers.
macro_rules! exchange {
    ($group:ident: $($($low:literal $high:literal),*);*) => {
        for lane in 0..PASS {
            let mut one = [
                $group[0][lane], $group[1][lane], $group[2][lane], $group[3][lane],
                $group[4][lane], $group[5][lane], $group[6][lane], $group[7][lane],
            ];
            $($({
                // Written so that it is one instruction for a minimum and one for a maximum.
                let (a, b) = (one[$low], one[$high]);
                one[$low] = if a < b { a } else { b };
                one[$high] = if a < b { b } else { a };
            })*)*
            for (row, value) in $group.iter_mut().zip(one) {
                row[lane] = value;
            }
        }
    };
}

impl Network {
    /// For so many rows (at most 65,535).
    pub(crate) fn new(rows: usize) -> Network {
        let mut network = Network { rows, steps: Vec::new() };
        for start in (0..rows).step_by(GROUP) {
            network.step(Kind::Sort, (start..).take(GROUP));
        }
        let mut block = 2 * GROUP;
        while block < 2 * rows && rows > GROUP {
            let eighth = block / 8;
            for start in (0..rows).step_by(block) {
                for i in 0..eighth {
                    let low = (0..4).map(|j| start + i + j * eighth);
                    let high = (0..4).map(|j| start + block - 1 - i - (3 - j) * eighth);
                    network.step(Kind::Mirror, low.chain(high));
                }
            }
            // What is left are distances of block ÷ 16 down to 1.
            let mut distance = block / 16;
            if distance.ilog2().is_multiple_of(3) {
                network.pairs(Kind::One, distance);
                distance /= 2;
            } else if distance.ilog2() % 3 == 1 {
                network.pairs(Kind::Two, distance / 2);
                distance /= 4;
            }
            while distance > 0 {
                network.pairs(Kind::Three, distance / 4);
                distance /= 8;
            }
            block *= 2;
        }
        network
    }

    /// Steps of a kind whose least distance is given, over all rows.
    fn pairs(&mut self, kind: Kind, distance: usize) {
        let members = match kind {
            Kind::One => 2,
            Kind::Two => 4,
            _ => 8,
        };
        let span = members * distance;
        let starts = (0..self.rows).step_by(span).flat_map(|start| start..start + distance);
        let places: Vec<usize> = starts.flat_map(|start| (0..members).map(move |j| start + j * distance)).collect();
        for group in places.chunks(GROUP) {
            let missing = std::iter::repeat_n(self.rows, GROUP - group.len());
            self.step(kind, group.iter().copied().chain(missing));
        }
    }

    fn step(&mut self, kind: Kind, rows: impl Iterator<Item = usize>) {
        let mut step = Step { kind, rows: [self.rows as u16; GROUP] };
        // Rows that are not there are all the one row of infinity behind the last.
        step.rows.iter_mut().zip(rows).for_each(|(place, row)| *place = row.min(self.rows) as u16);
        if step.rows.iter().filter(|row| usize::from(**row) < self.rows).count() > 1 {
            self.steps.push(step);
        }
    }

    /// How many rows sorting takes: one more than it sorts, for what comes last.
    pub(crate) const fn rows_needed(&self) -> usize {
        self.rows + 1
    }

    /// Sorts each lane of the rows, least first; the row behind the last becomes infinity.
    #[inline(always)]
    pub(crate) fn sort_wide(&self, rows: &mut [Lanes<f64>]) {
        self.sort::<f64, WIDE_PASS>(rows);
    }

    /// The same of half the width; the row behind the last becomes the greatest number.
    #[inline(always)]
    pub(crate) fn sort_narrow(&self, rows: &mut [Lanes<u32>]) {
        self.sort::<u32, NARROW_PASS>(rows);
    }

    #[inline(always)]
    #[expect(clippy::manual_memcpy, reason = "a copied row would go through memory in narrower pieces")]
    fn sort<T: Key, const PASS: usize>(&self, rows: &mut [Lanes<T>]) {
        rows[self.rows] = [T::LAST; LANES];
        for step in &self.steps {
            for start in (0..LANES).step_by(PASS) {
                let mut group = [[T::LAST; PASS]; GROUP];
                for (own, &row) in group.iter_mut().zip(&step.rows) {
                    let row = &rows[usize::from(row)][start..start + PASS];
                    for lane in 0..PASS {
                        own[lane] = row[lane];
                    }
                }
                match step.kind {
                    Kind::Sort => exchange!(group: 0 1, 2 3, 4 5, 6 7; 0 2, 1 3, 4 6, 5 7; 1 2, 5 6;
                        0 4, 1 5, 2 6, 3 7; 2 4, 3 5; 1 2, 3 4, 5 6),
                    Kind::Mirror => exchange!(group: 0 7, 1 6, 2 5, 3 4; 0 2, 1 3, 4 6, 5 7; 0 1, 2 3, 4 5, 6 7),
                    Kind::Three => exchange!(group: 0 4, 1 5, 2 6, 3 7; 0 2, 1 3, 4 6, 5 7; 0 1, 2 3, 4 5, 6 7),
                    Kind::Two => exchange!(group: 0 2, 1 3, 4 6, 5 7; 0 1, 2 3, 4 5, 6 7),
                    Kind::One => exchange!(group: 0 1, 2 3, 4 5, 6 7),
                }
                for (own, &row) in group.iter().zip(&step.rows) {
                    let row = &mut rows[usize::from(row)][start..start + PASS];
                    for lane in 0..PASS {
                        row[lane] = own[lane];
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(network: &Network, values: &[f64]) -> Vec<f64> {
        let mut lanes: Vec<Lanes<f64>> = values.iter().map(|&value| [value; LANES]).collect();
        lanes.resize(network.rows_needed(), [0.0; LANES]);
        network.sort_wide(&mut lanes);
        let mut narrow: Vec<Lanes<u32>> = values.iter().map(|&value| [value as u32; LANES]).collect();
        narrow.resize(network.rows_needed(), [0; LANES]);
        network.sort_narrow(&mut narrow);
        let both = lanes.iter().zip(&narrow).take(values.len());
        both.map(|(wide, narrow)| {
            assert_eq!(wide[3] as u32, narrow[5]);
            wide[3]
        })
        .collect()
    }

    #[test]
    fn a_network_sorts_every_row_of_zeros_and_ones() {
        // A network that sorts all zero-one inputs sorts everything (Knuth 5.3.4, theorem Z).
        for rows in 0..=17_usize {
            let network = Network::new(rows);
            for bits in 0..1_u32 << rows {
                let values: Vec<f64> = (0..rows).map(|row| f64::from(bits >> row & 1)).collect();
                let sorted = sorted(&network, &values);
                let ones = bits.count_ones() as usize;
                let right = sorted.iter().enumerate().all(|(row, &value)| (value == 1.0) == (row >= rows - ones));
                assert!(right, "{rows} rows, {bits:b}");
            }
        }
    }

    #[test]
    fn longer_rows_are_sorted_as_the_library_sorts_them() {
        let mut dice = crate::kernels::dice::SplitMix::new(2);
        for rows in [31, 32, 33, 63, 64, 65, 100, 118, 127, 128, 129, 255, 257, 500, 512, 700, 1_025, 2_049] {
            let network = Network::new(rows);
            for _ in 0..5 {
                let mut values: Vec<f64> = (0..rows).map(|_| dice.below(1_000) as f64).collect();
                let found = sorted(&network, &values);
                values.sort_by(f64::total_cmp);
                assert_eq!(found, values, "{rows} rows");
            }
        }
    }
}
