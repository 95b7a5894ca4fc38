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

/// A page, its bundles, and the most it may load with any one of them, in bytes of brotli.
///
/// A page with one bundle names it `{{script}}` and `{{wasm}}` in its HTML. One with several has a script
/// beside its HTML that chooses among `{{script:BUNDLE}}`; the HTML names that script `{{door}}`.
struct Page {
    name: &'static str,
    bundles: &'static [&'static str],
    style: &'static [&'static str],
    budget: usize,
}

const KB: usize = 1000;
const PAGES: &[Page] = &[
    Page { name: "ballot", bundles: &["ballot"], style: &["palette", "meaning", "base", "ballot"], budget: 150 * KB },
    Page {
        name: "office",
        bundles: &["office", "setup", "voting", "records", "simulation"],
        style: &["palette", "meaning", "base", "office", "ranking", "records"],
        budget: 350 * KB,
    },
];
const STYLE_BUDGET: usize = 12 * KB;

/// A bundle without a page, loaded by a page that needs it.
struct Part {
    name: &'static str,
    made: Made,
    loaded: Loaded,
    budget: usize,
}

/// How a part is loaded.
enum Loaded {
    /// By a script element: it offers functions.
    Script {
        /// The functions, as members of `offered_as`, a global name.
        offers: &'static [&'static str],
        offered_as: &'static str,
        /// The event by which it says that it is there.
        event: &'static str,
    },
    /// As a worker: it says itself that it hears.
    Worker,
}

/// How a binary is compiled.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Made {
    /// With the pages, for size.
    Small,
    /// Apart, for speed.
    Fast,
    /// For speed, with SIMD, for browsers that have it.
    FastSimd,
}

impl Made {
    /// The binary of the part's name without what its speed adds to it.
    fn binary(self, name: &str) -> &str {
        if self == Made::FastSimd { name.trim_end_matches("-simd") } else { name }
    }

    /// Where cargo leaves it, under the workspace's root.
    fn folder(self) -> &'static str {
        match self {
            Made::Small => "target/wasm32-unknown-unknown/web",
            Made::Fast => "target/wasm32-unknown-unknown/web-fast",
            Made::FastSimd => "target/simd/wasm32-unknown-unknown/web-fast",
        }
    }

    /// What `wasm-opt` is told beside the features of all.
    fn optimisation(self) -> &'static [&'static str] {
        match self {
            Made::Small => &["-Oz"],
            Made::Fast => &["-O3"],
            Made::FastSimd => &["-O3", "--enable-simd"],
        }
    }
}

/// The shells name a part's script where they say `{{part:NAME}}`.
const PARTS: &[Part] = &[
    Part {
        name: "blind",
        made: Made::Small,
        loaded: Loaded::Script { offers: &["blind", "unblind"], offered_as: "pingyiBlind", event: "pingyi-blind" },
        budget: 60 * KB,
    },
    Part { name: "simulator", made: Made::Fast, loaded: Loaded::Worker, budget: 350 * KB },
    Part { name: "simulator-simd", made: Made::FastSimd, loaded: Loaded::Worker, budget: 350 * KB },
];

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
    let fast = || {
        let mut cargo = machine::cargo();
        cargo.args(["build", "--quiet", "-p", "simulator", "--profile", "web-fast", "--target", machine::WASM]);
        cargo
    };
    machine::run(&mut fast())?;
    machine::run(fast().args(["--target-dir", "target/simd"]).env("RUSTFLAGS", "-C target-feature=+simd128"))?;

    let fresh = machine::root().join("target/app/dist");
    if fresh.exists() {
        at(&fresh, fs::remove_dir_all(&fresh))?;
    }
    at(&fresh, fs::create_dir_all(fresh.join("assets")))?;
    let mut fits = true;
    let mut parts = Vec::new();
    for part in PARTS {
        let (url, fit) = build_part(part, &fresh, effort)?;
        fits &= fit;
        parts.push((format!("{{{{part:{}}}}}", part.name), url));
    }
    for page in PAGES {
        fits &= build_page(page, &parts, &fresh, effort)?;
    }
    let dist = folder();
    if dist.exists() {
        at(&dist, fs::remove_dir_all(&dist))?;
    }
    at(&dist, fs::rename(&fresh, &dist))?;
    if fits || effort == Effort::Quick { Ok(()) } else { Err(Failure::TooLarge) }
}

/// Makes one part's files; gives its script's URL, and whether they fit the budget.
fn build_part(part: &Part, dist: &Path, effort: Effort) -> Result<(String, bool), Failure> {
    let (script, wasm) = bindgen(part.name, part.made, effort)?;
    let (wasm_url, wasm_size) = write_asset(dist, part.name, "wasm", &wasm, effort)?;
    let then = match part.loaded {
        Loaded::Script { offers, offered_as, event } => format!(
            ".then(function(){{window.{offered_as}={{{}}}}}).catch(function(e){{console.error(e)}}).then(function(){{dispatchEvent(new Event(\"{event}\"))}});\n",
            offers.join(","),
        ),
        // Thrown where the page hears it, as an error of the worker.
        Loaded::Worker => ".catch(function(e){setTimeout(function(){throw e})});\n".to_owned(),
    };
    let script = start(part.name, &script, &wasm_url, &then)?;
    let (url, script_size) = write_asset(dist, part.name, "js", script.as_bytes(), effort)?;
    let sum = wasm_size + script_size;
    let fits = sum <= part.budget;
    let over = if fits { "" } else { "  <- over budget" };
    println!("{:<14} {sum:>8} bytes of brotli of {} (only where needed){over}", part.name, part.budget);
    Ok((url, fits))
}

