//! The embedded database engine: DynamoDB's operations on SQLite files, reached by the AWS SDK in process.
//!
//! Owns: the data directory (one SQLite file per table), the in-process HTTP client that the SDK is given, the
//! rewriting of a table's file in key order, and the integrity check. It listens on no socket; the cargo feature
//! `loopback` adds a listener for the tests that run the Lambda binary as a process of its own.
//!
//! Refuses to own: what is stored. It knows no key, no item and no use case, and it offers no `Scan`, so a table
//! walk written by mistake fails in the first test that meets it. A transaction stays inside one table: each table
//! is a file of its own, and no file system joins two renames into one.
//!
//! # Durability
//!
//! dynoxide opens its files in write-ahead-log mode and leaves SQLite's `synchronous` at its default, `FULL`: a
//! commit is on disk before it is answered. The engine never calls dynoxide's bulk loading, whose end would leave
//! the setting at `NORMAL`.
//!
//! # What a file remembers
//!
//! A SQLite table has row ids, and rows written later have greater ones; a log is a log. While voting is open the
//! file of a ballot table therefore keeps the order of writes. [`Engine::rewrite`] makes a new file in key order
//! and removes the old one; until then the order is there, and anyone who can read the directory can read it.
//! A solid-state disk may keep the blocks of a removed file for a while; only an encrypted disk helps against that.

mod connector;
mod dispatch;
mod generation;
#[cfg(feature = "loopback")]
mod loopback;
mod observed;
mod observer;
mod rewrite;
mod table_file;

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, RwLock};

use aws_smithy_runtime_api::client::http::SharedHttpClient;

pub use observed::observed;
pub use observer::{Fault, Observer};
use table_file::TableFile;

/// Why the engine could not do what it was asked.
#[derive(Debug)]
#[non_exhaustive]
pub enum EngineError {
    /// Another process has the data directory open.
    InUse,
    /// The directory or a file in it could not be read or written.
    Io(std::io::Error),
    /// SQLite refused: the file is damaged, or the disk is full.
    Sqlite(rusqlite::Error),
    /// dynoxide refused to open a file.
    Database(dynoxide::DynoxideError),
    /// No table has this name.
    NoSuchTable,
    /// A table's file does not hold together; it must be restored from a copy.
    Damaged,
    /// A rewritten file did not hold what the old one did; the old one was kept.
    RewriteDiffers,
    /// The engine is shutting down, or a worker thread ended before its time.
    Stopped,
}

impl fmt::Display for EngineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            EngineError::InUse => f.write_str("the data directory is in use by another process"),
            EngineError::Io(source) => write!(f, "data directory: {source}"),
            EngineError::Sqlite(source) => write!(f, "database file: {source}"),
            EngineError::Database(source) => write!(f, "database: {source}"),
            EngineError::NoSuchTable => f.write_str("no such table"),
            EngineError::Damaged => f.write_str("a database file is damaged"),
            EngineError::RewriteDiffers => f.write_str("a rewritten file differs from the old one"),
            EngineError::Stopped => f.write_str("the engine has stopped"),
        }
    }
}

impl std::error::Error for EngineError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            EngineError::Io(source) => Some(source),
            EngineError::Sqlite(source) => Some(source),
            EngineError::Database(source) => Some(source),
            _ => None,
        }
    }
}

impl From<std::io::Error> for EngineError {
    fn from(source: std::io::Error) -> Self {
        EngineError::Io(source)
    }
}

impl From<rusqlite::Error> for EngineError {
    fn from(source: rusqlite::Error) -> Self {
        EngineError::Sqlite(source)
    }
}

impl From<dynoxide::DynoxideError> for EngineError {
    fn from(source: dynoxide::DynoxideError) -> Self {
        EngineError::Database(source)
    }
}

/// The engine over one data directory, or over memory alone. Cheap to clone; all clones are one engine.
#[derive(Clone)]
pub struct Engine {
    home: Arc<Home>,
}

/// Where the tables are, and the tables that are open.
pub(crate) struct Home {
    /// `None`: in memory, nothing outlives the process.
    directory: Option<PathBuf>,
    /// Held for as long as the engine lives, so that no second process opens the files.
    _lock: Option<std::fs::File>,
    tables: RwLock<BTreeMap<String, Arc<TableFile>>>,
}

