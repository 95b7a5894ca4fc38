//! Random numbers from a seed, the same on every machine.
//!
//! Owns SplitMix64 and lanes of xoshiro256++ seeded by it. Refuses to be fit for secrets: ballots and
//! codes never draw from here.

use super::lanes::{LANES, Lanes};

/// SplitMix64 (Steele, Lea and Flood 2014).
#[derive(Debug, Clone)]
pub struct SplitMix(u64);

impl SplitMix {
    /// From a seed.
    #[must_use]
    pub const fn new(seed: u64) -> SplitMix {
        SplitMix(seed)
    }

    /// The next 64 bits.
    pub const fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = self.0;
        let z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A whole number below `end`, by multiplication; its bias is below `end` ÷ 2⁶⁴.
    pub const fn below(&mut self, end: u64) -> u64 {
        ((self.draw() as u128 * end as u128) >> 64) as u64
    }
}

/// xoshiro256++ (Blackman and Vigna 2019), one stream a lane.
#[derive(Debug, Clone)]
pub struct Dice {
    state: [Lanes<u64>; 4],
}

impl Dice {
    /// Lanes seeded apart from one seed.
    #[must_use]
    pub fn new(seed: u64) -> Dice {
        let mut seeds = SplitMix::new(seed);
        let mut state = [[0; LANES]; 4];
        for lane in 0..LANES {
            for word in &mut state {
                word[lane] = seeds.draw();
            }
        }
        Dice { state }
    }

    /// The next 64 bits of each lane.
    #[inline(always)]
    pub fn draw(&mut self) -> Lanes<u64> {
        let [mut a, mut b, mut c, mut d] = self.state;
        let mut drawn = [0; LANES];
        for lane in 0..LANES {
            drawn[lane] = a[lane].wrapping_add(d[lane]).rotate_left(23).wrapping_add(a[lane]);
            let shifted = b[lane] << 17;
            c[lane] ^= a[lane];
            d[lane] ^= b[lane];
            b[lane] ^= c[lane];
            a[lane] ^= d[lane];
            c[lane] ^= shifted;
            d[lane] = d[lane].rotate_left(45);
        }
        self.state = [a, b, c, d];
        drawn
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn split_mix_draws_the_published_numbers() {
        // Rosetta Code, "Pseudo-random numbers/Splitmix64", seed 1234567.
        let mut dice = SplitMix::new(1_234_567);
        let drawn: Vec<u64> = (0..3).map(|_| dice.draw()).collect();
        assert_eq!(drawn, [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]);
    }

    #[test]
    fn xoshiro_draws_the_published_numbers() {
        // The reference vector used by the `rand_xoshiro` crate: state 1, 2, 3, 4.
        let mut dice = Dice { state: [[1; LANES], [2; LANES], [3; LANES], [4; LANES]] };
        let drawn: Vec<u64> = (0..4).map(|_| dice.draw()[5]).collect();
        assert_eq!(drawn, [41_943_041, 58_720_359, 3_588_806_011_781_223, 3_591_011_842_654_386]);
    }

    #[test]
    fn lanes_and_seeds_draw_apart() {
        let first = Dice::new(1).draw();
        let second = Dice::new(2).draw();
        let mut all: Vec<u64> = first.iter().chain(&second).copied().collect();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), 2 * LANES);
    }
}
