//! `cargo xtask bench ballots`: how fast the ballot box takes, shows and counts ballots, on this machine's disk.
//!
//! It runs the store's own measurement, on the embedded engine in a file, with every commit waiting for the disk.

use crate::{failure::Failure, machine};

/// Runs the measurement, optimised.
pub fn bench(arguments: &[String]) -> Result<(), Failure> {
    let figures = "scale::figures_of_two_thousand_ballots_on_disk";
    let mut cargo = machine::cargo();
    cargo.args(["test", "--release", "-p", "store", "--test", "store", "--", "--ignored", "--nocapture", "--exact"]);
    machine::run(cargo.arg(figures).args(arguments))
}
