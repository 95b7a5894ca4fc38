//! Reading a document out of a JSON tree: all faults of shape at once, each with its pointer.
//!
//! Owns the walk: unknown, missing and mistyped fields. A field that cannot be read leaves a placeholder behind
//! ([`Read::blank`]), so that the rest is still read; whoever calls decides by the problems whether the document counts.
//! What the fields are is said by [`document!`](crate::document!).

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use compact_str::CompactString;
use serde::de::Error;
use serde::{Deserialize, Deserializer};

use crate::decimal::Figure;
use crate::json::Tree;
use crate::problem::{Problem, ProblemCode, pointer};

/// Where the walk is. A pointer is only written out for a problem.
#[derive(Clone, Copy)]
pub enum Path<'p> {
    /// The document itself.
    Root,
    /// A member of an object.
    Key(&'p Path<'p>, &'p str),
    /// An element of a list.
    Index(&'p Path<'p>, usize),
}

impl Path<'_> {
    /// RFC 6901 pointer.
    #[must_use]
    pub fn pointer(&self) -> String {
        match self {
            Path::Root => String::new(),
            Path::Key(above, key) => pointer(&above.pointer(), key),
            Path::Index(above, index) => pointer(&above.pointer(), index),
        }
    }
}

/// Something that a JSON value can be read as.
pub trait Read: Sized {
    /// What stands in place of a value that is missing or cannot be read.
    fn blank() -> Self;

    /// Reads a value; `None` where it is of another type, which is then among the problems.
    fn read(value: &Tree<'_>, path: &Path<'_>, problems: &mut Vec<Problem>) -> Option<Self>;
}

/// What could be read, with placeholders for the rest, and what could not.
pub fn read_leniently<T: Read>(value: &Tree<'_>) -> (Option<T>, Vec<Problem>) {
    let mut problems = Vec::new();
    let document = T::read(value, &Path::Root, &mut problems);
    (document, problems)
}

/// Reads a document in which nothing is wrong.
///
/// # Errors
/// All faults of shape: unknown, missing and mistyped fields, each with its pointer.
pub fn read_strictly<T: Read>(value: &Tree<'_>) -> Result<T, Vec<Problem>> {
    match read_leniently(value) {
        (Some(document), problems) if problems.is_empty() => Ok(document),
        (_, problems) => Err(problems),
    }
}

/// A value of another JSON type, or none of the words allowed there.
pub fn wrong_type(path: &Path<'_>, problems: &mut Vec<Problem>) {
    problems.push(Problem::new(path.pointer(), ProblemCode::WrongType));
}

/// What the members that are there say of the others, for a document of which not all members go together.
#[derive(Debug, Clone, Copy, Default)]
pub struct Shape {
    /// Members that the document does not have then.
    pub foreign: &'static [&'static str],
    /// Members that must be there then.
    pub needed: &'static [&'static str],
    /// They do not go together at all.
    pub refused: bool,
    /// The member that told which document it is; it is none of its fields.
    pub tag: Option<&'static str>,
}

/// An object being read.
pub struct Fields<'v, 'p, 'r> {
    members: &'v [(Cow<'v, str>, Tree<'v>)],
    /// Where the field that was found last stands: most documents are written in the order of their declaration.
    last: usize,
    shape: Shape,
    path: &'p Path<'p>,
    problems: &'r mut Vec<Problem>,
}

impl<'v, 'p, 'r> Fields<'v, 'p, 'r> {
    /// The value as an object that has no fields but `known`.
    pub fn of(
        value: &'v Tree<'v>,
        path: &'p Path<'p>,
        problems: &'r mut Vec<Problem>,
        known: &[&str],
        shape: Shape,
    ) -> Option<Self> {
        let Tree::Object(members) = value else {
            wrong_type(path, problems);
            return None;
        };
        for (place, (key, _)) in members.iter().enumerate() {
            let key = key.as_ref();
            let is_known = known.get(place) == Some(&key) || known.contains(&key);
            if (!is_known || shape.foreign.contains(&key)) && shape.tag != Some(key) {
                problems.push(Problem::new(Path::Key(path, key).pointer(), ProblemCode::UnknownField));
            }
        }
        if shape.refused {
            wrong_type(path, problems);
            return None;
        }
        Some(Fields { members, last: 0, shape, path, problems })
    }