impl Engine {
    /// Opens the engine on a directory, which is made if it is missing. What an interrupted rewriting left behind
    /// is cleared away: of two finished files of a table the newer is kept, an unfinished one is removed.
    ///
    /// # Errors
    /// [`EngineError::InUse`] when another process has the directory, else what the files say.
    pub fn open(directory: &Path) -> Result<Engine, EngineError> {
        make_private(directory)?;
        let lock = std::fs::File::create(directory.join("lock"))?;
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
        Ok(Engine {
            home: Arc::new(Home {
                directory: Some(directory.to_owned()),
                _lock: Some(lock),
                tables: RwLock::new(tables),
            }),
        })
    }

    /// Opens an engine in memory, for tests: the same operations, no file.
    pub fn memory() -> Engine {
        Engine { home: Arc::new(Home { directory: None, _lock: None, tables: RwLock::new(BTreeMap::new()) }) }
    }

    /// The HTTP client to give to the SDK. Requests are answered in process, on threads that may block.
    pub fn http_client(&self) -> SharedHttpClient {
        connector::http_client(self.clone())
    }

    /// Answers one request of DynamoDB's JSON protocol: the operation (`PutItem`) and its JSON, to a status and JSON.
    pub async fn call(&self, operation: &str, request: &str) -> (u16, String) {
        let (home, operation, request) = (Arc::clone(&self.home), operation.to_owned(), request.to_owned());
        let work = tokio::task::spawn_blocking(move || dispatch::dispatch(&home, &operation, &request));
        let answer = work.await.unwrap_or_else(|_| dispatch::failed());
        (answer.status, answer.body)
    }

    /// Rewrites a table's file in key order and removes the old file with its log. Requests to the table wait
    /// meanwhile. Interrupted at any step, it leaves either the old file or the new one, never neither.
    ///
    /// # Errors
    /// [`EngineError::NoSuchTable`], or what the disk says; then the old file is still in use.
    pub async fn rewrite(&self, table: &str) -> Result<(), EngineError> {
        let file = self.home.table(table).ok_or(EngineError::NoSuchTable)?;
        let home = Arc::clone(&self.home);
        tokio::task::spawn_blocking(move || match &home.directory {
            Some(directory) => file.rewrite(directory),
            None => Ok(()),
        })
        .await
        .map_err(|_| EngineError::Stopped)?
    }

    /// Checks that every table's file holds together, as SQLite's `integrity_check` sees it.
    ///
    /// # Errors
    /// [`EngineError::Damaged`] when one does not.
    pub async fn check_integrity(&self) -> Result<(), EngineError> {
        let home = Arc::clone(&self.home);
        tokio::task::spawn_blocking(move || {
            let Some(directory) = &home.directory else { return Ok(()) };
            home.all_tables().iter().try_for_each(|file| file.check_integrity(directory))
        })
        .await
        .map_err(|_| EngineError::Stopped)?
    }

    /// Deletes the items whose time to live has passed, in every table that has one. The store never trusts this
    /// alone: it compares the time itself when it reads.
    ///
    /// # Errors
    /// What the files say.
    pub async fn sweep_expired(&self) -> Result<usize, EngineError> {
        let home = Arc::clone(&self.home);
        tokio::task::spawn_blocking(move || home.all_tables().iter().map(|file| file.sweep_expired()).sum())
            .await
            .map_err(|_| EngineError::Stopped)?
    }

    /// Answers requests over HTTP on a loopback listener, for the tests that run the Lambda binary.
    ///
    /// # Errors
    /// When the listener is not on a loopback address, or fails.
    #[cfg(feature = "loopback")]
    pub async fn serve_loopback(&self, listener: tokio::net::TcpListener) -> Result<(), EngineError> {
        loopback::serve(self.clone(), listener).await
    }

    pub(crate) fn home(&self) -> &Arc<Home> {
        &self.home
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

impl fmt::Debug for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Engine").field("directory", &self.home.directory).finish_non_exhaustive()
    }
}

impl Home {
    pub(crate) fn table(&self, name: &str) -> Option<Arc<TableFile>> {
        self.tables.read().unwrap_or_else(|poisoned| poisoned.into_inner()).get(name).cloned()
    }

    pub(crate) fn all_tables(&self) -> Vec<Arc<TableFile>> {
        self.tables.read().unwrap_or_else(|poisoned| poisoned.into_inner()).values().cloned().collect()
    }

    /// The file of a table that is about to be created: a new one, or the one that an interrupted creation left.
    pub(crate) fn table_to_create(&self, name: &str) -> Result<Arc<TableFile>, EngineError> {
        let mut tables = self.tables.write().unwrap_or_else(|poisoned| poisoned.into_inner());
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
