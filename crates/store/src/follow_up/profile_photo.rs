//! Photos of a unit's people: taken for a unit, and named by its profile.
//!
//! Owns which photos a unit has. Their bytes lie where those of evidence files do, under no plan, so that nothing that
//! becomes of a plan takes them away. Refuses to own which of them are public (the profile says who is shown, and the API
//! to whom), and what a picture is (`files`).

use ::files::FilesError;
use scoring::json::Value;
use sha2::{Digest, Sha256};

use super::profile::unit_key;
use crate::audit::change::{ACCOUNTS, Change};
use crate::database::{Condition, Item, Key, Table, Update, Write, keys};
use crate::error::StoreError;
use crate::ids::Actor;
use crate::limits::MOST_PHOTOS;
use crate::store::Store;

/// Where the bytes are, in the place of a plan's id: none has a hyphen.
const FOLDER: &str = "profile-photos";

/// A photo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Photo {
    /// Its media type.
    pub media_type: String,
    /// Its bytes.
    pub content: Vec<u8>,
}

/// The sort key of a photo: none is that of the count.
fn sort_key(sha256: &str) -> String {
    format!("F#{sha256}")
}

fn key(unit: &str, sha256: &str) -> Key {
    Key::new(keys::photo_partition(unit), sort_key(sha256))
}

impl Store {
    /// Keeps a photo of somebody at a unit and answers its SHA-256, by which the unit's profile names it. The same content
    /// again is the photo that is there.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for a name that no unit has; [`StoreError::TooManyKept`]; [`StoreError::Unavailable`] where
    /// the bytes cannot be kept now, and then nothing is.
    pub async fn put_photo(&self, actor: Actor<'_>, name: &str, photo: Photo) -> Result<String, StoreError> {
        let Photo { media_type, content } = photo;
        let unit = unit_key(name)?;
        let (sha256, size) = (hex::encode(Sha256::digest(&content)), content.len() as u64);
        let place = self.files.as_ref().ok_or(StoreError::Unavailable)?;
        let known = self.database.get(Table::Main, &key(&unit, &sha256)).await?.is_some();
        if !known && self.photos_counted(&unit).await? >= MOST_PHOTOS {
            return Err(StoreError::TooManyKept);
        }
        // First the bytes, also of a photo that is known: one whose bytes were lost is mended so.
        place.put(FOLDER, &sha256, content).await.map_err(|_| StoreError::Unavailable)?;
        let mut change = Change::begin(self, ACCOUNTS, actor).await?;
        loop {
            if self.database.get(Table::Main, &key(&unit, &sha256)).await?.is_some() {
                return Ok(sha256);
            }
            if self.photos_counted(&unit).await? >= MOST_PHOTOS {
                return Err(StoreError::TooManyKept);
            }
            let item = Item::at(key(&unit, &sha256))
                .with_text("media_type", &media_type)
                .with_number("size_bytes", size)
                .with_text("made_by", actor.name)
                .with_time("made_at", change.now());
            let fewer = Condition::that("attribute_not_exists(PK) OR kept < :most").with(":most", MOST_PHOTOS);
            let count = Update::of(head(&unit), "ADD kept :one").with(":one", 1).when(fewer);
            let detail = Value::object([
                ("unit", Value::text(name)),
                ("file", Value::text(&sha256)),
                ("type", Value::text(&media_type)),
                ("size", Value::Text(size.to_string())),
            ]);
            if change.commit("photo_put", detail, vec![count.into(), Write::put_new(item)]).await? {
                return Ok(sha256);
            }
        }
    }

    /// A photo of somebody at a unit, its bytes held against the hash that names it.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; [`StoreError::Corrupt`] where other bytes are there, or none any more;
    /// [`StoreError::Unavailable`].
    pub async fn photo(&self, name: &str, sha256: &str) -> Result<Photo, StoreError> {
        let item = self.database.get(Table::Main, &key(&unit_key(name)?, sha256)).await?.ok_or(StoreError::NotFound)?;
        let place = self.files.as_ref().ok_or(StoreError::Unavailable)?;
        let content = place.get(FOLDER, sha256).await.map_err(|error| match error {
            FilesError::Missing => StoreError::Corrupt,
            FilesError::Unavailable => StoreError::Unavailable,
        })?;
        if hex::encode(Sha256::digest(&content)) != sha256 {
            return Err(StoreError::Corrupt);
        }
        Ok(Photo { media_type: item.text("media_type")?.to_owned(), content })
    }

    /// Which of some photos a unit does not have. A photo that is there stays, so what holds now holds.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for a name that no unit has; [`StoreError::Unavailable`].
    pub async fn unknown_photos<'a>(&self, name: &str, photos: &[&'a str]) -> Result<Vec<&'a str>, StoreError> {
        let unit = unit_key(name)?;
        let wanted: std::collections::BTreeSet<&str> = photos.iter().copied().collect();
        let keys: Vec<Key> = wanted.iter().map(|photo| key(&unit, photo)).collect();
        let found = self.database.get_many(Table::Main, &keys).await?;
        let found = found.iter().map(Item::sort_key).collect::<Result<Vec<_>, _>>()?;
        Ok(wanted.into_iter().filter(|photo| !found.contains(&sort_key(photo).as_str())).collect())
    }

    async fn photos_counted(&self, unit: &str) -> Result<u64, StoreError> {
        self.database.get(Table::Main, &head(unit)).await?.map_or(Ok(0), |item| item.number("kept"))
    }
}

/// Where a unit's photos are counted.
fn head(unit: &str) -> Key {
    Key::new(keys::photo_partition(unit), keys::HEAD)
}
