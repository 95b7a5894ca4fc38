//! `cargo xtask build`: the app's binaries into `dist/`, as a server hands them out.
//!
//! Owns the shape of `dist/`: a page's HTML at the top, everything else under `assets/`. What is built, and the budgets,
//! stand in `products`.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use rayon::prelude::*;

use crate::{
    asset::{Effort, write_asset},
    brotli,
    failure::{Failure, at},
    loader, machine, npm_tools, offline,
    products::{AREA_BUDGET, COLD_BUDGET, Loaded, Made, PAGES, PARTS, Page, Part, STYLE_BUDGET, packages},
    ready::{Bundle, start},
    style_sheet,
};

/// Where the built app stands.
pub fn folder() -> PathBuf {
    machine::root().join("dist")
}

/// Builds the app, prints what each page loads, and fails when that is over budget.
pub fn build(effort: Effort) -> Result<(), Failure> {
    machine::wasm_target()?;
    if effort == Effort::Smallest {
        machine::npm_packages(&npm_tools::folder())?;
    }
    let compiled = |made| match packages(made, effort) {
        packages if packages.is_empty() => Ok(()),
        packages => machine::run(&mut compile(made, &packages)),
    };
    // In target folders of their own, so that none waits for another.
    let (small, fast) =
        rayon::join(|| compiled(Made::Small).and_then(|()| compiled(Made::Soon)), || compiled(Made::Fast));
    small.and(fast)?;

    let fresh = machine::root().join("target/app/dist");
    if fresh.exists() {
        at(&fresh, fs::remove_dir_all(&fresh))?;
    }
    at(&fresh, fs::create_dir_all(fresh.join("assets")))?;
    // A quick build is not cut: all areas are in the program itself.
    let cut = |page: &Page| if effort == Effort::Smallest { page.modules } else { &[] };
    let of_pages = PAGES.iter().map(|page| (page.bundle, page.bundle, Made::Small.in_build(effort), cut(page)));
    let of_parts = PARTS.iter().map(|part| (part.name, part.binary, part.made.in_build(effort), &[][..]));
    let wanted: Vec<_> = of_pages.chain(of_parts).collect();
    let bundles = (wanted.into_par_iter())
        .map(|(name, binary, made, modules)| Ok((name, Bundle::make(name, binary, made, modules, &fresh, effort)?)))
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
        if page.on_a_stick {
            offline::write(&fresh, &bundles[page.bundle], &style_of(page)?, effort)?;
        }
    }
    let dist = folder();
    if dist.exists() {
        at(&dist, fs::remove_dir_all(&dist))?;
    }
    at(&dist, fs::rename(&fresh, &dist))?;
    if fits || effort == Effort::Quick { Ok(()) } else { Err(Failure::TooLarge) }
}

/// The command that compiles binaries.
fn compile(made: Made, packages: &BTreeSet<&str>) -> Command {
    let mut cargo = machine::cargo();
    cargo.args(["build", "--quiet", "--bins", "--target", machine::WASM]);
    cargo.args(packages.iter().flat_map(|name| ["-p", name]));
    match made {
        Made::Small => cargo.args(["--profile", "web", "--features", "office/split"]),
        Made::Soon => cargo.args(["--profile", "web-quick"]),
        Made::Fast => cargo
            .args(["--profile", "web-fast", "--target-dir", "target/simd"])
            .env("RUSTFLAGS", "-C target-feature=+simd128"),
    };
    cargo
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
    let script = start(part.name, &bundle.script, &bundle.wasm_url, &then, effort)?;
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

/// A page's style sheet.
fn style_of(page: &Page) -> Result<String, Failure> {
    let mut style = String::new();
    for name in page.style {
        style.push_str(&read_text(&machine::root().join(format!("app/style/{name}.css")))?);
    }
    Ok(style_sheet::compact(&style))
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
    let style = style_of(page)?;
    let (style_url, style_size) = write_asset(dist, page.name, "css", style.as_bytes(), effort)?;
    let settings = read_text(&root.join("app/page/settings.js"))?;
    let (settings_url, settings_size) = write_asset(dist, "settings", "js", settings.as_bytes(), effort)?;

    let then = ".catch(function(e){console.error(e);document.documentElement.classList.add(\"failed\")});\n";
    let bundle = &bundles[page.bundle];
    let script = start(page.bundle, &bundle.script, &bundle.wasm_url, then, effort)?;
    let (script_url, script_size) = write_asset(dist, page.bundle, "js", script.as_bytes(), effort)?;
    let mut places = vec![
        ("{{settings}}".to_owned(), settings_url),
        ("{{style}}".to_owned(), style_url),
        ("{{script}}".to_owned(), script_url),
        ("{{wasm}}".to_owned(), bundle.wasm_url.clone()),
    ];
    places.extend_from_slice(parts);
    for area in loader::areas_of(page.modules) {
        let urls = loader::modules_of(area, page.modules, &bundle.modules);
        places.push((format!("{{{{area:{area}}}}}"), urls));
    }
    let fill = |text: String| places.iter().fold(text, |text, (place, value)| text.replace(place, value));
    let mut door_size = 0;
    let mut html = read_text(&root.join(format!("app/page/{}.html", page.name)))?;
    if !page.modules.is_empty() {
        let door = fill(read_text(&root.join(format!("app/page/{}.js", page.name)))?);
        let (door_url, size) = write_asset(dist, &format!("{}-door", page.name), "js", door.as_bytes(), effort)?;
        html = html.replace("{{door}}", &door_url);
        door_size = size;
    }
    let html = fill(html);
    let target = dist.join(format!("{}.html", page.name));
    at(&target, fs::write(&target, &html))?;
    let html_size = brotli::compressed(html.as_bytes(), effort.quality())?.len();

    let program = html_size + style_size + settings_size + door_size + script_size + bundle.wasm_size;
    let opening = page.modules.iter().filter(|module| module.opens());
    let sum = program + opening.map(|module| bundle.module_size(module)).sum::<usize>();
    let fits = sum <= page.budget && style_size <= STYLE_BUDGET;
    println!(
        "{:<14} {sum:>8} bytes of brotli of {} (html {html_size}, css {style_size} of {STYLE_BUDGET}, js {script_size} + {}, wasm {} + {}){}",
        page.bundle,
        page.budget,
        settings_size + door_size,
        bundle.wasm_size,
        sum - program,
        verdict(fits, effort),
    );
    Ok(areas_fit(page, bundle, program, effort) && fits)
}

/// Prints what each area of a page loads, beside what the one that opens first has loaded and with an empty cache; answers
/// whether that fits.
fn areas_fit(page: &Page, bundle: &Bundle, program: usize, effort: Effort) -> bool {
    let mut all_fit = true;
    for area in loader::areas_of(page.modules).into_iter().filter(|_| !bundle.modules.is_empty()) {
        let of_area = || page.modules.iter().filter(|module| module.areas.contains(&area));
        let further: usize = of_area().filter(|module| !module.opens()).map(|module| bundle.module_size(module)).sum();
        let cold = program + of_area().map(|module| bundle.module_size(module)).sum::<usize>();
        let fits = further <= AREA_BUDGET && cold <= COLD_BUDGET;
        all_fit &= fits;
        println!(
            "  {area:<12} {further:>8} of {AREA_BUDGET} after the list of plans, {cold:>8} of {COLD_BUDGET} with an empty cache, in {} files{}",
            of_area().count(),
            verdict(fits, effort),
        );
    }
    all_fit
}

fn read_text(path: &Path) -> Result<String, Failure> {
    at(path, fs::read_to_string(path))
}
