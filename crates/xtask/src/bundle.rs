//! `cargo xtask build`: the app's binaries into `dist/`, as a server hands them out.
//!
//! Owns the shape of `dist/`: a page's HTML at the top, everything else under `assets/` with its
//! content's hash in the name and a brotli sibling. Owns the budgets of what a page loads too.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use sha2::{Digest, Sha256};
use wasm_bindgen_cli_support::Bindgen;

use crate::{
    failure::{Failure, at},
    machine, style_sheet,
};

/// How much work goes into small files.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Effort {
    /// `wasm-opt` from npm and brotli's best.
    Smallest,
    /// Neither: for working on the app, and for machines without npm.
    Quick,
}

/// A page with its own bundle, and the most it may load, in bytes of brotli.
struct Page {
    name: &'static str,
    style: &'static [&'static str],
    budget: usize,
}

const KB: usize = 1000;
const PAGES: [Page; 2] = [
    Page { name: "ballot", style: &["palette", "meaning", "base", "ballot"], budget: 150 * KB },
    Page { name: "office", style: &["palette", "meaning", "base", "office", "ranking", "records"], budget: 350 * KB },
];
const STYLE_BUDGET: usize = 12 * KB;

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

/// Where the built app stands.
pub fn folder() -> PathBuf {
    machine::root().join("dist")
}

/// Builds the app, prints what each page loads, and fails when that is over budget.
pub fn build(effort: Effort) -> Result<(), Failure> {
    machine::wasm_target()?;
    let mut cargo = machine::cargo();
    cargo.args(["build", "--quiet", "-p", "app", "--bins", "--profile", "web", "--target", machine::WASM]);
    machine::run(&mut cargo)?;

    let fresh = machine::root().join("target/app/dist");
    if fresh.exists() {
        at(&fresh, fs::remove_dir_all(&fresh))?;
    }
    at(&fresh, fs::create_dir_all(fresh.join("assets")))?;
    let mut fits = true;
    for page in &PAGES {
        fits &= build_page(page, &fresh, effort)?;
    }
    let dist = folder();
    if dist.exists() {
        at(&dist, fs::remove_dir_all(&dist))?;
    }
    at(&dist, fs::rename(&fresh, &dist))?;
    if fits || effort == Effort::Quick { Ok(()) } else { Err(Failure::TooLarge) }
}

/// Makes one page's files; answers whether they fit the budget.
fn build_page(page: &Page, dist: &Path, effort: Effort) -> Result<bool, Failure> {
    let root = machine::root();
    let (script, wasm) = bindgen(page, effort)?;
    let mut style = String::new();
    for name in page.style {
        let path = root.join(format!("app/style/{name}.css"));
        style.push_str(&at(&path, fs::read_to_string(&path))?);
    }
    let style = style_sheet::compact(&style);

    let (wasm_url, wasm_size) = write_asset(dist, page.name, "wasm", &wasm, effort)?;
    let script = start(page, &script, &wasm_url)?;
    let (script_url, script_size) = write_asset(dist, page.name, "js", script.as_bytes(), effort)?;
    let (style_url, style_size) = write_asset(dist, page.name, "css", style.as_bytes(), effort)?;

    let path = root.join("app/page/settings.js");
    let settings = at(&path, fs::read_to_string(&path))?;
    let (settings_url, settings_size) = write_asset(dist, "settings", "js", settings.as_bytes(), effort)?;

    let source = root.join(format!("app/page/{}.html", page.name));
    let html = at(&source, fs::read_to_string(&source))?
        .replace("{{wasm}}", &wasm_url)
        .replace("{{script}}", &script_url)
        .replace("{{settings}}", &settings_url)
        .replace("{{style}}", &style_url);
    let target = dist.join(format!("{}.html", page.name));
    at(&target, fs::write(&target, &html))?;
    let html_size = brotli(html.as_bytes(), effort).len();

    let sum = html_size + style_size + settings_size + script_size + wasm_size;
    let fits = sum <= page.budget && style_size <= STYLE_BUDGET;
    println!(
        "{:<8} {:>8} bytes of brotli of {} (html {html_size}, css {style_size} of {STYLE_BUDGET}, js {script_size} + {settings_size}, wasm {wasm_size}){}{}",
        page.name,
        sum,
        page.budget,
        if fits { "" } else { "  <- over budget" },
        if effort == Effort::Quick { "  (quick: larger than a release)" } else { "" },
    );
    Ok(fits)
}