/// Makes one page's files; answers whether they fit the budget.
fn build_page(page: &Page, parts: &[(String, String)], dist: &Path, effort: Effort) -> Result<bool, Failure> {
    let root = machine::root();
    let mut style = String::new();
    for name in page.style {
        let path = root.join(format!("app/style/{name}.css"));
        style.push_str(&at(&path, fs::read_to_string(&path))?);
    }
    let style = style_sheet::compact(&style);
    let (style_url, style_size) = write_asset(dist, page.name, "css", style.as_bytes(), effort)?;
    let path = root.join("app/page/settings.js");
    let settings = at(&path, fs::read_to_string(&path))?;
    let (settings_url, settings_size) = write_asset(dist, "settings", "js", settings.as_bytes(), effort)?;

    let then = ".catch(function(e){console.error(e);document.documentElement.classList.add(\"failed\")});\n".to_owned();
    let mut places = vec![("{{settings}}".to_owned(), settings_url), ("{{style}}".to_owned(), style_url)];
    places.extend_from_slice(parts);
    let mut sizes = Vec::new();
    for bundle in page.bundles {
        let (script, wasm) = bindgen(bundle, Made::Small, effort)?;
        let (wasm_url, wasm_size) = write_asset(dist, bundle, "wasm", &wasm, effort)?;
        let script = start(bundle, &script, &wasm_url, &then)?;
        let (script_url, script_size) = write_asset(dist, bundle, "js", script.as_bytes(), effort)?;
        if page.bundles.len() == 1 {
            places.push(("{{script}}".to_owned(), script_url));
            places.push(("{{wasm}}".to_owned(), wasm_url));
        } else {
            places.push((format!("{{{{script:{bundle}}}}}"), script_url));
        }
        sizes.push((*bundle, script_size, wasm_size));
    }
    let fill = |text: String| places.iter().fold(text, |text, (place, url)| text.replace(place, url));
    let mut door_size = 0;
    let mut html = read_text(&root.join(format!("app/page/{}.html", page.name)))?;
    if page.bundles.len() > 1 {
        let door = fill(read_text(&root.join(format!("app/page/{}.js", page.name)))?);
        let (door_url, size) = write_asset(dist, &format!("{}-door", page.name), "js", door.as_bytes(), effort)?;
        html = html.replace("{{door}}", &door_url);
        door_size = size;
    }
    let html = fill(html);
    let target = dist.join(format!("{}.html", page.name));
    at(&target, fs::write(&target, &html))?;
    let html_size = brotli(html.as_bytes(), effort).len();

    let mut all_fit = style_size <= STYLE_BUDGET;
    for (bundle, script_size, wasm_size) in sizes {
        let sum = html_size + style_size + settings_size + door_size + script_size + wasm_size;
        let fits = sum <= page.budget && style_size <= STYLE_BUDGET;
        all_fit &= fits;
        println!(
            "{bundle:<10} {sum:>8} bytes of brotli of {} (html {html_size}, css {style_size} of {STYLE_BUDGET}, js {script_size} + {}, wasm {wasm_size}){}{}",
            page.budget,
            settings_size + door_size,
            if fits { "" } else { "  <- over budget" },
            if effort == Effort::Quick { "  (quick: larger than a release)" } else { "" },
        );
    }
    Ok(all_fit)
}

fn read_text(path: &Path) -> Result<String, Failure> {
    at(path, fs::read_to_string(path))
}

/// Runs `wasm-bindgen` in this process, then `wasm-opt`: the page's script and WASM.
fn bindgen(name: &'static str, made: Made, effort: Effort) -> Result<(String, Vec<u8>), Failure> {
    let root = machine::root();
    let input = root.join(made.folder()).join(format!("{}.wasm", made.binary(name)));
    let out = root.join(format!("target/app/{}", name));
    if out.exists() {
        at(&out, fs::remove_dir_all(&out))?;
    }
    let mut bindgen = Bindgen::new();
    bindgen.input_path(&input).out_name(name).typescript(false).omit_default_module_path(true);
    // Names are for profilers, which look at quick builds.
    bindgen.remove_name_section(effort == Effort::Smallest).remove_producers_section(true);
    bindgen
        .web(true)
        .and_then(|bindgen| bindgen.generate(&out))
        .map_err(|cause| Failure::Bindgen { page: name, cause: cause.into() })?;
    let snippets = out.join("snippets");
    if snippets.exists() {
        return Err(Failure::Unexpected { path: snippets, what: "a dependency brings scripts of its own" });
    }

    let mut wasm = out.join(format!("{}_bg.wasm", name));
    if effort == Effort::Smallest {
        let tools = root.join("crates/xtask");
        machine::npm_packages(&tools)?;
        let small = out.join("small.wasm");
        let mut command = Command::new("node");
        command.arg(tools.join("node_modules/binaryen/bin/wasm-opt")).args(WASM_FEATURES);
        command.args(made.optimisation()).args(["--strip-debug", "--strip-producers"]);
        machine::run(command.arg(&wasm).arg("-o").arg(&small))?;
        wasm = small;
    }
    let script = out.join(format!("{}.js", name));
    Ok((at(&script, fs::read_to_string(&script))?, at(&wasm, fs::read(&wasm))?))
}

/// A bundle's script: what `wasm-bindgen` wrote, which instead of exporting its start starts itself and
/// then goes on with `then`. When a page's does not start, the page says so by a class of its root element.
fn start(name: &str, script: &str, wasm_url: &str, then: &str) -> Result<String, Failure> {
    let unexpected = Failure::Unexpected {
        path: PathBuf::from(format!("target/app/{name}/{name}.js")),
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
    out.push_str("\"})");
    out.push_str(then);
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
