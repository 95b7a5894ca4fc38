//! `cargo xtask bench`: measures, and judges nothing. Figures depend on the machine and on what else it
//! does; budgets that tests hold stand in the tests.

use crate::{bench_ballots, bench_scoring, bench_sensitivity, failure::Failure};

struct Bench {
    name: &'static str,
    run: fn(&[String]) -> Result<(), Failure>,
}

const BENCHES: [Bench; 3] = [
    Bench { name: "scoring", run: bench_scoring::bench },
    Bench { name: "sensitivity", run: bench_sensitivity::bench },
    Bench { name: "ballots", run: bench_ballots::bench },
];

/// Runs all benchmarks, or the one named, which takes further arguments.
pub fn bench(arguments: &[String]) -> Result<(), Failure> {
    let Some((name, rest)) = arguments.split_first() else {
        return BENCHES.iter().try_for_each(|bench| (bench.run)(&[]));
    };
    let known = || BENCHES.iter().map(|bench| bench.name).collect();
    let bench = BENCHES.iter().find(|bench| bench.name == name).ok_or_else(|| Failure::Unknown { known: known() })?;
    (bench.run)(rest)
}
