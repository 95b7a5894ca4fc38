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
//! # What is not as it was left
//!
//! Each table's file counts the rows that were ever written to it, and says to which data directory it belongs and how
//! far the other files had come (`mark.rs`). A witness outside the directory knows how far all had come
//! (`witness.rs`). A directory whose files are missing, foreign or older than that is not opened (`lineage.rs`)
//! unless it is said that this is meant.
//!
//! # What a file remembers
//!
//! A SQLite table has row ids, and rows written later have greater ones; a log is a log. While voting is open the
//! file of a ballot table therefore keeps the order of writes. [`Engine::rewrite`] makes a new file in key order
//! and removes the old one; until then the order is there, and anyone who can read the directory can read it.
//! A solid-state disk may keep the blocks of a removed file for a while; only an encrypted disk helps against that.

mod connector;
mod disk;
mod dispatch;
mod error;
mod finding;
mod generation;
mod home;
mod lineage;
#[cfg(feature = "loopback")]
mod loopback;
mod mark;
mod observed;
mod observer;
mod opening;
mod rewrite;
mod table_file;
mod witness;

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use aws_smithy_runtime_api::client::http::SharedHttpClient;

pub use disk::Disk;
pub use error::EngineError;
pub use finding::{Finding, Knows};
use home::Home;
pub use observed::observed;
pub use observer::{Fault, Observer};
pub use opening::Opening;

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
    /// [`EngineError::InUse`] when another process has the directory; [`EngineError::NotAsLeft`] when its files do not
    /// belong together; else what the files say.
    pub fn open(directory: &Path) -> Result<Engine, EngineError> {
        Engine::open_as(directory, &Opening::default())
    }

    /// As [`Engine::open`], with more to compare the files with.
    ///
    /// # Errors
    /// As [`Engine::open`].
    pub fn open_as(directory: &Path, opening: &Opening<'_>) -> Result<Engine, EngineError> {
        Ok(Engine { home: Arc::new(Home::open(directory, opening)?) })
    }

    /// What was not as it was left when the directory was opened, and is not accepted yet.
    pub fn findings(&self) -> Vec<Finding> {
        self.home.findings()
    }

    /// Whether the folder of witnesses could be written, so that a data directory put back as a whole is noticed.
    pub fn has_witness(&self) -> bool {
        self.home.has_witness()
    }

    /// Takes the files as they are for those of this directory from now on. Older files beside them are removed.
    ///
    /// # Errors
    /// What the disk says; then it can be called again.
    pub async fn accept(&self) -> Result<(), EngineError> {
        self.blocking(Home::accept).await
    }

    /// Has each table's file note how far the others have come, if anything was written since. Called every few
    /// seconds and at the end, so that a file which is put back alone is older than another one knows.
    ///
    /// # Errors
    /// What the disk says.
    pub async fn note_progress(&self) -> Result<(), EngineError> {
        self.blocking(Home::note).await
    }

    /// How the disk is: by how the last write ended, and by a look of its own, at most one a second.
    pub async fn disk(&self) -> Disk {
        let look = |home: &Home| {
            let Some(directory) = &home.directory else { return Ok(Disk::Writable) };
            let write = |bytes| home.all_tables().iter().all(|file| file.try_writing(bytes).is_ok());
            Ok(home.disk.look(directory, write))
        };
        self.blocking(look).await.unwrap_or(Disk::Unwritable)
    }

    async fn blocking<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Home) -> Result<T, EngineError> + Send + 'static,
    ) -> Result<T, EngineError> {
        let home = Arc::clone(&self.home);
        tokio::task::spawn_blocking(move || work(&home)).await.map_err(|_| EngineError::Stopped)?
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
        let rewrite = move |home: &Home| {
            let Some(directory) = &home.directory else { return Ok(()) };
            file.rewrite(directory)?;
            home.note()
        };
        self.blocking(rewrite).await
    }

    /// Checks that every table's file holds together, as SQLite's `integrity_check` sees it.
    ///
    /// # Errors
    /// [`EngineError::Damaged`] when one does not.
    pub async fn check_integrity(&self) -> Result<(), EngineError> {
        self.blocking(|home| {
            let Some(directory) = &home.directory else { return Ok(()) };
            home.all_tables().iter().try_for_each(|file| file.check_integrity(directory))
        })
        .await
    }

    /// Deletes the items whose time to live has passed, in every table that has one. The store never trusts this
    /// alone: it compares the time itself when it reads.
    ///
    /// # Errors
    /// What the files say.
    pub async fn sweep_expired(&self) -> Result<usize, EngineError> {
        self.blocking(|home| home.all_tables().iter().map(|file| file.sweep_expired()).sum()).await
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
