//! Counts that limit what one caller may do: wrong passwords by account; wrong codes, and codes issued on demand, by
//! whom the API takes for one caller.
//!
//! Of right codes nothing is counted: a whole office votes from one address.
//!
//! An address is kept as a hash under a key of the day. All addresses can be tried in minutes, so the hash alone would
//! hide none; the next day's key is written over it, in the table that has no backups, and from then on the counts
//! that are left lead back to no address.

use std::sync::{Mutex, PoisonError};

use aws_sdk_dynamodb::types::AttributeValue;
use sha2::{Digest, Sha256};

use crate::database::{Condition, Item, Key, Table, Write, keys};
use crate::ids::hex;
use crate::keyed_hash::keyed_hash;
use crate::{Store, StoreError};

/// What was attempted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// A password.
    Password,
    /// A code.
    Code,
    /// Asking for a code of an open group.
    Issue,
}

impl Scope {
    const fn as_str(self) -> &'static str {
        match self {
            Scope::Password => "password",
            Scope::Code => "code",
            Scope::Issue => "issue",
        }
    }

    /// Seconds after which a count ends, from the first on.
    const fn window(self) -> i64 {
        match self {
            Scope::Password | Scope::Code => 15 * 60,
            Scope::Issue => DAY,
        }
    }
}

const DAY: i64 = 24 * 60 * 60;

/// The key of a day.
#[derive(Clone, Copy)]
pub(crate) struct DayKey {
    day: u64,
    secret: [u8; 32],
}

/// The day's key in memory.
pub(crate) type KnownDayKey = Mutex<Option<DayKey>>;

impl Store {
    /// Today's key: that of memory, that of the box, or one drawn now and written over the last.
    async fn day_key(&self) -> Result<DayKey, StoreError> {
        let day = u64::try_from(self.now().0 / DAY).unwrap_or_default();
        let known = *self.day_key.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = known.filter(|known| known.day == day) {
            return Ok(known);
        }
        let secret: [u8; 32] = self.draw.bytes()?;
        let item = Item::at(keys::day_key()).with_number("day_number", day).with_bytes("secret", secret.to_vec());
        let older = Condition::that(
            "attribute_not_exists(PK) OR day_number < :day",
            vec![(":day", AttributeValue::N(day.to_string()))],
        );
        self.database.write(Table::Box, Write::Put(item, Some(older)), &self.pause).await?;
        // Another server may have been first.
        let kept = self.database.get(Table::Box, &keys::day_key()).await?.ok_or(StoreError::Corrupt)?;
        let secret = kept.bytes("secret")?.try_into().map_err(|_| StoreError::Corrupt)?;
        let kept = DayKey { day: kept.number("day_number")?, secret };
        *self.day_key.lock().unwrap_or_else(PoisonError::into_inner) = Some(kept);
        Ok(kept)
    }

    async fn limit_key(&self, scope: Scope, of: &str) -> Result<Key, StoreError> {
        let hash: [u8; 32] = match scope {
            Scope::Password => {
                let mut sha = Sha256::new();
                sha.update(b"pingyi-failures\0");
                sha.update(of.as_bytes());
                sha.finalize().into()
            }
            Scope::Code | Scope::Issue => keyed_hash(&self.day_key().await?.secret, &[of]),
        };
        Ok(keys::failures(scope.as_str(), &hex(&hash)))
    }

    /// What was counted so far: failures, or codes issued.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn counted(&self, scope: Scope, of: &str) -> Result<u64, StoreError> {
        let key = self.limit_key(scope, of).await?;
        let Some(item) = self.database.get(Table::Main, &key).await? else { return Ok(0) };
        if item.time("expires_at")? <= self.now() { Ok(0) } else { item.number("failures") }
    }

    /// Counts one more: how many there are now.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn count_one(&self, scope: Scope, of: &str) -> Result<u64, StoreError> {
        let key = self.limit_key(scope, of).await?;
        let number = |number: i64| AttributeValue::N(number.to_string());
        let now = self.now();
        let more = Write::Update {
            key: key.clone(),
            expression: "ADD failures :i".to_owned(),
            values: vec![(":i", number(1))],
            condition: Some(Condition::that("expires_at > :now", vec![(":now", number(now.0))])),
        };
        if !self.database.write(Table::Main, more, &self.pause).await? {
            let first = Write::Update {
                key,
                expression: "SET failures = :i, expires_at = :end".to_owned(),
                values: vec![(":i", number(1)), (":end", number(now.plus(scope.window()).0))],
                condition: None,
            };
            self.database.write(Table::Main, first, &self.pause).await?;
        }
        self.counted(scope, of).await
    }

    /// Forgets the failures, after a success.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn forget_counted(&self, scope: Scope, of: &str) -> Result<(), StoreError> {
        let key = self.limit_key(scope, of).await?;
        self.database.write(Table::Main, Write::Delete(key, None), &self.pause).await?;
        Ok(())
    }
}
