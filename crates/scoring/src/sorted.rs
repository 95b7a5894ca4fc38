//! Sorting, said once.
//!
//! Owns the two sorts that all orders share: each type that is sorted by itself is kilobytes of every browser's bundle.

use std::cmp::Ordering;

use crate::index::Index;

/// Places in the order of their keys, the lowest first; those with equal keys in the order of places.
#[must_use]
pub fn sorted_by_key<I: Index>(places: impl IntoIterator<Item = I>, key: impl Fn(I) -> i128) -> Vec<I> {
    let mut keyed: Vec<(i128, usize)> = places.into_iter().map(|place| (key(place), place.index())).collect();
    sort_keyed(&mut keyed);
    keyed.into_iter().map(|(_, place)| I::from(place)).collect()
}

#[inline(never)]
fn sort_keyed(keyed: &mut [(i128, usize)]) {
    keyed.sort_unstable();
}

/// The numbers below `count` in an order; those that are equal in it by themselves.
#[inline(never)]
pub(crate) fn sorted_by(count: usize, order: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut numbers: Vec<usize> = (0..count).collect();
    numbers.sort_unstable_by(|a, b| order(*a, *b).then(a.cmp(b)));
    numbers
}
