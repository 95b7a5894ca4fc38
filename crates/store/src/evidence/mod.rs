//! Evidence files of a plan: what is known of each, and its bytes, which are kept elsewhere.
//!
//! Owns that a file which is known has its bytes: they are kept before anything is said of them. Refuses to own what a
//! content is (`files`), and who may read it (`api`).

mod file;

pub use file::{File, NewFile};
