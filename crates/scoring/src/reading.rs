//! Reading a document out of a JSON tree, all faults of shape at once.
//!
//! Owns the walk: unknown, missing and mistyped fields, each with its pointer. A field that cannot
//! be read leaves a placeholder behind, so that the rest is still read; whoever calls decides by the
//! problems whether the document counts.

use std::collections::BTreeMap;
use std::fmt;

use crate::json::{Value, pointer};
use crate::problem::{Problem, ProblemCode};

/// Where the walk is; a pointer is only written out for a problem.
#[derive(Clone, Copy)]
pub(crate) enum Path<'p> {
    Root,
    Key(&'p Path<'p>, &'p str),
    Index(&'p Path<'p>, usize),
}

impl Path<'_> {
    pub(crate) fn pointer(&self) -> String {
        match self {
            Path::Root => String::new(),
            Path::Key(above, key) => pointer(&above.pointer(), key),
            Path::Index(above, index) => pointer(&above.pointer(), index),
        }
    }
}

/// An object being read.
pub(crate) struct Fields<'v, 'p, 'r> {
    members: &'v [(String, Value)],
    pub(crate) path: &'p Path<'p>,
    pub(crate) problems: &'r mut Vec<Problem>,
}

/// A type that a JSON value can be read as.
pub(crate) trait Read: Sized {
    fn read(value: &Value, path: &Path<'_>, problems: &mut Vec<Problem>) -> Option<Self>;
}

pub(crate) fn wrong_type(path: &Path<'_>, problems: &mut Vec<Problem>) {
    problems.push(Problem::new(path.pointer(), ProblemCode::WrongType));
}

/// The value as an object that has no fields but `known`.
pub(crate) fn object<'v, 'p, 'r>(
    value: &'v Value,
    path: &'p Path<'p>,
    problems: &'r mut Vec<Problem>,
    known: &[&str],
) -> Option<Fields<'v, 'p, 'r>> {
    let Value::Object(members) = value else {
        wrong_type(path, problems);
        return None;
    };
    for (key, _) in members {
        if !known.contains(&key.as_str()) {
            problems.push(Problem::new(Path::Key(path, key).pointer(), ProblemCode::UnknownField));
        }
    }
    Some(Fields { members, path, problems })
}

impl Fields<'_, '_, '_> {
    fn raw(&self, key: &str) -> Option<&Value> {
        self.members.iter().find(|(k, _)| k == key).map(|(_, v)| v)
    }

    /// Is the field there, and not null?
    pub(crate) fn has(&self, key: &str) -> bool {
        self.raw(key).is_some_and(|v| *v != Value::Null)
    }

    /// A field that must be there.
    pub(crate) fn required<T: Read>(&mut self, key: &str) -> Option<T> {
        let path = Path::Key(self.path, key);
        match self.members.iter().find(|(k, _)| k == key) {
            Some((_, value)) => T::read(value, &path, self.problems),
            None => {
                self.problems.push(Problem::new(path.pointer(), ProblemCode::MissingField));
                None
            }
        }
    }

    /// A field that may be absent or null.
    pub(crate) fn optional<T: Read>(&mut self, key: &str) -> Option<T> {
        let path = Path::Key(self.path, key);
        match self.members.iter().find(|(k, _)| k == key) {
            None | Some((_, Value::Null)) => None,
            Some((_, value)) => T::read(value, &path, self.problems),
        }
    }

    /// Required text, or a placeholder.
    pub(crate) fn text(&mut self, key: &str) -> String {
        self.required(key).unwrap_or_default()
    }

    /// A required list, or an empty one.
    pub(crate) fn list<T: Read>(&mut self, key: &str) -> Vec<T> {
        self.required(key).unwrap_or_default()
    }
}

impl Read for String {
    fn read(value: &Value, path: &Path<'_>, problems: &mut Vec<Problem>) -> Option<Self> {
        match value {
            Value::Text(text) => Some(text.clone()),
            _ => {
                wrong_type(path, problems);
                None
            }
        }
    }
}

