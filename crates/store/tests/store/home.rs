//! Where a store of a test has its data, and what a crash leaves of them.

use std::path::Path;

use crate::base::Base;

/// What outlives a crash: the files, or a server elsewhere.
pub enum Home {
    Files(tempfile::TempDir),
    Elsewhere(Base),
}

impl Home {
    pub fn new() -> Home {
        let base = Base::new();
        if base.is_embedded() { Home::Files(tempfile::tempdir().unwrap()) } else { Home::Elsewhere(base) }
    }

    pub fn base(&self) -> Base {
        match self {
            Home::Files(directory) => Base::in_directory(directory.path()),
            Home::Elsewhere(base) => base.clone(),
        }
    }

    /// The files as they are at this moment, somewhere else: the process that has them open is still there.
    pub fn after_a_crash(&self) -> Home {
        match self {
            Home::Files(directory) => {
                let revived = tempfile::tempdir().unwrap();
                copy(directory.path(), revived.path());
                Home::Files(revived)
            }
            Home::Elsewhere(base) => Home::Elsewhere(base.clone()),
        }
    }
}

fn copy(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        // The log's index is rebuilt; a copy of it would be of another moment.
        if !entry.file_name().to_string_lossy().ends_with("-shm") {
            std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
        }
    }
}
