//! The modules of one crate: what each defines, and what it brings in by `use`.
//!
//! Reads files from the crate's root along `mod name;`. What stands under `#[cfg(test)]` is left out: tests may
//! look at anything. Refuses to resolve names: that is `imports`.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

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
    /// The modules that `uses` bring in as a whole; filled in by `imports`.
    pub all_of: Vec<ModuleId>,
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

/// Gives a file's text, or nothing where there is no such file.
type Load<'l> = &'l dyn Fn(&Path) -> Option<String>;

impl ModuleTree {
    /// Reads a crate from its root file.
    pub fn read(root: &Path, load: Load<'_>) -> ModuleTree {
        let mut reader = Reader { tree: ModuleTree::default(), load };
        if let Some(source) = load(root) {
            reader.file(None, root, folder_of(root), &source);
        }
        reader.tree
    }

    /// Reads a crate from the disk.
    pub fn from_disk(root: &Path) -> ModuleTree {
        ModuleTree::read(root, &|path| fs::read_to_string(path).ok())
    }
}

fn folder_of(file: &Path) -> &Path {
    file.parent().unwrap_or(Path::new(""))
}

struct Reader<'l> {
    tree: ModuleTree,
    load: Load<'l>,
}

/// Keywords before the name of an item.
const ITEMS: [&str; 8] = ["fn", "struct", "enum", "union", "trait", "type", "const", "static"];

/// A place in a module's tokens.
struct Place<'p> {
    module: ModuleId,
    /// Where the files of the module's children are.
    folder: &'p Path,
    /// Not inside a function or another item.
    is_top: bool,
}

impl Reader<'_> {
    fn file(&mut self, parent: Option<ModuleId>, file: &Path, folder: &Path, source: &str) -> ModuleId {
        let module = self.add(parent, file);
        // What is no Rust has no imports, and the compiler refuses it.
        let tokens = source.parse::<TokenStream>().unwrap_or_default();
        self.stream(&Place { module, folder, is_top: true }, tokens);
        module
    }

    fn add(&mut self, parent: Option<ModuleId>, file: &Path) -> ModuleId {
        self.tree.modules.push(Module { file: file.to_path_buf(), parent, ..Module::default() });
        self.tree.modules.len() - 1
    }

    fn stream(&mut self, place: &Place<'_>, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let (mut at, mut named) = (0, None);
        while at < tokens.len() {
            if let Some((attribute, end)) = attribute(&tokens, at) {
                if is_for_tests(attribute) {
                    at = item_end(&tokens, end);
                    continue;
                }
                named = path_of_file(attribute).or(named);
                // Attributes name things, too: `#[derive(…)]`, `#[serde(with = …)]`.
                self.stream(&Place { is_top: false, ..*place }, attribute.stream());
                at = end;
            } else if let TokenTree::Group(group) = &tokens[at] {
                self.stream(&Place { is_top: false, ..*place }, group.stream());
                at += 1;
            } else if is(&tokens, at, '\'') {
                at += 2;
            } else if word(&tokens, at).is_some() {
                at = self.words(place, &tokens, at, &mut named);
            } else {
                at += 1;
            }
        }
    }

    /// Reads what begins with a word: `use`, `mod`, an item's head, a path. Answers where to go on.
    fn words(&mut self, place: &Place<'_>, tokens: &[TokenTree], at: usize, named: &mut Option<String>) -> usize {
        let (first, next) = (word(tokens, at).unwrap_or_default(), word(tokens, at + 1));
        let module = &mut self.tree.modules[place.module];
        match (first.as_str(), next) {
            ("use", _) => {
                let length = tokens[at..].iter().position(|token| is_sign(token, ';')).unwrap_or(tokens.len() - at);
                use_tree(&tokens[at + 1..at + length], &[], is_public(&tokens[..at]), &mut module.uses);
                at + length
            }
            ("mod", Some(name)) if is(tokens, at + 2, ';') => {
                self.file_module(place, &name, named.take());
                at + 3
            }
            ("mod", Some(name)) => {
                let file = module.file.clone();
                let child = self.add(Some(place.module), &file);
                self.tree.modules[place.module].children.insert(name.clone(), child);
                if let Some(TokenTree::Group(body)) = tokens.get(at + 2) {
                    let folder = place.folder.join(name);
                    self.stream(&Place { module: child, folder: &folder, is_top: true }, body.stream());
                }
                at + 3
            }
            ("macro_rules", _) => {
                if let Some(name) = word(tokens, at + 2) {
                    module.items.insert(name.clone());
                    self.tree.macros.insert(name, place.module);
                }
                at + 3
            }
            (keyword, Some(name)) if place.is_top && ITEMS.contains(&keyword) && !ITEMS.contains(&name.as_str()) => {
                let name = if name == "mut" { word(tokens, at + 2).unwrap_or_default() } else { name };
                module.items.insert(name);
                at + 2
            }
            _ => path(module, tokens, at),
        }
    }

    fn file_module(&mut self, place: &Place<'_>, name: &str, named: Option<String>) {
        let inside = place.folder.join(name);
        let candidates = match named {
            Some(path) => {
                let file = folder_of(&self.tree.modules[place.module].file).join(path);
                vec![(file.clone(), folder_of(&file).to_path_buf())]
            }
            None => vec![(inside.with_extension("rs"), inside.clone()), (inside.join("mod.rs"), inside)],
        };
        let found = candidates.into_iter().find_map(|(file, folder)| Some(((self.load)(&file)?, file, folder)));
        if let Some((source, file, folder)) = found {
            let child = self.file(Some(place.module), &file, &folder, &source);
            self.tree.modules[place.module].children.insert(name.to_owned(), child);
        }
    }
}

