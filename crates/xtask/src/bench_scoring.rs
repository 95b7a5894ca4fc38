//! `cargo xtask bench scoring`: what people wait for, native by Criterion, and in Chromium as the app's own
//! profile compiles it.

use std::{fs, process::Command};

use wasm_bindgen_cli_support::Bindgen;

use crate::{
    failure::{Failure, at},
    machine,
};

/// Measures and prints; arguments go to Criterion.
pub fn bench(arguments: &[String]) -> Result<(), Failure> {
    machine::run(machine::cargo().args(["bench", "-p", "scoring", "--bench", "scoring", "--"]).args(arguments))?;

    machine::wasm_target()?;
    let mut cargo = machine::cargo();
    cargo.args(["build", "--quiet", "--profile", "web", "-p", "scoring", "--example", "scoring_wasm"]);
    machine::run(cargo.args(["--target", machine::WASM]))?;
    let folder = machine::root().join("target/bench-scoring");
    at(&folder, fs::create_dir_all(&folder))?;
    let mut bindgen = Bindgen::new();
    let module = machine::root().join("target").join(machine::WASM).join("web/examples/scoring_wasm.wasm");
    bindgen.input_path(&module).out_name("scoring").typescript(false).omit_default_module_path(true);
    let made = bindgen.no_modules(true).and_then(|bindgen| bindgen.generate(&folder));
    made.map_err(|cause| Failure::Bindgen { page: "scoring", cause: cause.into() })?;

    let browser = machine::root().join("tests/browser");
    machine::npm_packages(&browser)?;
    let mut node = Command::new("node");
    node.arg("lib/time_scoring.mjs").arg(&folder).current_dir(browser);
    machine::run(node.env("CHROMIUM", machine::chromium()?))
}
