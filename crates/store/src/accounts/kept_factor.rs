//! A second factor as an account's item keeps it.
//!
//! Owns its attributes: the secret, the latest step whose code was taken, the hashes of the recovery codes with their
//! key, and the secret of one that is not confirmed yet. They stand in the account's own item alone, so they go with it,
//! and no list, answer or event holds them. Refuses to own what is done with them (`second_factor.rs`).

use subtle::{Choice, ConstantTimeEq};

use crate::database::{Attribute, Item, Operand};
use crate::error::StoreError;
use crate::ids::Timestamp;
use crate::keyed_hash::keyed_hash;
use crate::limits::ENROLMENT_LIFE;

/// A second factor that holds.
#[derive(Clone, PartialEq, Eq)]
pub struct SecondFactor {
    /// What its one-time codes follow from.
    pub secret: Vec<u8>,
    /// The latest step whose code was taken: none before it, nor this one, is taken again.
    pub(crate) step: u64,
    recovery_key: [u8; 32],
    /// The hashes of the recovery codes that are left.
    recovery: Vec<String>,
}

/// Whether the account has one: in its row, too.
pub(super) const HOLDS: Attribute = Attribute::of("#second_factor", ":second_factor");
const SECRET: Attribute = Attribute::of("#factor_secret", ":factor_secret");
const STEP: Attribute = Attribute::of("#factor_step", ":factor_step");
const RECOVERY_KEY: Attribute = Attribute::of("#recovery_key", ":recovery_key");
const RECOVERY: Attribute = Attribute::of("#recovery", ":recovery");
const PENDING: Attribute = Attribute::of("#pending_secret", ":pending_secret");
const PENDING_SINCE: Attribute = Attribute::of("#pending_since", ":pending_since");

/// What an account's item has no longer when it loses its second factor.
pub(super) fn removed() -> Vec<(Attribute, Option<Operand>)> {
    [SECRET, STEP, RECOVERY_KEY, RECOVERY, PENDING, PENDING_SINCE]
        .into_iter()
        .map(|attribute| (attribute, None))
        .collect()
}

impl SecondFactor {
    /// One that was just confirmed with the code of a step.
    pub(super) fn new(secret: &[u8], step: u64, recovery_key: [u8; 32], codes: &[String]) -> SecondFactor {
        let recovery = codes.iter().map(|code| hash(&recovery_key, code)).collect();
        SecondFactor { secret: secret.to_vec(), step, recovery_key, recovery }
    }

    pub(super) fn read(item: &Item) -> Result<Option<SecondFactor>, StoreError> {
        if !item.has("factor_secret") {
            return Ok(None);
        }
        Ok(Some(SecondFactor {
            secret: item.bytes("factor_secret")?.to_vec(),
            step: item.number("factor_step")?,
            recovery_key: item.bytes("recovery_key")?.try_into().map_err(|_| StoreError::Corrupt)?,
            recovery: item.texts("recovery")?,
        }))
    }

    /// The secret of one that was begun a short time ago.
    pub(super) fn pending(item: &Item, now: Timestamp) -> Result<Option<Vec<u8>>, StoreError> {
        let since = item.optional_time("pending_since")?;
        if since.is_some_and(|since| now.0 - since.0 < ENROLMENT_LIFE) {
            item.bytes("pending_secret").map(|bytes| Some(bytes.to_vec()))
        } else {
            Ok(None)
        }
    }

    /// What the account's item has from now on.
    pub(super) fn set(&self) -> Vec<(Attribute, Option<Operand>)> {
        vec![
            (HOLDS, Some(true.into())),
            (SECRET, Some(self.secret.as_slice().into())),
            (STEP, Some(self.step.into())),
            (RECOVERY_KEY, Some(self.recovery_key.as_slice().into())),
            (RECOVERY, Some(self.recovery.as_slice().into())),
            (PENDING, None),
            (PENDING_SINCE, None),
        ]
    }

    /// The hashes that are left without that of a code; `None` where it is not among them.
    pub(super) fn without(&self, code: &str) -> Option<Vec<String>> {
        let spent = hash(&self.recovery_key, code);
        let is_spent = |kept: &String| -> Choice { kept.as_bytes().ct_eq(spent.as_bytes()) };
        let left: Vec<String> = self.recovery.iter().filter(|kept| !bool::from(is_spent(kept))).cloned().collect();
        (left.len() < self.recovery.len()).then_some(left)
    }

    /// How many recovery codes are left.
    #[must_use]
    pub fn recovery_codes(&self) -> usize {
        self.recovery.len()
    }
}

fn hash(key: &[u8; 32], code: &str) -> String {
    hex::encode(keyed_hash(key, &[code]))
}
