//! Writing a table's file anew in key order, so that the file keeps no trace of the order of writes.
//!
//! The steps, each of which may be the last before a crash: the new file is written under another name, checked
//! against the old one, made durable, renamed (now it is the current one), and the old file and its log are removed.
//! dynoxide's `VACUUM INTO` would not do: it keeps the rows in the order of their row ids, which is the order of
//! writes.

use std::fs::{self, File};
use std::path::Path;

use rusqlite::{Connection, OpenFlags};

use crate::error::EngineError;
use crate::generation;

/// Rewrites generation `old` of the table, which nobody may have open, into the next one; names that one.
pub(crate) fn rewrite(directory: &Path, table: &str, old: u64) -> Result<u64, EngineError> {
    let new = old + 1;
    let old_path = generation::path(directory, table, old);
    let unfinished = generation::unfinished_path(directory, table, new);
    generation::remove(directory, &unfinished)?;
    write_in_key_order(&old_path, &unfinished, table)?;
    File::open(&unfinished)?.sync_all()?;
    fs::rename(&unfinished, generation::path(directory, table, new))?;
    generation::sync_directory(directory)?;
    generation::remove(directory, &old_path)?;
    Ok(new)
}

fn write_in_key_order(old: &Path, new: &Path, table: &str) -> Result<(), EngineError> {
    let mut connection = Connection::open_with_flags(
        new,
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    let old = old.to_str().ok_or_else(|| std::io::Error::from(std::io::ErrorKind::InvalidFilename))?;
    connection.execute("ATTACH DATABASE ?1 AS old", [old])?;
    let page_size: u32 = connection.query_row("PRAGMA old.page_size", [], |row| row.get(0))?;
    connection.pragma_update(None, "page_size", page_size)?;
    // Pages that SQLite splits while it writes keep no copies of rows in their unused space.
    connection.pragma_update(None, "secure_delete", true)?;

    let transaction = connection.transaction()?;
    // Triggers last, so that copying counts no row as written.
    let shapes: Vec<(String, String, String)> = transaction
        .prepare(
            "SELECT type, name, sql FROM old.sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' \
             ORDER BY CASE type WHEN 'table' THEN 0 WHEN 'index' THEN 1 ELSE 2 END, name",
        )?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect::<Result<_, _>>()?;
    for (kind, name, sql) in &shapes {
        transaction.execute_batch(sql)?;
        if kind == "table" {
            let quoted = format!("\"{}\"", name.replace('"', "\"\""));
            // The items' own table has the primary key (pk, sk); dynoxide's few rows of its own stay as they are.
            let order = if name == table { "ORDER BY pk, sk" } else { "" };
            transaction.execute_batch(&format!("INSERT INTO main.{quoted} SELECT * FROM old.{quoted} {order}"))?;
            let count = |schema: &str| {
                transaction
                    .query_row(&format!("SELECT count(*) FROM {schema}.{quoted}"), [], |row| row.get::<_, i64>(0))
            };
            if count("main")? != count("old")? {
                return Err(EngineError::RewriteDiffers);
            }
        }
    }
    transaction.commit()?;
    check_integrity(&connection)?;
    connection.execute("DETACH DATABASE old", [])?;
    connection.close().map_err(|(_, error)| error)?;
    Ok(())
}

/// SQLite's own check of a file.
pub(crate) fn check_integrity(connection: &Connection) -> Result<(), EngineError> {
    let verdict: String = connection.query_row("PRAGMA main.integrity_check(1)", [], |row| row.get(0))?;
    if verdict == "ok" { Ok(()) } else { Err(EngineError::Damaged) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sqlite_that_is_linked_waits_for_the_disk_at_each_commit() {
        // dynoxide leaves `synchronous` as it is compiled in; 2 is FULL.
        let connection = Connection::open_in_memory().unwrap();
        let synchronous: i64 = connection.query_row("PRAGMA synchronous", [], |row| row.get(0)).unwrap();
        assert_eq!(synchronous, 2);
    }
}
