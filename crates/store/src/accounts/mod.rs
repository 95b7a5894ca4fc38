//! Accounts of staff and their sessions.
//!
//! Owns: names, roles, hashes of passwords, secrets of second factors, sessions and their end, settings. Refuses to own:
//! hashing a password, which code belongs to which moment, cookies, and what a role may do (the API).

pub(crate) mod change_staff;
pub(crate) mod kept_factor;
pub(crate) mod second_factor;
pub(crate) mod session;
mod settings;
pub(crate) mod staff;
