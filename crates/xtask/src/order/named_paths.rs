//! Files and folders of the workspace that its papers and comments name: all of them are there.

use std::{
    collections::BTreeSet,
    fs, io,
    path::{Path, PathBuf},
};

/// What a path in a text begins with, if it is meant from the workspace's root.
const TOP: [&str; 6] = ["app/", "crates/", "docs/", "functions/", "infra/", "tests/"];
const READ: [&str; 5] = ["md", "rs", "sh", "toml", "yaml"];
const MADE_HERE: [&str; 5] = ["target", "dist", "data", "node_modules", "shots"];

/// All texts below a folder, without what builds and tests make.
pub fn texts(folder: &Path) -> io::Result<BTreeSet<PathBuf>> {
    let (mut found, mut folders) = (BTreeSet::new(), vec![folder.to_path_buf()]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder)? {
            let path = entry?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            if path.is_dir() && !name.starts_with('.') && !MADE_HERE.contains(&&*name) {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| READ.iter().any(|read| extension == *read)) {
                found.insert(path);
            }
        }
    }
    Ok(found)
}

/// The paths that a text names and that are not there, from its own folder or from one above it.
pub fn missing(root: &Path, file: &Path, text: &str) -> BTreeSet<String> {
    let above = || file.ancestors().skip(1).take_while(|folder| folder.starts_with(root));
    let links = if file.extension().is_some_and(|extension| extension == "md") { links(text) } else { BTreeSet::new() };
    let paths = named(text).into_iter().filter(|path| above().all(|folder| !folder.join(path).exists()));
    let links = links.into_iter().filter(|path| above().next().is_some_and(|folder| !folder.join(path).exists()));
    paths.chain(links).map(str::to_owned).collect()
}

/// Words that begin with a folder of the workspace.
fn named(text: &str) -> BTreeSet<&str> {
    let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || "_-./".contains(c)));
    let words = words.map(|word| word.trim_start_matches("../").trim_end_matches('.'));
    words.filter(|word| TOP.iter().any(|top| word.starts_with(top))).collect()
}

/// Where Markdown's links lead, other hosts and places on the page itself left out.
fn links(text: &str) -> BTreeSet<&str> {
    let targets = text.split("](").skip(1).filter_map(|rest| rest.split([')', '#']).next());
    targets
        .filter(|target| !target.is_empty() && !target.contains("://") && !target.contains(char::is_whitespace))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_found_in_sentences_and_links_in_markdown() {
        // Put together, because this file is read, too.
        let [one, two] = ["crates", "tests"].map(|top| format!("{top}/a_file"));
        let text = format!("See `{one}.rs`, ../{two}. Not /app/x, my-app/y or http://a.b/docs/z; [d](e.md#f) [g](#h).");
        assert_eq!(named(&text).into_iter().collect::<Vec<_>>(), [format!("{one}.rs"), two]);
        assert_eq!(links(&text).into_iter().collect::<Vec<_>>(), ["e.md"]);
    }
}
