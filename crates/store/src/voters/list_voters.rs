//! Reading the list of voters, and how far each has come. Never what anybody voted.

use std::collections::BTreeMap;

use scoring::json::Value;
pub use wire::voter::VoterStatus;

use super::voter::ListedVoter;
use crate::database::{Range, Table, keys};
use crate::error::StoreError;
use crate::ids::{Cursor, Page, PlanId};
use crate::store::Store;

/// A row of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VoterRow {
    /// The person.
    pub voter: ListedVoter,
    /// How far the person has come: of several periods the least.
    pub status: VoterStatus,
}

impl Store {
    /// All voters of a plan, by id.
    pub(crate) async fn all_voters(&self, plan: &PlanId) -> Result<BTreeMap<String, ListedVoter>, StoreError> {
        let items = self.database.query_all(Table::Main, &keys::voter_partition(plan), "").await?;
        items.iter().map(|item| ListedVoter::read(item).map(|voter| (voter.id.clone(), voter))).collect()
    }

    /// How many on the list are of a group.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn listed_of(&self, plan: &PlanId, group: &str) -> Result<u64, StoreError> {
        Ok(self.all_voters(plan).await?.values().filter(|voter| voter.given.group == group).count() as u64)
    }

    /// A page of the list, by id; with a group those of that group alone.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub async fn voters(
        &self,
        plan: &PlanId,
        group: Option<&str>,
        limit: usize,
        after: Option<&Cursor>,
    ) -> Result<Page<VoterRow>, StoreError> {
        let row = self.plan(plan).await?;
        let mut found: Vec<ListedVoter> = Vec::new();
        let mut after = after.map(|cursor| cursor.0.clone());
        let next = loop {
            let range = Range { after: after.as_deref(), limit: Some(limit.max(1)), ..Range::default() };
            let (items, next) = self.database.query(Table::Main, &keys::voter_partition(plan), range).await?;
            let mut full = None;
            for item in &items {
                let voter = ListedVoter::read(item)?;
                if group.is_none_or(|group| voter.given.group == group) {
                    let id = voter.id.clone();
                    found.push(voter);
                    if found.len() == limit {
                        full = Some(id);
                        break;
                    }
                }
            }
            match (full, next) {
                // There may be more: the page that follows says so.
                (Some(last), _) => break Some(last),
                (None, Some(next)) => after = Some(next),
                (None, None) => break None,
            }
        };
        let status = self.statuses(plan, &row.document, &found).await?;
        let items = found
            .into_iter()
            .map(|voter| VoterRow { status: status.get(&voter.id).copied().unwrap_or(VoterStatus::None), voter });
        Ok(Page { items: items.collect(), next: next.map(Cursor) })
    }

    /// How far these voters, in the order of their ids, have come.
    async fn statuses(
        &self,
        plan: &PlanId,
        document: &Value,
        voters: &[ListedVoter],
    ) -> Result<BTreeMap<String, VoterStatus>, StoreError> {
        let (Some(first), Some(last)) = (voters.first(), voters.last()) else { return Ok(BTreeMap::new()) };
        let blind = blind_groups(document);
        let mut statuses: BTreeMap<String, VoterStatus> = BTreeMap::new();
        for (voter, code) in self.codes_between(plan, &first.id, &last.id).await? {
            let Some(place) = voters.binary_search_by(|listed| listed.id.cmp(&voter)).ok() else { continue };
            let secret = blind.contains(&voters[place].given.group);
            let (used, exchanged) = (code.has("used"), code.has("exchanged"));
            let status = match (used, exchanged) {
                (false, false) => VoterStatus::Issued,
                // Of a secret group nobody is told whether a ballot came by the code itself.
                _ if secret => VoterStatus::Exchanged,
                (false, true) => VoterStatus::Exchanged,
                (true, _) => VoterStatus::Voted,
            };
            statuses.entry(voter).and_modify(|least| *least = (*least).min(status)).or_insert(status);
        }
        Ok(statuses)
    }
}

/// The groups of a plan, or of a draft in pieces, that vote blind.
fn blind_groups(document: &Value) -> Vec<String> {
    let Some(Value::List(groups)) = document.get("groups") else { return Vec::new() };
    let text = |group: &Value, name: &str| group.get(name).and_then(Value::as_str).map(str::to_owned);
    let blind = groups.iter().filter(|group| text(group, "ballot").as_deref() == Some("blind"));
    blind.filter_map(|group| text(group, "id")).collect()
}
