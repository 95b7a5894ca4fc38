//! Circles of imports: sets of files of which each leads to each other one.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use super::imports::Imports;

/// All circles, each in the files' order.
pub fn circles(imports: &Imports) -> Vec<BTreeSet<PathBuf>> {
    let reached: BTreeMap<&Path, BTreeSet<&Path>> =
        imports.keys().map(|file| (file.as_path(), reached_from(imports, file))).collect();
    let mut found: Vec<BTreeSet<PathBuf>> = Vec::new();
    for (file, reach) in &reached {
        if !reach.contains(file) || found.iter().any(|circle| circle.contains(*file)) {
            continue;
        }
        let back = reach.iter().filter(|other| reached.get(*other).is_some_and(|theirs| theirs.contains(file)));
        found.push(back.map(|path| path.to_path_buf()).collect());
    }
    found
}

/// Everything that a file imports, and what that imports.
fn reached_from<'i>(imports: &'i Imports, file: &Path) -> BTreeSet<&'i Path> {
    let (mut reached, mut ahead) = (BTreeSet::new(), vec![file]);
    while let Some(file) = ahead.pop() {
        for next in imports.get(file).into_iter().flatten() {
            if reached.insert(next.as_path()) {
                ahead.push(next);
            }
        }
    }
    reached
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_circle_is_found_whole_and_what_only_leads_to_it_is_left_out() {
        let imports = [("a", "b"), ("b", "c"), ("c", "b"), ("c", "d"), ("d", "e"), ("e", "d"), ("f", "g")];
        let mut graph = Imports::new();
        for (from, to) in imports {
            graph.entry(from.into()).or_default().insert(to.into());
        }
        let circle = |files: [&str; 2]| files.map(PathBuf::from).into();
        assert_eq!(circles(&graph), [circle(["b", "c"]), circle(["d", "e"])]);
    }
}
