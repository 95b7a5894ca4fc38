//! Places by id.
//!
//! Owns the one look-up of ids, whatever list they stand on: all lists share its code.

use std::collections::HashMap;
use std::marker::PhantomData;

use document::CompactString;

use crate::index::Index;

/// The places of a list by the ids that stand there.
#[derive(Debug, Clone)]
pub(crate) struct Ids<I> {
    places: HashMap<CompactString, usize>,
    list: PhantomData<I>,
}

impl<I: Index> Ids<I> {
    pub(crate) fn new() -> Self {
        Ids { places: HashMap::new(), list: PhantomData }
    }

    pub(crate) fn get(&self, id: &str) -> Option<I> {
        self.places.get(id).map(|place| I::from(*place))
    }

    /// Adds an id that does not stand there yet.
    pub(crate) fn add(&mut self, id: &str, place: I) {
        self.places.insert(id.into(), place.index());
    }
}

/// Places by id, for tens of thousands of records that mostly name what the one before named, or what follows it.
pub(crate) struct Lookup<'p, I> {
    places: &'p Ids<I>,
    ids: Vec<&'p str>,
    last: usize,
}

impl<'p, I: Index> Lookup<'p, I> {
    pub(crate) fn new(places: &'p Ids<I>, ids: impl Iterator<Item = &'p str>) -> Self {
        Lookup { places, ids: ids.collect(), last: 0 }
    }

    pub(crate) fn find(&mut self, id: &str) -> Option<I> {
        let guess = [self.last, self.last + 1].into_iter().find(|place| self.ids.get(*place) == Some(&id));
        let found = guess.map(I::from).or_else(|| self.places.get(id))?;
        self.last = found.index();
        Some(found)
    }
}
