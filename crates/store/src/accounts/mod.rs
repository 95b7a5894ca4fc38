//! Accounts of staff and their sessions.
//!
//! Owns: names, roles, hashes of passwords, sessions and their end. Refuses to own: hashing a password, cookies, and
//! what a role may do (the API).

mod session;
mod staff;

pub use session::{Session, SessionToken};
pub use staff::Staff;
