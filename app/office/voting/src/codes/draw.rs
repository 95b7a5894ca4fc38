//! Codes drawn in this page: for whom, and how far they are registered.
//!
//! Owns that a code leaves the page only as its hash, and that registering goes on where it stopped.

use frame::{browser, server::Refusal};
use leptos::prelude::*;
use office_frame::asking;
use wire::code::{self, CodesAdded, CodesRequest};

/// For whom codes are drawn.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct For {
    /// The period's id.
    pub period: String,
    /// The group's id.
    pub group: String,
    /// The units that their paper is narrowed to.
    pub units: Option<Vec<String>>,
}

/// Somebody on the list whom a code is given to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Person {
    pub id: String,
    pub name: String,
    pub contact: Option<String>,
}

/// Somebody a code is drawn for: the own unit, the units to mark if not all, and who it is.
pub type Listed = (Option<String>, Option<Vec<String>>, Person);

/// The codes of voters of one unit, or of none.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Part {
    /// The voters' own unit.
    pub unit: Option<String>,
    /// The units that the voters on the list mark, if not all.
    pub units: Option<Vec<String>>,
    /// The codes, normalised. They are on this page and on paper, nowhere else.
    pub codes: Vec<String>,
    /// Whom they are given to, one for each; empty where no list says who holds which.
    pub people: Vec<Person>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Draw {
    /// Tells it from the other draws of this page.
    pub number: u32,
    /// For whom.
    pub whom: For,
    /// The codes, unit by unit.
    pub parts: Vec<Part>,
    /// How many of them the server knows.
    pub registered: usize,
}

impl Draw {
    /// How many codes it has.
    pub fn count(&self) -> usize {
        self.parts.iter().map(|part| part.codes.len()).sum()
    }

    /// Whether a list says who holds which.
    pub fn has_people(&self) -> bool {
        self.parts.iter().any(|part| !part.people.is_empty())
    }

    /// Whether it also says how to reach somebody.
    pub fn has_contacts(&self) -> bool {
        self.parts.iter().flat_map(|part| &part.people).any(|person| person.contact.is_some())
    }

    /// Whether the server knows all of them.
    pub fn is_registered(&self) -> bool {
        self.registered == self.count()
    }
}

/// Draws so many codes for each of some units from the browser's source for keys. `None` where there is none.
pub fn draw(number: u32, whom: For, units: Vec<Option<String>>, count: usize) -> Option<Draw> {
    let part = |unit| {
        let codes = (0..count).map(|_| browser::random::<10>().map(code::write)).collect::<Option<Vec<_>>>()?;
        Some(Part { unit, units: None, codes, people: Vec::new() })
    };
    let parts = units.into_iter().map(part).collect::<Option<Vec<_>>>()?;
    Some(Draw { number, whom, parts, registered: 0 })
}

/// Draws a code for each person on a list: people of one unit who mark the same units are one part.
pub fn draw_for(number: u32, whom: For, people: &[Listed]) -> Option<Draw> {
    let mut parts: Vec<Part> = Vec::new();
    for (unit, units, person) in people {
        let code = browser::random::<10>().map(code::write)?;
        let place = parts.iter().position(|part| part.unit == *unit && part.units == *units);
        let place = place.unwrap_or_else(|| {
            parts.push(Part { unit: unit.clone(), units: units.clone(), codes: Vec::new(), people: Vec::new() });
            parts.len() - 1
        });
        parts[place].codes.push(code);
        parts[place].people.push(person.clone());
    }
    Some(Draw { number, whom, parts, registered: 0 })
}

/// Registers what is not registered yet, draw after draw and batch after batch, until somebody stops it. A batch that
/// failed half-way is repeated whole: the server takes each hash once.
pub async fn register(plan: &str, draws: RwSignal<Vec<Draw>>, halted: RwSignal<bool>) -> Result<(), Refusal> {
    while !halted.try_get_untracked().unwrap_or(true) {
        let next = draws.try_with_untracked(|draws| {
            draws.iter().find_map(|draw| next_batch(plan, draw).map(|(request, done)| (draw.number, request, done)))
        });
        let Some((number, request, done)) = next.flatten() else { return Ok(()) };
        asking::post::<CodesAdded>(&format!("/api/plans/{plan}/codes"), &request).await?;
        draws.try_update(|draws| {
            if let Some(draw) = draws.iter_mut().find(|draw| draw.number == number) {
                draw.registered = done;
            }
        });
    }
    Ok(())
}

