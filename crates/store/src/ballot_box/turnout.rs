//! Turnout: how many codes were issued and not voided, how many ballots cast. Numbers only, never who.

use std::collections::BTreeMap;

use scoring::plan_document::BallotKind;
pub use wire::code::GroupTurnout;

use super::batch::VOIDED;
use crate::database::{Item, Key, Table, keys};
use crate::error::StoreError;
use crate::ids::PlanId;
use crate::plan::head::{PlanHead, State};
use crate::plan::round_id::RoundId;
use crate::store::Store;

impl Store {
    /// The turnout of every period and group: of a draft those with codes, then all that mark anything.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub async fn turnout(&self, plan: &PlanId) -> Result<Vec<GroupTurnout>, StoreError> {
        let head = self.plan_head(plan).await?;
        let mut issued = BTreeMap::new();
        for item in self.database.query_all(Table::Main, &keys::issued_partition(plan), "").await? {
            let (period, group) = item.sort_key()?.split_once('#').ok_or(StoreError::Corrupt)?;
            issued.insert(
                (period.to_owned(), group.to_owned()),
                item.number("issued")?.saturating_sub(item.count(VOIDED)?),
            );
        }
        if head.state == State::Draft {
            let rows = issued.into_iter();
            return Ok(rows
                .map(|((period, group), issued)| GroupTurnout { period, group, issued, cast: 0, hours: Vec::new() })
                .collect());
        }
        let frozen = self.frozen(&head).await?;
        let heads = self.turnout_items(&head).await?;
        let mut rows = Vec::new();
        for period in &frozen.layout.periods {
            for group in &frozen.layout.groups {
                let cast = heads.iter().map(|item| frozen.layout.turnout_in(item, period, group));
                let cast = cast.sum::<Result<u64, _>>()?;
                let open = frozen.plan.group(group.place).ballot == BallotKind::Open;
                let hours = if open { self.issued_hours(plan, period, &group.group).await? } else { Vec::new() };
                let issued = issued.get(&(period.clone(), group.group.clone())).copied().unwrap_or(0)
                    + hours.iter().map(|hour| hour.issued).sum::<u64>();
                rows.push(GroupTurnout { period: period.clone(), group: group.group.clone(), issued, cast, hours });
            }
        }
        Ok(rows)
    }

    /// The turnout of a plan that has been opened, by round; empty of a draft. A group that marks in both stages stands in
    /// both, with the ballots of each; the second stage of a plan that was closed has what the first left over.
    pub(crate) async fn turnout_by_round(
        &self,
        head: &PlanHead,
    ) -> Result<BTreeMap<RoundId, Vec<GroupTurnout>>, StoreError> {
        let mut by_round: BTreeMap<RoundId, Vec<GroupTurnout>> = BTreeMap::new();
        if head.state == State::Draft {
            return Ok(by_round);
        }
        let frozen = self.frozen(head).await?;
        let items = self.turnout_items(head).await?;
        let mut frozen_counts = BTreeMap::new();
        for round in head.frozen_rounds() {
            let key = Key::new(keys::round_partition(&head.id, round), keys::HEAD);
            let item = self.database.get(Table::Main, &key).await?.ok_or(StoreError::Corrupt)?;
            frozen_counts.insert(round.clone(), item);
        }
        for row in self.turnout(&head.id).await? {
            let group = frozen.layout.group(&row.group).ok_or(StoreError::Corrupt)?;
            let attribute = |stage| frozen.layout.turnout_attribute(&row.period, group, stage);
            let mut before = 0;
            for stage in &group.stages {
                let round = RoundId::new(&row.period, *stage);
                let cast = match frozen_counts.get(&round) {
                    Some(count) => count.count(&attribute(None)?)?,
                    None if head.state.is_counted() || group.is_of_one_stage() => row.cast.saturating_sub(before),
                    None => {
                        let of_stage = [attribute(None)?, attribute(Some(*stage))?];
                        let counts = items.iter().flat_map(|item| of_stage.iter().map(|name| item.count(name)));
                        counts.sum::<Result<u64, _>>()?
                    }
                };
                before = cast;
                by_round.entry(round).or_default().push(GroupTurnout { cast, ..row.clone() });
            }
        }
        Ok(by_round)
    }

    /// How many ballots the box of an open plan has, whatever their round.
    pub(crate) async fn ballots_in_box(&self, head: &PlanHead) -> Result<u64, StoreError> {
        Ok(self.turnout(&head.id).await?.iter().map(|row| row.cast).sum())
    }

    /// The items that count ballots by period and group: the shards' heads, or the official count's.
    async fn turnout_items(&self, head: &PlanHead) -> Result<Vec<Item>, StoreError> {
        if matches!(head.state, State::Closed | State::Published) {
            let key = Key::new(keys::count_partition(&head.id), keys::HEAD);
            return Ok(vec![self.database.get(Table::Main, &key).await?.ok_or(StoreError::Corrupt)?]);
        }
        let heads: Vec<Key> = (0..head.shards).map(|shard| keys::shard_head(&head.id, shard)).collect();
        self.database.get_many(Table::Box, &heads).await
    }
}
