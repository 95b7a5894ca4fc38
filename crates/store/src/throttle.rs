//! Counts that limit what one caller may do: passwords that are tried, wrong codes, and codes issued on demand.
//!
//! Whom it takes for one caller says the API. Of right codes nothing is counted: a whole office votes from one
//! address. A password is counted before anybody looks at it, so that of guesses sent side by side no more are tried
//! than of guesses sent one by one.
//!
//! Addresses and names are kept as a hash under a key of the day (`day_key.rs`); with the next day's key all counts
//! begin anew.

use crate::database::{Condition, Item, Key, Table, Update, Write, keys};
use crate::day_key::DayKey;
use crate::error::StoreError;
use crate::ids::Timestamp;
use crate::keyed_hash::keyed_hash;
use crate::limits::{DAY, FAILURE_WINDOW, ISSUE_WINDOW};
use crate::store::Store;

/// What was attempted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// A password at sign-in.
    Password,
    /// The password that holds, asked for before a signed-in person changes it.
    OwnPassword,
    /// A one-time or recovery code of a second factor.
    OneTimeCode,
    Code,
    /// Asking for a code of an open group.
    Issue,
    /// An objection to a result on public display.
    Objection,
}

impl Scope {
    const fn as_str(self) -> &'static str {
        match self {
            Scope::Password => "password",
            Scope::OwnPassword => "own_password",
            Scope::OneTimeCode => "one_time_code",
            Scope::Code => "code",
            Scope::Issue => "issue",
            Scope::Objection => "objection",
        }
    }

    /// Seconds after which a count ends, from the first on.
    const fn window(self) -> i64 {
        match self {
            Scope::Password | Scope::OwnPassword | Scope::OneTimeCode | Scope::Code => FAILURE_WINDOW,
            Scope::Issue | Scope::Objection => ISSUE_WINDOW,
        }
    }

    /// The latest end that a count may have. One that ends later was begun before the clock was set back, and would keep
    /// people out for as long as that. Clocks of two servers differ by far less than a window.
    fn furthest(self, now: Timestamp) -> Timestamp {
        now.plus(2 * self.window())
    }
}

impl Store {
    /// Today's key: that of memory, that of the box, or one drawn now and written over the last.
    async fn day_key(&self) -> Result<DayKey, StoreError> {
        let day = u64::try_from(self.now().0 / DAY).unwrap_or_default();
        if let Some(known) = self.known_day_key.of(day) {
            return Ok(known);
        }
        let secret: [u8; 32] = self.draw.bytes()?;
        let item = Item::at(keys::day_key()).with_number("day_number", day).with_bytes("secret", secret.to_vec());
        // Also one of a day that is far ahead: the clock was wrong, and its key would serve until that day.
        let older = Condition::that("attribute_not_exists(PK) OR day_number < :day OR day_number > :next");
        let older = older.with(":day", day).with(":next", day + 1);
        self.database.write(Table::Box, Write::Put(item, Some(older)), &self.pause).await?;
        // Another server may have been first.
        let kept = self.database.get(Table::Box, &keys::day_key()).await?.ok_or(StoreError::Corrupt)?;
        let secret = kept.bytes("secret")?.try_into().map_err(|_| StoreError::Corrupt)?;
        let kept = DayKey { day: kept.number("day_number")?, secret };
        self.known_day_key.set(kept);
        Ok(kept)
    }

    async fn limit_key(&self, scope: Scope, of: &str) -> Result<Key, StoreError> {
        let hash = keyed_hash(&self.day_key().await?.secret, &[of]);
        Ok(keys::failures(scope.as_str(), &hex::encode(hash)))
    }

    /// What was counted so far: failures, or codes issued.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn counted(&self, scope: Scope, of: &str) -> Result<u64, StoreError> {
        let key = self.limit_key(scope, of).await?;
        let Some(item) = self.database.get(Table::Main, &key).await? else { return Ok(0) };
        let (end, now) = (item.time("expires_at")?, self.now());
        if end <= now || end > scope.furthest(now) { Ok(0) } else { item.number("failures") }
    }

    /// Counts one more, unless there are `most` already. `false`: there are, and nothing was counted.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn count_up_to(&self, scope: Scope, of: &str, most: u64) -> Result<bool, StoreError> {
        let key = self.limit_key(scope, of).await?;
        let now = self.now();
        let runs = Condition::that("expires_at > :now AND expires_at <= :furthest AND failures < :most");
        let runs = runs.with(":now", now).with(":furthest", scope.furthest(now)).with(":most", most);
        let more = Update::of(key.clone(), "ADD failures :i").with(":i", 1).when(runs);
        let over = Condition::that("attribute_not_exists(PK) OR expires_at <= :now OR expires_at > :furthest");
        let first = Update::of(key, "SET failures = :i, expires_at = :end")
            .with(":i", 1)
            .with(":end", now.plus(scope.window()))
            .when(over.with(":now", now).with(":furthest", scope.furthest(now)));
        // Of several that find no count one begins it, and the others add to that.
        for update in [more.clone(), first, more] {
            if self.database.update(Table::Main, update).await? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Counts one more: how many there are now.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn count_one(&self, scope: Scope, of: &str) -> Result<u64, StoreError> {
        self.count_up_to(scope, of, u64::MAX).await?;
        self.counted(scope, of).await
    }

    /// Counts one less, of what was counted and did not happen.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn count_one_less(&self, scope: Scope, of: &str) -> Result<(), StoreError> {
        let key = self.limit_key(scope, of).await?;
        let less = Update::of(key, "SET failures = failures - :i").with(":i", 1);
        let some = Condition::that("failures > :none").with(":none", 0);
        self.database.update(Table::Main, less.when(some)).await?;
        Ok(())
    }

    /// Forgets the failures, after a success.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn forget_counted(&self, scope: Scope, of: &str) -> Result<(), StoreError> {
        let key = self.limit_key(scope, of).await?;
        let none = Update::of(key, "SET failures = :none").with(":none", 0).when(Condition::present());
        self.database.update(Table::Main, none).await?;
        Ok(())
    }
}
