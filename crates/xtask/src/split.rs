//! The office's program, cut into the modules of its areas.
//!
//! Owns which piece goes to which module. The cutter makes one piece for each set of areas that share code, hundreds in
//! all; a page should load few. So each piece goes to the smallest module of `products` that all its areas load, and the
//! pieces of a module are joined to one.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use wasm_split_cli_support::{Options, transform};

use crate::{
    failure::{Failure, at},
    join, machine, npm_tools,
    products::{Module, PROGRAM},
};

/// The name under which the program asks for its areas, and the script answers.
pub const LOADER: &str = "./areas.js";

/// The program without its areas, what all areas share, and their modules.
pub struct Cut {
    pub main: PathBuf,
    pub for_all: Vec<u8>,
    pub modules: Vec<(&'static str, Vec<u8>)>,
}

/// Cuts a linked program.
pub fn cut(program: &Path, modules: &'static [Module], out: &Path) -> Result<Cut, Failure> {
    let failed = |cause: Box<dyn std::error::Error + Send + Sync>| Failure::Split { cause };
    if out.exists() {
        at(out, fs::remove_dir_all(out))?;
    }
    let main = out.join("main.wasm");
    let wasm = at(program, fs::read(program))?;
    let mut options = Options::new(&wasm);
    (options.output_dir, options.main_out_path, options.link_name) = (out, &main, LOADER);
    let cut = transform(options).map_err(|cause| failed(cause.into()))?;

    let mut areas_of: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (area, pieces) in &cut.prefetch_map {
        for piece in pieces {
            areas_of.entry(piece).or_default().insert(area);
        }
    }
    let mut pieces_of: BTreeMap<&str, Vec<Vec<u8>>> = BTreeMap::new();
    for (piece, areas) in areas_of {
        let loaded_by_all = modules.iter().filter(|module| areas.iter().all(|area| module.areas.contains(area)));
        let module = loaded_by_all.min_by_key(|module| module.areas.len());
        let Some(module) = module else {
            return Err(failed(format!("no module is loaded by all of {areas:?}; see MODULES in products.rs").into()));
        };
        let file = out.join(format!("{piece}.wasm"));
        pieces_of.entry(module.name).or_default().push(at(&file, fs::read(&file))?);
    }
    let joined = modules.iter().filter_map(|module| Some((module.name, pieces_of.get(module.name)?)));
    let joined = joined.map(|(name, pieces)| Ok((name, join::join(pieces)?))).collect::<Result<Vec<_>, _>>();
    let (for_all, modules): (Vec<_>, Vec<_>) =
        joined.map_err(failed)?.into_iter().partition(|(name, _)| *name == PROGRAM);
    let for_all = for_all.into_iter().next().map(|(_, wasm)| wasm).unwrap_or_default();
    Ok(Cut { main, for_all, modules })
}

/// The program as `wasm-bindgen` left it, with what all areas share.
pub fn with_what_all_share(program: &[u8], for_all: &[u8], work: &Path) -> Result<Vec<u8>, Failure> {
    let bare = join::bare(program).map_err(|cause| Failure::Split { cause })?;
    let (first, second, both) = (work.join("bare.wasm"), work.join("for-all.wasm"), work.join("both.wasm"));
    at(&first, fs::write(&first, bare))?;
    at(&second, fs::write(&second, for_all))?;
    let mut command = npm_tools::binaryen("wasm-merge");
    // What the second asks `__wasm_split` for, the first has.
    command.arg(&first).arg("__wasm_split").arg(&second).arg("for_all").arg("-o").arg(&both);
    machine::run(&mut command)?;
    at(&both, fs::read(&both))
}
