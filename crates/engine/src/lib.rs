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
mod error;
mod generation;
mod home;
#[cfg(feature = "loopback")]
mod loopback;
mod observed;
mod observer;
mod rewrite;
mod table_file;

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use aws_smithy_runtime_api::client::http::SharedHttpClient;

pub use error::EngineError;
use home::Home;
pub use observed::observed;
pub use observer::{Fault, Observer};

/// The engine over one data directory, or over memory alone. Cheap to clone; all clones are one engine.
#[derive(Clone)]
pub struct Engine {
    home: Arc<Home>,
}

impl Engine {
    /// Opens the engine on a directory, which is made if it is missing. What an interrupted rewriting left behind
    /// is cleared away: of two finished files of a table the newer is kept, an unfinished one is removed.
    ///
    /// # Errors
    /// [`EngineError::InUse`] when another process has the directory, else what the files say.
    pub fn open(directory: &Path) -> Result<Engine, EngineError> {
        Ok(Engine { home: Arc::new(Home::open(directory)?) })
    }

    /// Opens an engine in memory, for tests: the same operations, no file.
    pub fn memory() -> Engine {
        Engine { home: Arc::new(Home::memory()) }
    }

    /// The HTTP client to give to the SDK. Requests are answered in process, on threads that may block.
    pub fn http_client(&self) -> SharedHttpClient {
        connector::http_client(Arc::clone(&self.home))
    }

    /// Answers one request of DynamoDB's JSON protocol: the operation (`PutItem`) and its JSON, to a status and JSON.
    pub async fn call(&self, operation: &str, request: &str) -> (u16, String) {
        let work = dispatch::answer(Arc::clone(&self.home), operation.to_owned(), request.to_owned());
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
        loopback::serve(Arc::clone(&self.home), listener).await
    }
}

impl fmt::Debug for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Engine").field("directory", &self.home.directory).finish_non_exhaustive()
    }
}
