//! A compiled binary, made ready for browsers: `wasm-bindgen` in this process, then `wasm-opt`.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use rayon::prelude::*;
use wasm_bindgen_cli_support::Bindgen;

use crate::{
    asset::{Effort, write_asset},
    failure::{Failure, at},
    loader, machine, npm_tools,
    products::{Made, Module},
    short_names, split,
};

/// A compiled binary, made ready for browsers.
pub struct Bundle {
    /// As `wasm-bindgen` wrote it, with the loader of the areas.
    pub script: String,
    pub wasm_url: String,
    /// Compressed.
    pub wasm_size: usize,
    /// What it was cut into: each module's address and compressed size.
    pub modules: BTreeMap<&'static str, (String, usize)>,
}

impl Bundle {
    /// Of a binary that is cut into these modules, if any.
    pub fn make(
        name: &'static str,
        binary: &str,
        made: Made,
        modules: &'static [Module],
        dist: &Path,
        effort: Effort,
    ) -> Result<Bundle, Failure> {
        let mut input = machine::root().join(made.folder()).join(format!("{binary}.wasm"));
        let work = machine::root().join(format!("target/app/{name}"));
        if work.exists() {
            at(&work, fs::remove_dir_all(&work))?;
        }
        at(&work, fs::create_dir_all(&work))?;
        let (mut for_all, mut pieces) = (None, Vec::new());
        if !modules.is_empty() {
            let cut = split::cut(&input, modules, &work.join("pieces"))?;
            (input, for_all, pieces) = (cut.main, Some(cut.for_all), cut.modules);
        }
        let (mut script, mut wasm) = bindgen(name, &input, !modules.is_empty(), &work, effort)?;
        if let Some(for_all) = for_all {
            wasm = split::with_what_all_share(&wasm, &for_all, &work)?;
        }
        // The program last: it is the largest, and the others fill the time beside it.
        let make = |(name, wasm): (&'static str, Vec<u8>)| {
            let wasm = small(name, wasm, made, &work, effort)?;
            Ok((name, write_asset(dist, name, "wasm", &wasm, effort)?))
        };
        let (main, areas) = rayon::join(
            || make((name, wasm)),
            || pieces.into_par_iter().map(make).collect::<Result<BTreeMap<_, _>, Failure>>(),
        );
        let ((_, (wasm_url, wasm_size)), areas) = (main?, areas?);
        if !modules.is_empty() {
            script = loader::with_areas(&script, modules, &areas)?;
        }
        Ok(Bundle { script, wasm_url, wasm_size, modules: areas })
    }

    /// The compressed size of a module; 0 where the build cuts nothing, or nothing was left for the module.
    pub fn module_size(&self, module: &Module) -> usize {
        self.modules.get(module.name).map_or(0, |(_, size)| *size)
    }
}

/// Runs `wasm-bindgen`: a bundle's script and WASM.
fn bindgen(
    name: &'static str,
    input: &Path,
    is_cut: bool,
    work: &Path,
    effort: Effort,
) -> Result<(String, Vec<u8>), Failure> {
    let mut bindgen = Bindgen::new();
    bindgen.input_path(input).out_name(name).typescript(false).omit_default_module_path(true);
    // What the areas' modules share with the program they find under the linker's names.
    bindgen.keep_lld_exports(is_cut).demangle(!is_cut);
    // Names are for profilers, which look at quick builds.
    bindgen.remove_name_section(effort == Effort::Smallest).remove_producers_section(true);
    bindgen
        .web(true)
        .and_then(|bindgen| bindgen.generate(work))
        .map_err(|cause| Failure::Bindgen { page: name, cause: cause.into() })?;
    let snippets = work.join("snippets");
    if snippets.exists() {
        return Err(Failure::Unexpected { path: snippets, what: "a dependency brings scripts of its own" });
    }
    let (script, wasm) = (work.join(format!("{name}.js")), work.join(format!("{name}_bg.wasm")));
    let (script, wasm) = (at(&script, fs::read_to_string(&script))?, at(&wasm, fs::read(&wasm))?);
    short_names::shorten(&script, &wasm, &format!("./{name}_bg.js"))
        .map_err(|cause| Failure::Bindgen { page: name, cause })
}

/// Runs `wasm-opt`, where the build takes the time.
fn small(name: &str, wasm: Vec<u8>, made: Made, work: &Path, effort: Effort) -> Result<Vec<u8>, Failure> {
    if effort != Effort::Smallest {
        return Ok(wasm);
    }
    let (large, small) = (work.join(format!("{name}-large.wasm")), work.join(format!("{name}-small.wasm")));
    at(&large, fs::write(&large, wasm))?;
    let mut command = npm_tools::binaryen("wasm-opt");
    command.args(made.optimisation()).args(["--strip-debug", "--strip-producers"]);
    machine::run(command.arg(&large).arg("-o").arg(&small))?;
    at(&small, fs::read(&small))
}

/// A bundle's script: what `wasm-bindgen` wrote, changed so that it starts itself and then runs `then`, and short where the
/// build takes the time. If a page's script does not start, the page's root element gets the class `failed`.
pub fn start(name: &str, script: &str, wasm_url: &str, then: &str, effort: Effort) -> Result<String, Failure> {
    let unexpected = Failure::Unexpected {
        path: PathBuf::from(format!("target/app/{name}/{name}.js")),
        what: "does not end in the export that this build knows; see `start` in crates/xtask/src/ready.rs",
    };
    let Some((code, exports)) = script.rsplit_once("export {") else { return Err(unexpected) };
    if !exports.contains("__wbg_init as default") {
        return Err(unexpected);
    }
    let text = format!("{code}__wbg_init({{module_or_path:\"{wasm_url}\"}}){then}");
    if effort == Effort::Smallest { npm_tools::shortest(&text) } else { Ok(text) }
}
