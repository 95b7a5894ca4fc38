//! Which file of a table is the current one: `<table>.<generation>.db`, the greatest generation that is there.
//!
//! A new generation is written as `.tmp`, made durable, and renamed; the rename is the moment it becomes current.
//! Generations have different names so that SQLite can never take the old file's log for the new file's: renaming
//! over `box.db` while a `box.db-wal` is about would do just that.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

/// The generation of a table that was never rewritten.
pub(crate) const FIRST: u64 = 1;

/// The current file of a table.
pub(crate) fn path(directory: &Path, table: &str, generation: u64) -> PathBuf {
    directory.join(format!("{table}.{generation}.db"))
}

/// The file that will be the current one when it is finished.
pub(crate) fn unfinished_path(directory: &Path, table: &str, generation: u64) -> PathBuf {
    directory.join(format!("{table}.{generation}.tmp"))
}

/// Removes a database file with its log, shared memory and journal, and makes the removal durable.
pub(crate) fn remove(directory: &Path, file: &Path) -> io::Result<()> {
    for suffix in ["-wal", "-shm", "-journal", ""] {
        let mut name = file.as_os_str().to_owned();
        name.push(suffix);
        match fs::remove_file(PathBuf::from(name)) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
    }
    sync_directory(directory)
}

/// What stands behind the name of a file that was set aside.
const ASIDE: &str = "aside";

/// Sets a database file aside with its log and journal, under a name that no table has: `<table>.<generation>.db.aside`,
/// or `.aside2` and so on. The log goes first, and a file that was set aside is never replaced, so whatever is
/// interrupted, file and log come together under one name at the next try. Says the new name.
pub(crate) fn set_aside(directory: &Path, file: &Path) -> io::Result<PathBuf> {
    let with = |file: &Path, suffix: &str| {
        let mut name = file.as_os_str().to_owned();
        name.push(suffix);
        PathBuf::from(name)
    };
    let names = (1..).map(|number| if number == 1 { format!(".{ASIDE}") } else { format!(".{ASIDE}{number}") });
    let mut names = names.map(|suffix| with(file, &suffix));
    let Some(aside) = names.find(|aside| !aside.exists()) else { return Err(io::ErrorKind::AlreadyExists.into()) };
    for suffix in ["-wal", "-journal", ""] {
        match fs::rename(with(file, suffix), with(&aside, suffix)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    remove(directory, file)?;
    Ok(aside)
}

/// Makes renames and removals in the directory durable.
pub(crate) fn sync_directory(directory: &Path) -> io::Result<()> {
    File::open(directory)?.sync_all()
}

/// The generations that are there of each table, in order. Unfinished files are cleared away.
pub(crate) fn list(directory: &Path) -> io::Result<BTreeMap<String, Vec<u64>>> {
    let (finished, unfinished) = survey(directory)?;
    for path in unfinished {
        remove(directory, &path)?;
    }
    Ok(finished)
}

/// As [`list`], for a folder that somebody else may be using: nothing is changed.
pub(crate) fn finished(directory: &Path) -> io::Result<BTreeMap<String, Vec<u64>>> {
    Ok(survey(directory)?.0)
}

/// The generations of each table that are there, and what is there besides.
type Files = (BTreeMap<String, Vec<u64>>, Vec<PathBuf>);

fn survey(directory: &Path) -> io::Result<Files> {
    let mut finished: BTreeMap<String, Vec<u64>> = BTreeMap::new();
    let mut unfinished = Vec::new();
    for entry in fs::read_dir(directory)? {
        let path = entry?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
        if let Some((table, generation)) = parse(name, "db") {
            finished.entry(table).or_default().push(generation);
        } else if parse(name, "tmp").is_some() {
            unfinished.push(path);
        }
    }
    for generations in finished.values_mut() {
        generations.sort_unstable();
    }
    Ok((finished, unfinished))
}

/// Clears away all files of a table but the newest: the others hold what it holds.
pub(crate) fn settle(directory: &Path, table: &str, generations: &[u64]) -> io::Result<()> {
    let Some((_, superseded)) = generations.split_last() else { return Ok(()) };
    superseded.iter().try_for_each(|old| remove(directory, &path(directory, table, *old)))
}

/// Sets aside all files of a table but the newest: they may hold what is nowhere else.
pub(crate) fn settle_aside(directory: &Path, table: &str, generations: &[u64]) -> io::Result<()> {
    let Some((_, others)) = generations.split_last() else { return Ok(()) };
    others.iter().try_for_each(|other| set_aside(directory, &path(directory, table, *other)).map(drop))
}

/// Takes `<table>.<generation>.<extension>` apart.
fn parse(name: &str, extension: &str) -> Option<(String, u64)> {
    let stem = name.strip_suffix(extension)?.strip_suffix('.')?;
    let (table, generation) = stem.rsplit_once('.')?;
    Some((table.to_owned(), generation.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn touch(directory: &Path, name: &str) {
        File::create(directory.join(name)).unwrap();
    }

    fn names(directory: &Path) -> Vec<String> {
        let mut names: Vec<String> =
            fs::read_dir(directory).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn the_newest_finished_generation_is_current_and_the_rest_is_removed() {
        let home = tempfile::tempdir().unwrap();
        for name in [
            "box.1.db",
            "box.1.db-wal",
            "box.1.db-shm",
            "box.2.db",
            "box.3.tmp",
            "box.3.tmp-journal",
            "main.1.db",
            "main.1.db-wal",
            "lock",
        ] {
            touch(home.path(), name);
        }
        let found = list(home.path()).unwrap();
        let expected = [("box".to_owned(), vec![1, 2]), ("main".to_owned(), vec![1])];
        assert_eq!(found, BTreeMap::from(expected));
        for (table, generations) in found {
            settle(home.path(), &table, &generations).unwrap();
        }
        assert_eq!(names(home.path()), ["box.2.db", "lock", "main.1.db", "main.1.db-wal"]);
    }

    #[test]
    fn a_file_is_set_aside_with_its_log_and_replaces_none() {
        let home = tempfile::tempdir().unwrap();
        for name in ["box.1.db", "box.1.db-wal", "box.1.db-shm", "box.2.db", "box.1.db.aside"] {
            touch(home.path(), name);
        }
        settle_aside(home.path(), "box", &[1, 2]).unwrap();
        assert_eq!(names(home.path()), ["box.1.db.aside", "box.1.db.aside2", "box.1.db.aside2-wal", "box.2.db"]);
        assert_eq!(list(home.path()).unwrap(), BTreeMap::from([("box".to_owned(), vec![2])]));
    }

    #[test]
    fn a_table_name_may_hold_dots_and_numbers() {
        assert_eq!(parse("pingyi.box.12.db", "db"), Some(("pingyi.box".to_owned(), 12)));
        assert_eq!(parse("box.db", "db"), None);
        assert_eq!(parse("box.1.db-wal", "db"), None);
    }
}
