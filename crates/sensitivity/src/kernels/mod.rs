//! The fast kernels: sampling, duels and crossings on plain numbers, several figures at a time.
//!
//! They know fields ([`crate::Field`]) and numbers, never plans and records. They compute in floats, and yet an order that
//! they state is exact or a sample of exact orders; how, is said below for each kernel. `cargo xtask bench sensitivity` measures them, native and in WASM, beside the Python packages that
//! people use for the same work; the speeds that we want are in its table.
//!
//! # What all of them share
//!
//! A loop works on eight *lanes* (`lanes`): arrays of eight figures, indexed in an inner loop of constant length. The
//! compiler turns such a loop into vector instructions; `multiversion` compiles it for AVX-512, AVX2 and plain x86-64
//! and chooses when the program runs. So there is no `unsafe`, and one source serves native code and both WASM
//! modules. What is inlined into such a function must say `#[inline(always)]`, or it is compiled for plain x86-64.
//!
//! A seed gives the same counts on every machine: no logarithm, no exponential, no sum whose order the machine
//! chooses. Whole numbers below 2⁵² are carried in `f64` (`lanes::BIAS`), where multiplying and adding them is exact.
//!
//! # Each kernel
//!
//! **`dice`**: xoshiro256++, a stream a lane, seeded by SplitMix64. One stream would have to be drawn figure by figure.
//! Held by the published test vectors of both generators.
//!
//! **`deficits`**: a field's rates as whole numbers of 28 bits, each as what its unit lacks to the best of the slot.
//! Weights are whole numbers that sum to 2²⁴, so a total is a whole number below 2⁵²: the sum of products is exact and
//! equal totals are equal, whatever the order of adding. Deficits, not scores, because then the least number is the best
//! unit and sorting needs no reversal, and because they leave more bits free. Where rates do not fit 28 bits they are
//! rounded and `is_lossless` says so. Held by a test that the order at today's weights is the field's own.
//!
//! **`network`**: sorting eight samples at once by a bitonic network, which compares the same rows whatever is in them:
//! no branch depends on data, and a lane is a sample. Three levels of exchanges are done on eight rows while they are in
//! registers, which halves what goes through memory. WASM has registers of two `f64`, so it passes over two or four lanes
//! at a time; with eight, rows would be spilled. Every exchange puts the lesser row first, so rows that are not there
//! (118 is no power of two) can be left out. Held by the zero-one theorem: all inputs of zeros and ones up to 17 rows.
//!
//! **`acceptability`**: ranks under drawn weights. A key has a total's highest bits and, in the lowest, the unit's place
//! in the tie order, so that a sorted key names its unit and ties are decided by comparing numbers. Keys have 32 bits,
//! half of a total: twice as many are exchanged at a time. What the cut-off bits make equal is found afterwards and
//! sorted again by whole totals (`repair`), so counts are those of an exact sort. Cuts of 24 bits are drawn two from one
//! 64-bit number. Held by a plain loop with whole-number sums and the library's sort, on the same draws.
//!
//! **`place_counts`**: who was where. One rank is mostly the same few units', and adding to one counter again and again
//! waits for the last addition to be stored; so four neighbouring samples are counted in four tables. Orders are
//! counted in batches, rank by rank, so that the tables are small and the orders of a batch fit the second-level cache.
//!
//! **`poisson`**: a resampled count from an alias table: one draw of 32 bits, one comparison. Chances are made from their
//! neighbours by one multiplication and division each, because exponentials differ between machines. There is one table
//! for each different count, shared by all cells with that count. Held by mean and variance within four standard errors.
//!
//! **`poll`**: the totals that other voters might have given, in floats: this is sampling, and nothing exact is said.
//! What marks do not decide stands in each unit's base, chosen so that today's marks give today's official total. Held by
//! a plain sort of the same draws, and by the deviation that theory gives.
//!
//! **`duel`**: the chance that one unit beats another, from a recursion in which every step is a weighted mean of two
//! figures between 0 and 1, so floats lose next to nothing. The recursion's length depends on how many differences are
//! below zero; pairs wait by that number until there are eight, and then run in lanes without a branch. Held by an
//! independent formula in exact fractions, and by sampling within four standard errors.
//!
//! **`crossing`**: where every two of up to 4,096 lines cross. A crossing is one whole number of 63 bits: 39 of the place on
//! the line, 24 of the two lines; so sorting needs no comparison of floats and no second array. The places are `f64`
//! divisions, written without a branch and kept only if inside. The sort is by buckets, about as many as there are
//! crossings, and then by insertion, since few share a bucket. Rounding may put neighbours the wrong way round:
//! [`crate::Line::swaps`] compares those as fractions. Held by tests against totals from the weights themselves.

// Loops over lanes are written by index: that is the form that becomes one instruction.
#![allow(clippy::needless_range_loop)]

pub(crate) mod acceptability;
pub(crate) mod crossing;
pub(crate) mod deficits;
pub(crate) mod dice;
pub(crate) mod duel;
mod lanes;
mod network;
mod place_counts;
mod poisson;
pub(crate) mod poll;
