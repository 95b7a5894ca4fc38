//! Ballots that name their voter, for the inspector.
//!
//! Owns the only reading that joins a ballot to a person: of a named group, where the code was given to somebody on the
//! list, after closing, and each time an event in the audit chain. Publications, exports, records and results are made
//! of counts and never come here.

use std::collections::BTreeMap;

use scoring::ballot::Mark;
use scoring::json::Value;

use super::count::Ballots;
use super::holder::HOLDER;
use super::tally::IN_STAGE;
use crate::audit::change::Change;
use crate::database::{Item, Key, Table, keys};
use crate::error::StoreError;
use crate::ids::{Actor, Cursor, Page, PlanId};
use crate::plan::frozen_plan::FrozenPlan;
use crate::store::Store;

/// A ballot and who cast it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedBallot {
    /// The voter's id on the list.
    pub voter: String,
    /// The voter's name; `None`: taken off the list since.
    pub name: Option<String>,
    /// The period's id.
    pub period: String,
    /// The group's id.
    pub group: String,
    /// The marks.
    pub marks: Vec<Mark>,
}

/// Where a ballot stands in the list: by voter, period and stage, of which there is one.
fn place(voter: &str, ballot: &Item) -> Result<String, StoreError> {
    let stage = if ballot.has(IN_STAGE) { ballot.number(IN_STAGE)? } else { 0 };
    Ok(format!("{voter}#{}#{stage}", ballot.text("term")?))
}

impl Store {
    /// A page of the ballots that name their voter, by the voters' ids; the audit keeps that it was read.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; [`StoreError::WrongState`] before closing.
    pub async fn named_ballots(
        &self,
        actor: Actor<'_>,
        plan: &PlanId,
        limit: usize,
        after: Option<&Cursor>,
    ) -> Result<Page<NamedBallot>, StoreError> {
        let head = self.plan_head(plan).await?;
        if !head.state.is_counted() {
            return Err(StoreError::WrongState);
        }
        let frozen = self.frozen(&head).await?;
        let (ballots, next) = self.ballots_with_names(&frozen, limit.max(1), after).await?;
        let voters: Vec<&str> = ballots.iter().map(|(voter, _)| voter.as_str()).collect();
        let names = self.names_of(plan, &voters).await?;
        let mut change = Change::begin(self, plan.as_str(), actor).await?;
        let read = Value::object([("ballots", Value::Text(ballots.len().to_string()))]);
        while !change.commit("named_ballots_read", read.clone(), Vec::new()).await? {}
        let mut items = Vec::new();
        for (voter, ballot) in ballots {
            let (period, group) = (ballot.text("term")?.to_owned(), ballot.text("voters")?.to_owned());
            let layout = frozen.layout.group(&group).ok_or(StoreError::Corrupt)?;
            let marks = layout.decode(ballot.bytes("marks")?)?;
            items.push(NamedBallot { name: names.get(&voter).cloned(), voter, period, group, marks });
        }
        Ok(Page { items, next: next.map(Cursor) })
    }

    /// The first of them behind a place, with the place where the next page begins. Of the whole box no more is kept at
    /// once.
    async fn ballots_with_names(
        &self,
        frozen: &FrozenPlan,
        limit: usize,
        after: Option<&Cursor>,
    ) -> Result<(Vec<(String, Item)>, Option<String>), StoreError> {
        let mut first = BTreeMap::new();
        let mut more = false;
        let mut ballots = Ballots::of(self, frozen);
        while let Some(page) = ballots.next_page().await? {
            for ballot in page {
                let Some(voter) = ballot.optional_text(HOLDER)? else { continue };
                let place = place(&voter, &ballot)?;
                if after.is_none_or(|after| place > after.0) {
                    first.insert(place, (voter, ballot));
                    if first.len() > limit {
                        first.pop_last();
                        more = true;
                    }
                }
            }
        }
        let next = first.last_key_value().map(|(place, _)| place.clone()).filter(|_| more);
        Ok((first.into_values().collect(), next))
    }

    async fn names_of(&self, plan: &PlanId, voters: &[&str]) -> Result<BTreeMap<String, String>, StoreError> {
        let partition = keys::voter_partition(plan);
        let mut voters = voters.to_vec();
        voters.dedup();
        let keys: Vec<Key> = voters.into_iter().map(|voter| Key::new(partition.clone(), voter)).collect();
        let mut names = BTreeMap::new();
        for item in self.database.get_many(Table::Main, &keys).await? {
            names.insert(item.sort_key()?.to_owned(), item.text("named")?.to_owned());
        }
        Ok(names)
    }
}
