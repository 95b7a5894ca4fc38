//! Whether the data folder can be written.
//!
//! Owns what the last writes said, and a look of its own where they say nothing.

use std::fs;
use std::io::{self, ErrorKind, Write as _};
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use dynoxide::DynoxideError;

/// How the disk under the data folder is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Disk {
    /// It takes what is written.
    Writable,
    /// It is full.
    Full,
    /// It is read-only, or fails.
    Unwritable,
}

/// Bytes that are written to see whether there is room: more than one ballot needs.
const ROOM: usize = 64 * 1024;

/// For how long an answer holds, so that asking often costs nothing.
const HOLDS: Duration = Duration::from_secs(1);

/// What is known of the disk.
#[derive(Default)]
pub(crate) struct DiskWatch(Mutex<Known>);

struct Known {
    disk: Disk,
    looked: Option<Instant>,
}

impl Default for Known {
    fn default() -> Self {
        Known { disk: Disk::Writable, looked: None }
    }
}

impl DiskWatch {
    fn known(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Learns from how a write ended. What a condition refused says nothing.
    pub(crate) fn learn<T>(&self, written: &Result<T, DynoxideError>) {
        match written {
            Ok(_) => self.known().disk = Disk::Writable,
            Err(error) if error.status_code() == 500 => {
                // dynoxide hands on what SQLite said in words alone.
                let said = error.to_string();
                if said.contains("disk is full") {
                    self.known().disk = Disk::Full;
                } else if said.contains("disk I/O error") || said.contains("readonly") {
                    self.known().disk = Disk::Unwritable;
                }
            }
            Err(_) => {}
        }
    }

    /// How the disk is now. `write` tries to write so many bytes to the
    /// tables' files; it is called where a write failed before.
    pub(crate) fn look(&self, directory: &Path, write: impl FnOnce(usize) -> bool) -> Disk {
        let mut known = self.known();
        if known.looked.is_some_and(|looked| looked.elapsed() < HOLDS) {
            return known.disk;
        }
        known.looked = Some(Instant::now());
        match try_room(directory) {
            Err(error) => known.disk = fault(&error),
            Ok(()) if known.disk != Disk::Writable && write(ROOM) => known.disk = Disk::Writable,
            Ok(()) => {}
        }
        known.disk
    }
}

impl Disk {
    /// How the disk under a folder is, where no engine could be opened on it.
    #[must_use]
    pub fn under(directory: &Path) -> Disk {
        try_room(directory).map_or_else(|error| fault(&error), |()| Disk::Writable)
    }
}

fn try_room(directory: &Path) -> io::Result<()> {
    let path = directory.join("room");
    let mut file = fs::File::create(&path)?;
    let written = file.write_all(&[0; ROOM]).and_then(|()| file.sync_data());
    drop(file);
    // Also where the writing failed: a part of it may be there.
    fs::remove_file(path)?;
    written
}

fn fault(error: &io::Error) -> Disk {
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => Disk::Full,
        _ => Disk::Unwritable,
    }
}
