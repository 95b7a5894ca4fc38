//! Strict JSON: the tree a document arrives as.
//!
//! Owns what the specification asks of all documents alike: a repeated key, nesting deeper than 32
//! and bad syntax are errors; the canonical form (RFC 8785) that hashes are taken of. Knows nothing
//! of plans.

use std::fmt;

use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{SerializeMap, SerializeSeq, Serializer};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Deepest nesting of arrays and objects that is read.
pub const DEEPEST: usize = 32;
/// Members of an object among which a key is looked for one by one.
const FEW_MEMBERS: usize = 16;

/// A JSON value whose objects keep their order and hold each key once.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// `null`
    Null,
    /// `true`, `false`
    Bool(bool),
    /// A whole number that fits 64 bits.
    Int(i64),
    /// Any other number. No document of ours holds one; drafts may.
    Float(f64),
    /// A string.
    Text(String),
    /// An array.
    List(Vec<Value>),
    /// An object, in the order it was written.
    Object(Vec<(String, Value)>),
}

/// Why a text is no JSON that we read.
#[derive(Debug, Clone, PartialEq, Eq)]
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

const REPEATED_KEY: &str = "repeated key";
const TOO_DEEP: &str = "nested too deep";

impl From<serde_json::Error> for MalformedJson {
    fn from(error: serde_json::Error) -> Self {
        let (line, column) = (error.line(), error.column());
        let words = error.to_string();
        if words.starts_with(REPEATED_KEY) {
            MalformedJson::RepeatedKey { line, column }
        } else if words.starts_with(TOO_DEEP) || words.starts_with("recursion limit") {
            MalformedJson::TooDeep { line, column }
        } else {
            MalformedJson::Syntax { line, column }
        }
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

impl Value {
    /// Reads one JSON text.
    ///
    /// # Errors
    /// [`MalformedJson`] for bad syntax, a repeated key or nesting deeper than [`DEEPEST`].
    pub fn parse(text: &[u8]) -> Result<Value, MalformedJson> {
        Ok(serde_json::from_slice(text)?)
    }

    /// The member `key` of an object; `None` for anything else.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Value> {
        match self {
            Value::Object(members) => members.iter().find(|(k, _)| k == key).map(|(_, v)| v),
            _ => None,
        }
    }

    /// The text of a string.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The RFC 8785 form with null members left out.
    #[must_use]
    pub fn canonical(&self) -> String {
        let mut out = String::new();
        write_canonical(self, &mut out);
        out
    }
}

fn write_canonical(value: &Value, out: &mut String) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(true) => out.push_str("true"),
        Value::Bool(false) => out.push_str("false"),
        Value::Int(n) => out.push_str(&n.to_string()),
        Value::Float(x) => write_number(*x, out),
        Value::Text(text) => write_string(text, out),
        Value::List(items) => {
            out.push('[');
            for (i, item) in items.iter().enumerate() {
                if i > 0 {
                    out.push(',');
                }
                write_canonical(item, out);
            }
            out.push(']');
        }
        Value::Object(members) => {
            let mut members: Vec<&(String, Value)> = members.iter().filter(|(_, v)| *v != Value::Null).collect();
            members.sort_unstable_by(|a, b| a.0.encode_utf16().cmp(b.0.encode_utf16()));
            out.push('{');
            for (i, (key, value)) in members.into_iter().enumerate() {
                if i > 0 {
                    out.push(',');
                }
                write_string(key, out);
                out.push(':');
                write_canonical(value, out);
            }
            out.push('}');
        }
    }
}

/// ECMAScript's number form. Shortest digits are Rust's too; only the layout differs.
fn write_number(x: f64, out: &mut String) {
    if x == 0.0 {
        out.push('0');
        return;
    }
    let scientific = format!("{x:e}");
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let (sign, mantissa) = mantissa.strip_prefix('-').map_or(("", mantissa), |m| ("-", m));
    let digits: String = mantissa.chars().filter(|c| *c != '.').collect();
    let count = i32::try_from(digits.len()).unwrap_or(i32::MAX);
    let point = exponent + 1;
    out.push_str(sign);
    if (1..=21).contains(&point) && count <= point {
        out.push_str(&digits);
        out.extend(std::iter::repeat_n('0', usize::try_from(point - count).unwrap_or(0)));
    } else if (1..=21).contains(&point) {
        let (whole, part) = digits.split_at(usize::try_from(point).unwrap_or(0));
        out.push_str(whole);
        out.push('.');
        out.push_str(part);
    } else if (-5..=0).contains(&point) {
        out.push_str("0.");
        out.extend(std::iter::repeat_n('0', usize::try_from(-point).unwrap_or(0)));
        out.push_str(&digits);
    } else {
        let (first, rest) = digits.split_at(1);
        out.push_str(first);
        if !rest.is_empty() {
            out.push('.');
            out.push_str(rest);
        }
        out.push('e');
        out.push(if exponent < 0 { '-' } else { '+' });
        out.push_str(&exponent.abs().to_string());
    }
}

