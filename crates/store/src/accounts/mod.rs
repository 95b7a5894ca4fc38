//! Accounts of staff and their sessions.
//!
//! Owns: names, roles, hashes of passwords, sessions and their end. Refuses to own: hashing a password, cookies, and
//! what a role may do (the API).

pub(crate) mod session;
pub(crate) mod staff;
