//! Profiles of units (三亮): they belong to no plan, and are found by the unit's name.
//!
//! Owns under which name one is kept, and what of one is public after a change. Refuses to own what one may say (`wire`),
//! and who may change it (the API). In the audit chain stands the hash of what it says: people's numbers can be taken
//! out of a profile, and of a chain nothing can.

use scoring::json::Value;
use scoring::names::folded;
use wire::profile::{Profile, ProfileField, ProfileRequest};

use crate::audit::change::{ACCOUNTS, Change};
use crate::database::{Item, Key, Table, Write, keys};
use crate::error::StoreError;
use crate::ids::{Actor, Revision, Timestamp};
use crate::limits::{LARGEST_BODY, LONGEST_UNIT_NAME};
use crate::store::Store;

/// What a list says of a profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProfileRow {
    /// The unit's name as names are compared.
    pub unit: String,
    /// How often it was written.
    pub revision: Revision,
    /// What of it is public.
    pub public: Vec<ProfileField>,
    /// Whether anything that is public says something.
    pub is_shown: bool,
    /// The account that wrote it last.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// What a unit is found by: its name as names are compared, so that it is one however it is spelled.
pub(super) fn unit_key(name: &str) -> Result<String, StoreError> {
    let folded = folded(name);
    if folded.trim().is_empty() || folded.len() > LONGEST_UNIT_NAME {
        return Err(StoreError::NotFound);
    }
    Ok(folded)
}

fn key(name: &str) -> Result<Key, StoreError> {
    unit_key(name).map(|unit| Key::new(keys::PROFILES, unit))
}

impl Store {
    /// The profile of a unit.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub async fn profile(&self, name: &str) -> Result<Profile, StoreError> {
        read(&self.database.get(Table::Main, &key(name)?).await?.ok_or(StoreError::NotFound)?)
    }

    /// What a list says of all profiles. A profile may have 300 KB; of these rows a thousand are read at once.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn profile_rows(&self) -> Result<Vec<ProfileRow>, StoreError> {
        let items = self.database.query_all(Table::Main, keys::PROFILE_ROWS, "").await?;
        items.iter().map(read_row).collect()
    }

    /// Writes a profile: over the revision it was based on, or with `None` as a new one. Without a word on what is public,
    /// what was stays so, and what says something else now does not.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], [`StoreError::RevisionMismatch`], [`StoreError::NameTaken`], [`StoreError::TooLarge`].
    pub async fn put_profile(
        &self,
        actor: Actor<'_>,
        name: &str,
        profile: &ProfileRequest,
        based_on: Option<Revision>,
    ) -> Result<Profile, StoreError> {
        let key = key(name)?;
        let mut change = Change::begin(self, ACCOUNTS, actor).await?;
        loop {
            let old = self.database.get(Table::Main, &key).await?.map(|item| read(&item)).transpose()?;
            let revision = match (&old, based_on) {
                (None, None) => 1,
                (Some(_), None) => return Err(StoreError::NameTaken),
                (None, Some(_)) => return Err(StoreError::NotFound),
                (Some(old), Some(based_on)) if old.revision == based_on.0 => old.revision + 1,
                (Some(_), Some(_)) => return Err(StoreError::RevisionMismatch),
            };
            let mut next = profile.clone();
            next.public = Some(released(profile, old.as_ref().map(|old| &old.profile)));
            let body = Value::of(&next);
            if body.canonical().len() > LARGEST_BODY {
                return Err(StoreError::TooLarge);
            }
            let item = Item::at(key.clone())
                .with_text("unit_name", old.as_ref().map_or(name, |old| old.name.as_str()))
                .with_number("revision", revision)
                .with_json("body", &body)
                .with_text("made_by", actor.name)
                .with_time("made_at", change.now());
            let public = next.public.iter().flatten().map(|field| Value::text(field.as_str())).collect();
            let detail = Value::object([
                ("unit", Value::text(name)),
                ("revision", Value::Text(revision.to_string())),
                ("public", Value::List(public)),
                ("sha256", Value::Text(body.sha256())),
            ]);
            let kept = read(&item)?;
            let row = row(&key.sk, &kept);
            if change.commit("profile_put", detail, vec![Write::put(item), Write::put(row)]).await? {
                return Ok(kept);
            }
        }
    }
}

/// What is public of a profile that is written now.
fn released(profile: &ProfileRequest, old: Option<&ProfileRequest>) -> Vec<ProfileField> {
    let wanted: &[ProfileField] = match (&profile.public, old) {
        (Some(public), _) => public,
        (None, Some(old)) => old.public.as_deref().unwrap_or_default(),
        (None, None) => &[],
    };
    let stays = |field: &ProfileField| profile.public.is_some() || old.is_some_and(|old| old.agrees(profile, *field));
    ProfileField::ALL.into_iter().filter(|field| wanted.contains(field) && stays(field)).collect()
}

/// The row of a profile, without what it says.
fn row(unit: &str, profile: &Profile) -> Item {
    let public: Vec<String> = profile.profile.public.iter().flatten().map(|field| field.as_str().to_owned()).collect();
    Item::at(Key::new(keys::PROFILE_ROWS, unit))
        .with_number("revision", profile.revision)
        .with_texts("public", &public)
        .with_flag("is_shown", profile.profile.is_shown())
        .with_text("made_by", &profile.by)
        .with_time("made_at", Timestamp(profile.at))
}

fn read_row(item: &Item) -> Result<ProfileRow, StoreError> {
    let public = item.texts("public")?;
    Ok(ProfileRow {
        unit: item.sort_key()?.to_owned(),
        revision: Revision(item.number("revision")?),
        public: ProfileField::ALL
            .into_iter()
            .filter(|field| public.iter().any(|name| name == field.as_str()))
            .collect(),
        is_shown: item.flag("is_shown")?,
        by: item.text("made_by")?.to_owned(),
        at: item.time("made_at")?,
    })
}

fn read(item: &Item) -> Result<Profile, StoreError> {
    Ok(Profile {
        name: item.text("unit_name")?.to_owned(),
        revision: item.number("revision")?,
        profile: ProfileRequest::read(&item.json("body")?).map_err(|_| StoreError::Corrupt)?,
        by: item.text("made_by")?.to_owned(),
        at: item.time("made_at")?.0,
    })
}
