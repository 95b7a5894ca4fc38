//! Documents: strict JSON, what can be wrong with it, and the one way to declare what a document holds.
//!
//! Owns the JSON value and its canonical form ([`json`]), problems and their pointers ([`problem`]), the figures
//! that documents hold ([`decimal`]), and the macros [`document!`], [`words!`] and [`kinds!`]: from one declaration
//! come the struct, the reader, the writer and the OpenAPI schema. Refuses to own what any document means.

#![warn(missing_docs)]

pub mod canonical;
pub mod decimal;
mod declare;
pub mod json;
mod map;
pub mod problem;
pub mod reading;
#[cfg(feature = "openapi")]
pub mod schema;
mod tree;
mod values;

pub use compact_str::CompactString;
pub use decimal::{Decimal, Figure, NotADecimal};
pub use json::{MalformedJson, Value};
pub use map::Map;
pub use problem::{Problem, ProblemCode, pointer};
pub use reading::{
    Path, Read, Shape, is_blank, open_ended, parsed, read_leniently, read_strictly, read_text, wrong_type,
};
pub use tree::{Items, Members, Tree};
pub use values::MOST_COUNT;

/// What the macros' code names.
#[doc(hidden)]
pub mod macros {
    pub use serde::{Deserialize, Deserializer, Serialize};

    pub use crate::reading::{
        Field, Fill, MOST_FIELDS, Presence, deserialize, fill, fill_change, fill_fields, fill_option, fill_whole, kind,
        word,
    };
}
