//! What a table's file remembers of itself and of the others: which data folder it belongs to, how many rows were ever
//! written to it, and how far the other files had come when it last looked.
//!
//! The count is kept by triggers inside each write's own transaction, so a file can never be ahead of it or behind it.
//! It says how often something was written, never what or when. The rest is written every few seconds at most.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, OptionalExtension};

use crate::error::EngineError;

/// How long a mark waits for a request that is writing.
const PATIENCE: Duration = Duration::from_secs(5);

/// How far a table's file has come: its generation, and within all generations the rows ever written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Progress {
    pub(crate) generation: u64,
    pub(crate) writes: u64,
}

impl Progress {
    /// Whether a file that has come so far cannot be the one that had come as far as `known`.
    pub(crate) fn is_behind(self, known: Progress) -> bool {
        self.generation < known.generation || self.writes < known.writes
    }
}

/// What a file says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mark {
    /// The data folder that it belongs to, a drawn number in hexadecimal.
    pub(crate) home: String,
    /// Rows ever written, through all generations.
    pub(crate) writes: u64,
}

/// What a file says of itself and of the others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Memory {
    /// `None`: a file of a version that kept no marks, or one whose making broke off.
    pub(crate) mark: Option<Mark>,
    /// How far the other tables had come at least.
    pub(crate) seen: BTreeMap<String, Progress>,
    /// Whether any item is in it.
    pub(crate) has_items: bool,
}

/// A connection of its own to a table's file, for its marks.
pub(crate) struct Marks {
    table: String,
    connection: Mutex<Connection>,
}

impl Marks {
    /// Opens a file that is there.
    pub(crate) fn open(path: &Path, table: &str) -> Result<Marks, EngineError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags)?;
        connection.busy_timeout(PATIENCE)?;
        Ok(Marks { table: table.to_owned(), connection: Mutex::new(connection) })
    }

    fn connection(&self) -> MutexGuard<'_, Connection> {
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// All that the file says.
    pub(crate) fn memory(&self) -> Result<Memory, EngineError> {
        let connection = self.connection();
        let there = |name: &str| connection.prepare("SELECT 1 FROM sqlite_schema WHERE name = ?1")?.exists([name]);
        let has_items = there(&self.table)?
            && connection
                .query_row(&format!("SELECT EXISTS (SELECT 1 FROM {})", self.quoted()), [], |row| row.get(0))?;
        if !there("_pingyi_file")? {
            return Ok(Memory { mark: None, seen: BTreeMap::new(), has_items });
        }
        let mark = connection
            .query_row("SELECT home, writes FROM _pingyi_file", [], |row| {
                Ok(Mark { home: row.get(0)?, writes: row.get::<_, i64>(1)?.unsigned_abs() })
            })
            .optional()?;
        let seen = connection
            .prepare("SELECT name, generation, writes FROM _pingyi_seen")?
            .query_map([], |row| {
                let [generation, writes] = [row.get::<_, i64>(1)?, row.get::<_, i64>(2)?].map(i64::unsigned_abs);
                Ok((row.get(0)?, Progress { generation, writes }))
            })?
            .collect::<Result<_, _>>()?;
        Ok(Memory { mark, seen, has_items })
    }

    /// Rows ever written; `None` while the table is being created.
    pub(crate) fn writes(&self) -> Result<Option<u64>, EngineError> {
        let connection = self.connection();
        let Ok(mut statement) = connection.prepare_cached("SELECT writes FROM _pingyi_file") else { return Ok(None) };
        Ok(statement.query_row([], |row| row.get::<_, i64>(0)).optional()?.map(i64::unsigned_abs))
    }

    /// Begins the marks of a file that has none, once its table of items is there.
    pub(crate) fn begin(&self, home: &str) -> Result<(), EngineError> {
        let mut connection = self.connection();
        let transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        let created = transaction.prepare("SELECT 1 FROM sqlite_schema WHERE name = ?1")?.exists([&self.table])?;
        if !created {
            return Ok(());
        }
        transaction.execute_batch(
            "CREATE TABLE IF NOT EXISTS _pingyi_file (only_row INTEGER PRIMARY KEY CHECK (only_row = 0), \
                 home TEXT NOT NULL, writes INTEGER NOT NULL);
             CREATE TABLE IF NOT EXISTS _pingyi_seen (name TEXT PRIMARY KEY, generation INTEGER NOT NULL, \
                 writes INTEGER NOT NULL);",
        )?;
        for change in ["INSERT", "UPDATE", "DELETE"] {
            transaction.execute_batch(&format!(
                "CREATE TRIGGER IF NOT EXISTS _pingyi_{change} AFTER {change} ON {} \
                 BEGIN UPDATE _pingyi_file SET writes = writes + 1; END;",
                self.quoted()
            ))?;
        }
        transaction.execute("INSERT OR IGNORE INTO _pingyi_file (only_row, home, writes) VALUES (0, ?1, 0)", [home])?;
        transaction.commit()?;
        Ok(())
    }

    /// Says to which folder the file belongs and how far the others have come, whatever it said before.
    pub(crate) fn restate(&self, home: &str, others: &BTreeMap<String, Progress>) -> Result<(), EngineError> {
        let mut connection = self.connection();
        let transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        transaction.execute("UPDATE _pingyi_file SET home = ?1", [home])?;
        transaction.execute("DELETE FROM _pingyi_seen", [])?;
        for (name, progress) in others {
            let [generation, writes] = [progress.generation, progress.writes].map(u64::cast_signed);
            transaction.execute("INSERT INTO _pingyi_seen VALUES (?1, ?2, ?3)", (name, generation, writes))?;
        }
        transaction.commit()?;
        Ok(())
    }

    /// Writes so many bytes and takes them out again, to see whether the file has room for them.
    pub(crate) fn try_writing(&self, bytes: usize) -> Result<(), EngineError> {
        let connection = self.connection();
        connection.execute_batch("CREATE TABLE IF NOT EXISTS _pingyi_room (bytes BLOB NOT NULL)")?;
        connection.execute("INSERT INTO _pingyi_room VALUES (zeroblob(?1))", [bytes])?;
        connection.execute("DELETE FROM _pingyi_room", [])?;
        Ok(())
    }

    fn quoted(&self) -> String {
        format!("\"{}\"", self.table.replace('"', "\"\""))
    }
}

/// A number that no other data folder has.
pub(crate) fn draw_home() -> Result<String, EngineError> {
    Ok(Connection::open_in_memory()?.query_row("SELECT lower(hex(randomblob(16)))", [], |row| row.get(0))?)
}
