//! `cargo xtask bench ballots`: how many ballots a second the box acknowledges, on this machine's disk.
//!
//! The measurement itself stands with the server that it measures, in `crates/pingyi/benches/ballots.rs`.

use crate::{failure::Failure, machine};

/// Runs the measurement, optimised.
pub fn bench(arguments: &[String]) -> Result<(), Failure> {
    machine::run(machine::cargo().args(["bench", "-p", "pingyi", "--bench", "ballots", "--"]).args(arguments))
}
