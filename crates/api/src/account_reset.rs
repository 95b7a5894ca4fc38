//! The way back in for whoever is locked out: a new random password for an account, from the machine itself.

use std::fmt;

use store::{Actor, StaffChange, Store, StoreError};
use wire::staff::Role;

use crate::password;

/// Who stands in the audit chain. No account can have this name, for it has a blank.
const ON_THE_MACHINE: Actor<'static> = Actor { name: "pingyi account reset" };

/// Why an account has no new password.
#[derive(Debug)]
pub enum AccountResetError {
    /// The store failed; [`StoreError::NotFound`] when there is no such account.
    Store(StoreError),
    /// The operating system gave no randomness, or hashing failed.
    Password,
}

impl fmt::Display for AccountResetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            AccountResetError::Store(StoreError::NotFound) => f.write_str("no such account"),
            AccountResetError::Store(error) => error.fmt(f),
            AccountResetError::Password => f.write_str("no password could be drawn or hashed"),
        }
    }
}

impl std::error::Error for AccountResetError {}

/// Gives an account a random password, ends its sessions, removes its second factor, and lets it in again if it was disabled. Where nobody manages
/// accounts any more, it does from now on; other roles stay. Wrong passwords that were counted do not hold against the
/// new one. The password is kept nowhere: print it once.
///
/// # Errors
/// The store's, or a password that could not be made.
pub async fn account_reset(store: &Store, name: &str) -> Result<String, AccountResetError> {
    let password = password::draw().ok_or(AccountResetError::Password)?;
    let hash = password::hashed(password.clone()).await.ok_or(AccountResetError::Password)?;
    let mut roles = store.staff(name).await.map_err(AccountResetError::Store)?.account.roles;
    let nobody = !store.has_administrator(Some(name)).await.map_err(AccountResetError::Store)?;
    let lacks = nobody && !roles.iter().any(|role| role == Role::Admin.as_str());
    if lacks {
        roles.push(Role::Admin.as_str().to_owned());
    }
    let what = StaffChange {
        password_hash: Some(&hash),
        disabled: Some(false),
        resets_second_factor: true,
        roles: lacks.then_some(&roles),
        ..StaffChange::default()
    };
    store.change_staff(ON_THE_MACHINE, name, what).await.map_err(AccountResetError::Store)?;
    Ok(password)
}
