//! The vocabulary of document checks: each looks at one value, and writes the
//! pointer of what is wrong into one list. Knows no plan, records or scenario.

use crate::exact::{Fraction, decimal, zero};
use serde_json::Value;

/// The most that a count may be.
pub const COUNT: i64 = 1_000_000_000_000;

/// RFC 6901 pointers of all that is wrong so far.
#[derive(Default)]
pub struct Problems(pub Vec<String>);

/// Pointer of a member.
pub fn member(path: &str, key: impl std::fmt::Display) -> String {
    format!("{path}/{}", key.to_string().replace('~', "~0").replace('/', "~1"))
}

/// Whether the plan's list has an element of this id.
pub fn names(plan: &Value, list: &str, id: &str) -> bool {
    plan[list].as_array().is_some_and(|items| items.iter().any(|item| item["id"] == id))
}

impl Problems {
    pub fn add(&mut self, path: &str) {
        self.0.push(path.to_string());
    }

    pub fn unless(&mut self, fine: bool, path: &str) {
        if !fine {
            self.add(path);
        }
    }

    /// An object with all of `required`, maybe `optional`, nothing else.
    pub fn object(&mut self, value: &Value, path: &str, required: &[&str], optional: &[&str]) -> bool {
        let Some(object) = value.as_object() else {
            self.add(path);
            return false;
        };
        for key in object.keys() {
            self.unless(required.contains(&key.as_str()) || optional.contains(&key.as_str()), &member(path, key));
        }
        for key in required {
            self.unless(object.get(*key).is_some_and(|v| !v.is_null()), &member(path, key));
        }
        true
    }

    /// The field, when it is there at all.
    fn field<'a>(&self, object: &'a Value, key: &str) -> Option<&'a Value> {
        object.get(key).filter(|value| !value.is_null())
    }

    pub fn text<'a>(&mut self, object: &'a Value, path: &str, key: &str) -> Option<&'a str> {
        let value = self.field(object, key)?;
        self.unless(value.is_string(), &member(path, key));
        value.as_str()
    }

    pub fn boolean(&mut self, object: &Value, path: &str, key: &str) -> Option<bool> {
        let value = self.field(object, key)?;
        self.unless(value.is_boolean(), &member(path, key));
        value.as_bool()
    }

    pub fn word<'a>(&mut self, object: &'a Value, path: &str, key: &str, words: &[&str]) -> Option<&'a str> {
        let found = self.text(object, path, key)?;
        self.unless(words.contains(&found), &member(path, key));
        Some(found)
    }

    pub fn id<'a>(&mut self, object: &'a Value, path: &str, key: &str) -> Option<&'a str> {
        let found = self.text(object, path, key)?;
        self.unless(is_id(found), &member(path, key));
        Some(found)
    }

    /// An id that must be one of those known.
    pub fn known<'a>(
        &mut self,
        object: &'a Value,
        path: &str,
        key: &str,
        known: impl Fn(&str) -> bool,
    ) -> Option<&'a str> {
        let found = self.text(object, path, key)?;
        self.unless(known(found), &member(path, key));
        Some(found)
    }

    pub fn whole(&mut self, object: &Value, path: &str, key: &str, from: i64, to: i64) -> Option<i64> {
        let value = self.field(object, key)?;
        let number = value.as_i64();
        self.unless(number.is_some_and(|n| (from..=to).contains(&n)), &member(path, key));
        number
    }

    pub fn list<'a>(&mut self, object: &'a Value, path: &str, key: &str) -> Vec<(String, &'a Value)> {
        let Some(value) = self.field(object, key) else { return Vec::new() };
        let path = member(path, key);
        self.unless(value.is_array(), &path);
        let items = value.as_array().map_or(&[][..], Vec::as_slice);
        items.iter().enumerate().map(|(at, item)| (member(&path, at), item)).collect()
    }

    /// A decimal that is not negative.
    pub fn amount(&mut self, object: &Value, path: &str, key: &str) -> Option<Fraction> {
        let value = self.field(object, key)?;
        self.amount_at(value, &member(path, key))
    }

    pub fn amount_at(&mut self, value: &Value, path: &str) -> Option<Fraction> {
        let found = self.decimal_at(value, path)?;
        self.unless(found >= zero(), path);
        Some(found)
    }

    pub fn decimal_at(&mut self, value: &Value, path: &str) -> Option<Fraction> {
        let found = value.as_str().and_then(decimal);
        self.unless(found.is_some(), path);
        found
    }

    /// Adjustment points and caps: not negative, at most 6 decimals.
    pub fn points(&mut self, object: &Value, path: &str, key: &str) -> Option<Fraction> {
        let found = self.amount(object, path, key)?;
        self.unless(crate::exact::round(&found, 6) == found, &member(path, key));
        Some(found)
    }

    /// Ids of a list's elements, each of which must be new.
    pub fn new_id<'a>(&mut self, seen: &mut Vec<&'a str>, object: &'a Value, path: &str, key: &str) {
        if let Some(found) = self.id(object, path, key) {
            self.unless(!seen.contains(&found), &member(path, key));
            seen.push(found);
        }
    }
}

pub fn is_id(text: &str) -> bool {
    (1..=32).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}
