//! A sorting network: which two rows to put in order, whatever is in them.
//!
//! Owns Batcher's merge exchange (Knuth, The Art of Computer Programming 3, 5.2.2, algorithm M) and
//! running it over rows of lanes. It needs n log² n exchanges and no branches, so that eight samples
//! sort at a time.

use crate::dice::{LANES, Lanes};

/// The exchanges that sort so many rows.
#[derive(Debug, Clone)]
pub(crate) struct Network {
    exchanges: Vec<(u16, u16)>,
}

impl Network {
    /// For so many rows (at most 65,536).
    pub(crate) fn new(rows: usize) -> Network {
        let mut exchanges = Vec::new();
        if rows > 1 {
            let top = 1_usize << (rows - 1).ilog2();
            let mut p = top;
            while p > 0 {
                let (mut q, mut r, mut d) = (top, 0, p);
                loop {
                    let pairs = (0..rows.saturating_sub(d)).filter(|i| i & p == r);
                    exchanges.extend(pairs.map(|i| (i as u16, (i + d) as u16)));
                    if q == p {
                        break;
                    }
                    (d, r) = (q - p, p);
                    q >>= 1;
                }
                p >>= 1;
            }
        }
        Network { exchanges }
    }

    /// Sorts each lane of the rows, least first.
    #[inline(always)]
    pub(crate) fn sort(&self, rows: &mut [Lanes<f64>]) {
        for &(low, high) in &self.exchanges {
            let (a, b) = (rows[usize::from(low)], rows[usize::from(high)]);
            let (mut least, mut most) = ([0.0; LANES], [0.0; LANES]);
            for lane in 0..LANES {
                // Written so that it is one instruction for a minimum and one for a maximum.
                least[lane] = if a[lane] < b[lane] { a[lane] } else { b[lane] };
                most[lane] = if a[lane] < b[lane] { b[lane] } else { a[lane] };
            }
            rows[usize::from(low)] = least;
            rows[usize::from(high)] = most;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_sorts_every_row_of_zeros_and_ones() {
        // A network that sorts all zero-one inputs sorts everything (Knuth 5.3.4, theorem Z).
        for rows in 0..=12_usize {
            let network = Network::new(rows);
            for bits in 0..1_u32 << rows {
                let mut lanes: Vec<Lanes<f64>> = (0..rows).map(|row| [f64::from(bits >> row & 1); LANES]).collect();
                network.sort(&mut lanes);
                assert!(lanes.windows(2).all(|pair| pair[0][3] <= pair[1][3]), "{rows} rows, {bits:b}");
            }
        }
    }

    #[test]
    fn a_hundred_and_eighteen_rows_take_1344_exchanges() {
        // 1,471 for 128 rows, (p² − p + 4) 2^(p − 2) − 1 with p = 7, less those with rows 118 to 127.
        assert_eq!(Network::new(128).exchanges.len(), 1_471);
        assert!(Network::new(118).exchanges.len() < 1_471);
    }
}