fn write_string(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\u{8}' => out.push_str("\\b"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\u{c}' => out.push_str("\\f"),
            '\r' => out.push_str("\\r"),
            c if c < ' ' => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
}

/// The hash a plan is frozen under: SHA-256 of its canonical form, in lower-case hex.
#[must_use]
pub fn plan_sha256(plan: &Value) -> String {
    let digest = Sha256::digest(plan.canonical().as_bytes());
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// `base` with one more token, escaped as RFC 6901 asks.
#[must_use]
pub fn pointer(base: &str, token: impl fmt::Display) -> String {
    let token = token.to_string().replace('~', "~0").replace('/', "~1");
    format!("{base}/{token}")
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Value::Null => serializer.serialize_unit(),
            Value::Bool(b) => serializer.serialize_bool(*b),
            Value::Int(n) => serializer.serialize_i64(*n),
            Value::Float(x) => serializer.serialize_f64(*x),
            Value::Text(text) => serializer.serialize_str(text),
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
                    map.serialize_entry(key, value)?;
                }
                map.end()
            }
        }
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Nested(0).deserialize(deserializer)
    }
}

/// A value below so many arrays and objects.
struct Nested(usize);

impl<'de> DeserializeSeed<'de> for Nested {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Nested {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, b: bool) -> Result<Value, E> {
        Ok(Value::Bool(b))
    }

    fn visit_i64<E>(self, n: i64) -> Result<Value, E> {
        Ok(Value::Int(n))
    }

    fn visit_u64<E>(self, n: u64) -> Result<Value, E> {
        #[expect(clippy::cast_precision_loss, reason = "no document holds so large a number")]
        Ok(i64::try_from(n).map_or(Value::Float(n as f64), Value::Int))
    }

    fn visit_f64<E>(self, x: f64) -> Result<Value, E> {
        Ok(Value::Float(x))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::Text(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Value, E> {
        Ok(Value::Text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        if self.0 >= DEEPEST {
            return Err(de::Error::custom(TOO_DEEP));
        }
        let mut items = Vec::new();
        while let Some(item) = seq.next_element_seed(Nested(self.0 + 1))? {
            items.push(item);
        }
        Ok(Value::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        if self.0 >= DEEPEST {
            return Err(de::Error::custom(TOO_DEEP));
        }
        let mut members: Vec<(String, Value)> = Vec::new();
        // Large objects are looked up through a set, so that no object costs quadratic time.
        let mut seen = std::collections::HashSet::new();
        while let Some(key) = map.next_key::<String>()? {
            if members.len() == FEW_MEMBERS {
                seen = members.iter().map(|(key, _)| key.clone()).collect();
            }
            let repeated = if members.len() < FEW_MEMBERS {
                members.iter().any(|(earlier, _)| *earlier == key)
            } else {
                !seen.insert(key.clone())
            };
            if repeated {
                return Err(de::Error::custom(REPEATED_KEY));
            }
            let value = map.next_value_seed(Nested(self.0 + 1))?;
            members.push((key, value));
        }
        Ok(Value::Object(members))
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

    #[test]
    fn canonical_form_sorts_by_utf16_and_drops_null_members() {
        // RFC 8785, section 3.2.3: U+FB33 sorts behind the surrogate pair of U+1F600.
        let value = parse("{\"\u{fb33}\":1,\"\u{1f600}\":2,\"a\":null,\"\\r\":[null,1.50,-0.0]}").unwrap();
        assert_eq!(value.canonical(), "{\"\\r\":[null,1.5,0],\"\u{1f600}\":2,\"\u{fb33}\":1}");
    }

    #[test]
    fn canonical_numbers_follow_ecmascript() {
        for (written, canonical) in [
            ("1e21", "1e+21"),
            ("1e20", "100000000000000000000"),
            ("0.000001", "0.000001"),
            ("1e-7", "1e-7"),
            ("333333333.25", "333333333.25"),
            ("4.50", "4.5"),
        ] {
            assert_eq!(parse(written).unwrap().canonical(), canonical);
        }
    }

    #[test]
    fn plan_hash_is_that_of_the_canonical_text() {
        // printf '{"a":"1"}' | sha256sum
        let value = parse("{ \"b\": null, \"a\": \"1\" }").unwrap();
        assert_eq!(value.canonical(), "{\"a\":\"1\"}");
        assert_eq!(plan_sha256(&value), "9afeb0f2b203f254312ec8ded441d0318b7c34c57f8695ede42d2215a30c0960");
    }
}
