//! Binaryen's tools, from npm.

use std::{path::PathBuf, process::Command};

use crate::machine;

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

/// Where the tools from npm are installed.
pub fn folder() -> PathBuf {
    machine::root().join("crates/xtask")
}

/// One of the tools, which may use those features.
pub fn tool(name: &str) -> Command {
    let mut command = Command::new("node");
    command.arg(folder().join("node_modules/binaryen/bin").join(name)).args(WASM_FEATURES);
    command
}
