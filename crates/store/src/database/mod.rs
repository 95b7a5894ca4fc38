//! The one room that knows DynamoDB: items, keys, writes, the two tables, and the client that carries them.
//!
//! Owns: the AWS SDK and every one of its names, the tables' shape, every item's key, retries, and what the
//! database's refusals mean. Refuses to own: what an item means; each use case states its reads and writes in the
//! words of this room.

mod client;
mod connection;
mod item;
pub(crate) mod keys;
mod pause;
mod tables;
mod write;

pub(crate) use client::{Database, Range, Table, WriteFault};
pub use connection::{Configuration, SharedHttpClient};
pub(crate) use connection::{embedded, on_aws};
pub(crate) use item::Item;
pub(crate) use keys::Key;
pub(crate) use pause::Pause;
pub use tables::{Billing, TableDefinition, TableNames, tables};
pub(crate) use write::{Attribute, Condition, Operand, Update, Write};
