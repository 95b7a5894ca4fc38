//! Places in a plan as types, and lists that are addressed by them.
//!
//! Owns one index type for each list of a plan, so that a unit's place cannot be passed for a leaf's:
//!
//! ```compile_fail
//! use scoring::{LeafIndex, UnitIndex};
//!
//! fn of_leaf(_: LeafIndex) {}
//! of_leaf(UnitIndex::from(0));
//! ```
//!
//! An index says nothing of which plan it belongs to, nor whether the list is that long: it comes from the plan, by
//! its lookups ([`crate::Plan::unit_place`]) or by counting ([`crate::Plan::unit_indices`]).

use std::fmt;
use std::marker::PhantomData;
use std::ops;

/// A place in a list of its own kind.
pub trait Index: Copy + Ord + From<usize> {
    /// The place as a bare number, from 0.
    fn index(self) -> usize;
}

/// Makes an index type for each name. The crate that uses it depends on `serde` and `document`.
#[macro_export]
macro_rules! indices {
    ($($(#[$doc:meta])+ $name:ident)+) => {$(
        $(#[$doc])+
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, serde::Serialize, serde::Deserialize)]
        pub struct $name(usize);

        impl $name {
            /// The place as a bare number, from 0.
            #[must_use]
            pub const fn index(self) -> usize {
                self.0
            }
        }

        impl From<usize> for $name {
            fn from(place: usize) -> Self {
                $name(place)
            }
        }

        impl document::Read for $name {
            fn blank() -> Self {
                $name(0)
            }

            fn read(
                value: &document::Tree<'_>,
                path: &document::Path<'_>,
                problems: &mut Vec<document::Problem>,
            ) -> Option<Self> {
                <usize as document::Read>::read(value, path, problems).map($name)
            }
        }

        impl $crate::Index for $name {
            fn index(self) -> usize {
                self.0
            }
        }
    )+};
}

indices! {
    /// A unit's place among the plan's units.
    UnitIndex
    /// A category's place among the plan's categories.
    CategoryIndex
    /// A group's place among the plan's groups.
    GroupIndex
    /// A scale's place among the plan's scales.
    ScaleIndex
    /// An option's place on its scale.
    OptionIndex
    /// A criterion's place in its survey.
    CriterionIndex
    /// A level's place among those of its rule or of its leaf's incidents.
    LevelIndex
    /// A period's place among the plan's periods.
    PeriodIndex
    /// A component's place in the tree, a branch before what is below it.
    NodeIndex
    /// A leaf's place among the leaves of the tree, in its order.
    LeafIndex
    /// An adjustment rule's place among the plan's rules.
    RuleIndex
    /// A grade's place among the plan's grades, the best first.
    GradeIndex
    /// An outcome's place among the plan's outcomes.
    OutcomeIndex
    /// An element's place in the plan's tie rule.
    TieIndex
}

/// All places of a range, in order.
pub fn each<I: Index>(range: ops::Range<I>) -> impl DoubleEndedIterator<Item = I> + ExactSizeIterator + Clone {
    (range.start.index()..range.end.index()).map(I::from)
}

/// The first so many places.
pub fn first<I: Index>(count: usize) -> impl DoubleEndedIterator<Item = I> + ExactSizeIterator + Clone {
    (0..count).map(I::from)
}

/// A list that is addressed by one kind of place.
#[derive(Clone, PartialEq, Eq)]
pub struct IndexVec<I, T> {
    items: Vec<T>,
    places: PhantomData<I>,
}

impl<I: Index, T> IndexVec<I, T> {
    /// So many times the same.
    #[must_use]
    pub fn filled(item: T, count: usize) -> Self
    where
        T: Clone,
    {
        vec![item; count].into()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Is there nothing?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Appends an item, and gives its place.
    pub fn push(&mut self, item: T) -> I {
        self.items.push(item);
        I::from(self.items.len() - 1)
    }

    /// All places, in order.
    pub fn indices(&self) -> impl DoubleEndedIterator<Item = I> + ExactSizeIterator + Clone + use<I, T> {
        first(self.items.len())
    }

    /// The items, in order.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.items.iter()
    }

    /// The items, in order, to be changed.
    pub fn iter_mut(&mut self) -> std::slice::IterMut<'_, T> {
        self.items.iter_mut()
    }

    /// The items with their places.
    pub fn enumerated(&self) -> impl DoubleEndedIterator<Item = (I, &T)> + ExactSizeIterator + Clone {
        self.items.iter().enumerate().map(|(place, item)| (I::from(place), item))
    }

    /// The items without their places.
    #[must_use]
    pub fn as_slice(&self) -> &[T] {
        &self.items
    }
}

impl<I, T> Default for IndexVec<I, T> {
    fn default() -> Self {
        IndexVec { items: Vec::new(), places: PhantomData }
    }
}

impl<I, T> From<Vec<T>> for IndexVec<I, T> {
    fn from(items: Vec<T>) -> Self {
        IndexVec { items, places: PhantomData }
    }
}

impl<I, T> FromIterator<T> for IndexVec<I, T> {
    fn from_iter<A: IntoIterator<Item = T>>(items: A) -> Self {
        Vec::from_iter(items).into()
    }
}

impl<I, T: fmt::Debug> fmt::Debug for IndexVec<I, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.items.fmt(f)
    }
}

impl<I: Index, T> ops::Index<I> for IndexVec<I, T> {
    type Output = T;
    fn index(&self, place: I) -> &T {
        &self.items[place.index()]
    }
}

impl<I: Index, T> ops::IndexMut<I> for IndexVec<I, T> {
    fn index_mut(&mut self, place: I) -> &mut T {
        &mut self.items[place.index()]
    }
}

impl<'v, I, T> IntoIterator for &'v IndexVec<I, T> {
    type Item = &'v T;
    type IntoIter = std::slice::Iter<'v, T>;
    fn into_iter(self) -> Self::IntoIter {
        self.items.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read_by_its_own_places() {
        let mut names: IndexVec<UnitIndex, &str> = IndexVec::default();
        let first = names.push("a");
        let second = names.push("b");
        assert_eq!((names[first], names[second], names.len()), ("a", "b", 2));
        assert_eq!(names.indices().rev().map(UnitIndex::index).collect::<Vec<_>>(), [1, 0]);
        assert_eq!(each(first..second).collect::<Vec<_>>(), [first]);
    }
}
