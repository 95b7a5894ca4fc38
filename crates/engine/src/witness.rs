//! The witness: a small file outside the data folder that says how far the folder's tables have come at least.
//!
//! A folder that is put back as a whole agrees with itself, so nothing inside it can tell; the witness can, on the
//! machine that has it. It is written without waiting for the disk after each change, before the change is
//! answered: it outlives the process, and after a power cut it may be a little behind, never ahead.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::path::{Path, PathBuf};
use std::{io, str};

use crate::mark::Progress;

/// Bytes of one line: a table's name and two numbers.
const LINE: usize = 96;

/// Notes where a data folder is.
pub(crate) fn keep_place(directory: &Path, home: &str, place: &Path) -> io::Result<()> {
    std::fs::write(directory.join(format!("{home}.place")), place.as_os_str().as_encoded_bytes())
}

/// Where a data folder was.
pub(crate) fn place(directory: &Path, home: &str) -> Option<PathBuf> {
    let place = std::fs::read(directory.join(format!("{home}.place"))).ok()?;
    String::from_utf8(place).ok().map(PathBuf::from)
}

/// How far the tables of one data folder have come at least.
pub(crate) struct Witness {
    file: File,
    tables: BTreeMap<String, Progress>,
}

impl Witness {
    /// The witness of a data folder, begun if there is none. What cannot be read says nothing.
    pub(crate) fn of(directory: &Path, home: &str) -> io::Result<Witness> {
        let mut builder = std::fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(directory)?;
        let path = directory.join(home);
        let tables = std::fs::read(&path).map(|text| read(&text)).unwrap_or_default();
        let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)?;
        Ok(Witness { file, tables })
    }

    /// How far the tables had come.
    pub(crate) fn tables(&self) -> &BTreeMap<String, Progress> {
        &self.tables
    }

    /// Notes how far a table has come; what is noted never goes back.
    pub(crate) fn note(&mut self, table: &str, progress: Progress) -> io::Result<()> {
        match self.tables.get(table) {
            Some(known) if !known.is_behind(progress) => return Ok(()),
            _ => self.tables.insert(table.to_owned(), progress),
        };
        let lines = self.tables.iter().map(|(table, progress)| {
            let line = format!("{table} {} {}", progress.generation, progress.writes);
            format!("{line:<width$}\n", width = LINE - 1)
        });
        let text: String = lines.collect();
        // One write of one page at most: a process that ends meanwhile leaves the old text or the new.
        std::os::unix::fs::FileExt::write_all_at(&self.file, text.as_bytes(), 0)
    }

    /// Makes what was noted outlive a power cut.
    pub(crate) fn sync(&self) -> io::Result<()> {
        self.file.sync_data()
    }
}

fn read(text: &[u8]) -> BTreeMap<String, Progress> {
    let line = |line: &str| {
        let mut parts = line.split_whitespace();
        let table = parts.next()?.to_owned();
        let [generation, writes] = [parts.next()?.parse().ok()?, parts.next()?.parse().ok()?];
        Some((table, Progress { generation, writes }))
    };
    str::from_utf8(text).unwrap_or_default().lines().filter_map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_keeps_what_it_was_told_and_never_goes_back() {
        let folder = tempfile::tempdir().unwrap();
        let progress = |generation, writes| Progress { generation, writes };
        let mut witness = Witness::of(folder.path(), "ab").unwrap();
        assert!(witness.tables().is_empty());
        witness.note("main", progress(1, 100)).unwrap();
        witness.note("box", progress(2, 12_345)).unwrap();
        witness.note("main", progress(1, 99)).unwrap();
        let known = [("box".to_owned(), progress(2, 12_345)), ("main".to_owned(), progress(1, 100))];
        assert_eq!(Witness::of(folder.path(), "ab").unwrap().tables(), &BTreeMap::from(known));
        assert!(Witness::of(folder.path(), "cd").unwrap().tables().is_empty());
    }

    #[test]
    fn what_is_no_witness_says_nothing() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("ab"), b"\xff\0main 1").unwrap();
        assert!(Witness::of(folder.path(), "ab").unwrap().tables().is_empty());
    }
}