impl Read for bool {
    fn read(value: &Value, path: &Path<'_>, problems: &mut Vec<Problem>) -> Option<Self> {
        match value {
            Value::Bool(b) => Some(*b),
            _ => {
                wrong_type(path, problems);
                None
            }
        }
    }
}

/// The largest count a document may hold.
pub const MOST_COUNT: u64 = 1_000_000_000_000;

/// A count: an integer from 0 to 10^12.
impl Read for u64 {
    fn read(value: &Value, path: &Path<'_>, problems: &mut Vec<Problem>) -> Option<Self> {
        let Value::Int(n) = value else {
            wrong_type(path, problems);
            return None;
        };
        match u64::try_from(*n) {
            Ok(n) if n <= MOST_COUNT => Some(n),
            _ => {
                problems.push(Problem::new(path.pointer(), ProblemCode::OutOfRange));
                // A placeholder keeps the element in its list; the problem refuses the document.
                Some(0)
            }
        }
    }
}

/// An element that cannot be read is left out, so the places of later ones are kept by the walk alone.
impl<T: Read> Read for Vec<T> {
    fn read(value: &Value, path: &Path<'_>, problems: &mut Vec<Problem>) -> Option<Self> {
        let Value::List(items) = value else {
            wrong_type(path, problems);
            return None;
        };
        let items = items.iter().enumerate();
        Some(items.filter_map(|(i, v)| T::read(v, &Path::Index(path, i), problems)).collect())
    }
}

impl<T: Read> Read for BTreeMap<String, T> {
    fn read(value: &Value, path: &Path<'_>, problems: &mut Vec<Problem>) -> Option<Self> {
        let Value::Object(members) = value else {
            wrong_type(path, problems);
            return None;
        };
        let members = members.iter();
        Some(members.filter_map(|(key, v)| Some((key.clone(), T::read(v, &Path::Key(path, key), problems)?))).collect())
    }
}

/// One of a few words.
pub(crate) fn word<T: Copy>(
    value: &Value,
    path: &Path<'_>,
    problems: &mut Vec<Problem>,
    words: &[(&str, T)],
) -> Option<T> {
    let found = value.as_str().and_then(|text| words.iter().find(|(word, _)| *word == text));
    if found.is_none() {
        wrong_type(path, problems);
    }
    found.map(|(_, word)| *word)
}

/// All problems of a document that serde could not read; keeps their words for its error.
pub(crate) struct Unreadable(pub(crate) Vec<Problem>);

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, problem) in self.0.iter().enumerate() {
            if i > 0 {
                f.write_str("; ")?;
            }
            problem.fmt(f)?;
        }
        Ok(())
    }
}

/// Gives a document `read`, and serde's `Deserialize` through it.
macro_rules! document {
    ($name:ty) => {
        impl $name {
            /// Reads the document out of a JSON tree.
            ///
            /// # Errors
            /// All faults of shape: unknown, missing and mistyped fields, each with its pointer.
            pub fn read(value: &$crate::json::Value) -> Result<Self, Vec<$crate::problem::Problem>> {
                match Self::read_leniently(value) {
                    (Some(document), problems) if problems.is_empty() => Ok(document),
                    (_, problems) => Err(problems),
                }
            }

            /// What could be read, with placeholders for the rest, and what could not.
            pub(crate) fn read_leniently(value: &$crate::json::Value) -> (Option<Self>, Vec<$crate::problem::Problem>) {
                let mut problems = Vec::new();
                let path = $crate::reading::Path::Root;
                let document = <Self as $crate::reading::Read>::read(value, &path, &mut problems);
                (document, problems)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let value = $crate::json::Value::deserialize(deserializer)?;
                Self::read(&value).map_err(|problems| serde::de::Error::custom($crate::reading::Unreadable(problems)))
            }
        }
    };
}
pub(crate) use document;
