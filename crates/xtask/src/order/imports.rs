//! Which file of a crate imports which other one.
//!
//! A file imports the file where a thing *stands* that it names by `crate::`, `super::`, `self::`, by a name that a
//! `use` brought in, or by a macro's name. `mod child;` is no import, and neither is a `pub use` whose name the file
//! does not use itself: both only say where things are.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
};

use super::module_tree::{ModuleId, ModuleTree};

/// From each file, the files that it imports.
pub type Imports = BTreeMap<PathBuf, BTreeSet<PathBuf>>;

/// What a path leads to.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Target {
    Module(ModuleId),
    /// Something that stands in this module.
    ItemOf(ModuleId),
}

/// Which names were looked for in which modules on the way: `use` may lead in circles.
type Seen = BTreeSet<(ModuleId, Vec<String>)>;

/// Adds a crate's imports.
pub fn add(mut tree: ModuleTree, imports: &mut Imports) {
    for id in 0..tree.modules.len() {
        tree.modules[id].all_of = tree.globs(id);
    }
    for (id, module) in tree.modules.iter().enumerate() {
        let mut targets = BTreeSet::new();
        for brought in &module.uses {
            let used = |name: &String| !brought.public || module.mentions.iter().any(|path| path[0] == *name);
            // `*` of a module counts where a name is used; `*` of an enum is a use of the enum.
            if brought.name.as_ref().is_none_or(used) {
                targets.extend(tree.resolve(id, &brought.path, &mut Seen::new()));
            }
        }
        for path in &module.mentions {
            targets.extend(tree.mention(id, path));
        }
        for name in &module.macro_calls {
            targets.extend(tree.macros.get(name).map(|&at| Target::ItemOf(at)));
        }
        let files = imports.entry(module.file.clone()).or_default();
        for target in targets {
            if let Target::ItemOf(at) = target
                && tree.modules[at].file != module.file
            {
                files.insert(tree.modules[at].file.clone());
            }
        }
    }
}

impl ModuleTree {
    /// What a path in code leads to. A single name that is written or brought in here leads nowhere further: its
    /// `use` has been counted.
    fn mention(&self, id: ModuleId, path: &[String]) -> Vec<Target> {
        let first = path[0].as_str();
        let module = &self.modules[id];
        if path.len() > 1 && (is_keyword(first) || module.children.contains_key(first)) {
            return self.resolve(id, path, &mut Seen::new());
        }
        let named = module.uses.iter().any(|brought| brought.name.as_deref() == Some(first));
        match (named, path.len()) {
            (true, 1) => Vec::new(),
            (true, _) => self.resolve(id, path, &mut Seen::new()),
            (false, _) if module.items.contains(first) => Vec::new(),
            (false, _) => self.through_globs(id, path, &mut Seen::new()),
        }
    }

    /// Follows a path from inside a module.
    fn resolve(&self, from: ModuleId, path: &[String], seen: &mut Seen) -> Vec<Target> {
        let (mut at, mut rest) = (from, path);
        while let Some((first, further)) = rest.split_first() {
            match first.as_str() {
                "crate" => at = 0,
                "self" => {}
                "super" => match self.modules[at].parent {
                    Some(parent) => at = parent,
                    None => return Vec::new(),
                },
                _ => break,
            }
            rest = further;
        }
        if rest.is_empty() {
            return vec![Target::Module(at)];
        }
        let known = rest.len() < path.len();
        self.inside(at, rest, known, seen)
    }

    /// Follows names inside a module. What is `known` to stand here but is not found (a macro wrote it) counts as
    /// standing here; else it is another crate's.
    fn inside(&self, at: ModuleId, path: &[String], known: bool, seen: &mut Seen) -> Vec<Target> {
        let module = &self.modules[at];
        let Some((name, further)) = path.split_first() else { return vec![Target::Module(at)] };
        if !seen.insert((at, path.to_vec())) {
            return Vec::new();
        }
        let mut found = Vec::new();
        if let Some(&child) = module.children.get(name) {
            found.extend(self.inside(child, further, true, seen));
        }
        if module.items.contains(name) {
            found.push(Target::ItemOf(at));
        }
        if !found.is_empty() {
            return found;
        }
        for brought in module.uses.iter().filter(|brought| brought.name.as_ref() == Some(name)) {
            // `use a::a`, where no `a` stands here, begins with the name of another crate.
            if brought.path.first() != Some(name) {
                let path: Vec<String> = brought.path.iter().chain(further).cloned().collect();
                found.extend(self.resolve(at, &path, seen));
            }
        }
        if found.is_empty() {
            found = self.through_globs(at, path, seen);
        }
        if found.is_empty() {
            found.extend(self.macros.get(name).map(|&at| Target::ItemOf(at)));
        }
        if found.is_empty() && known {
            let of_other_crate = module.uses.iter().any(|brought| brought.name.as_ref() == Some(name));
            if !of_other_crate {
                found.push(Target::ItemOf(at));
            }
        }
        found
    }

    /// Looks for a path's first name in the modules of which everything is brought in.
    fn through_globs(&self, at: ModuleId, path: &[String], seen: &mut Seen) -> Vec<Target> {
        self.modules[at].all_of.iter().flat_map(|&module| self.inside(module, path, false, seen)).collect()
    }

