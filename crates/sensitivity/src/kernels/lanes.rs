//! What all kernels share: how many figures are worked on at a time, and whole numbers inside floats.

/// How many figures are worked on at a time: one AVX-512 register of `f64`, two of AVX2, four of SSE2 or WASM.
pub(crate) const LANES: usize = 8;

/// One figure for each lane.
pub(crate) type Lanes<T> = [T; LANES];

/// 2⁵². A whole number below it, added to it, stands in the low bits of the `f64`: whole numbers are multiplied and
/// added in float registers, exactly, and read back as bits without a conversion.
pub(crate) const BIAS: f64 = 4_503_599_627_370_496.0;
