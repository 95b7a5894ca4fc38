//! Files in a folder: written beside their place, flushed to the disk, and put in their place at once.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{ErrorKind, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::Path;

use crate::error::FilesError;

/// Bytes under a name: all of them, or nothing. Readers of other accounts of this machine are kept out.
pub(crate) fn put(folder: &Path, name: &str, bytes: &[u8]) -> Result<(), FilesError> {
    let place = folder.join(name);
    // The name follows from the bytes; what a disk has damaged since is written anew.
    if std::fs::metadata(&place).is_ok_and(|there| there.len() == bytes.len() as u64)
        && std::fs::read(&place).is_ok_and(|there| there == bytes)
    {
        return Ok(());
    }
    DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(unavailable)?;
    let mut drawn = [0; 8];
    getrandom::fill(&mut drawn).map_err(|_| FilesError::Unavailable)?;
    let beside = folder.join(format!(".{name}.{}", hex::encode(drawn)));
    let written = write(&beside, bytes).and_then(|()| std::fs::rename(&beside, &place));
    if written.is_err() {
        // Whatever of it was written takes room that others need.
        let _ = std::fs::remove_file(&beside);
    }
    written.map_err(unavailable)?;
    // The name is in the folder when the folder is on the disk, and the folder in its own.
    sync(folder)?;
    folder.parent().map_or(Ok(()), sync)
}

fn write(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

fn sync(folder: &Path) -> Result<(), FilesError> {
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(unavailable)
}

/// The bytes of a file.
pub(crate) fn get(path: &Path) -> Result<Vec<u8>, FilesError> {
    std::fs::read(path).map_err(|error| match error.kind() {
        ErrorKind::NotFound => FilesError::Missing,
        _ => FilesError::Unavailable,
    })
}

fn unavailable(_: std::io::Error) -> FilesError {
    FilesError::Unavailable
}