    /// The modules of which everything is brought in; those of other crates are not among them.
    fn globs(&self, id: ModuleId) -> Vec<ModuleId> {
        let globs = self.modules[id].uses.iter().filter(|brought| brought.name.is_none());
        let targets = globs.flat_map(|glob| self.resolve(id, &glob.path, &mut Seen::new()));
        let modules = targets.filter_map(|target| match target {
            Target::Module(module) => Some(module),
            Target::ItemOf(_) => None,
        });
        modules.collect()
    }
}

fn is_keyword(word: &str) -> bool {
    matches!(word, "crate" | "self" | "super")
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    /// The imports of a crate of these files, `lib.rs` first, as lines `from -> to`.
    fn imports(files: &[(&str, &str)]) -> Vec<String> {
        let text = |path: &Path| files.iter().find(|file| Path::new(file.0) == path).map(|file| file.1.to_owned());
        let mut found = Imports::new();
        add(ModuleTree::read(Path::new(files[0].0), &text), &mut found);
        let lines = found
            .iter()
            .flat_map(|(from, all)| all.iter().map(move |to| format!("{} -> {}", from.display(), to.display())));
        let mut lines: Vec<String> = lines.collect();
        lines.sort();
        lines
    }

    #[test]
    fn a_path_leads_to_the_file_where_the_thing_stands() {
        let lib = "mod a; pub mod b; pub use b::{Deep, c::Deeper as Renamed};";
        let files = [
            ("lib.rs", lib),
            ("a.rs", "use crate::{Deep, Renamed}; fn f() -> Deep { super::b::other() }"),
            ("b.rs", "pub mod c; pub struct Deep; pub fn other() {}"),
            ("b/c.rs", "use super::Deep; pub struct Deeper(Deep);"),
        ];
        assert_eq!(imports(&files), ["a.rs -> b.rs", "a.rs -> b/c.rs", "b/c.rs -> b.rs"]);
    }

    #[test]
    fn a_module_that_declares_and_shows_its_children_does_not_import_them() {
        let files = [("lib.rs", "mod a; pub use a::A; pub struct B;"), ("a.rs", "pub struct A(crate::B);")];
        assert_eq!(imports(&files), ["a.rs -> lib.rs"]);
        let files = [("lib.rs", "mod a; pub use a::A; pub struct B(A);"), ("a.rs", "pub struct A(crate::B);")];
        assert_eq!(imports(&files), ["a.rs -> lib.rs", "lib.rs -> a.rs"]);
    }

    #[test]
    fn a_module_brought_in_is_followed_to_what_is_named_in_it() {
        let files = [
            ("lib.rs", "mod a; mod b;"),
            ("a.rs", "use crate::b; use super::b::{self as other}; fn f() { b::here(); other::there() }"),
            ("b.rs", "mod c; pub use c::there; pub fn here() {}"),
            ("b/c.rs", "pub fn there() {}"),
        ];
        assert_eq!(imports(&files), ["a.rs -> b.rs", "a.rs -> b/c.rs"]);
    }

    #[test]
    fn stars_count_where_a_name_is_used() {
        let files = [
            ("lib.rs", "mod a; mod b; pub struct Used; pub struct Unused;"),
            ("a.rs", "use super::*; use crate::b::Kind::*; fn f(_: Used) {}"),
            ("b.rs", "use super::*; pub enum Kind { One }"),
        ];
        assert_eq!(imports(&files), ["a.rs -> b.rs", "a.rs -> lib.rs"]);
    }

    #[test]
    fn tests_strings_and_other_crates_are_no_imports() {
        let files = [
            ("lib.rs", "mod a; mod b; pub fn f() {}"),
            (
                "a.rs",
                "use serde::b; use text::f; #[cfg(test)] mod tests { use crate::b::{x}; } const S: &str = \"crate::f\";",
            ),
            ("b.rs", "// crate::f\n#[cfg(test)]\nuse crate::{f};\n#[cfg(test)]\nfn x() { crate::f() } pub fn y() {}"),
        ];
        assert_eq!(imports(&files), [""; 0]);
    }

    #[test]
    fn macros_and_what_they_write_count_where_they_stand() {
        let files = [
            ("lib.rs", "#[macro_use] mod a; mod b; mod c;"),
            ("a.rs", "#[macro_export] macro_rules! ids { ($n:ident) => { struct $n; } } ids! { Id }"),
            ("b.rs", "ids! { Other }"),
            ("c.rs", "crate::ids!(More); fn f(_: crate::b::Other) {}"),
        ];
        assert_eq!(imports(&files), ["b.rs -> a.rs", "c.rs -> a.rs", "c.rs -> b.rs"]);
    }

    #[test]
    fn modules_inside_a_file_and_files_named_by_path_are_found() {
        let files = [
            ("lib.rs", "mod a { pub mod b; pub fn f() {} } #[path = \"elsewhere.rs\"] mod c;"),
            ("a/b.rs", "fn g() { super::f(); super::super::c::h() }"),
            ("elsewhere.rs", "pub fn h() {}"),
        ];
        assert_eq!(imports(&files), ["a/b.rs -> elsewhere.rs", "a/b.rs -> lib.rs"]);
    }
}
