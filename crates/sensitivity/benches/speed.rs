//! Median times of the work in `work.rs`, as JSON.
//!
//! `speed DATA [TASK...]` measures on a data file, and writes one first if it is not there and named
//! `UNITSxSLOTS.txt`. `cargo xtask bench sensitivity` runs it beside the Python peers.

mod work;

use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use work::Work;

/// What is measured, in the order of the report.
const TASKS: [&str; 6] = ["smaa", "rank", "oat_x", "pairwise", "first", "boot"];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    let Some((data, named)) = arguments.split_first() else {
        // `cargo test --benches` runs this without arguments: there is nothing to measure then.
        return ExitCode::SUCCESS;
    };
    let Some(work) = read_or_draw(Path::new(data)) else {
        eprintln!("speed: cannot read {data}");
        return ExitCode::FAILURE;
    };
    let mut lines = Vec::new();
    for task in TASKS.into_iter().filter(|task| named.is_empty() || named.iter().any(|name| name == task)) {
        if let Some((milliseconds, answer)) = median(&work, task) {
            lines.push(format!(r#" "{task}": {{"median_ms": {milliseconds:.5}, "answer": {answer}}}"#));
        }
    }
    println!("{{\n{}\n}}", lines.join(",\n"));
    ExitCode::SUCCESS
}

fn read_or_draw(path: &Path) -> Option<Work> {
    if !path.exists() {
        let (units, slots) = path.file_stem()?.to_str()?.split_once('x')?;
        std::fs::write(path, draw(units.parse().ok()?, slots.parse().ok()?, 20_240_607)).ok()?;
    }
    Work::read(&std::fs::read_to_string(path).ok()?)
}

/// Data for so many units and slots, drawn from a seed.
fn draw(units: usize, slots: usize, seed: u64) -> String {
    let mut state = seed;
    let mut below = |end: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % end
    };
    let (groups, options, ballots) = (4, 4, 60);
    let join = |row: Vec<u64>| row.iter().map(u64::to_string).collect::<Vec<_>>().join(" ");
    let mut lines = vec![join(vec![units as u64, slots as u64, groups, options, ballots])];
    lines.push(join((0..slots).map(|_| 2 + below(18)).collect()));
    // Sums of four make a bell around 85 with a deviation of 6.
    for _ in 0..units {
        lines.push(join((0..slots).map(|_| ((0..4).map(|_| below(1_040)).sum::<u64>() + 6_420).min(10_000)).collect()));
    }
    lines.push(join(vec![95, 83, 72, 60]));
    lines.push(join((0..groups).map(|_| 1 + below(5)).collect()));
    for _ in 0..units * groups as usize {
        let mut tally = [0; 4];
        for _ in 0..ballots {
            let mark = below(100);
            tally[[40, 70, 90, 100].iter().position(|end| mark < *end).unwrap_or(3)] += 1;
        }
        lines.push(join(tally.to_vec()));
    }
    lines.join("\n") + "\n"
}

/// The median of at least 11 runs and about a second, after one to warm up.
fn median(work: &Work, task: &str) -> Option<(f64, f64)> {
    let size = Work::size(task);
    let answer = work.run(task, size, 1)?;
    let begun = Instant::now();
    let mut times = Vec::new();
    while times.len() < 11 || begun.elapsed().as_secs_f64() < 1.0 && times.len() < 2_001 {
        let start = Instant::now();
        std::hint::black_box(work.run(task, size, 1)?);
        times.push(start.elapsed().as_secs_f64() * 1e3);
    }
    times.sort_by(f64::total_cmp);
    Some((times[times.len() / 2], answer))
}
