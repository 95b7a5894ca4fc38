//! Compression by Node.js, which a build needs anyhow: its encoder is brotli's own, and makes bundles smaller by half a
//! thousandth to two than the one in Rust.

use std::{
    io::Write,
    process::{Command, Stdio},
};

use crate::{failure::Failure, machine};

const SCRIPT: &str = "const { brotliCompressSync: brotli, constants: c } = require('zlib'); \
    const bytes = require('fs').readFileSync(0), params = { [c.BROTLI_PARAM_QUALITY]: +process.argv[1] }; \
    process.stdout.write(brotli(bytes, { params }))";

/// The bytes, compressed with a quality of 0 to 11.
pub fn compressed(bytes: &[u8], quality: u8) -> Result<Vec<u8>, Failure> {
    let mut command = Command::new("node");
    command.args(["-e", SCRIPT, &quality.to_string()]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let line = machine::line_of(&command);
    let not_started = |cause| Failure::NotStarted { line: line.clone(), cause };
    let mut child = command.spawn().map_err(not_started)?;
    // Node.js reads all before it writes anything, so neither waits for the other.
    if let Some(mut input) = child.stdin.take() {
        input.write_all(bytes).map_err(not_started)?;
    }
    let done = child.wait_with_output().map_err(not_started)?;
    if done.status.success() { Ok(done.stdout) } else { Err(Failure::Ended { line, status: done.status }) }
}
