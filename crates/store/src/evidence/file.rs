//! Keeping a file, reading it, and telling which files a plan has.

use ::files::FilesError;
use scoring::json::Value;
use sha2::{Digest, Sha256};

use crate::audit::change::Change;
use crate::database::{Condition, Item, Key, Table, Update, Write, keys};
use crate::error::StoreError;
use crate::ids::{Actor, PlanId};
use crate::limits::{LARGEST_WORDS, MOST_FILES};
use crate::store::Store;

/// A file that is given to a plan.
#[derive(Debug, Clone)]
pub struct NewFile<'a> {
    /// What it is called.
    pub name: &'a str,
    /// Its media type.
    pub media_type: &'a str,
    /// Its bytes.
    pub content: Vec<u8>,
}

/// A file of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// What it was called when it was given first.
    pub name: String,
    /// Its media type.
    pub media_type: String,
    /// Its bytes.
    pub content: Vec<u8>,
}

/// The sort key of a file: none is that of the count.
fn sort_key(sha256: &str) -> String {
    format!("F#{sha256}")
}

fn key(plan: &PlanId, sha256: &str) -> Key {
    Key::new(keys::file_partition(plan), sort_key(sha256))
}

impl Store {
    /// Keeps a file and answers its SHA-256, by which records name it. The same content again is the file that is there.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for the plan; [`StoreError::TooManyKept`], [`StoreError::TooLarge`];
    /// [`StoreError::Unavailable`] where the bytes cannot be kept now, and then nothing is.
    pub async fn put_file(&self, actor: Actor<'_>, plan: &PlanId, file: NewFile<'_>) -> Result<String, StoreError> {
        let NewFile { name, media_type, content } = file;
        if name.len() > LARGEST_WORDS {
            return Err(StoreError::TooLarge);
        }
        let (sha256, size) = (hex::encode(Sha256::digest(&content)), content.len() as u64);
        let place = self.files.as_ref().ok_or(StoreError::Unavailable)?;
        self.plan_head(plan).await?;
        let known = self.database.get(Table::Main, &key(plan, &sha256)).await?.is_some();
        if !known && self.files_counted(plan).await? >= MOST_FILES {
            return Err(StoreError::TooManyKept);
        }
        // First the bytes, also of a file that is known: one whose bytes were lost is mended so.
        place.put(plan.as_str(), &sha256, content).await.map_err(|_| StoreError::Unavailable)?;
        let mut change = Change::begin(self, plan.as_str(), actor).await?;
        loop {
            self.plan_head(plan).await?;
            if self.database.get(Table::Main, &key(plan, &sha256)).await?.is_some() {
                return Ok(sha256);
            }
            if self.files_counted(plan).await? >= MOST_FILES {
                return Err(StoreError::TooManyKept);
            }
            let item = Item::at(key(plan, &sha256))
                .with_text("title", name)
                .with_text("media_type", media_type)
                .with_number("size_bytes", size)
                .with_text("made_by", actor.name)
                .with_time("made_at", change.now());
            let fewer = Condition::that("attribute_not_exists(PK) OR kept < :most").with(":most", MOST_FILES);
            let head = Key::new(keys::file_partition(plan), keys::HEAD);
            let count = Update::of(head, "ADD kept :one").with(":one", 1).when(fewer);
            let detail = Value::object([
                ("file", Value::text(&sha256)),
                ("name", Value::text(name)),
                ("type", Value::text(media_type)),
                ("size", Value::Text(size.to_string())),
            ]);
            if change.commit("file_put", detail, vec![count.into(), Write::put_new(item)]).await? {
                return Ok(sha256);
            }
        }
    }

    /// A file of a plan, its bytes held against the hash that names it.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; [`StoreError::Corrupt`] where other bytes are there, or none any more;
    /// [`StoreError::Unavailable`].
    pub async fn file(&self, plan: &PlanId, sha256: &str) -> Result<File, StoreError> {
        let item = self.database.get(Table::Main, &key(plan, sha256)).await?.ok_or(StoreError::NotFound)?;
        let place = self.files.as_ref().ok_or(StoreError::Unavailable)?;
        let content = place.get(plan.as_str(), sha256).await.map_err(|error| match error {
            FilesError::Missing => StoreError::Corrupt,
            FilesError::Unavailable => StoreError::Unavailable,
        })?;
        if hex::encode(Sha256::digest(&content)) != sha256 {
            return Err(StoreError::Corrupt);
        }
        let (name, media_type) = (item.text("title")?.to_owned(), item.text("media_type")?.to_owned());
        Ok(File { name, media_type, content })
    }

    /// Which of some files a plan does not have, by their places. A file that is there stays, so what holds now holds.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn unknown_files(&self, plan: &PlanId, files: &[String]) -> Result<Vec<usize>, StoreError> {
        let wanted: std::collections::BTreeSet<&String> = files.iter().collect();
        let keys: Vec<Key> = wanted.into_iter().map(|file| key(plan, file)).collect();
        let found = self.database.get_many(Table::Main, &keys).await?;
        let found = found.iter().map(Item::sort_key).collect::<Result<Vec<_>, _>>()?;
        let unknown = files.iter().enumerate().filter(|(_, file)| !found.contains(&sort_key(file).as_str()));
        Ok(unknown.map(|(place, _)| place).collect())
    }

    async fn files_counted(&self, plan: &PlanId) -> Result<u64, StoreError> {
        let head = Key::new(keys::file_partition(plan), keys::HEAD);
        self.database.get(Table::Main, &head).await?.map_or(Ok(0), |item| item.number("kept"))
    }
}
