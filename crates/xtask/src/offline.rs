//! The page that recomputes a result without any server: one file, for a stick.
//!
//! Owns how the page's style, script and WASM come into one file. Refuses to own what is recomputed.

use std::{fs, path::Path};

use base64::{Engine, engine::general_purpose::STANDARD};

use crate::{
    asset::Effort,
    failure::{Failure, at},
    machine,
    ready::{Bundle, start},
};

/// The file's name, in `dist/` and where the server hands it out.
const NAME: &str = "verify-offline.html";

/// Writes the page of the verifier's bundle, with this style.
pub fn write(dist: &Path, bundle: &Bundle, style: &str, effort: Effort) -> Result<(), Failure> {
    let pages = machine::root().join("app/page");
    let read = |name: &str| {
        let path = pages.join(name);
        at(&path, fs::read_to_string(&path))
    };
    let wasm = dist.join(bundle.wasm_url.trim_start_matches('/'));
    let wasm = format!("data:application/wasm;base64,{}", STANDARD.encode(at(&wasm, fs::read(&wasm))?));
    let then = ".catch(function(e){console.error(e);document.documentElement.classList.add(\"failed\")});\n";
    let script = start("verifier", &bundle.script, &wasm, then, effort)?;
    let places = [("{{settings}}", read("settings.js")?), ("{{style}}", style.to_owned()), ("{{script}}", script)];
    let page = places.iter().fold(read(NAME)?, |page, (place, text)| page.replace(place, text));
    let target = dist.join(NAME);
    at(&target, fs::write(&target, page))
}
