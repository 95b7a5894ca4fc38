//! Which unit of another plan is which of this one: by its id, else by its name, else as somebody says.
//!
//! Owns how units of two plans are told to be the same, and when that cannot be said. Refuses to own what follows: links
//! and comparisons are the API's.

use std::collections::{BTreeMap, BTreeSet};

use document::{Map, words};

use crate::names::folded;

words! {
    /// By what a unit was found in another plan.
    pub enum FoundBy {
        /// Both have one id.
        Id = "id",
        /// Both have one name, as names are compared.
        Name = "name",
        /// The request says so.
        Units = "units",
    }
}

/// Units of two plans, one beside the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counterparts {
    /// For each unit here: its place there, and by what it was found.
    pub found: Vec<Option<(usize, FoundBy)>>,
    /// Units of which it cannot be said.
    pub clashes: Vec<Clash>,
}

/// A unit here that maps twice, or that shares its unit there with another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clash {
    /// The unit's place here.
    pub here: usize,
    /// The place there that is in question.
    pub there: usize,
    /// The request names the unit, so the request is what can be put right.
    pub is_given: bool,
}

/// Units here and there, each as id and name; `given` says for ids here which id there is meant.
///
/// A unit is found by its id, else by its name, else by what is given. What is given takes a unit there from those that
/// only have its name, and decides between two there of one name. Everything else that maps twice is a clash: an id or a
/// name that says one unit while another is given, two units here for one there, a name that two units there have.
///
/// ```
/// use scoring::counterpart::{FoundBy, counterparts};
///
/// let given = document::Map::from([("hr", "personnel".to_owned())]);
/// let here = [("tax", "税务局"), ("land", "国土局（窗口）"), ("hr", "人社局"), ("new", "新设局")];
/// let there = [("land_2", "国土局(窗口)"), ("tax", "市税务局"), ("personnel", "人事局")];
/// let told = counterparts(&here, &there, &given);
/// let by = [Some((1, FoundBy::Id)), Some((0, FoundBy::Name)), Some((2, FoundBy::Units)), None];
/// assert_eq!((&told.found[..], told.clashes), (&by[..], Vec::new()));
/// ```
#[must_use]
pub fn counterparts(here: &[(&str, &str)], there: &[(&str, &str)], given: &Map<String>) -> Counterparts {
    let ids: BTreeMap<&str, usize> = there.iter().enumerate().map(|(place, (id, _))| (*id, place)).collect();
    let mut names: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (place, (_, name)) in there.iter().enumerate() {
        names.entry(folded(name)).or_default().push(place);
    }
    let given_of = |id: &str| given.get(id).and_then(|there| ids.get(there.as_str()).copied());
    let taken: BTreeSet<usize> = here.iter().filter_map(|(id, _)| given_of(id)).collect();
    let mut told = Counterparts { found: Vec::with_capacity(here.len()), clashes: Vec::new() };
    for (place, (id, name)) in here.iter().enumerate() {
        let given = given_of(id);
        let named = names.get(&folded(name)).map_or(&[][..], Vec::as_slice);
        let found = match (ids.get(id).copied(), named, given) {
            (Some(own), _, _) => Some((own, FoundBy::Id)),
            (None, [], Some(given)) => Some((given, FoundBy::Units)),
            (None, [_, _, ..], Some(given)) => Some((given, FoundBy::Units)),
            (None, [named], None) if taken.contains(named) => None,
            (None, [named], _) => Some((*named, FoundBy::Name)),
            (None, [first, _, ..], None) => {
                told.clashes.push(Clash { here: place, there: *first, is_given: false });
                None
            }
            (None, [], None) => None,
        };
        if let (Some((found, _)), Some(given)) = (found, given)
            && found != given
        {
            told.clashes.push(Clash { here: place, there: found, is_given: true });
        }
        told.found.push(found);
    }
    let mut holders: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (place, (there, _)) in told.found.iter().enumerate().filter_map(|(place, found)| Some((place, (*found)?))) {
        holders.entry(there).or_default().push(place);
    }
    for (there, places) in holders.into_iter().filter(|(_, places)| places.len() > 1) {
        let clash = |place: usize| Clash { here: place, there, is_given: given_of(here[place].0).is_some() };
        let clashes = places.into_iter().map(clash);
        let new: Vec<Clash> = clashes.filter(|new| !told.clashes.iter().any(|old| old.here == new.here)).collect();
        told.clashes.extend(new);
    }
    told.clashes.sort_by_key(|clash| clash.here);
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(here: &[(&str, &str)], there: &[(&str, &str)], given: &[(&str, &str)]) -> Counterparts {
        counterparts(here, there, &given.iter().map(|(here, there)| (*here, (*there).to_owned())).collect())
    }

    fn clash(here: usize, there: usize, is_given: bool) -> Clash {
        Clash { here, there, is_given }
    }

    #[test]
    fn two_units_here_for_one_there_are_a_clash_of_both() {
        let there = [("x", "办公室"), ("y", "财务科")];
        // Both are given.
        let both = told(&[("a", "甲"), ("b", "乙")], &there, &[("a", "x"), ("b", "x")]);
        assert_eq!(both.clashes, [clash(0, 0, true), clash(1, 0, true)]);
        // One has the id, the other the name: the ids may mean different offices.
        let mixed = told(&[("x", "甲"), ("b", "办公室")], &there, &[]);
        assert_eq!(mixed.clashes, [clash(0, 0, false), clash(1, 0, false)]);
        // Two categories here have an office of one name.
        let named = told(&[("a", "办公室"), ("b", "办公室")], &there, &[]);
        assert_eq!(named.clashes, [clash(0, 0, false), clash(1, 0, false)]);
        // Which of them is meant can be said.
        let said = told(&[("a", "办公室"), ("b", "办公室")], &there, &[("b", "x")]);
        assert_eq!((said.found, said.clashes), (vec![None, Some((0, FoundBy::Name))], Vec::new()));
    }

    #[test]
    fn a_name_that_two_units_there_have_needs_a_word() {
        let there = [("x", "办公室"), ("y", " 办公室 ")];
        assert_eq!(told(&[("a", "办公室")], &there, &[]).clashes, [clash(0, 0, false)]);
        let said = told(&[("a", "办公室")], &there, &[("a", "y")]);
        assert_eq!((said.found, said.clashes), (vec![Some((1, FoundBy::Units))], Vec::new()));
    }

    #[test]
    fn what_is_given_against_an_id_or_a_name_is_a_clash_and_the_same_again_is_none() {
        let there = [("a", "甲"), ("x", "乙")];
        assert_eq!(told(&[("a", "甲")], &there, &[("a", "x")]).clashes, [clash(0, 0, true)]);
        assert_eq!(told(&[("b", "乙")], &there, &[("b", "a")]).clashes, [clash(0, 1, true)]);
        let same = told(&[("a", "甲"), ("b", "乙")], &there, &[("a", "a"), ("b", "x")]);
        assert_eq!(same.clashes, []);
    }
}
