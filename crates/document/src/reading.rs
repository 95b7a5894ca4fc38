//! Reading a document out of a JSON tree: all faults of shape at once, each with its pointer.
//!
//! Owns the walk: unknown, missing and mistyped fields. A field that cannot be read leaves a placeholder behind
//! ([`Read::blank`]), so that the rest is still read; whoever calls decides by the problems whether the document counts.
//! What the fields are is said by [`document!`](crate::document!).

use std::borrow::Cow;
use std::fmt;
use std::num::NonZero;

use serde::de::Error;
use serde::{Deserialize, Deserializer};

use crate::json::Value;
use crate::problem::{Problem, ProblemCode, pointer};
use crate::tree::Tree;

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
/// All faults of shape: unknown, missing and mistyped fields, each with its pointer; the first 1,000 of them.
pub fn read_strictly<T: Read>(value: &Tree<'_>) -> Result<T, Vec<Problem>> {
    match read_leniently(value) {
        (Some(document), problems) if problems.is_empty() => Ok(document),
        (_, problems) => Err(problems),
    }
}

/// Most faults of shape that are told of one document. Nobody mends more at once, and a request of five megabytes that
/// is wrong at every place must not be answered with a hundred.
pub const MOST_PROBLEMS: usize = 1_000;

/// Tells a fault of shape, if not [`MOST_PROBLEMS`] are told already.
pub(crate) fn tell(path: &Path<'_>, code: ProblemCode, problems: &mut Vec<Problem>) {
    if problems.len() < MOST_PROBLEMS {
        problems.push(Problem::new(path.pointer(), code));
    }
}

/// A value of another JSON type, or none of the words allowed there.
pub fn wrong_type(path: &Path<'_>, problems: &mut Vec<Problem>) {
    tell(path, ProblemCode::WrongType, problems);
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
    /// Members that are not known are passed over.
    pub open: bool,
}

/// The shape of an answer: a page that was loaded before an update survives a member that it does not know.
#[must_use]
pub fn open_ended(_: &Tree<'_>) -> Shape {
    Shape { open: true, ..Shape::default() }
}

/// A field, as a declaration has it.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// Its name.
    pub name: &'static str,
    /// Whether it may be absent.
    pub presence: Presence,
}

/// Whether a field may be absent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// It must be there.
    Required,
    /// It may be absent or null.
    Optional,
    /// It must be there and may be null.
    Nullable,
    /// It may be absent, and null is a word: what changes, and to what.
    Change,
}

/// A document whose fields are filled one by one: one walk serves all documents, and each adds only what its fields are.
pub trait Fill {
    /// Fills the field at a place of the declaration with what the value is read as, or with a placeholder where there is
    /// no value. Answers whether it did.
    fn fill(&mut self, field: usize, value: Option<&Tree<'_>>, path: &Path<'_>, problems: &mut Vec<Problem>) -> bool;
}

/// Most fields of a document.
pub const MOST_FIELDS: usize = 32;

/// Fills a blank document; `false` where the value is none at all.
pub fn fill_fields(
    document: &mut dyn Fill,
    fields: &'static [Field],
    value: &Tree<'_>,
    path: &Path<'_>,
    problems: &mut Vec<Problem>,
    shape: Shape,
) -> bool {
    let Tree::Object(members) = value else {
        wrong_type(path, problems);
        return false;
    };
    // Where each field stands among the value's members, from 1.
    let mut found: [Option<NonZero<u32>>; MOST_FIELDS] = [None; MOST_FIELDS];
    let mut next = 0;
    for (member, number) in (0..members.len()).zip(1..) {
        let key = members.key(member);
        // Most documents are written in the order that they are declared in.
        let (before, behind) = fields.split_at(next);
        let is_it = |field: &Field| field.name == key;
        let place = behind.iter().position(is_it).map(|place| next + place);
        match place.or_else(|| before.iter().position(is_it)) {
            Some(place) if !shape.foreign.contains(&key) => {
                found[place] = NonZero::new(number);
                next = place + 1;
            }
            _ if shape.open || shape.tag == Some(key) => {}
            _ => tell(&Path::Key(path, key), ProblemCode::UnknownField, problems),
        }
    }
    if shape.refused {
        wrong_type(path, problems);
        return false;
    }
    for (place, (field, member)) in fields.iter().zip(found).enumerate() {
        let own = Path::Key(path, field.name);
        let value = member.map(|number| members.value(number.get() as usize - 1));
        let needed = shape.needed.contains(&field.name);
        match (field.presence, value) {
            (Presence::Optional, None | Some(Tree::Null)) if !needed => {}
            (Presence::Nullable, Some(Tree::Null)) | (Presence::Change, None) => {}
            (_, None) => {
                tell(&own, ProblemCode::MissingField, problems);
                document.fill(place, None, &own, problems);
            }
            (presence, value) => {
                let may_stay = matches!(presence, Presence::Optional | Presence::Change);
                if !document.fill(place, value.as_ref(), &own, problems) && (needed || !may_stay) {
                    document.fill(place, None, &own, problems);
                }
            }
        }
    }
    true
}