/// Runs `wasm-bindgen` in this process, then `wasm-opt`: the page's script and WASM.
fn bindgen(page: &Page, effort: Effort) -> Result<(String, Vec<u8>), Failure> {
    let root = machine::root();
    let input = root.join(format!("target/{}/web/{}.wasm", machine::WASM, page.name));
    let out = root.join(format!("target/app/{}", page.name));
    if out.exists() {
        at(&out, fs::remove_dir_all(&out))?;
    }
    let mut bindgen = Bindgen::new();
    bindgen.input_path(&input).out_name(page.name).typescript(false).omit_default_module_path(true);
    bindgen.remove_name_section(true).remove_producers_section(true);
    bindgen
        .web(true)
        .and_then(|bindgen| bindgen.generate(&out))
        .map_err(|cause| Failure::Bindgen { page: page.name, cause: cause.into() })?;
    let snippets = out.join("snippets");
    if snippets.exists() {
        return Err(Failure::Unexpected { path: snippets, what: "a dependency brings scripts of its own" });
    }

    let mut wasm = out.join(format!("{}_bg.wasm", page.name));
    if effort == Effort::Smallest {
        let tools = root.join("crates/xtask");
        machine::npm_packages(&tools)?;
        let small = out.join("small.wasm");
        let mut command = Command::new("node");
        command.arg(tools.join("node_modules/binaryen/bin/wasm-opt")).args(WASM_FEATURES);
        machine::run(command.args(["-Oz", "--strip-debug", "--strip-producers"]).arg(&wasm).arg("-o").arg(&small))?;
        wasm = small;
    }
    let script = out.join(format!("{}.js", page.name));
    Ok((at(&script, fs::read_to_string(&script))?, at(&wasm, fs::read(&wasm))?))
}

/// The page's script: what `wasm-bindgen` wrote, which instead of exporting its start starts itself.
/// When that fails the page says so by a class of its root element (`failed`).
fn start(page: &Page, script: &str, wasm_url: &str) -> Result<String, Failure> {
    let unexpected = Failure::Unexpected {
        path: PathBuf::from(format!("target/app/{}/{}.js", page.name, page.name)),
        what: "does not end in the export that this build knows; see `start` in crates/xtask/src/bundle.rs",
    };
    let Some((code, exports)) = script.rsplit_once("export {") else { return Err(unexpected) };
    if !exports.contains("__wbg_init as default") {
        return Err(unexpected);
    }
    let mut out = String::with_capacity(code.len());
    let mut comment = false;
    for line in code.lines().map(str::trim) {
        comment |= line.starts_with("/*");
        if !comment && !line.is_empty() && !line.starts_with("//") {
            out.push_str(line);
            out.push('\n');
        }
        comment &= !line.ends_with("*/");
    }
    out.push_str("__wbg_init({module_or_path:\"");
    out.push_str(wasm_url);
    out.push_str("\"}).catch(function(e){console.error(e);document.documentElement.classList.add(\"failed\")});\n");
    Ok(out)
}

/// Writes an asset and its brotli sibling; gives its URL and compressed size.
fn write_asset(dist: &Path, name: &str, kind: &str, bytes: &[u8], effort: Effort) -> Result<(String, usize), Failure> {
    let hash: String = Sha256::digest(bytes).iter().take(6).map(|byte| format!("{byte:02x}")).collect();
    let file = format!("{name}-{hash}.{kind}");
    let path = dist.join("assets").join(&file);
    at(&path, fs::write(&path, bytes))?;
    let small = brotli(bytes, effort);
    let path = dist.join("assets").join(format!("{file}.br"));
    at(&path, fs::write(&path, &small))?;
    Ok((format!("/assets/{file}"), small.len()))
}

fn brotli(bytes: &[u8], effort: Effort) -> Vec<u8> {
    let quality = if effort == Effort::Smallest { 11 } else { 5 };
    let parameters = brotli::enc::BrotliEncoderParams { quality, lgwin: 22, ..Default::default() };
    let mut out = Vec::new();
    let mut input = bytes;
    // Reading from and writing to memory has no way to fail.
    let _ = brotli::BrotliCompress(&mut input, &mut out, &parameters);
    out
}
