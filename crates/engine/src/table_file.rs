//! One table's SQLite file, open, and the turn-taking between requests and rewriting.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{RwLock, RwLockReadGuard, RwLockWriteGuard};

use dynoxide::Database;

use crate::error::EngineError;
use crate::mark::{Marks, Progress};
use crate::{generation, rewrite};

/// A table's file. Requests share it; rewriting has it alone.
pub(crate) struct TableFile {
    pub(crate) name: String,
    current: RwLock<Current>,
}

struct Current {
    generation: u64,
    /// `None` only while rewriting, or after a rewriting that could not open either file again.
    open: Option<Open>,
}

struct Open {
    database: Database,
    /// `None` in memory.
    marks: Option<Marks>,
}

impl TableFile {
    pub(crate) fn open(directory: &Path, name: &str, generation: u64) -> Result<TableFile, EngineError> {
        let open = Some(open(directory, name, generation)?);
        Ok(TableFile { name: name.to_owned(), current: RwLock::new(Current { generation, open }) })
    }

    pub(crate) fn memory(name: &str) -> Result<TableFile, EngineError> {
        let open = Some(Open { database: Database::memory()?, marks: None });
        let current = RwLock::new(Current { generation: generation::FIRST, open });
        Ok(TableFile { name: name.to_owned(), current })
    }

    /// Runs one request on the file.
    pub(crate) fn with<T>(&self, work: impl FnOnce(&Database) -> dynoxide::Result<T>) -> dynoxide::Result<T> {
        match &self.current().open {
            Some(open) => work(&open.database),
            None => Err(dynoxide::DynoxideError::InternalServerError("the table's file is closed".to_owned())),
        }
    }

    /// How far the file has come; `None` in memory and while it has no marks.
    pub(crate) fn progress(&self) -> Result<Option<Progress>, EngineError> {
        let current = self.current();
        let Some(marks) = current.open.as_ref().and_then(|open| open.marks.as_ref()) else { return Ok(None) };
        Ok(marks.writes()?.map(|writes| Progress { generation: current.generation, writes }))
    }

    /// Begins the file's marks, where it has none.
    pub(crate) fn begin_marks(&self, home: &str) -> Result<(), EngineError> {
        self.on_marks(|marks| marks.begin(home))
    }

    /// Has the file say to which folder it belongs and how far the others have come.
    pub(crate) fn restate(&self, home: &str, others: &BTreeMap<String, Progress>) -> Result<(), EngineError> {
        self.on_marks(|marks| marks.restate(home, others))
    }

    /// Whether so many bytes can be written to the file now.
    pub(crate) fn try_writing(&self, bytes: usize) -> Result<(), EngineError> {
        self.on_marks(|marks| marks.try_writing(bytes))
    }

    fn on_marks(&self, work: impl FnOnce(&Marks) -> Result<(), EngineError>) -> Result<(), EngineError> {
        self.current().open.as_ref().and_then(|open| open.marks.as_ref()).map_or(Ok(()), work)
    }

    pub(crate) fn rewrite(&self, directory: &Path) -> Result<(), EngineError> {
        let mut current = self.alone();
        let old = current.generation;
        // Dropping the only handles closes SQLite's connections, which folds the log into the file.
        current.open = None;
        let result = rewrite::rewrite(directory, &self.name, old);
        // Whatever happened, the greatest finished generation is the one to go on with.
        current.generation = match &result {
            Ok(new) => *new,
            Err(_) if generation::path(directory, &self.name, old + 1).exists() => old + 1,
            Err(_) => old,
        };
        current.open = Some(open(directory, &self.name, current.generation)?);
        result.map(|_| ())
    }

    pub(crate) fn check_integrity(&self, directory: &Path) -> Result<(), EngineError> {
        let current = self.current();
        let connection = rusqlite::Connection::open(generation::path(directory, &self.name, current.generation))?;
        rewrite::check_integrity(&connection)
    }

    pub(crate) fn sweep_expired(&self) -> Result<usize, EngineError> {
        Ok(self.with(|database| database.sweep_ttl())?)
    }

    fn current(&self) -> RwLockReadGuard<'_, Current> {
        self.current.read().unwrap_or_else(|poisoned| poisoned.into_inner())
    }

    fn alone(&self) -> RwLockWriteGuard<'_, Current> {
        self.current.write().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}

fn open(directory: &Path, name: &str, number: u64) -> Result<Open, EngineError> {
    let path = generation::path(directory, name, number);
    let text = path.to_str().ok_or_else(|| std::io::Error::from(std::io::ErrorKind::InvalidFilename))?;
    let database = Database::new(text)?;
    generation::sync_directory(directory)?;
    let marks = Some(Marks::open(&path, name)?);
    Ok(Open { database, marks })
}
