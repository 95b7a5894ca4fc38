//! Counts of failed attempts: wrong passwords by account, wrong codes by whom the API takes for one caller.
//!
//! The key is hashed, so that no address is kept in readable form, and a count lives for a quarter of an hour. Only
//! failures are counted: a whole office votes from one address.

use aws_sdk_dynamodb::types::AttributeValue;
use sha2::{Digest, Sha256};

use crate::database::Table;
use crate::ids::hex;
use crate::keys::{self, Key};
use crate::write::{Condition, Write};
use crate::{Store, StoreError};

/// What was attempted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// A password.
    Password,
    /// A code.
    Code,
}

impl Scope {
    const fn as_str(self) -> &'static str {
        match self {
            Scope::Password => "password",
            Scope::Code => "code",
        }
    }
}

/// Seconds after which a count ends, from its first failure on.
const WINDOW: i64 = 15 * 60;

fn key(scope: Scope, of: &str) -> Key {
    let mut sha = Sha256::new();
    sha.update(b"pingyi-failures\0");
    sha.update(of.as_bytes());
    keys::failures(scope.as_str(), &hex(&sha.finalize()))
}

impl Store {
    /// Failures counted so far.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn failures(&self, scope: Scope, of: &str) -> Result<u64, StoreError> {
        let Some(item) = self.database.get(Table::Main, &key(scope, of)).await? else { return Ok(0) };
        if item.time("expires_at")? <= self.now() { Ok(0) } else { item.number("failures") }
    }

    /// Counts a failure: how many there are now.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn count_failure(&self, scope: Scope, of: &str) -> Result<u64, StoreError> {
        let key = key(scope, of);
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
                values: vec![(":i", number(1)), (":end", number(now.plus(WINDOW).0))],
                condition: None,
            };
            self.database.write(Table::Main, first, &self.pause).await?;
        }
        self.failures(scope, of).await
    }

    /// Forgets the failures, after a success.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn forget_failures(&self, scope: Scope, of: &str) -> Result<(), StoreError> {
        self.database.write(Table::Main, Write::Delete(key(scope, of), None), &self.pause).await?;
        Ok(())
    }
}
