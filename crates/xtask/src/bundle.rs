//! `cargo xtask build`: the app's binaries into `dist/`, as a server hands them out.
//!
//! Owns the shape of `dist/` (a page's HTML at the top, everything else under `assets/` with the hash of its
//! content in the name and a brotli sibling). What is built, and the budgets, stand in `products`.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use rayon::prelude::*;
use sha2::{Digest, Sha256};
use wasm_bindgen_cli_support::Bindgen;

use crate::{
    brotli,
    failure::{Failure, at},
    machine,
    products::{Loaded, Made, PAGES, PARTS, Page, Part, STYLE_BUDGET, packages},
    style_sheet,
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
    fn quality(self) -> u8 {
        if self == Effort::Smallest { 11 } else { 5 }
    }
}

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
fn tools() -> PathBuf {
    machine::root().join("crates/xtask")
}

/// Where the built app stands.
pub fn folder() -> PathBuf {
    machine::root().join("dist")
}

/// Builds the app, prints what each page loads, and fails when that is over budget.
pub fn build(effort: Effort) -> Result<(), Failure> {
    machine::wasm_target()?;
    if effort == Effort::Smallest {
        machine::npm_packages(&tools())?;
    }
    // In target folders of their own, so that neither waits for the other.
    let (small, fast) =
        rayon::join(|| machine::run(&mut compile(Made::Small)), || machine::run(&mut compile(Made::Fast)));
    small.and(fast)?;

    let fresh = machine::root().join("target/app/dist");
    if fresh.exists() {
        at(&fresh, fs::remove_dir_all(&fresh))?;
    }
    at(&fresh, fs::create_dir_all(fresh.join("assets")))?;
    let of_pages = PAGES.iter().flat_map(|page| page.bundles).map(|name| (*name, *name, Made::Small));
    let of_parts = PARTS.iter().map(|part| (part.name, part.binary, part.made));
    let wanted: Vec<_> = of_pages.chain(of_parts).collect();
    let bundles = (wanted.into_par_iter())
        .map(|(name, binary, made)| Ok((name, Bundle::make(name, binary, made, &fresh, effort)?)))
        .collect::<Result<BTreeMap<_, _>, Failure>>()?;

    let mut fits = true;
    let mut parts = Vec::new();
    for part in PARTS {
        let (url, fit) = build_part(part, &bundles[part.name], &fresh, effort)?;
        fits &= fit;
        parts.push((format!("{{{{part:{}}}}}", part.name), url));
    }
    for page in PAGES {
        fits &= build_page(page, &bundles, &parts, &fresh, effort)?;
    }
    let dist = folder();
    if dist.exists() {
        at(&dist, fs::remove_dir_all(&dist))?;
    }
    at(&dist, fs::rename(&fresh, &dist))?;
    if fits || effort == Effort::Quick { Ok(()) } else { Err(Failure::TooLarge) }
}

/// The command that compiles all binaries that are made so.
fn compile(made: Made) -> Command {
    let mut cargo = machine::cargo();
    cargo.args(["build", "--quiet", "--bins", "--target", machine::WASM]);
    cargo.args(packages(made).iter().flat_map(|name| ["-p", name]));
    match made {
        Made::Small => cargo.args(["--profile", "web"]),
        Made::Fast => cargo
            .args(["--profile", "web-fast", "--target-dir", "target/simd"])
            .env("RUSTFLAGS", "-C target-feature=+simd128"),
    };
    cargo
}

/// A compiled binary, made ready for browsers.
struct Bundle {
    /// As `wasm-bindgen` wrote it.
    script: String,
    wasm_url: String,
    /// Compressed.
    wasm_size: usize,
}

impl Bundle {
    fn make(name: &'static str, binary: &str, made: Made, dist: &Path, effort: Effort) -> Result<Bundle, Failure> {
        let (script, wasm) = bindgen(name, binary, made, effort)?;
        let (wasm_url, wasm_size) = write_asset(dist, name, "wasm", &wasm, effort)?;
        Ok(Bundle { script, wasm_url, wasm_size })
    }
}

/// Says whether a size is within its budget. Quick builds are larger than what is handed out, so they are not judged.
fn verdict(fits: bool, effort: Effort) -> &'static str {
    match effort {
        Effort::Quick => "  (quick: larger than what is handed out)",
        Effort::Smallest if fits => "",
        Effort::Smallest => "  <- over budget",
    }
}

