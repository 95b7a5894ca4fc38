//! Short names for what a program asks its script for.
//!
//! `wasm-bindgen` calls each of these functions by what it does and a hash of sixteen digits, which nothing compresses; both
//! sides have all of these names. Nothing but the program and its own script reads them.

use std::collections::BTreeMap;

use wasm_encoder::{ImportSection, Module, reencode, reencode::Reencode};
use wasmparser::{ImportSectionReader, Parser, Payload};

/// Why names could not be changed.
type Fault = Box<dyn std::error::Error + Send + Sync>;

/// The name of the script, as the program gets it.
const SCRIPT: &str = "s";

/// Writes a program with other names for what it imports from a script.
struct Renamed<'a> {
    script: &'a str,
    names: &'a BTreeMap<String, String>,
}

impl Reencode for Renamed<'_> {
    type Error = std::convert::Infallible;

    fn parse_import_section(
        &mut self,
        imports: &mut ImportSection,
        section: ImportSectionReader,
    ) -> Result<(), reencode::Error<Self::Error>> {
        for import in section.into_imports() {
            let import = import?;
            let kind = self.entity_type(import.ty)?;
            match self.names.get(import.name).filter(|_| import.module == self.script) {
                Some(short) => imports.import(SCRIPT, short, kind),
                None => imports.import(import.module, import.name, kind),
            };
        }
        Ok(())
    }
}

/// A bundle's script and program, with short names for what the program imports from `script_name`.
pub fn shorten(script: &str, program: &[u8], script_name: &str) -> Result<(String, Vec<u8>), Fault> {
    let mut names = BTreeMap::new();
    for payload in Parser::new(0).parse_all(program) {
        if let Payload::ImportSection(imports) = payload? {
            for import in imports.into_imports() {
                let import = import?;
                if import.module == script_name {
                    let next = format!("_{}", names.len());
                    names.entry(import.name.to_owned()).or_insert(next);
                }
            }
        }
    }
    let mut module = Module::new();
    Renamed { script: script_name, names: &names }.parse_core_module(&mut module, Parser::new(0), program)?;
    let quoted = |name: &str| format!("\"{name}\"");
    let script = renamed(script, &names).replace(&quoted(script_name), &quoted(SCRIPT));
    Ok((script, module.finish()))
}

/// A script with other words in the place of some.
fn renamed(script: &str, names: &BTreeMap<String, String>) -> String {
    let is_of_word = |sign: char| sign.is_ascii_alphanumeric() || sign == '_' || sign == '$';
    let mut out = String::with_capacity(script.len());
    let mut rest = script;
    while !rest.is_empty() {
        let word = rest.find(|sign| !is_of_word(sign)).unwrap_or(rest.len());
        let (first, others) = rest.split_at(word);
        out.push_str(names.get(first).map_or(first, String::as_str));
        let between = others.find(is_of_word).unwrap_or(others.len());
        out.push_str(&others[..between]);
        rest = &others[between..];
    }
    out
}

#[cfg(test)]
mod tests {
    use wasm_encoder::{EntityType, TypeSection};

    use super::*;

    fn program(imports: &[(&str, &str)]) -> Vec<u8> {
        let mut types = TypeSection::new();
        types.ty().function([], []);
        let mut section = ImportSection::new();
        for (module, name) in imports {
            section.import(module, name, EntityType::Function(0));
        }
        let mut module = Module::new();
        module.section(&types).section(&section);
        module.finish()
    }

    #[test]
    fn both_sides_call_by_the_same_short_names_and_others_keep_theirs() {
        let before =
            program(&[("./a.js", "__wbg_now_0a"), ("./other.js", "__wbg_now_0a"), ("./a.js", "__wbg_now_0ab")]);
        let script = "const f = { __wbg_now_0ab: () => 1, __wbg_now_0a: now };\nreturn { \"./a.js\": f };";
        let (script, after) = shorten(script, &before, "./a.js").expect("a program");
        assert_eq!(script, "const f = { _1: () => 1, _0: now };\nreturn { \"s\": f };");
        assert_eq!(after, program(&[("s", "_0"), ("./other.js", "__wbg_now_0a"), ("s", "_1")]));
    }
}
