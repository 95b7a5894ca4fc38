//! The part of a bundle's script that loads the areas of its program.
//!
//! An area's modules have the program's memory, its table of functions and its stack pointer, and are started once each. A
//! module that was not to be had is asked for again when the area is. One that the server has no more, because a newer
//! edition of the app is there, is got by loading the page anew.

use std::{collections::BTreeMap, path::PathBuf};

use crate::{failure::Failure, products::Module, split::LOADER};

const CODE: &str = r#"const areaModules = {};
let newerEdition = false;
function areaModule(url) {
areaModules[url] ??= (async () => {
const answer = await fetch(url);
if (!answer.ok) {
newerEdition = answer.status === 404;
throw new Error(url + ": " + answer.status);
}
await WebAssembly.instantiateStreaming(answer, { __wasm_split: wasm });
})();
areaModules[url].catch(() => { delete areaModules[url]; });
return areaModules[url];
}
async function area(urls, callback, data) {
if (newerEdition) {
location.reload();
return;
}
let here = true;
try {
await Promise.all(urls.map(areaModule));
} catch (e) {
console.error(e);
here = false;
}
wasm.__indirect_function_table.get(callback)(data, here);
}
"#;

/// The addresses of the modules of an area, as a script writes them.
pub fn modules_of(area: &str, modules: &[Module], made: &BTreeMap<&str, (String, usize)>) -> String {
    let of_area = modules.iter().filter(|module| module.areas.contains(&area));
    let urls: Vec<String> = of_area.filter_map(|module| Some(format!("\"{}\"", made.get(module.name)?.0))).collect();
    format!("[{}]", urls.join(","))
}

/// The areas that a program is cut into.
pub fn areas_of(modules: &[Module]) -> Vec<&'static str> {
    let mut areas: Vec<_> = modules.iter().flat_map(|module| module.areas).copied().collect();
    areas.sort_unstable();
    areas.dedup();
    areas
}

/// A script as `wasm-bindgen` wrote it, which imports a script that loads the areas: with that script's code in it instead.
/// Neither could name the other by an address that has a hash of its content.
pub fn with_areas(script: &str, modules: &[Module], made: &BTreeMap<&str, (String, usize)>) -> Result<String, Failure> {
    let unexpected = Failure::Unexpected {
        path: PathBuf::from("target/app/office/office.js"),
        what: "does not import the areas in the way that this build knows; see crates/xtask/src/loader.rs",
    };
    let from = format!(" from \"{LOADER}\"");
    let mut out = String::new();
    let mut names = Vec::new();
    for line in script.lines() {
        let import = line.strip_prefix("import * as ").and_then(|rest| rest.split_once(from.as_str()));
        match import {
            Some((name, _)) => names.push(name),
            None => out.extend([line, "\n"]),
        }
    }
    let Some((first, others)) = names.split_first() else { return Err(unexpected) };
    let mut head = CODE.to_owned();
    head.push_str(&format!("const {first} = {{\n"));
    for area in areas_of(modules) {
        let urls = modules_of(area, modules, made);
        head.push_str(&format!("__wasm_split_load_{area}: (callback, data) => {{ area({urls}, callback, data); }},\n"));
    }
    head.push_str("};\n");
    for other in others {
        head.push_str(&format!("const {other} = {first};\n"));
    }
    Ok(head + &out)
}