/// What is registered next, and how many are when it is: codes of one unit, at most as many as a call takes.
fn next_batch(plan: &str, draw: &Draw) -> Option<(CodesRequest, usize)> {
    let mut before = draw.registered;
    for part in &draw.parts {
        if before >= part.codes.len() {
            before -= part.codes.len();
            continue;
        }
        let end = part.codes.len().min(before + code::MOST_PER_CALL);
        let batch = &part.codes[before..end];
        let voters = part.people.get(before..end).map(|people| people.iter().map(|person| person.id.clone()).collect());
        let request = CodesRequest {
            period: draw.whom.period.clone(),
            group: draw.whom.group.clone(),
            hashes: batch.iter().map(|code| code::hash_hex(plan, code)).collect(),
            units: part.units.clone().or_else(|| draw.whom.units.clone()),
            unit: part.unit.clone(),
            voters: voters.filter(|voters: &Vec<String>| !voters.is_empty()),
        };
        return Some((request, draw.registered + batch.len()));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(parts: &[(Option<&str>, usize)], registered: usize) -> Draw {
        let whom = For { period: "year".into(), group: "staff".into(), units: None };
        let part = |(unit, codes): &(Option<&str>, usize)| Part {
            unit: unit.map(str::to_owned),
            units: None,
            codes: (0..*codes).map(|number| format!("{number:016}")).collect(),
            people: Vec::new(),
        };
        Draw { number: 1, whom, parts: parts.iter().map(part).collect(), registered }
    }

    #[test]
    fn batches_are_of_a_thousand_and_go_on_where_they_stopped() {
        let (batch, done) = next_batch("p", &drawn(&[(None, 2500)], 0)).unwrap();
        assert_eq!((batch.hashes.len(), done), (1000, 1000));
        let (batch, done) = next_batch("p", &drawn(&[(None, 2500)], 2000)).unwrap();
        assert_eq!((batch.hashes.len(), done), (500, 2500));
        assert_eq!(batch.hashes[0], code::hash_hex("p", "0000000000002000"));
        assert!(next_batch("p", &drawn(&[(None, 2500)], 2500)).is_none());
    }

    #[test]
    fn codes_of_a_list_name_their_voters_one_for_each() {
        let mut draw = drawn(&[(Some("a"), 1002)], 0);
        let person = |number: usize| Person { id: format!("v{number}"), name: String::new(), contact: None };
        draw.parts[0].people = (0..1002).map(person).collect();
        draw.parts[0].units = Some(vec!["b".to_owned()]);
        let (batch, done) = next_batch("p", &draw).unwrap();
        let voters = batch.voters.unwrap();
        assert_eq!((voters.len(), voters[999].as_str(), batch.units), (1000, "v999", Some(vec!["b".to_owned()])));
        draw.registered = done;
        let (batch, _) = next_batch("p", &draw).unwrap();
        assert_eq!(batch.voters.unwrap(), ["v1000", "v1001"]);
    }

    #[test]
    fn codes_of_each_unit_are_batches_of_their_own() {
        let units = [(Some("a"), 3), (Some("b"), 3), (Some("c"), 3)];
        let next = |registered| {
            let (batch, done) = next_batch("p", &drawn(&units, registered)).unwrap();
            (batch.unit, batch.hashes.len(), done)
        };
        assert_eq!(next(0), (Some("a".to_owned()), 3, 3));
        // A part that is half known is gone on with.
        assert_eq!(next(4), (Some("b".to_owned()), 2, 6));
        assert_eq!(next(6), (Some("c".to_owned()), 3, 9));
        assert!(next_batch("p", &drawn(&units, 9)).is_none());
        assert!(drawn(&units, 9).is_registered());
    }
}
