//! All points at which lines cross, sorted by floats (the fast half of Q1).
//!
//! Owns finding and sorting them in lanes. Refuses to be exact: [`crate::Line`] settles near-ties.

use multiversion::multiversion;

use crate::line::Swap;

/// Elements of a bucket beyond which it is sorted rather than inserted into.
const LONG_BUCKET: usize = 24;

/// Where each two of the lines `totals + t × slopes ÷ scale` cross, sorted, from a hair below the range
/// to a hair above it. Totals fall from line to line; lines are named by their places.
#[multiversion(targets(
    "x86_64+avx512f+avx512bw+avx512dq+avx512vl+avx2+avx+fma+bmi1+bmi2+popcnt",
    "x86_64+avx2+avx+fma+bmi1+bmi2+popcnt"
))]
pub(crate) fn crossings(totals: &[f64], slopes: &[f64], scale: f64, range: (f64, f64)) -> Vec<Swap> {
    let lines = totals.len();
    let hair = range.0.abs().max(range.1.abs()) * f64::EPSILON * 4.0;
    let (low, high) = (range.0 - hair, range.1 + hair);
    let width = if high > low { high - low } else { 1.0 };
    let mut times = vec![0.0; lines];
    let mut found = vec![Swap { near: 0.0, ahead: 0, behind: 0 }; lines * lines.saturating_sub(1) / 2 + 1];
    let mut count = 0;
    for ahead in 0..lines {
        let (total, slope) = (totals[ahead], slopes[ahead]);
        let behind = ahead + 1..lines;
        let times = &mut times[behind.clone()];
        for ((time, t), s) in times.iter_mut().zip(&totals[behind.clone()]).zip(&slopes[behind]) {
            *time = (total - t) * scale / (s - slope);
        }
        for (place, &near) in times.iter().enumerate() {
            found[count] = Swap { near, ahead: ahead as u32, behind: (ahead + 1 + place) as u32 };
            count += usize::from(near >= low && near <= high);
        }
    }
    found.truncate(count);
    sort(&found, low, width)
}

/// Sorts by `near`: into as many buckets as there are elements, then inside each.
#[inline(always)]
fn sort(found: &[Swap], low: f64, width: f64) -> Vec<Swap> {
    let buckets = found.len();
    if buckets < 2 {
        return found.to_vec();
    }
    let last = buckets - 1;
    let step = last as f64 / width;
    let bucket = |swap: &Swap| ((swap.near - low) * step) as u32;
    let mut starts = vec![0_u32; buckets + 1];
    let places: Vec<u32> = found.iter().map(|swap| bucket(swap).min(last as u32)).collect();
    for &place in &places {
        starts[place as usize + 1] += 1;
    }
    for place in 1..=buckets {
        starts[place] += starts[place - 1];
    }
    let mut next = starts.clone();
    let mut sorted = found.to_vec();
    for (swap, &place) in found.iter().zip(&places) {
        sorted[next[place as usize] as usize] = *swap;
        next[place as usize] += 1;
    }
    for pair in starts.windows(2) {
        let inside = &mut sorted[pair[0] as usize..pair[1] as usize];
        if inside.len() > LONG_BUCKET {
            inside.sort_by(|a, b| a.near.total_cmp(&b.near));
        } else {
            for end in 1..inside.len() {
                let swap = inside[end];
                let mut place = end;
                while place > 0 && inside[place - 1].near > swap.near {
                    inside[place] = inside[place - 1];
                    place -= 1;
                }
                inside[place] = swap;
            }
        }
    }
    sorted
}
