//! How large figures and questions may be, each limit once, with its reason.
//!
//! A plan may be larger: then the answer that would need more is "nothing", never a wrong one. How many samples a
//! kernel counts in one go is no limit but a measure of speed, and stands with the kernel.

/// Most units that are ranked against each other: two units of a crossing, 12 bits each, share a 64-bit word with
/// the crossing's place.
pub const MOST_UNITS: usize = 4096;

/// Most weights of a field. A published plan has at most some dozens; a figure for every unit and weight stays in
/// the hundreds of thousands.
pub const MOST_SLOTS: usize = 512;

/// Scores, adjustments and points, in millionths, lie below this (70 million points), so that no sum of them and no
/// product of two outgrows 128 bits.
pub const MOST_FIGURE: i64 = 1 << 46;

/// Slopes of a line lie below this: they and their differences are then exact as `f64`, which sorts the crossings.
pub(crate) const MOST_SLOPE: i64 = 1 << 52;

/// What slopes are divided by lies below this: its product with a total fits 128 bits.
pub(crate) const MOST_SCALE: i128 = 1 << 70;

/// Deficits of the kernels have at most so many bits: times weights of 24 bits, and summed, they stay below 2⁵², where
/// an `f64` is exact.
pub(crate) const DEFICIT_BITS: u32 = 28;

/// Rates are made whole by a common multiple below this: times a figure they then fit 128 bits. Beyond it they are
/// rounded to 2⁻⁵⁰ millionths.
pub(crate) const MOST_MULTIPLE: i128 = 1 << 48;

/// Most cuts of one sample of weights. Weights near today's take about a hundred, all weights one fewer than there are.
pub(crate) const MOST_CUTS: usize = 4096;

/// Counts up to this have a Poisson table of their own. Above it the table of this count is stretched: by the normal
/// limit the two differ by less than sampling does.
pub(crate) const MOST_TABLED: u64 = 1024;

/// More changed ballots than this are not looked for to save the last unit.
pub(crate) const MOST_BALLOTS: u64 = 100_000;

/// Plans on the grid of half points that are scored to find one in which the order is reversed. Where totals meet,
/// the tie rule or rounding may ask for one or two steps more, not for many.
pub(crate) const MOST_TRIALS: usize = 8;
