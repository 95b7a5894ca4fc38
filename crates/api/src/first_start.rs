//! The first start of an installation: the account `admin`, with every role.

use std::fmt;

use store::{Account, Actor, Store, StoreError};
use wire::staff::Role;

use crate::password;

/// The account that the first start creates.
pub const ADMINISTRATOR: &str = "admin";

/// What the first start did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FirstStart {
    /// There was an account already.
    NotFirst,
    /// `admin` was created with the given password.
    Created,
    /// `admin` was created with this random password, which is kept nowhere: print it once.
    Drawn(String),
}

/// Why the account could not be created.
#[derive(Debug)]
pub enum FirstStartError {
    /// The store failed.
    Store(StoreError),
    /// The given password is empty or longer than 200 characters.
    PasswordLength,
    /// The operating system gave no randomness, or hashing failed.
    Password,
}

impl fmt::Display for FirstStartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FirstStartError::Store(error) => error.fmt(f),
            FirstStartError::PasswordLength => {
                f.write_str("the administrator's password must have 1 to 200 characters")
            }
            FirstStartError::Password => f.write_str("no password could be drawn or hashed"),
        }
    }
}

impl std::error::Error for FirstStartError {}

/// Creates `admin` if there is no such account, with the given password or a random one.
///
/// # Errors
/// The store's, or a password that cannot be one.
pub async fn first_start(store: &Store, given: Option<&str>) -> Result<FirstStart, FirstStartError> {
    match store.staff(ADMINISTRATOR).await {
        Ok(_) => return Ok(FirstStart::NotFirst),
        Err(StoreError::NotFound) => {}
        Err(error) => return Err(FirstStartError::Store(error)),
    }
    let drawn = match given {
        Some(_) => None,
        None => Some(password::draw().ok_or(FirstStartError::Password)?),
    };
    let password = given.or(drawn.as_deref()).ok_or(FirstStartError::Password)?.to_owned();
    // Whoever runs the installation chooses freely; only accounts made later must be long.
    if !(1..=*wire::staff::PASSWORD_LENGTH.end()).contains(&password.chars().count()) {
        return Err(FirstStartError::PasswordLength);
    }
    let hash = password::hashed(password).await.ok_or(FirstStartError::Password)?;
    // Whoever begins alone may do everything, until there are others.
    // It stands for no unit.
    let roles = Role::ALL.into_iter().filter(|role| *role != Role::Unit).map(|role| role.as_str().to_owned()).collect();
    let account = Account { name: ADMINISTRATOR.to_owned(), roles, ..Account::default() };
    match store.create_staff(Actor { name: ADMINISTRATOR }, &account, &hash).await {
        Ok(()) => Ok(drawn.map_or(FirstStart::Created, FirstStart::Drawn)),
        // Another process was first.
        Err(StoreError::NameTaken) => Ok(FirstStart::NotFirst),
        Err(error) => Err(FirstStartError::Store(error)),
    }
}
