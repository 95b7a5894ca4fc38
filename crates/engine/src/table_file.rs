//! One table's SQLite file, open, and the turn-taking between requests and rewriting.

use std::path::Path;
use std::sync::{RwLock, RwLockWriteGuard};

use dynoxide::Database;

use crate::error::EngineError;
use crate::{generation, rewrite};

/// A table's file. Requests share it; rewriting has it alone.
pub(crate) struct TableFile {
    name: String,
    current: RwLock<Current>,
}

struct Current {
    generation: u64,
    /// `None` only while rewriting, or after a rewriting that could not open either file again.
    database: Option<Database>,
}

impl TableFile {
    pub(crate) fn open(directory: &Path, name: &str, generation: u64) -> Result<TableFile, EngineError> {
        let database = open_database(directory, name, generation)?;
        Ok(TableFile { name: name.to_owned(), current: RwLock::new(Current { generation, database: Some(database) }) })
    }

    pub(crate) fn memory(name: &str) -> Result<TableFile, EngineError> {
        let database = Database::memory()?;
        Ok(TableFile {
            name: name.to_owned(),
            current: RwLock::new(Current { generation: generation::FIRST, database: Some(database) }),
        })
    }

    /// Runs one request on the file.
    pub(crate) fn with<T>(&self, work: impl FnOnce(&Database) -> dynoxide::Result<T>) -> dynoxide::Result<T> {
        let current = self.current.read().unwrap_or_else(|poisoned| poisoned.into_inner());
        match &current.database {
            Some(database) => work(database),
            None => Err(dynoxide::DynoxideError::InternalServerError("the table's file is closed".to_owned())),
        }
    }

    pub(crate) fn rewrite(&self, directory: &Path) -> Result<(), EngineError> {
        let mut current = self.alone();
        let old = current.generation;
        // Dropping the only handle closes SQLite's connection, which folds the log into the file.
        current.database = None;
        let result = rewrite::rewrite(directory, &self.name, old);
        // Whatever happened, the greatest finished generation is the one to go on with.
        current.generation = match &result {
            Ok(new) => *new,
            Err(_) if generation::path(directory, &self.name, old + 1).exists() => old + 1,
            Err(_) => old,
        };
        current.database = Some(open_database(directory, &self.name, current.generation)?);
        result.map(|_| ())
    }

    pub(crate) fn check_integrity(&self, directory: &Path) -> Result<(), EngineError> {
        let current = self.current.read().unwrap_or_else(|poisoned| poisoned.into_inner());
        let connection = rusqlite::Connection::open(generation::path(directory, &self.name, current.generation))?;
        rewrite::check_integrity(&connection)
    }

    pub(crate) fn sweep_expired(&self) -> Result<usize, EngineError> {
        Ok(self.with(|database| database.sweep_ttl())?)
    }

    fn alone(&self) -> RwLockWriteGuard<'_, Current> {
        self.current.write().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}

fn open_database(directory: &Path, name: &str, number: u64) -> Result<Database, EngineError> {
    let path = generation::path(directory, name, number);
    let path = path.to_str().ok_or_else(|| std::io::Error::from(std::io::ErrorKind::InvalidFilename))?;
    let database = Database::new(path)?;
    generation::sync_directory(directory)?;
    Ok(database)
}
