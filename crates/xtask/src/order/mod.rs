//! `cargo xtask test order`: circles of imports between the files of a crate, long files, long functions, and paths
//! in papers and comments that lead nowhere.
//!
//! Each is a failure unless `crates/xtask/exceptions.txt` lists it with a reason, and so is an exception that is
//! no longer needed. Refuses to judge anything else of the code: that is clippy's.

mod circles;
mod exceptions;
mod imports;
mod length;
mod module_tree;
mod named_paths;

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::Stdio,
};

use crate::{
    failure::{Failure, at},
    machine,
};

use exceptions::{Exceptions, Finding};
use imports::Imports;
use module_tree::ModuleTree;

/// Looks at all packages of the workspace.
pub fn check() -> Result<(), Failure> {
    let root = machine::root();
    let list = root.join("crates/xtask/exceptions.txt");
    let text = at(&list, fs::read_to_string(&list))?;
    let Some(exceptions) = Exceptions::read(&text) else {
        return Err(Failure::Unexpected {
            path: list,
            what: "an exception is not `circle|file|function|path NAMES: REASON`",
        });
    };
    let judged = exceptions.judge(findings(&root)?);
    for (finding, reason) in &judged.excused {
        println!("   {finding}: {reason}");
    }
    for finding in &judged.unexcused {
        eprintln!("   not allowed: {finding}");
    }
    for finding in &judged.stale {
        eprintln!("   no longer so, take it out of exceptions.txt: {finding}");
    }
    if judged.unexcused.is_empty() && judged.stale.is_empty() {
        return Ok(());
    }
    Err(Failure::Unexpected { path: list, what: "does not say what is so (above)" })
}

fn findings(root: &Path) -> Result<BTreeSet<Finding>, Failure> {
    let mut found = BTreeSet::new();
    let mut files = BTreeSet::new();
    for package in crate_roots(root)? {
        let mut imports = Imports::new();
        for crate_root in package {
            imports::add(ModuleTree::from_disk(&crate_root), &mut imports);
        }
        found.extend(
            circles::circles(&imports)
                .into_iter()
                .map(|circle| Finding::Circle(circle.iter().map(|file| name_of(root, file)).collect())),
        );
        files.extend(imports.into_keys());
    }
    for path in files {
        let source = at(&path, fs::read_to_string(&path))?;
        let name = name_of(root, &path);
        if length::of_file(&source) > length::LONGEST_FILE {
            found.insert(Finding::File(name.clone()));
        }
        let long = length::of_functions(&source).into_iter().filter(|it| it.lines > length::LONGEST_FUNCTION);
        found.extend(long.map(|function| Finding::Function { file: name.clone(), name: function.name }));
    }
    for path in at(root, named_paths::texts(root))? {
        let text = at(&path, fs::read_to_string(&path))?;
        let missing = named_paths::missing(root, &path, &text).into_iter();
        found.extend(missing.map(|named| Finding::Path { file: name_of(root, &path), named }));
    }
    Ok(found)
}

fn name_of(root: &Path, file: &Path) -> String {
    // A file named by `#[path = "../…"]` has one name, too.
    let file = file.canonicalize().unwrap_or_else(|_| file.to_path_buf());
    file.strip_prefix(root).unwrap_or(&file).display().to_string()
}

/// The root files of all crates, by package.
fn crate_roots(root: &Path) -> Result<Vec<Vec<PathBuf>>, Failure> {
    let mut cargo = machine::cargo();
    cargo.args(["metadata", "--no-deps", "--format-version", "1"]).stderr(Stdio::inherit());
    let answer = at(root, cargo.output())?;
    let unexpected = |_| Failure::Unexpected { path: root.to_path_buf(), what: "`cargo metadata` gave no JSON" };
    let metadata: serde_json::Value = serde_json::from_slice(&answer.stdout).map_err(unexpected)?;
    let packages = metadata["packages"].as_array().into_iter().flatten();
    let roots = |package: &serde_json::Value| {
        let targets = package["targets"].as_array().into_iter().flatten();
        targets.filter_map(|target| Some(PathBuf::from(target["src_path"].as_str()?))).collect()
    };
    Ok(packages.map(roots).collect())
}