fn word(tokens: &[TokenTree], at: usize) -> Option<String> {
    match tokens.get(at) {
        Some(TokenTree::Ident(ident)) => Some(ident.to_string()),
        _ => None,
    }
}

fn is_sign(token: &TokenTree, sign: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == sign)
}

fn is(tokens: &[TokenTree], at: usize, sign: char) -> bool {
    tokens.get(at).is_some_and(|token| is_sign(token, sign))
}

/// Does `::` begin here?
fn is_separator(tokens: &[TokenTree], at: usize) -> bool {
    is(tokens, at, ':') && is(tokens, at + 1, ':')
}

/// The attribute that begins here, and where it ends.
fn attribute(tokens: &[TokenTree], at: usize) -> Option<(&Group, usize)> {
    let group = at + if is(tokens, at + 1, '!') { 2 } else { 1 };
    match tokens.get(group) {
        Some(TokenTree::Group(content)) if is(tokens, at, '#') => Some((content, group + 1)),
        _ => None,
    }
}

fn is_for_tests(attribute: &Group) -> bool {
    matches!(attribute.stream().to_string().replace(' ', "").as_str(), "cfg(test)" | "test")
}

/// The file that `#[path = "…"]` names.
fn path_of_file(attribute: &Group) -> Option<String> {
    let text = attribute.stream().to_string();
    Some(text.strip_prefix("path = \"")?.strip_suffix('"')?.to_owned())
}

/// Where the item that begins at `at` (further attributes first) ends: behind its `;` or its braces.
fn item_end(tokens: &[TokenTree], mut at: usize) -> usize {
    while let Some((_, end)) = attribute(tokens, at) {
        at = end;
    }
    let is_use = tokens[at..].iter().take(3).any(|token| token.to_string() == "use");
    let ends = |token: &TokenTree| match token {
        TokenTree::Group(group) => group.delimiter() == Delimiter::Brace && !is_use,
        token => is_sign(token, ';'),
    };
    tokens[at..].iter().position(ends).map_or(tokens.len(), |length| at + length + 1)
}

/// Does `pub` or `pub(…)` stand last?
fn is_public(before: &[TokenTree]) -> bool {
    let last = before.iter().rev().find(|token| !matches!(token, TokenTree::Group(_)));
    last.is_some_and(|token| token.to_string() == "pub")
}

/// Reads `a::b::c` or a single name; answers where it ended.
fn path(module: &mut Module, tokens: &[TokenTree], at: usize) -> usize {
    let mut path = vec![word(tokens, at).unwrap_or_default()];
    let mut end = at + 1;
    while is_separator(tokens, end)
        && let Some(next) = word(tokens, end + 2)
    {
        path.push(next);
        end += 3;
    }
    // `a.b` is a field or a method and `a::<B>::c` goes on; `a..b` ends a range and names something.
    let before = |back: usize, sign: char| at.checked_sub(back).is_some_and(|before| is(tokens, before, sign));
    if before(1, '.') && !before(2, '.') || before(1, ':') && before(2, ':') {
        return end;
    }
    if path.len() == 1 && is(tokens, end, '!') {
        module.macro_calls.insert(path[0].clone());
    }
    module.mentions.insert(path);
    end
}

/// Reads what a `use` brings in, below a path.
fn use_tree(tokens: &[TokenTree], above: &[String], public: bool, out: &mut Vec<Use>) {
    for branch in tokens.split(|token| is_sign(token, ',')) {
        let mut path = above.to_vec();
        let mut name = None;
        let mut words = branch.iter().filter(|token| !is_sign(token, ':'));
        while let Some(token) = words.next() {
            match token {
                TokenTree::Group(group) => {
                    let inside: Vec<TokenTree> = group.stream().into_iter().collect();
                    use_tree(&inside, &path, public, out);
                    path.clear();
                }
                TokenTree::Ident(ident) if ident == "as" => name = words.next().map(ToString::to_string),
                TokenTree::Ident(ident) => path.push(ident.to_string()),
                _ => {
                    out.push(Use { path: std::mem::take(&mut path), name: None, public });
                }
            }
        }
        // `a::{self}` brings in `a`.
        if path.len() > 1 && path.last().is_some_and(|last| last == "self") {
            path.pop();
        }
        if let Some(last) = path.last() {
            out.push(Use { name: Some(name.unwrap_or_else(|| last.clone())), path, public });
        }
    }
}
