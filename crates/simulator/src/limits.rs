//! How much is asked and said, each once, with its reason.

/// Two units go as one figure: a plan has fewer units than this, and the square of it is exact as `f64`.
pub(crate) const MOST_UNITS: f64 = 65_536.0;

/// How concentrated weights near today's are: one of 30 points in 100 then varies with a standard deviation of 4.6.
pub(crate) const NEAR: u32 = 100;

/// Corners of the box that are tried, beside those that favour each unit, to find a best and a worst rank. Each takes as
/// long as one ranking of the contest.
pub(crate) const TRIALS: usize = 2_000;

/// Ticks of a slider lie on so many places: finer than its pixels.
pub(crate) const TICKS: f64 = 1_000.0;

/// Progress is told so many times, however many the draws are: a bar needs no more.
pub(crate) const TELLINGS: u64 = 100;