/// Fills a field that holds a placeholder.
pub fn fill<T: Read>(slot: &mut T, value: Option<&Tree<'_>>, path: &Path<'_>, problems: &mut Vec<Problem>) -> bool {
    let read = value.and_then(|value| T::read(value, path, problems));
    let is_read = read.is_some();
    if let Some(read) = read {
        *slot = read;
    }
    is_read
}

/// Fills a field that holds `None`.
pub fn fill_option<T: Read>(
    slot: &mut Option<T>,
    value: Option<&Tree<'_>>,
    path: &Path<'_>,
    problems: &mut Vec<Problem>,
) -> bool {
    *slot = match value {
        Some(value) => T::read(value, path, problems),
        None => Some(T::blank()),
    };
    slot.is_some()
}

/// Fills a change that is none: null takes away what was there, and a value takes its place.
pub fn fill_change<T: Read>(
    slot: &mut Option<Option<T>>,
    value: Option<&Tree<'_>>,
    path: &Path<'_>,
    problems: &mut Vec<Problem>,
) -> bool {
    *slot = match value {
        Some(Tree::Null) => Some(None),
        Some(value) => T::read(value, path, problems).map(Some),
        None => None,
    };
    slot.is_some()
}

/// Fills a whole number of any size, at or above zero, where zero stands.
pub fn fill_whole(slot: &mut u64, value: Option<&Tree<'_>>, path: &Path<'_>, problems: &mut Vec<Problem>) -> bool {
    let Some(number) = value.and_then(|value| whole(value, path, problems)) else { return false };
    match u64::try_from(number) {
        Ok(number) => *slot = number,
        Err(_) => tell(path, ProblemCode::OutOfRange, problems),
    }
    true
}

/// A whole number that 64 bits hold.
pub(crate) fn whole(value: &Tree<'_>, path: &Path<'_>, problems: &mut Vec<Problem>) -> Option<i64> {
    let Tree::Int(number) = value else {
        wrong_type(path, problems);
        return None;
    };
    Some(*number)
}

/// A text that stands for something else.
pub fn parsed<T>(
    value: &Tree<'_>,
    path: &Path<'_>,
    problems: &mut Vec<Problem>,
    parse: impl FnOnce(&str) -> Option<T>,
) -> Option<T> {
    let parsed = value.as_str().and_then(parse);
    if parsed.is_none() {
        wrong_type(path, problems);
    }
    parsed
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
        Some(kind) => word(&kind, &path, problems, kinds).map(|place| kinds[place]),
        None => {
            tell(&path, ProblemCode::MissingField, problems);
            None
        }
    }
}

/// Reads a document out of its text, strictly; `None` where it is none.
#[must_use]
pub fn read_text<T: Read>(text: &str) -> Option<T> {
    read_strictly(&Value::parse_borrowed(text.as_bytes()).ok()?.tree()).ok()
}

/// Serde's way to a document: strictly, through the one reader.
///
/// # Errors
/// The deserializer's, or all problems of the document as words.
pub fn deserialize<'de, T: Read, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let value = Value::<Cow<'_, str>>::deserialize(deserializer)?;
    read_strictly(&value.tree()).map_err(|problems| D::Error::custom(Unreadable(problems)))
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
