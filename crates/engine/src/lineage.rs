//! Whether the files of a data folder are those that were left in it.
//!
//! Owns what is looked at before a folder is used: a table whose file is missing, of another folder, older than
//! another file or the witness knows, or with an older file beside it. Refuses to own what is done about it: the
//! engine opens such a folder only when it is told that this is meant.

use std::collections::BTreeMap;
use std::path::Path;

use crate::error::EngineError;
use crate::finding::{Finding, Knows};
use crate::generation;
use crate::mark::{Marks, Memory, Progress};
use crate::witness::{self, Witness};

/// The newest file of a table.
struct Newest {
    progress: Progress,
    memory: Memory,
}

/// What a look at a folder's files gave.
pub(crate) struct Lineage {
    /// The folder's number; `None` where no file has one.
    pub(crate) home: Option<String>,
    pub(crate) findings: Vec<Finding>,
}

/// Looks at the files. `finished`: the generations of each table, in order. `expected`: tables that belong together,
/// the leading one first. `witnesses`: the folder of witnesses.
pub(crate) fn examine(
    directory: &Path,
    finished: &BTreeMap<String, Vec<u64>>,
    expected: &[&str],
    witnesses: Option<&Path>,
) -> Result<Lineage, EngineError> {
    let mut findings = Vec::new();
    let mut files = BTreeMap::new();
    for (table, generations) in finished {
        let Some((&generation, older)) = generations.split_last() else { continue };
        let memory = memory(directory, table, generation)?;
        for &old in older {
            // An interrupted rewriting leaves the file before this one, with all that is in this one. Files without
            // marks cannot say that they are equal.
            let is_left = old + 1 == generation
                && memory.mark.is_some()
                && self::memory(directory, table, old)?.mark == memory.mark;
            if !is_left {
                let file = generation::path(directory, table, old);
                let file = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
                findings.push(Finding::Superseded { table: table.clone(), file });
            }
        }
        let writes = memory.mark.as_ref().map_or(0, |mark| mark.writes);
        files.insert(table.clone(), Newest { progress: Progress { generation, writes }, memory });
    }
    let home_of = |file: &Newest| file.memory.mark.as_ref().map(|mark| mark.home.clone());
    let leading = expected.iter().filter_map(|table| files.get(*table)).chain(files.values());
    let home = leading.filter_map(home_of).next();
    let known = known(&files, home.as_deref(), witnesses);
    for (table, file) in &files {
        let known = known.get(table);
        match &file.memory.mark {
            // Marks are begun when a file is made, and for all files before any is seen by another.
            None if known.is_some() => findings.push(Finding::Foreign { table: table.clone() }),
            Some(mark) if Some(&mark.home) != home.as_ref() => findings.push(Finding::Foreign { table: table.clone() }),
            _ => {
                if let Some((known, by)) = known.filter(|(known, _)| file.progress.is_behind(*known)) {
                    let lacks = known.writes.saturating_sub(file.progress.writes);
                    findings.push(Finding::Older { table: table.clone(), lacks, by: by.clone() });
                }
            }
        }
    }
    let in_use = files.values().any(|file| file.memory.has_items);
    let expected = expected.iter().filter(|_| in_use).map(|table| (*table).to_owned());
    let mut missing: Vec<String> =
        known.into_keys().chain(expected).filter(|table| !files.contains_key(table)).collect();
    missing.sort();
    missing.dedup();
    findings.extend(missing.into_iter().map(|table| Finding::Missing { table }));
    Ok(Lineage { home, findings })
}

fn memory(directory: &Path, table: &str, generation: u64) -> Result<Memory, EngineError> {
    Marks::open(&generation::path(directory, table, generation), table)?.memory()
}

/// Whether this folder is a copy of one that is still where it was. Then both go on, each under a number of its own: what
/// one of them writes says nothing of the other.
pub(crate) fn is_copy(directory: &Path, home: &str, witnesses: &Path) -> bool {
    let Some(place) = witness::place(witnesses, home) else { return false };
    if place.canonicalize().ok() == directory.canonicalize().ok() {
        return false;
    }
    let files = generation::finished(&place).unwrap_or_default();
    files.iter().any(|(table, generations)| {
        let newest = generations.last().and_then(|newest| memory(&place, table, *newest).ok());
        newest.and_then(|memory| memory.mark).is_some_and(|mark| mark.home == home)
    })
}

/// How far each table had come at least, and who knows: of several the one who knows most.
fn known(
    files: &BTreeMap<String, Newest>,
    home: Option<&str>,
    witnesses: Option<&Path>,
) -> BTreeMap<String, (Progress, Knows)> {
    let mut known: BTreeMap<String, (Progress, Knows)> = BTreeMap::new();
    let mut learn = |table: &String, progress: Progress, by: Knows| match known.get(table) {
        Some((more, _)) if !more.is_behind(progress) => {}
        _ => {
            known.insert(table.clone(), (progress, by));
        }
    };
    for (by, file) in files {
        if file.memory.mark.as_ref().is_some_and(|mark| Some(mark.home.as_str()) == home) {
            for (table, progress) in &file.memory.seen {
                learn(table, *progress, Knows::Table(by.clone()));
            }
        }
    }
    if let (Some(directory), Some(home)) = (witnesses, home)
        && directory.join(home).is_file()
        && let Ok(witness) = Witness::of(directory, home)
    {
        for (table, progress) in witness.tables() {
            learn(table, *progress, Knows::Witness);
        }
    }
    known
}
