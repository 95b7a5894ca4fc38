//! Tools from npm: Binaryen's for WASM, esbuild for scripts.

use std::{
    io::Write,
    path::PathBuf,
    process::{Command, Stdio},
};

use crate::{
    failure::{Failure, at},
    machine,
};

/// What Rust's default WASM features are (phones since 2021 and WeChat's browser have them all);
/// `wasm-opt` may use these and no others.
const WASM_FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// The oldest browsers that the pages run in, so that no newer syntax comes in.
const BROWSERS: &str = "--target=chrome97,firefox79,safari16";

/// Where the tools from npm are installed.
pub fn folder() -> PathBuf {
    machine::root().join("crates/xtask")
}

/// One of Binaryen's tools, which may use those features.
pub fn binaryen(name: &str) -> Command {
    let mut command = Command::new("node");
    command.arg(folder().join("node_modules/binaryen/bin").join(name)).args(WASM_FEATURES);
    command
}

/// A module's script, written as shortly as it can be. Nothing outside names what it has at its top.
pub fn shortest(text: &str) -> Result<String, Failure> {
    // A script or a program: npm's own scripts put one in the place of the other.
    let mut command = Command::new(folder().join("node_modules/.bin/esbuild"));
    command.args(["--minify", "--format=esm", "--log-level=error", "--charset=utf8", BROWSERS]);
    let line = machine::line_of(&command);
    let started = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let mut running = started.map_err(|cause| Failure::NotStarted { line: line.clone(), cause })?;
    if let Some(mut into) = running.stdin.take() {
        at("esbuild's input", into.write_all(text.as_bytes()))?;
    }
    let done = running.wait_with_output().map_err(|cause| Failure::NotStarted { line: line.clone(), cause })?;
    if !done.status.success() {
        return Err(Failure::Ended { line, status: done.status });
    }
    Ok(String::from_utf8_lossy(&done.stdout).into_owned())
}
