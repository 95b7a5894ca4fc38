//! Files under `assets/`, with the hash of their content in the name and a brotli sibling.

use std::{fs, path::Path};

use sha2::{Digest, Sha256};

use crate::{
    brotli,
    failure::{Failure, at},
};

/// How much time a build spends on making files small.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Effort {
    /// `wasm-opt` from npm and brotli's best.
    Smallest,
    /// Neither: for working on the app, and for machines without npm.
    Quick,
}

impl Effort {
    /// Of the compression.
    pub fn quality(self) -> u8 {
        if self == Effort::Smallest { 11 } else { 5 }
    }
}

/// Writes an asset and its brotli sibling; gives its URL and compressed size.
pub fn write_asset(
    dist: &Path,
    name: &str,
    kind: &str,
    bytes: &[u8],
    effort: Effort,
) -> Result<(String, usize), Failure> {
    let hash: String = Sha256::digest(bytes).iter().take(6).map(|byte| format!("{byte:02x}")).collect();
    let file = format!("{name}-{hash}.{kind}");
    let path = dist.join("assets").join(&file);
    at(&path, fs::write(&path, bytes))?;
    let small = brotli::compressed(bytes, effort.quality())?;
    let path = dist.join("assets").join(format!("{file}.br"));
    at(&path, fs::write(&path, &small))?;
    Ok((format!("/assets/{file}"), small.len()))
}
