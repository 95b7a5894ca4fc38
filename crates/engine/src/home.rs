//! The data directory and the tables that are open in it.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use crate::error::EngineError;
use crate::generation;
use crate::table_file::TableFile;

/// Where the tables are, and those that are open.
pub(crate) struct Home {
    /// `None`: in memory, nothing outlives the process.
    pub(crate) directory: Option<PathBuf>,
    /// Held for as long as the engine lives, so that no second process opens the files.
    _lock: Option<File>,
    tables: RwLock<BTreeMap<String, Arc<TableFile>>>,
}

impl Home {
    pub(crate) fn open(directory: &Path) -> Result<Home, EngineError> {
        make_private(directory)?;
        let lock = File::create(directory.join("lock"))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(std::fs::TryLockError::WouldBlock) => return Err(EngineError::InUse),
            Err(std::fs::TryLockError::Error(source)) => return Err(EngineError::Io(source)),
        }
        let mut tables = BTreeMap::new();
        for (name, number) in generation::settle(directory)? {
            let file = TableFile::open(directory, &name, number)?;
            tables.insert(name, Arc::new(file));
        }
        Ok(Home { directory: Some(directory.to_owned()), _lock: Some(lock), tables: RwLock::new(tables) })
    }

    pub(crate) fn memory() -> Home {
        Home { directory: None, _lock: None, tables: RwLock::default() }
    }

    pub(crate) fn table(&self, name: &str) -> Option<Arc<TableFile>> {
        self.tables.read().unwrap_or_else(PoisonError::into_inner).get(name).cloned()
    }

    pub(crate) fn all_tables(&self) -> Vec<Arc<TableFile>> {
        self.tables.read().unwrap_or_else(PoisonError::into_inner).values().cloned().collect()
    }

    /// The file of a table that is about to be created: a new one, or the one that an interrupted creation left.
    pub(crate) fn table_to_create(&self, name: &str) -> Result<Arc<TableFile>, EngineError> {
        let mut tables = self.tables.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(file) = tables.get(name) {
            return Ok(Arc::clone(file));
        }
        let file = Arc::new(match &self.directory {
            Some(directory) => TableFile::open(directory, name, generation::FIRST)?,
            None => TableFile::memory(name)?,
        });
        tables.insert(name.to_owned(), Arc::clone(&file));
        Ok(file)
    }
}

/// Makes the directory if it is missing, readable by its owner alone: its files tell the order of ballots while
/// voting is open. One that exists keeps the permissions that someone gave it.
fn make_private(directory: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(directory)
}