    fn find(&mut self, key: &str) -> Option<&'v Tree<'v>> {
        let all = 0..self.members.len();
        let place = (self.last..all.end).chain(0..self.last).find(|place| self.members[*place].0 == key)?;
        self.last = place;
        Some(&self.members[place].1)
    }

    /// The field's value; that it is missing is a problem.
    fn present(&mut self, key: &str) -> Option<&'v Tree<'v>> {
        let found = self.find(key);
        if found.is_none() {
            self.problems.push(Problem::new(Path::Key(self.path, key).pointer(), ProblemCode::MissingField));
        }
        found
    }

    fn read<T: Read>(&mut self, key: &str, value: &Tree<'_>) -> Option<T> {
        T::read(value, &Path::Key(self.path, key), self.problems)
    }

    /// A field that must be there, or a placeholder.
    pub fn required<T: Read>(&mut self, key: &str) -> T {
        let value = self.present(key);
        value.and_then(|value| self.read(key, value)).unwrap_or_else(T::blank)
    }

    /// A field that must be there, or what stands in its place.
    pub fn required_or<T: Read>(&mut self, key: &str, or: T) -> T {
        let value = self.present(key);
        value.and_then(|value| self.read(key, value)).unwrap_or(or)
    }

    /// A field that may be absent or null, unless the document's shape says otherwise.
    pub fn optional<T: Read>(&mut self, key: &str) -> Option<T> {
        if self.shape.needed.contains(&key) {
            return Some(self.required(key));
        }
        if self.shape.foreign.contains(&key) {
            return None;
        }
        match self.find(key) {
            None | Some(Tree::Null) => None,
            Some(value) => self.read(key, value),
        }
    }

    /// A field that may be absent or null, which mean the placeholder.
    pub fn default<T: Read>(&mut self, key: &str) -> T {
        self.optional(key).unwrap_or_else(T::blank)
    }

    /// A whole number that must be there, or zero.
    pub fn whole(&mut self, key: &str) -> u64 {
        self.required::<Whole>(key).0
    }

    /// A whole number that may be absent or null, which mean zero.
    pub fn whole_default(&mut self, key: &str) -> u64 {
        self.default::<Whole>(key).0
    }

    /// A field that must be there and may be null.
    pub fn nullable<T: Read>(&mut self, key: &str) -> Option<T> {
        match self.present(key) {
            Some(Tree::Null) => None,
            found => Some(found.and_then(|value| self.read(key, value)).unwrap_or_else(T::blank)),
        }
    }
}

/// A whole number of any size, at or above zero.
struct Whole(u64);

impl Read for Whole {
    fn blank() -> Self {
        Whole(0)
    }

    fn read(value: &Tree<'_>, path: &Path<'_>, problems: &mut Vec<Problem>) -> Option<Self> {
        let Tree::Int(number) = value else {
            wrong_type(path, problems);
            return None;
        };
        let whole = u64::try_from(*number).ok().map(Whole);
        if whole.is_none() {
            problems.push(Problem::new(path.pointer(), ProblemCode::OutOfRange));
        }
        whole
    }
}

/// `Read` for what stands as one JSON value of its own kind.
macro_rules! read_plain {
    ($($type:ty: $pattern:pat => $value:expr;)*) => {$(
        impl Read for $type {
            fn blank() -> Self {
                Self::default()
            }

            fn read(value: &Tree<'_>, path: &Path<'_>, problems: &mut Vec<Problem>) -> Option<Self> {
                match value {
                    $pattern => Some($value),
                    _ => {
                        wrong_type(path, problems);
                        None
                    }
                }
            }
        }
    )*};
}

read_plain! {
    String: Tree::Text(text) => text.as_ref().to_owned();
    CompactString: Tree::Text(text) => CompactString::new(text);
    Figure: Tree::Text(text) => Figure::from(text.as_ref());
    bool: Tree::Bool(b) => *b;
}

