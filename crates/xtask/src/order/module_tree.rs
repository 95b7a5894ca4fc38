//! The modules of one crate: what each defines, and what it brings in by `use`.
//!
//! Reads files from the crate's root along `mod name;`. What stands under `#[cfg(test)]` is left out: tests may
//! look at anything. Refuses to resolve names: that is `imports`.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use super::token::{Kind, Token, tokens};

/// A module's place among [`ModuleTree::modules`]; the crate's root is 0.
pub type ModuleId = usize;

#[derive(Debug, Default)]
pub struct ModuleTree {
    pub modules: Vec<Module>,
    /// Where each `macro_rules!` of the crate stands.
    pub macros: BTreeMap<String, ModuleId>,
}

#[derive(Debug, Default)]
pub struct Module {
    /// The file that it stands in; several modules may stand in one.
    pub file: PathBuf,
    pub parent: Option<ModuleId>,
    pub children: BTreeMap<String, ModuleId>,
    /// Functions, types, constants and the like that are written here.
    pub items: BTreeSet<String>,
    pub uses: Vec<Use>,
    /// Paths and single names in code.
    pub mentions: BTreeSet<Vec<String>>,
    /// Names followed by `!`.
    pub macro_calls: BTreeSet<String>,
}

/// One name that a `use` brings in, or all names of a module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Use {
    pub path: Vec<String>,
    /// The name it has here; none for `*`.
    pub name: Option<String>,
    /// Seen outside this module: a signpost, and no import by itself.
    pub public: bool,
}

impl ModuleTree {
    /// Reads a crate from its root file. `load` gives a file's text, or nothing where there is no such file.
    pub fn read(root: &Path, load: &dyn Fn(&Path) -> Option<String>) -> ModuleTree {
        let mut tree = ModuleTree::default();
        let folder = root.parent().unwrap_or(Path::new("")).to_path_buf();
        if let Some(source) = load(root) {
            tree.read_file(None, root, &folder, &source, load);
        }
        tree
    }

    /// Reads a crate from the disk.
    pub fn from_disk(root: &Path) -> ModuleTree {
        ModuleTree::read(root, &|path| fs::read_to_string(path).ok())
    }

    fn read_file(
        &mut self,
        parent: Option<ModuleId>,
        file: &Path,
        folder: &Path,
        source: &str,
        load: &dyn Fn(&Path) -> Option<String>,
    ) -> ModuleId {
        let id = self.add(parent, file);
        let all = tokens(source);
        let mut reader = Reader { tree: self, tokens: &all, load };
        reader.module(id, 0, folder);
        id
    }

    fn add(&mut self, parent: Option<ModuleId>, file: &Path) -> ModuleId {
        self.modules.push(Module { file: file.to_path_buf(), parent, ..Module::default() });
        self.modules.len() - 1
    }
}

struct Reader<'t, 's> {
    tree: &'t mut ModuleTree,
    tokens: &'s [Token],
    load: &'s dyn Fn(&Path) -> Option<String>,
}

/// Keywords before the name of an item.
const ITEMS: [&str; 8] = ["fn", "struct", "enum", "union", "trait", "type", "const", "static"];

impl Reader<'_, '_> {
    fn word(&self, at: usize) -> Option<&str> {
        self.tokens.get(at)?.word()
    }

    fn is(&self, at: usize, sign: char) -> bool {
        self.tokens.get(at).is_some_and(|token| token.is(sign))
    }

    /// Reads a module's body from `at` to its closing brace or the file's end; answers where it ended.
    fn module(&mut self, id: ModuleId, mut at: usize, folder: &Path) -> usize {
        let (mut depth, mut path_of_file) = (0_usize, None);
        while at < self.tokens.len() {
            if self.is(at, '#') {
                let end = self.attribute_end(at);
                if self.only_in_tests(at, end) {
                    at = self.item_end(end);
                    continue;
                }
                path_of_file = self.path_attribute(at, end).or(path_of_file);
                // Attributes name things, too: `#[derive(…)]`, `#[serde(with = …)]`.
                at += 1;
                continue;
            }
            match self.tokens[at].kind {
                Kind::Sign('{') => depth += 1,
                Kind::Sign('}') if depth == 0 => return at + 1,
                Kind::Sign('}') => depth -= 1,
                Kind::Word(_) => {
                    at = self.words(id, at, depth, folder, &mut path_of_file);
                    continue;
                }
                _ => {}
            }
            at += 1;
        }
        at
    }

