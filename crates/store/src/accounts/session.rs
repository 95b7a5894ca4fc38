//! Staff sessions: kept under the hash of a token that only the browser has.

use std::fmt;

use sha2::{Digest, Sha256};

use super::staff::{Account, Staff};
use crate::database::{Condition, Item, Table, Update, Write, keys};
use crate::error::StoreError;
use crate::ids::unhex;
use crate::limits::{SESSION_IDLE, SESSION_LIFE, SESSION_SLIDE};
use crate::store::Store;

/// A session's secret, for the cookie.
#[derive(Clone, PartialEq, Eq)]
pub struct SessionToken([u8; 32]);

impl SessionToken {
    /// Reads 64 hexadecimal digits.
    pub fn parse(text: &str) -> Option<SessionToken> {
        unhex(text).map(SessionToken)
    }

    fn hash(&self) -> String {
        hex::encode(Sha256::digest(self.0))
    }
}

/// 64 hexadecimal digits.
impl fmt::Display for SessionToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

/// Never the secret itself.
impl fmt::Debug for SessionToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SessionToken(..)")
    }
}

/// Who vouched for whoever signed in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SignedInBy {
    /// The account's password, and its second factor where it has one.
    Password,
    /// An identity provider, whose own factors are all that was asked for.
    Provider,
}

/// A session that has not ended.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LivingSession {
    pub account: Account,
    pub by: SignedInBy,
}

impl Store {
    /// Begins a session of an account whose password was right, or whom the provider knows.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn create_session(&self, account: &Staff, by: SignedInBy) -> Result<SessionToken, StoreError> {
        let token = SessionToken(self.draw.bytes()?);
        let now = self.now();
        let item = Item::at(keys::session(&token.hash()))
            .with_text("account", account.account.name.as_str())
            .with_number("password_version", account.password_version)
            .with_flag("by_provider", by == SignedInBy::Provider)
            .with_time("seen_at", now)
            .with_time("ends_at", now.plus(SESSION_LIFE))
            .with_time("expires_at", now.plus(SESSION_IDLE));
        self.database.write(Table::Main, Write::put_new(item), &self.pause).await?;
        Ok(token)
    }

    /// Who a token stands for, and keeps the session alive. A new password ends all sessions of the old one; a disabled
    /// account has none while it is disabled.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such session, it was idle for 30 minutes, or is 12 hours old.
    pub async fn session(&self, token: &SessionToken) -> Result<LivingSession, StoreError> {
        let key = keys::session(&token.hash());
        let item = self.database.get(Table::Main, &key).await?.ok_or(StoreError::NotFound)?;
        let now = self.now();
        // Without an end of its own it began before sessions had one, and is as good as over.
        let end = if item.has("ends_at") { item.time("ends_at")? } else { item.time("expires_at")? };
        if item.time("expires_at")?.min(end) <= now {
            return Err(StoreError::NotFound);
        }
        let account = self.staff(item.text("account")?).await?;
        if account.account.disabled || account.password_version != item.number("password_version")? {
            return Err(StoreError::NotFound);
        }
        // Where the clock was set back since, the session would last as much longer.
        let is_ahead = item.time("expires_at")? > now.plus(SESSION_IDLE + SESSION_SLIDE);
        if is_ahead || item.time("seen_at")?.plus(SESSION_SLIDE) <= now {
            let end = end.min(now.plus(SESSION_LIFE));
            let slide = Update::of(key, "SET expires_at = :idle, ends_at = :end, seen_at = :now")
                .with(":idle", now.plus(SESSION_IDLE).min(end))
                .with(":end", end)
                .with(":now", now)
                // It may have been ended meanwhile.
                .when(Condition::present());
            self.database.write(Table::Main, slide, &self.pause).await?;
        }
        let by = if item.flag("by_provider")? { SignedInBy::Provider } else { SignedInBy::Password };
        Ok(LivingSession { account: account.account, by })
    }

    /// What lets a session go on when the next password version ends all others; `None` where it is none of this account's.
    pub(super) async fn lifted_session(
        &self,
        token: &SessionToken,
        account: &Staff,
    ) -> Result<Option<Write>, StoreError> {
        let (key, was) = (keys::session(&token.hash()), account.password_version);
        let Some(item) = self.database.get(Table::Main, &key).await? else { return Ok(None) };
        if item.text("account")? != account.account.name || item.number("password_version")? != was {
            return Ok(None);
        }
        let unchanged = Condition::that("password_version = :was").with(":was", was);
        Ok(Some(Update::of(key, "SET password_version = :next").with(":next", was + 1).when(unchanged).into()))
    }

    /// Ends a session; one that has ended stays so.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn end_session(&self, token: &SessionToken) -> Result<(), StoreError> {
        self.database.write(Table::Main, Write::Delete(keys::session(&token.hash()), None), &self.pause).await?;
        Ok(())
    }
}