/// Makes one part's files; gives its script's URL, and whether they fit the budget.
fn build_part(part: &Part, bundle: &Bundle, dist: &Path, effort: Effort) -> Result<(String, bool), Failure> {
    let then = match part.loaded {
        Loaded::Script { offers, offered_as, event } => format!(
            ".then(function(){{window.{offered_as}={{{}}}}}).catch(function(e){{console.error(e)}}).then(function(){{dispatchEvent(new Event(\"{event}\"))}});\n",
            offers.join(","),
        ),
        // Thrown outside the promise, so that the page gets it as an error of the worker.
        Loaded::Worker => ".catch(function(e){setTimeout(function(){throw e})});\n".to_owned(),
    };
    let script = start(part.name, &bundle.script, &bundle.wasm_url, &then)?;
    let (url, script_size) = write_asset(dist, part.name, "js", script.as_bytes(), effort)?;
    let sum = bundle.wasm_size + script_size;
    let fits = sum <= part.budget;
    println!(
        "{:<14} {sum:>8} bytes of brotli of {} (only where needed){}",
        part.name,
        part.budget,
        verdict(fits, effort)
    );
    Ok((url, fits))
}

/// Makes one page's files; answers whether they fit the budget.
fn build_page(
    page: &Page,
    bundles: &BTreeMap<&str, Bundle>,
    parts: &[(String, String)],
    dist: &Path,
    effort: Effort,
) -> Result<bool, Failure> {
    let root = machine::root();
    let mut style = String::new();
    for name in page.style {
        style.push_str(&read_text(&root.join(format!("app/style/{name}.css")))?);
    }
    let style = style_sheet::compact(&style);
    let (style_url, style_size) = write_asset(dist, page.name, "css", style.as_bytes(), effort)?;
    let settings = read_text(&root.join("app/page/settings.js"))?;
    let (settings_url, settings_size) = write_asset(dist, "settings", "js", settings.as_bytes(), effort)?;

    let then = ".catch(function(e){console.error(e);document.documentElement.classList.add(\"failed\")});\n";
    let mut places = vec![("{{settings}}".to_owned(), settings_url), ("{{style}}".to_owned(), style_url)];
    places.extend_from_slice(parts);
    let mut sizes = Vec::new();
    for name in page.bundles {
        let bundle = &bundles[name];
        let script = start(name, &bundle.script, &bundle.wasm_url, then)?;
        let (script_url, script_size) = write_asset(dist, name, "js", script.as_bytes(), effort)?;
        if page.bundles.len() == 1 {
            places.push(("{{script}}".to_owned(), script_url));
            places.push(("{{wasm}}".to_owned(), bundle.wasm_url.clone()));
        } else {
            places.push((format!("{{{{script:{name}}}}}"), script_url));
        }
        sizes.push((*name, script_size, bundle.wasm_size));
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
    let html_size = brotli::compressed(html.as_bytes(), effort.quality())?.len();

    let mut all_fit = style_size <= STYLE_BUDGET;
    for (bundle, script_size, wasm_size) in sizes {
        let sum = html_size + style_size + settings_size + door_size + script_size + wasm_size;
        let fits = sum <= page.budget && style_size <= STYLE_BUDGET;
        all_fit &= fits;
        println!(
            "{bundle:<14} {sum:>8} bytes of brotli of {} (html {html_size}, css {style_size} of {STYLE_BUDGET}, js {script_size} + {}, wasm {wasm_size}){}",
            page.budget,
            settings_size + door_size,
            verdict(fits, effort),
        );
    }
    Ok(all_fit)
}

fn read_text(path: &Path) -> Result<String, Failure> {
    at(path, fs::read_to_string(path))
}

/// Runs `wasm-bindgen` in this process, then `wasm-opt`: a bundle's script and WASM.
fn bindgen(name: &'static str, binary: &str, made: Made, effort: Effort) -> Result<(String, Vec<u8>), Failure> {
    let root = machine::root();
    let input = root.join(made.folder()).join(format!("{binary}.wasm"));
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
        let small = out.join("small.wasm");
        let mut command = Command::new("node");
        command.arg(tools().join("node_modules/binaryen/bin/wasm-opt")).args(WASM_FEATURES);
        command.args(made.optimisation()).args(["--strip-debug", "--strip-producers"]);
        machine::run(command.arg(&wasm).arg("-o").arg(&small))?;
        wasm = small;
    }
    let script = out.join(format!("{}.js", name));
    Ok((at(&script, fs::read_to_string(&script))?, at(&wasm, fs::read(&wasm))?))
}

/// A bundle's script: what `wasm-bindgen` wrote, changed so that it starts itself and then runs `then`. If a page's
/// script does not start, the page's root element gets the class `failed`.
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
    let small = brotli::compressed(bytes, effort.quality())?;
    let path = dist.join("assets").join(format!("{file}.br"));
    at(&path, fs::write(&path, &small))?;
    Ok((format!("/assets/{file}"), small.len()))
}
