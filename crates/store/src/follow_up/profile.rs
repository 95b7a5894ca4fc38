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
use crate::ids::{Actor, Revision};
use crate::limits::{LARGEST_BODY, LONGEST_UNIT_NAME};
use crate::store::Store;

/// A unit's key: its name as names are compared, so that it is one however it is spelled.
fn key(name: &str) -> Result<Key, StoreError> {
    let folded = folded(name);
    if folded.trim().is_empty() || folded.len() > LONGEST_UNIT_NAME {
        return Err(StoreError::NotFound);
    }
    Ok(Key::new(keys::PROFILES, folded))
}

impl Store {
    /// The profile of a unit.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub async fn profile(&self, name: &str) -> Result<Profile, StoreError> {
        read(&self.database.get(Table::Main, &key(name)?).await?.ok_or(StoreError::NotFound)?)
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
            if change.commit("profile_put", detail, vec![Write::put(item)]).await? {
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

fn read(item: &Item) -> Result<Profile, StoreError> {
    Ok(Profile {
        name: item.text("unit_name")?.to_owned(),
        revision: item.number("revision")?,
        profile: ProfileRequest::read(&item.json("body")?).map_err(|_| StoreError::Corrupt)?,
        by: item.text("made_by")?.to_owned(),
        at: item.time("made_at")?.0,
    })
}