    /// Reads what begins with a word: `use`, `mod`, an item's head, a path. Answers where to go on.
    fn words(&mut self, id: ModuleId, at: usize, depth: usize, folder: &Path, named: &mut Option<String>) -> usize {
        let word = self.word(at).unwrap_or_default().to_owned();
        let next = self.word(at + 1).map(str::to_owned);
        match (word.as_str(), next) {
            ("use", _) => {
                let public = self.is_public(at);
                let mut uses = Vec::new();
                let end = self.use_tree(at + 1, Vec::new(), public, &mut uses);
                self.tree.modules[id].uses.extend(uses);
                end
            }
            ("mod", Some(name)) if self.is(at + 2, ';') => {
                self.file_module(id, &name, folder, named.take());
                at + 3
            }
            ("mod", Some(name)) if self.is(at + 2, '{') => {
                let file = self.tree.modules[id].file.clone();
                let child = self.tree.add(Some(id), &file);
                self.tree.modules[id].children.insert(name.clone(), child);
                self.module(child, at + 3, &folder.join(name))
            }
            ("macro_rules", _) if self.is(at + 1, '!') => {
                if let Some(name) = self.word(at + 2).map(str::to_owned) {
                    self.tree.modules[id].items.insert(name.clone());
                    self.tree.macros.insert(name, id);
                }
                at + 3
            }
            (keyword, Some(name)) if depth == 0 && ITEMS.contains(&keyword) && !ITEMS.contains(&name.as_str()) => {
                let name = if name == "mut" { self.word(at + 2).unwrap_or_default().to_owned() } else { name };
                self.tree.modules[id].items.insert(name);
                at + 2
            }
            _ => self.path(id, at),
        }
    }

    /// Reads `a::b::c` or a single name.
    fn path(&mut self, id: ModuleId, at: usize) -> usize {
        let mut path = vec![self.word(at).unwrap_or_default().to_owned()];
        let mut end = at + 1;
        while self.tokens.get(end).is_some_and(|token| token.kind == Kind::PathSeparator) {
            let Some(word) = self.word(end + 1) else { break };
            path.push(word.to_owned());
            end += 2;
        }
        let continues = at > 0 && (self.is(at - 1, '.') || self.tokens[at - 1].kind == Kind::PathSeparator);
        // `a..b` ends a range and names something, `a.b` is a field or a method.
        let is_range = at > 1 && self.is(at - 1, '.') && self.is(at - 2, '.');
        if !continues || is_range {
            if path.len() == 1 && self.is(end, '!') {
                self.tree.modules[id].macro_calls.insert(path[0].clone());
            }
            self.tree.modules[id].mentions.insert(path);
        }
        end
    }

    /// Reads a `use` from behind the keyword; answers where it ended.
    fn use_tree(&self, mut at: usize, mut path: Vec<String>, public: bool, out: &mut Vec<Use>) -> usize {
        loop {
            match self.tokens.get(at).map(|token| &token.kind) {
                Some(Kind::Word(word)) if word == "as" => {
                    let name = self.word(at + 1).unwrap_or("_").to_owned();
                    out.push(Use { path: without_self(path), name: Some(name), public });
                    return at + 2;
                }
                Some(Kind::Word(word)) => path.push(word.clone()),
                Some(Kind::PathSeparator) => {}
                Some(Kind::Sign('*')) => {
                    out.push(Use { path, name: None, public });
                    return at + 1;
                }
                Some(Kind::Sign('{')) => {
                    at += 1;
                    while at < self.tokens.len() && !self.is(at, '}') {
                        at = if self.is(at, ',') { at + 1 } else { self.use_tree(at, path.clone(), public, out) };
                    }
                    return at + 1;
                }
                _ => {
                    let path = without_self(path);
                    let name = path.last().cloned();
                    if name.is_some() {
                        out.push(Use { path, name, public });
                    }
                    return at;
                }
            }
            at += 1;
        }
    }

