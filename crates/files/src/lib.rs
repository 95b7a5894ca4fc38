//! Evidence files: what kind a content is, and where its bytes are kept.
//!
//! Owns [`Kind`], which is told by content alone, and [`Files`], which keeps bytes under a name that follows from them. Refuses
//! to own what is known of a file (its name, who gave it, which plan it is of: `store`), and who may read it (`api`).

mod folder;
mod kind;

use std::path::PathBuf;

pub use kind::Kind;

/// Why bytes were not kept or read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FilesError {
    /// The place takes or gives nothing now: a full disk, no right, no answer. Nothing half is left behind.
    Unavailable,
    /// There is no such file.
    Missing,
}

impl std::fmt::Display for FilesError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            FilesError::Unavailable => "files cannot be kept or read now",
            FilesError::Missing => "no such file",
        })
    }
}

impl std::error::Error for FilesError {}

/// Where files are kept. Cheap to clone.
#[derive(Debug, Clone)]
pub enum Files {
    /// In a folder of this machine, which is made when it is needed.
    Folder(PathBuf),
}

impl Files {
    /// Keeps bytes under a name of a plan; what is kept there already stays. When it answers they are on disk.
    ///
    /// # Errors
    /// [`FilesError::Unavailable`].
    pub async fn put(&self, plan: &str, name: &str, bytes: Vec<u8>) -> Result<(), FilesError> {
        match self {
            Files::Folder(folder) => {
                let (folder, name) = (folder.join(plan), name.to_owned());
                blocking(move || folder::put(&folder, &name, &bytes)).await
            }
        }
    }

    /// The bytes that are kept under a name of a plan.
    ///
    /// # Errors
    /// [`FilesError::Missing`], [`FilesError::Unavailable`].
    pub async fn get(&self, plan: &str, name: &str) -> Result<Vec<u8>, FilesError> {
        match self {
            Files::Folder(folder) => {
                let path = folder.join(plan).join(name);
                blocking(move || folder::get(&path)).await
            }
        }
    }
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, FilesError> + Send + 'static,
) -> Result<T, FilesError> {
    tokio::task::spawn_blocking(work).await.unwrap_or(Err(FilesError::Unavailable))
}
