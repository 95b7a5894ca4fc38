//! Strict JSON: the tree that a document arrives as.
//!
//! Owns what the specification asks of all documents alike: a repeated key, nesting deeper than 32 and bad syntax are
//! errors. Knows nothing of what a document says. A [`Value`] owns its strings, or borrows them from the text that is
//! read; the readers of documents take either, as a [`Tree`](crate::Tree).

use std::borrow::Cow;
use std::cell::Cell;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{SerializeMap, SerializeSeq, Serializer};
use serde::{Deserialize, Serialize};

/// Deepest nesting of arrays and objects that is read.
pub const DEEPEST: usize = 32;
/// Members of an object among which a key is looked for one by one.
const FEW_MEMBERS: usize = 16;

/// A JSON value whose objects keep their order and hold each key once.
#[derive(Debug, Clone, PartialEq)]
pub enum Value<S = String> {
    /// `null`
    Null,
    /// `true`, `false`
    Bool(bool),
    /// A whole number that fits 64 bits.
    Int(i64),
    /// Any other number. No document of ours holds one; drafts may.
    Float(f64),
    /// A string.
    Text(S),
    /// An array.
    List(Vec<Value<S>>),
    /// An object, in the order it was written.
    Object(Vec<(S, Value<S>)>),
}

/// Why a text is no JSON that we read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MalformedJson {
    /// Not JSON at all, or cut short.
    Syntax {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
    },
    /// An object names a key twice.
    RepeatedKey {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
    },
    /// Nested deeper than [`DEEPEST`].
    TooDeep {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
    },
}

/// What is refused though it is JSON.
#[derive(Clone, Copy)]
enum Refused {
    RepeatedKey,
    TooDeep,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Refused::RepeatedKey => "repeated key",
            Refused::TooDeep => "nested too deep",
        })
    }
}

impl fmt::Display for MalformedJson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (words, line, column) = match self {
            MalformedJson::Syntax { line, column } => ("不是合法的 JSON / not JSON", line, column),
            MalformedJson::RepeatedKey { line, column } => ("键重复 / repeated key", line, column),
            MalformedJson::TooDeep { line, column } => ("嵌套过深 / nested too deep", line, column),
        };
        write!(f, "{words} ({line}:{column})")
    }
}

impl std::error::Error for MalformedJson {}

fn parse<'t, S: Text<'t>>(text: &'t [u8]) -> Result<Value<S>, MalformedJson> {
    let refused = Cell::new(None);
    let mut json = serde_json::Deserializer::from_slice(text);
    let value = Nested { depth: 0, refused: &refused, text: PhantomData }.deserialize(&mut json);
    value.and_then(|value| json.end().map(|()| value)).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        match refused.get() {
            Some(Refused::RepeatedKey) => MalformedJson::RepeatedKey { line, column },
            Some(Refused::TooDeep) => MalformedJson::TooDeep { line, column },
            None => MalformedJson::Syntax { line, column },
        }
    })
}

impl Value {
    /// Reads one JSON text.
    ///
    /// # Errors
    /// [`MalformedJson`] for bad syntax, a repeated key or nesting deeper than [`DEEPEST`].
    pub fn parse(text: &[u8]) -> Result<Value, MalformedJson> {
        // A page reads both kinds of values, and each parser would be three kilobytes of it: one is enough there.
        if cfg!(target_family = "wasm") { Ok(Value::parse_borrowed(text)?.tree().owned()) } else { parse(text) }
    }

    /// What serde makes of a document; null for what it cannot write, of which there is none among our documents.
    #[must_use]
    pub fn of<T: Serialize + ?Sized>(document: &T) -> Value {
        let text = serde_json::to_vec(document).unwrap_or_default();
        Value::parse(&text).unwrap_or(Value::Null)
    }

    /// What serde reads out of it; `None` where it cannot.
    #[must_use]
    pub fn to<T: de::DeserializeOwned>(&self) -> Option<T> {
        serde_json::from_slice(&serde_json::to_vec(self).ok()?).ok()
    }

    /// An object with these members.
    #[must_use]
    pub fn object<const N: usize>(members: [(&str, Value); N]) -> Value {
        Value::Object(members.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
    }

    /// A string.
    #[must_use]
    pub fn text(text: &str) -> Value {
        Value::Text(text.to_owned())
    }
}

impl<'t> Value<Cow<'t, str>> {
    /// Reads one JSON text; strings without escapes are borrowed from it.
    ///
    /// # Errors
    /// As [`Value::parse`].
    pub fn parse_borrowed(text: &'t [u8]) -> Result<Self, MalformedJson> {
        parse(text)
    }
}

impl<S: AsRef<str>> Value<S> {
    /// The member `key` of an object; `None` for anything else.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Value<S>> {
        match self {
            Value::Object(members) => members.iter().find(|(k, _)| k.as_ref() == key).map(|(_, v)| v),
            _ => None,
        }
    }

    /// The text of a string.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Value::Text(text) => Some(text.as_ref()),
            _ => None,
        }
    }
}

impl<S> Value<S> {
    /// Is it `null`?
    #[must_use]
    pub const fn is_null(&self) -> bool {
        matches!(self, Value::Null)
    }
}

impl<S: AsRef<str>> Serialize for Value<S> {
    fn serialize<Z: Serializer>(&self, serializer: Z) -> Result<Z::Ok, Z::Error> {
        match self {
            Value::Null => serializer.serialize_unit(),
            Value::Bool(b) => serializer.serialize_bool(*b),
            Value::Int(n) => serializer.serialize_i64(*n),
            Value::Float(x) => serializer.serialize_f64(*x),
            Value::Text(text) => serializer.serialize_str(text.as_ref()),
            Value::List(items) => {
                let mut list = serializer.serialize_seq(Some(items.len()))?;
                for item in items {
                    list.serialize_element(item)?;
                }
                list.end()
            }
            Value::Object(members) => {
                let mut map = serializer.serialize_map(Some(members.len()))?;
                for (key, value) in members {
                    map.serialize_entry(key.as_ref(), value)?;
                }
                map.end()
            }
        }
    }
}