    /// Does `pub` or `pub(…)` stand before?
    fn is_public(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return false };
        if !self.is(before, ')') {
            return self.word(before) == Some("pub");
        }
        let open = (0..before).rev().find(|&at| self.is(at, '('));
        open.is_some_and(|open| open > 0 && self.word(open - 1) == Some("pub"))
    }

    fn file_module(&mut self, id: ModuleId, name: &str, folder: &Path, named: Option<String>) {
        let beside = named.map(|path| self.tree.modules[id].file.parent().unwrap_or(Path::new("")).join(path));
        let inside = folder.join(name);
        let candidates = match beside {
            Some(path) => vec![(path.clone(), path.parent().unwrap_or(Path::new("")).to_path_buf())],
            None => vec![(inside.with_extension("rs"), inside.clone()), (inside.join("mod.rs"), inside)],
        };
        for (file, folder) in candidates {
            if let Some(source) = (self.load)(&file) {
                let child = self.tree.read_file(Some(id), &file, &folder, &source, self.load);
                self.tree.modules[id].children.insert(name.to_owned(), child);
                return;
            }
        }
    }

    /// Where the attribute that begins at `at` ends.
    fn attribute_end(&self, at: usize) -> usize {
        let mut depth = 0_usize;
        for (place, token) in self.tokens.iter().enumerate().skip(at + 1) {
            match token.kind {
                Kind::Sign('[') => depth += 1,
                Kind::Sign(']') if depth <= 1 => return place + 1,
                Kind::Sign(']') => depth -= 1,
                Kind::Sign('!') => {}
                _ if depth == 0 => return place,
                _ => {}
            }
        }
        self.tokens.len()
    }

    fn only_in_tests(&self, start: usize, end: usize) -> bool {
        let words: Vec<&str> = self.tokens[start..end].iter().filter_map(Token::word).collect();
        words == ["cfg", "test"] || words == ["test"]
    }

    fn path_attribute(&self, start: usize, end: usize) -> Option<String> {
        match &self.tokens[start..end] {
            [_, _, word, _, Token { kind: Kind::Text(path), .. }, _] if word.word() == Some("path") => {
                Some(path.clone())
            }
            _ => None,
        }
    }

    /// Where the item that begins at `at` (further attributes first) ends: at its `;` or closing brace.
    fn item_end(&self, mut at: usize) -> usize {
        while self.is(at, '#') {
            at = self.attribute_end(at);
        }
        let visibility = ["pub", "crate", "super", "self", "in"];
        let mut words = self.tokens[at..].iter().filter_map(Token::word);
        let ends_in_sign = words.find(|word| !visibility.contains(word)) == Some("use");
        let mut depth = 0_usize;
        for (place, token) in self.tokens.iter().enumerate().skip(at) {
            match token.kind {
                Kind::Sign('{' | '(' | '[') => depth += 1,
                Kind::Sign('}') if depth == 0 => return place,
                Kind::Sign('}') if depth == 1 && !ends_in_sign => return place + 1,
                Kind::Sign('}' | ')' | ']') => depth = depth.saturating_sub(1),
                Kind::Sign(';') if depth == 0 => return place + 1,
                _ => {}
            }
        }
        self.tokens.len()
    }
}

/// `a::{self}` brings in `a`.
fn without_self(mut path: Vec<String>) -> Vec<String> {
    if path.len() > 1 && path.last().is_some_and(|word| word == "self") {
        path.pop();
    }
    path
}
