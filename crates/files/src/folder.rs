//! Files in a folder: written beside their place, flushed to the disk, and put in their place at once.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{ErrorKind, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::Path;

use crate::FilesError;

/// Bytes under a name: all of them, or nothing. Readers of other accounts of this machine are kept out.
pub(crate) fn put(folder: &Path, name: &str, bytes: &[u8]) -> Result<(), FilesError> {
    let place = folder.join(name);
    // The name follows from the bytes, so what is there whole is the same.
    if std::fs::metadata(&place).is_ok_and(|there| there.len() == bytes.len() as u64) {
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

#[cfg(test)]
mod tests {
    use crate::{Files, FilesError};

    #[tokio::test]
    async fn what_is_kept_comes_back_and_nothing_else_is_in_the_folder() {
        let home = tempfile::tempdir().unwrap();
        let files = Files::Folder(home.path().join("files"));
        assert_eq!(files.get("plan", "a0").await, Err(FilesError::Missing));
        files.put("plan", "a0", b"evidence".to_vec()).await.unwrap();
        files.put("plan", "a0", b"evidence".to_vec()).await.unwrap();
        assert_eq!(files.get("plan", "a0").await.unwrap(), b"evidence");
        assert_eq!(files.get("other", "a0").await, Err(FilesError::Missing));
        let names: Vec<_> = std::fs::read_dir(home.path().join("files/plan")).unwrap().collect();
        assert_eq!(names.len(), 1);
    }

    #[tokio::test]
    async fn a_place_that_takes_nothing_says_so_and_keeps_no_half() {
        // A file stands where the folder would be: nothing can be made in it, whoever runs the test.
        let home = tempfile::tempdir().unwrap();
        std::fs::write(home.path().join("files"), "").unwrap();
        let files = Files::Folder(home.path().join("files"));
        assert_eq!(files.put("plan", "a0", b"evidence".to_vec()).await, Err(FilesError::Unavailable));
        // A folder stands where the file would be: what was written beside it is taken away again.
        let files = Files::Folder(home.path().join("other"));
        std::fs::create_dir_all(home.path().join("other/plan/a0/x")).unwrap();
        assert_eq!(files.put("plan", "a0", b"evidence".to_vec()).await, Err(FilesError::Unavailable));
        let names: Vec<_> = std::fs::read_dir(home.path().join("other/plan")).unwrap().collect();
        assert_eq!(names.len(), 1);
    }

    #[tokio::test]
    async fn a_file_that_was_cut_is_mended_by_giving_it_again() {
        let home = tempfile::tempdir().unwrap();
        let files = Files::Folder(home.path().to_owned());
        files.put("plan", "a0", b"evidence".to_vec()).await.unwrap();
        std::fs::write(home.path().join("plan/a0"), "evid").unwrap();
        files.put("plan", "a0", b"evidence".to_vec()).await.unwrap();
        assert_eq!(files.get("plan", "a0").await.unwrap(), b"evidence");
    }
}
