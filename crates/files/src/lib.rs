//! Evidence files and photos: what kind a content is, and where its bytes are kept.
//!
//! Owns [`Kind`], which is told by content alone, and [`Files`], which keeps bytes under a name that follows from them. Refuses
//! to own what is known of a file (its name, who gave it, which plan it is of: `store`), and who may read it (`api`).

mod bucket;
mod error;
mod folder;
mod kind;

use std::path::PathBuf;

pub use bucket::Bucket;
pub use error::FilesError;
pub use kind::Kind;

/// Where files are kept. Cheap to clone.
#[derive(Debug, Clone)]
pub enum Files {
    /// In a folder of this machine, which is made when it is needed.
    Folder(PathBuf),
    /// In a bucket of S3.
    Bucket(Bucket),
}

impl Files {
    /// Keeps bytes under a name of a plan, or of what belongs to none; what is kept there already stays. When it answers they are kept for good.
    ///
    /// # Errors
    /// [`FilesError::Unavailable`].
    pub async fn put(&self, plan: &str, name: &str, bytes: Vec<u8>) -> Result<(), FilesError> {
        match self {
            Files::Folder(folder) => {
                let (folder, name) = (folder.join(plan), name.to_owned());
                blocking(move || folder::put(&folder, &name, &bytes)).await
            }
            Files::Bucket(bucket) => bucket.put(format!("{plan}/{name}"), bytes).await,
        }
    }

    /// The bytes that are kept under a name of a plan, or of what belongs to none.
    ///
    /// # Errors
    /// [`FilesError::Missing`], [`FilesError::Unavailable`].
    pub async fn get(&self, plan: &str, name: &str) -> Result<Vec<u8>, FilesError> {
        match self {
            Files::Folder(folder) => {
                let path = folder.join(plan).join(name);
                blocking(move || folder::get(&path)).await
            }
            Files::Bucket(bucket) => bucket.get(format!("{plan}/{name}")).await,
        }
    }
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, FilesError> + Send + 'static,
) -> Result<T, FilesError> {
    tokio::task::spawn_blocking(work).await.unwrap_or(Err(FilesError::Unavailable))
}

#[cfg(test)]
mod tests {
    use super::{Files, FilesError};

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
