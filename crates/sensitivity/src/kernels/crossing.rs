//! All points at which lines cross, nearly sorted (the fast half of Q1).
//!
//! Owns finding and sorting them as whole numbers: 39 bits of the place on the line, 24 of the pair.
//! Refuses to be exact: [`crate::Line`] settles those that are near each other.

use multiversion::multiversion;

use super::lanes::BIAS;
use crate::limits::MOST_UNITS;

/// Bits of a crossing's place.
const PLACE_BITS: u32 = 39;
/// Bits of one line's number.
const LINE_BITS: u32 = 12;
const _: () = assert!(MOST_UNITS <= 1 << LINE_BITS);

/// Two lines that cross, and about where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Crossing(u64);

impl Crossing {
    /// How far along the range, from 0 to [`Crossing::WHOLE`].
    pub(crate) const fn place(self) -> u64 {
        self.0 >> (2 * LINE_BITS)
    }

    /// The whole range.
    pub(crate) const WHOLE: u64 = (1 << PLACE_BITS) - 4;

    /// The line with the lower number.
    pub(crate) const fn ahead(self) -> usize {
        (self.0 >> LINE_BITS) as usize & ((1 << LINE_BITS) - 1)
    }

    /// The line with the higher number.
    pub(crate) const fn behind(self) -> usize {
        self.0 as usize & ((1 << LINE_BITS) - 1)
    }
}

/// Where each two of at most 4,096 lines `totals + t × slopes ÷ scale` cross, sorted by place and then
/// pair, from a hair below the range to a hair above it.
#[multiversion(targets(
    "x86_64+avx512f+avx512bw+avx512dq+avx512vl+avx2+avx+fma+bmi1+bmi2+popcnt",
    "x86_64+avx2+avx+fma+bmi1+bmi2+popcnt"
))]
pub(crate) fn crossings(totals: &[f64], slopes: &[f64], scale: f64, range: (f64, f64)) -> Vec<Crossing> {
    let lines = totals.len();
    let width = if range.1 > range.0 { range.1 - range.0 } else { 1.0 };
    // Place 1 is the lower end: the hair below it and the one above the upper end have room.
    let step = Crossing::WHOLE as f64 / width;
    let start = 1.0 - range.0 * step;
    let end = Crossing::WHOLE as f64 + 2.0;
    let factor = scale * step;
    let mut places = vec![0.0; lines];
    let mut found: Vec<u64> = Vec::with_capacity(lines * lines.saturating_sub(1) / 2 + 1);
    let mut row = vec![0; lines];
    for ahead in 0..lines {
        let (total, slope) = (totals[ahead], slopes[ahead]);
        let behind = ahead + 1..lines;
        let count = behind.len();
        let places = &mut places[..count];
        for ((place, t), s) in places.iter_mut().zip(&totals[behind.clone()]).zip(&slopes[behind]) {
            *place = (total - t) * factor / (s - slope) + start;
        }
        // Written one after the other, but kept only if inside: no branch to guess.
        let mut kept = 0;
        let pair = (ahead << LINE_BITS) as u64;
        for (offset, &place) in places.iter().enumerate() {
            let whole = (place + BIAS).to_bits() & ((1 << PLACE_BITS) - 1);
            row[kept] = whole << (2 * LINE_BITS) | pair | (ahead + 1 + offset) as u64;
            kept += usize::from(place >= 0.0 && place < end);
        }
        found.extend_from_slice(&row[..kept]);
    }
    sort(found).into_iter().map(Crossing).collect()
}

/// Sorts by the highest bits into about as many buckets as there are numbers, then by insertion.
#[inline(always)]
fn sort(found: Vec<u64>) -> Vec<u64> {
    let bits = (found.len().max(2) - 1).ilog2() + 1;
    let shift = PLACE_BITS + 2 * LINE_BITS - bits.min(16);
    let mut starts = vec![0_u32; (1 << bits.min(16)) + 1];
    for number in &found {
        starts[(number >> shift) as usize + 1] += 1;
    }
    let mut longest = 0;
    let mut sum = 0;
    for start in &mut starts {
        longest = longest.max(*start);
        sum += *start;
        *start = sum;
    }
    if longest > 64 {
        // Crossings crowd at one place: insertion would take long.
        let mut found = found;
        found.sort_unstable();
        return found;
    }
    let mut sorted = vec![0; found.len()];
    for &number in &found {
        let next = &mut starts[(number >> shift) as usize];
        sorted[*next as usize] = number;
        *next += 1;
    }
    for end in 1..sorted.len() {
        let number = sorted[end];
        let mut place = end;
        while place > 0 && sorted[place - 1] > number {
            sorted[place] = sorted[place - 1];
            place -= 1;
        }
        sorted[place] = number;
    }
    sorted
}
