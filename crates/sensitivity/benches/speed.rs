//! Median times of the work in `work.rs`, as JSON.
//!
//! `speed DATA [TASK...]` measures on a data file, and writes one first if it is not there and named
//! `UNITSxSLOTS.txt`. `cargo xtask bench sensitivity` runs it beside the Python peers.

mod work;

use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use work::{TASKS, Work};

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
        std::fs::write(path, Work::draw(units.parse().ok()?, slots.parse().ok()?, 20_240_607)).ok()?;
    }
    Work::read(&std::fs::read_to_string(path).ok()?)
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
