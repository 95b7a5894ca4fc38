//! Members of a document by name.
//!
//! Owns the one map that documents hold. It is a list: documents hold few members in one place, and of each kind of value
//! a browser's bundle carries a fraction of what a B-tree takes.

use std::fmt;
use std::slice;

use compact_str::CompactString;
use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::problem::Problem;
use crate::reading::{Path, Read, wrong_type};
use crate::tree::Tree;

/// Values by name, in the order of their names.
///
/// ```
/// let mut counts = document::Map::from([("poor", 1), ("good", 2)]);
/// *counts.entry("good") += 5;
/// assert_eq!(counts.iter().collect::<Vec<_>>(), [("good", &7), ("poor", &1)]);
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Map<V>(Vec<(CompactString, V)>);

impl<V> Map<V> {
    /// No values.
    #[must_use]
    pub const fn new() -> Self {
        Map(Vec::new())
    }

    fn find(&self, name: &str) -> Result<usize, usize> {
        // Most documents are written in order, so what is new mostly stands behind all that is there.
        if self.0.last().is_none_or(|(last, _)| last.as_str() < name) {
            return Err(self.0.len());
        }
        self.0.binary_search_by(|(own, _)| own.as_str().cmp(name))
    }

    /// The value of a name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&V> {
        self.find(name).ok().map(|place| &self.0[place].1)
    }

    /// Gives a name its value, in place of the one that it had.
    pub fn insert(&mut self, name: &str, value: V) {
        match self.find(name) {
            Ok(place) => self.0[place].1 = value,
            Err(place) => self.0.insert(place, (name.into(), value)),
        }
    }

    /// The value of a name, which is blank where it had none.
    pub fn entry(&mut self, name: &str) -> &mut V
    where
        V: Default,
    {
        let place = match self.find(name) {
            Ok(place) => place,
            Err(place) => {
                self.0.insert(place, (name.into(), V::default()));
                place
            }
        };
        &mut self.0[place].1
    }

    /// Takes away a name's value.
    pub fn remove(&mut self, name: &str) -> Option<V> {
        self.find(name).ok().map(|place| self.0.remove(place).1)
    }

    /// Names and values.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&str, &V)> + ExactSizeIterator + Clone {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// The values.
    pub fn values(&self) -> impl DoubleEndedIterator<Item = &V> + ExactSizeIterator + Clone {
        self.0.iter().map(|(_, value)| value)
    }

    /// How many there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.0.len()
    }

    /// Is there nothing?
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Keeps the values for which it holds.
    pub fn retain(&mut self, mut holds: impl FnMut(&V) -> bool) {
        self.0.retain(|(_, value)| holds(value));
    }
}

impl<'m, V> IntoIterator for &'m Map<V> {
    type Item = (&'m str, &'m V);
    type IntoIter = std::iter::Map<slice::Iter<'m, (CompactString, V)>, fn(&'m (CompactString, V)) -> Self::Item>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }
}

impl<V> Default for Map<V> {
    fn default() -> Self {
        Map::new()
    }
}

impl<V: fmt::Debug> fmt::Debug for Map<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

impl<S: AsRef<str>, V> FromIterator<(S, V)> for Map<V> {
    fn from_iter<I: IntoIterator<Item = (S, V)>>(members: I) -> Self {
        let mut map = Map::new();
        members.into_iter().for_each(|(name, value)| map.insert(name.as_ref(), value));
        map
    }
}

impl<S: AsRef<str>, V, const N: usize> From<[(S, V); N]> for Map<V> {
    fn from(members: [(S, V); N]) -> Self {
        members.into_iter().collect()
    }
}

impl<V: Serialize> Serialize for Map<V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.len()))?;
        for (name, value) in self.iter() {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

impl<V: Read> Read for Map<V> {
    fn blank() -> Self {
        Map::new()
    }

    fn read(value: &Tree<'_>, path: &Path<'_>, problems: &mut Vec<Problem>) -> Option<Self> {
        let Tree::Object(members) = value else {
            wrong_type(path, problems);
            return None;
        };
        let mut map = Map(Vec::with_capacity(members.len()));
        for (name, value) in members.iter() {
            if let Some(value) = V::read(&value, &Path::Key(path, name), problems) {
                map.insert(name, value);
            }
        }
        Some(map)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_in_order_and_the_last_value_of_a_name_counts() {
        let mut map = Map::from([("c", 1), ("a", 2), ("d", 3), ("b", 4), ("c", 5)]);
        assert_eq!(map.iter().collect::<Vec<_>>(), [("a", &2), ("b", &4), ("c", &5), ("d", &3)]);
        assert_eq!((map.get("c"), map.get("e"), map.get("")), (Some(&5), None, None));
        assert_eq!((map.remove("a"), map.remove("a")), (Some(2), None));
        map.retain(|value| *value > 3);
        assert_eq!(serde_json::to_string(&map).unwrap(), r#"{"b":4,"c":5}"#);
    }
}