/// The largest count that a document may hold.
pub const MOST_COUNT: u64 = 1_000_000_000_000;

/// A count: an integer from 0 to 10^12.
impl Read for u64 {
    fn blank() -> Self {
        0
    }

    fn read(value: &Tree<'_>, path: &Path<'_>, problems: &mut Vec<Problem>) -> Option<Self> {
        let Tree::Int(n) = value else {
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
    fn blank() -> Self {
        Vec::new()
    }

    fn read(value: &Tree<'_>, path: &Path<'_>, problems: &mut Vec<Problem>) -> Option<Self> {
        let Tree::List(items) = value else {
            wrong_type(path, problems);
            return None;
        };
        let mut list = Vec::with_capacity(items.len());
        list.extend(items.iter().enumerate().filter_map(|(i, v)| T::read(v, &Path::Index(path, i), problems)));
        Some(list)
    }
}

impl<T: Read> Read for Arc<T> {
    fn blank() -> Self {
        Arc::new(T::blank())
    }

    fn read(value: &Tree<'_>, path: &Path<'_>, problems: &mut Vec<Problem>) -> Option<Self> {
        T::read(value, path, problems).map(Arc::new)
    }
}

/// Two elements, no more and no fewer.
impl<T: Read> Read for [T; 2] {
    fn blank() -> Self {
        [T::blank(), T::blank()]
    }

    fn read(value: &Tree<'_>, path: &Path<'_>, problems: &mut Vec<Problem>) -> Option<Self> {
        let before = problems.len();
        let pair = <[T; 2]>::try_from(Vec::read(value, path, problems)?).ok();
        if pair.is_none() && problems.len() == before {
            wrong_type(path, problems);
        }
        pair
    }
}

impl<K: Ord + for<'t> From<&'t str>, T: Read> Read for BTreeMap<K, T> {
    fn blank() -> Self {
        BTreeMap::new()
    }

    fn read(value: &Tree<'_>, path: &Path<'_>, problems: &mut Vec<Problem>) -> Option<Self> {
        let Tree::Object(members) = value else {
            wrong_type(path, problems);
            return None;
        };
        let mut map = BTreeMap::new();
        for (key, value) in members {
            if let Some(value) = T::read(value, &Path::Key(path, key), problems) {
                map.insert(K::from(key.as_ref()), value);
            }
        }
        Some(map)
    }
}

/// The place of the word that a value is.
pub fn word(value: &Tree<'_>, path: &Path<'_>, problems: &mut Vec<Problem>, words: &[&str]) -> Option<usize> {
    let found = value.as_str().and_then(|text| words.iter().position(|word| *word == text));
    if found.is_none() {
        wrong_type(path, problems);
    }
    found
}

/// The `kind` of a document, out of those known. Of another kind it cannot be said which fields belong to it.
pub fn kind(
    value: &Tree<'_>,
    path: &Path<'_>,
    problems: &mut Vec<Problem>,
    kinds: &[&'static str],
) -> Option<&'static str> {
    let Tree::Object(_) = value else {
        wrong_type(path, problems);
        return None;
    };
    let path = Path::Key(path, "kind");
    match value.get("kind") {
        Some(kind) => word(kind, &path, problems, kinds).map(|place| kinds[place]),
        None => {
            problems.push(Problem::new(path.pointer(), ProblemCode::MissingField));
            None
        }
    }
}

/// Serde's way to a document: strictly, through the one reader.
///
/// # Errors
/// The deserializer's, or all problems of the document as words.
pub fn deserialize<'de, T: Read, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    read_strictly(&Tree::deserialize(deserializer)?).map_err(|problems| D::Error::custom(Unreadable(problems)))
}

/// Is it what an absent field means?
pub fn is_blank<T: Read + PartialEq>(value: &T) -> bool {
    *value == T::blank()
}

/// All problems of a document that serde could not read; keeps their words for its error.
struct Unreadable(Vec<Problem>);

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
