//! A JSON tree as the readers of documents take it: looked at, not copied.
//!
//! Owns nothing of what it shows. It makes one type of values that own their strings and of values that borrow them
//! from the text, so that there is one reader, and no document is copied before it is read.

use std::borrow::Cow;

use crate::json::{Text, Value};

/// A JSON value that is looked at.
#[derive(Debug, Clone, Copy)]
pub enum Tree<'t> {
    /// `null`
    Null,
    /// `true`, `false`
    Bool(bool),
    /// A whole number that fits 64 bits.
    Int(i64),
    /// Any other number.
    Float(f64),
    /// A string.
    Text(&'t str),
    /// An array.
    List(Items<'t>),
    /// An object, in the order it was written.
    Object(Members<'t>),
}

/// The elements of an array.
#[derive(Debug, Clone, Copy)]
pub enum Items<'t> {
    /// They own their strings.
    Owned(&'t [Value]),
    /// They borrow their strings.
    Borrowed(&'t [Value<Cow<'t, str>>]),
}

/// The members of an object.
#[derive(Debug, Clone, Copy)]
pub enum Members<'t> {
    /// They own their strings.
    Owned(&'t [(String, Value)]),
    /// They borrow their strings.
    Borrowed(&'t [(Cow<'t, str>, Value<Cow<'t, str>>)]),
    /// They were put together for a reader out of several values.
    Chosen(&'t [(&'t str, Tree<'t>)]),
}

/// A string that a value may hold and a tree can show.
pub trait Shown<'t>: Text<'t> {
    /// The elements of an array whose strings are of this type.
    fn items<'a>(items: &'a [Value<Self>]) -> Items<'a>
    where
        't: 'a;

    /// The members of an object whose strings are of this type.
    fn members<'a>(members: &'a [(Self, Value<Self>)]) -> Members<'a>
    where
        't: 'a;
}

impl<'t> Shown<'t> for String {
    fn items<'a>(items: &'a [Value]) -> Items<'a>
    where
        't: 'a,
    {
        Items::Owned(items)
    }

    fn members<'a>(members: &'a [(String, Value)]) -> Members<'a>
    where
        't: 'a,
    {
        Members::Owned(members)
    }
}

impl<'t> Shown<'t> for Cow<'t, str> {
    fn items<'a>(items: &'a [Value<Self>]) -> Items<'a>
    where
        't: 'a,
    {
        Items::Borrowed(items)
    }

    fn members<'a>(members: &'a [(Self, Value<Self>)]) -> Members<'a>
    where
        't: 'a,
    {
        Members::Borrowed(members)
    }
}

impl<S> Value<S> {
    /// The value, as readers take it.
    #[must_use]
    pub fn tree<'t: 'a, 'a>(&'a self) -> Tree<'a>
    where
        S: Shown<'t>,
    {
        match self {
            Value::Null => Tree::Null,
            Value::Bool(b) => Tree::Bool(*b),
            Value::Int(n) => Tree::Int(*n),
            Value::Float(x) => Tree::Float(*x),
            Value::Text(text) => Tree::Text(text.as_ref()),
            Value::List(items) => Tree::List(S::items(items)),
            Value::Object(members) => Tree::Object(S::members(members)),
        }
    }
}

impl<'t> Tree<'t> {
    /// The member `key` of an object; `None` for anything else.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<Tree<'t>> {
        match self {
            Tree::Object(members) => members.iter().find(|(own, _)| *own == key).map(|(_, value)| value),
            _ => None,
        }
    }

    /// The text of a string.
    #[must_use]
    pub const fn as_str(&self) -> Option<&'t str> {
        match self {
            Tree::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Is it `null`?
    #[must_use]
    pub const fn is_null(&self) -> bool {
        matches!(self, Tree::Null)
    }

    /// The same value with strings of its own.
    #[must_use]
    pub fn owned(&self) -> Value {
        match self {
            Tree::Null => Value::Null,
            Tree::Bool(b) => Value::Bool(*b),
            Tree::Int(n) => Value::Int(*n),
            Tree::Float(x) => Value::Float(*x),
            Tree::Text(text) => Value::text(text),
            Tree::List(items) => Value::List(items.iter().map(|item| item.owned()).collect()),
            Tree::Object(members) => {
                Value::Object(members.iter().map(|(key, value)| (key.to_owned(), value.owned())).collect())
            }
        }
    }
}

impl<'t> Items<'t> {
    /// How many there are.
    #[must_use]
    pub const fn len(self) -> usize {
        match self {
            Items::Owned(items) => items.len(),
            Items::Borrowed(items) => items.len(),
        }
    }

    /// Are there none?
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// They, in order.
    pub fn iter(self) -> impl ExactSizeIterator<Item = Tree<'t>> {
        (0..self.len()).map(move |place| match self {
            Items::Owned(items) => items[place].tree(),
            Items::Borrowed(items) => items[place].tree(),
        })
    }
}

impl<'t> Members<'t> {
    /// How many there are.
    #[must_use]
    pub const fn len(self) -> usize {
        match self {
            Members::Owned(members) => members.len(),
            Members::Borrowed(members) => members.len(),
            Members::Chosen(members) => members.len(),
        }
    }

    /// Are there none?
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// The key at a place that there is.
    #[must_use]
    pub(crate) fn key(self, place: usize) -> &'t str {
        match self {
            Members::Owned(members) => &members[place].0,
            Members::Borrowed(members) => &members[place].0,
            Members::Chosen(members) => members[place].0,
        }
    }

    /// The value at a place that there is.
    #[must_use]
    pub(crate) fn value(self, place: usize) -> Tree<'t> {
        match self {
            Members::Owned(members) => members[place].1.tree(),
            Members::Borrowed(members) => members[place].1.tree(),
            Members::Chosen(members) => members[place].1,
        }
    }

    /// Keys and values, in the order they were written.
    pub fn iter(self) -> impl ExactSizeIterator<Item = (&'t str, Tree<'t>)> {
        (0..self.len()).map(move |place| (self.key(place), self.value(place)))
    }
}