impl<'de, S: Text<'de>> Deserialize<'de> for Value<S> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Nested { depth: 0, refused: &Cell::new(None), text: PhantomData }.deserialize(deserializer)
    }
}

/// A string that a value may hold.
pub trait Text<'t>: AsRef<str> + From<&'t str> + From<String> + Clone + Eq + std::hash::Hash {}

impl<'t, S: AsRef<str> + From<&'t str> + From<String> + Clone + Eq + std::hash::Hash> Text<'t> for S {}

/// A value below so many arrays and objects.
struct Nested<'r, S> {
    depth: usize,
    /// What was refused, for whoever asks why: serde's errors carry words only.
    refused: &'r Cell<Option<Refused>>,
    text: PhantomData<S>,
}

impl<S> Nested<'_, S> {
    fn refuse<E: de::Error>(&self, refused: Refused) -> E {
        self.refused.set(Some(refused));
        E::custom(refused)
    }

    fn below(&self) -> Self {
        Nested { depth: self.depth + 1, refused: self.refused, text: PhantomData }
    }
}

impl<'de, S: Text<'de>> DeserializeSeed<'de> for Nested<'_, S> {
    type Value = Value<S>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value<S>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de, S: Text<'de>> Visitor<'de> for Nested<'_, S> {
    type Value = Value<S>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value<S>, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Value<S>, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, b: bool) -> Result<Value<S>, E> {
        Ok(Value::Bool(b))
    }

    fn visit_i64<E>(self, n: i64) -> Result<Value<S>, E> {
        Ok(Value::Int(n))
    }

    fn visit_u64<E>(self, n: u64) -> Result<Value<S>, E> {
        #[expect(clippy::cast_precision_loss, reason = "no document holds so large a number")]
        Ok(i64::try_from(n).map_or(Value::Float(n as f64), Value::Int))
    }

    fn visit_f64<E>(self, x: f64) -> Result<Value<S>, E> {
        Ok(Value::Float(x))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Value<S>, E> {
        Ok(Value::Text(text.into()))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value<S>, E> {
        Ok(Value::Text(text.to_owned().into()))
    }

    fn visit_string<E>(self, text: String) -> Result<Value<S>, E> {
        Ok(Value::Text(text.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value<S>, A::Error> {
        if self.depth >= DEEPEST {
            return Err(self.refuse(Refused::TooDeep));
        }
        let mut items = Vec::new();
        while let Some(item) = seq.next_element_seed(self.below())? {
            items.push(item);
        }
        Ok(Value::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value<S>, A::Error> {
        if self.depth >= DEEPEST {
            return Err(self.refuse(Refused::TooDeep));
        }
        let mut members: Vec<(S, Value<S>)> = Vec::new();
        // Large objects are looked up through a set, so that no object costs quadratic time.
        let mut seen = std::collections::HashSet::new();
        while let Some(Key(key)) = map.next_key::<Key<S>>()? {
            if members.len() == FEW_MEMBERS {
                seen = members.iter().map(|(key, _)| key.clone()).collect();
            }
            let repeated = if members.len() < FEW_MEMBERS {
                members.iter().any(|(earlier, _)| earlier.as_ref() == key.as_ref())
            } else {
                !seen.insert(key.clone())
            };
            if repeated {
                return Err(self.refuse(Refused::RepeatedKey));
            }
            let value = map.next_value_seed(self.below())?;
            members.push((key, value));
        }
        Ok(Value::Object(members))
    }
}

/// A key of an object; `Cow`'s own reader would never borrow.
struct Key<S>(S);

impl<'de, S: Text<'de>> Deserialize<'de> for Key<S> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct KeyVisitor<S>(PhantomData<S>);

        impl<'de, S: Text<'de>> Visitor<'de> for KeyVisitor<S> {
            type Value = Key<S>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a key")
            }

            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Key<S>, E> {
                Ok(Key(text.into()))
            }

            fn visit_str<E>(self, text: &str) -> Result<Key<S>, E> {
                Ok(Key(text.to_owned().into()))
            }
        }

        deserializer.deserialize_str(KeyVisitor(PhantomData))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Value, MalformedJson> {
        Value::parse(text.as_bytes())
    }

    #[test]
    fn a_repeated_key_is_refused_however_deep() {
        assert!(matches!(parse(r#"{"a":[{"b":1,"b":1}]}"#), Err(MalformedJson::RepeatedKey { .. })));
        // The same key, written with an escape.
        assert!(matches!(parse(r#"{"a":1,"\u0061":1}"#), Err(MalformedJson::RepeatedKey { .. })));
    }

    #[test]
    fn thirty_two_levels_are_read_and_thirty_three_refused() {
        let nested = |n: usize| format!("{}{}", "[".repeat(n), "]".repeat(n));
        assert!(parse(&nested(32)).is_ok());
        assert!(matches!(parse(&nested(33)), Err(MalformedJson::TooDeep { .. })));
        assert!(matches!(parse(&nested(100_000)), Err(MalformedJson::TooDeep { .. })));
    }

    #[test]
    fn text_after_the_value_is_a_syntax_error() {
        assert!(matches!(parse("{} {}"), Err(MalformedJson::Syntax { .. })));
        assert!(matches!(parse(""), Err(MalformedJson::Syntax { .. })));
    }
}
