//! `cargo xtask test`: installs what the tests need, then runs every test there is, and says at the end
//! which steps failed. A step that fails does not hide the ones after it.

use std::{process::Command, time::Instant};

use crate::{asset::Effort, bundle, failure::Failure, machine, order};

struct Step {
    name: &'static str,
    run: fn() -> Result<(), Failure>,
}

const STEPS: [Step; 7] = [
    Step { name: "format", run: format },
    Step { name: "order", run: order::check },
    Step { name: "build", run: build },
    Step { name: "rust", run: rust },
    Step { name: "stack", run: stack },
    Step { name: "browser", run: browser },
    Step { name: "lints", run: lints },
];

/// Runs all steps, or those named, in their order.
pub fn test(names: &[String]) -> Result<(), Failure> {
    if names.iter().any(|name| STEPS.iter().all(|step| step.name != name)) {
        return Err(Failure::Unknown { known: STEPS.iter().map(|step| step.name).collect() });
    }
    let mut failed = Vec::new();
    for step in STEPS.iter().filter(|step| names.is_empty() || names.iter().any(|name| name == step.name)) {
        println!("\n== {}", step.name);
        let start = Instant::now();
        let done = (step.run)();
        if let Err(failure) = &done {
            eprintln!("{failure}");
            failed.push(step.name);
        }
        println!("== {}: {} in {} s", step.name, if done.is_ok() { "ok" } else { "FAILED" }, start.elapsed().as_secs());
    }
    if failed.is_empty() { Ok(()) } else { Err(Failure::Steps(failed)) }
}

fn format() -> Result<(), Failure> {
    machine::run(machine::cargo().args(["fmt", "--all", "--check"]))
}

/// The app as it is handed out, and the budgets of what its pages load.
fn build() -> Result<(), Failure> {
    bundle::build(Effort::Smallest)
}

/// Unit, property, golden, store and HTTP tests, and the examples in the documentation.
fn rust() -> Result<(), Failure> {
    machine::office_suite();
    machine::run(machine::with_lints(&mut machine::cargo()).args(["test", "--workspace", "--no-fail-fast"]))
}

/// The deployable stack: its template, the journey over HTTP, the OpenAPI page, the Lambda.
fn stack() -> Result<(), Failure> {
    let mut python = Command::new("python3");
    machine::run(machine::with_lints(&mut python).arg("tests/stack").current_dir(machine::root()))
}

/// Journeys through a real browser against the real server.
fn browser() -> Result<(), Failure> {
    let chromium = machine::chromium()?;
    let folder = machine::root().join("tests/browser");
    machine::npm_packages(&folder)?;
    // With the tests, so that crates have the features that `rust` gave them and none is built a second time.
    machine::run(machine::with_lints(&mut machine::cargo()).args([
        "build",
        "--quiet",
        "--workspace",
        "--bins",
        "--tests",
    ]))?;
    machine::run(Command::new("npm").args(["test", "--silent"]).current_dir(folder).env("CHROMIUM", chromium))
}

/// What clippy said while the steps before were compiled, of the browser's packages too, and what it says of benchmarks.
fn lints() -> Result<(), Failure> {
    let mut cargo = machine::cargo();
    // It says again what it said of packages that were compiled before.
    cargo.args(["build", "--quiet", "--workspace", "--all-targets"]);
    machine::run_silent(machine::with_lints(&mut cargo))
}
