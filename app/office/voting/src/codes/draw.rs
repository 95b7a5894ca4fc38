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
    /// The voters' own unit.
    pub unit: Option<String>,
    /// The units that their paper is narrowed to.
    pub units: Option<Vec<String>>,
}

/// One draw.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Draw {
    /// For whom.
    pub whom: For,
    /// The codes, normalised. They are on this page and on paper, nowhere else.
    pub codes: Vec<String>,
    /// How many of them the server knows.
    pub registered: usize,
}

/// Draws codes from the browser's source for keys. `None` where there is none.
pub fn draw(whom: For, count: usize) -> Option<Draw> {
    let codes = (0..count).map(|_| browser::random::<10>().map(code::write)).collect::<Option<Vec<_>>>()?;
    Some(Draw { whom, codes, registered: 0 })
}

/// Registers what is not registered yet, batch after batch. A batch that failed half-way is repeated
/// whole: the server takes each hash once.
pub async fn register(plan: &str, draw: RwSignal<Option<Draw>>) -> Result<(), Refusal> {
    loop {
        let Some((request, done)) =
            draw.try_with_untracked(|draw| draw.as_ref().and_then(|draw| next_batch(plan, draw))).flatten()
        else {
            return Ok(());
        };
        asking::post::<CodesAdded>(&format!("/api/plans/{plan}/codes"), &request).await?;
        draw.try_update(|draw| {
            if let Some(draw) = draw {
                draw.registered = done;
            }
        });
    }
}

fn next_batch(plan: &str, draw: &Draw) -> Option<(CodesRequest, usize)> {
    let end = draw.codes.len().min(draw.registered + code::MOST_PER_CALL);
    let batch = draw.codes.get(draw.registered..end).filter(|batch| !batch.is_empty())?;
    let whom = &draw.whom;
    let request = CodesRequest {
        period: whom.period.clone(),
        group: whom.group.clone(),
        hashes: batch.iter().map(|code| code::hash_hex(plan, code)).collect(),
        units: whom.units.clone(),
        unit: whom.unit.clone(),
        voters: None,
    };
    Some((request, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(codes: usize, registered: usize) -> Draw {
        let whom = For { period: "year".into(), group: "staff".into(), unit: None, units: None };
        Draw { whom, codes: (0..codes).map(|number| format!("{number:016}")).collect(), registered }
    }

    #[test]
    fn batches_are_of_a_thousand_and_go_on_where_they_stopped() {
        let (batch, done) = next_batch("p", &drawn(2500, 0)).unwrap();
        assert_eq!((batch.hashes.len(), done), (1000, 1000));
        let (batch, done) = next_batch("p", &drawn(2500, 2000)).unwrap();
        assert_eq!((batch.hashes.len(), done), (500, 2500));
        assert_eq!(batch.hashes[0], code::hash_hex("p", "0000000000002000"));
        assert!(next_batch("p", &drawn(2500, 2500)).is_none());
    }
}
