//! Opinions (意见建议) that came with ballots, kept apart from the marks.
//!
//! They go into the box in the ballot's own transaction, so that an acknowledged ballot has lost none and a repeated
//! one has doubled none, however its answers were lost. Each stands by itself under a number drawn for it alone:
//! unit, period, group and words, and nothing that it shares with its ballot, its code, or the voter's other opinions.
//! The order of the numbers is no order of writing; what a database or its file keeps of the order of writes is what
//! it keeps of ballots, no more, and goes with it at closing.
//!
//! At closing, of a round or of the plan, they are copied to `main`, which has backups, by unit. Nobody reads them before.
//! Whose they are is told as `opinions_told` allows.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use tokio::task::JoinSet;

use super::ballot_paper::Voter;
use super::tally::IN_STAGE;
use crate::database::{Item, Key, Range, Table, Write, keys};
use crate::error::StoreError;
use crate::ids::{Cursor, Page, PlanId};
use crate::limits::{MOST_ACTIONS, MOST_ROWS};
use crate::plan::frozen_plan::FrozenPlan;
use crate::plan::head::PlanHead;
use crate::plan::round_id::RoundId;
use crate::store::Store;

/// An opinion on a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// The unit's id.
    pub unit: String,
    /// What was written.
    pub text: String,
}

/// An opinion as it is read after closing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptComment {
    /// Its id: the unit's and the number that was drawn for it.
    pub id: String,
    /// The unit's id.
    pub unit: String,
    /// The period and the group, unless the group cast so few ballots in it that they would tell whose it is.
    pub place: Option<(String, String)>,
    /// What was written.
    pub text: String,
}

impl Store {
    /// The writes that put a ballot's opinions into the box, each under a number of its own.
    pub(crate) fn comment_writes(
        &self,
        plan: &PlanId,
        voter: &Voter,
        comments: &[Comment],
    ) -> Result<Vec<Write>, StoreError> {
        let write = |comment: &Comment| {
            let number: [u8; 16] = self.draw.bytes()?;
            let item = Item::at(keys::comment(plan, &hex::encode(number)))
                .with_text("term", voter.period.as_str())
                .with_text("voters", voter.group.as_str())
                .with_text("on_unit", comment.unit.as_str())
                .with_text("said", comment.text.as_str());
            let item = match voter.rounds.stage {
                Some(stage) => item.with_number(IN_STAGE, u64::from(stage)),
                None => item,
            };
            Ok(Write::put_new(item))
        };
        comments.iter().map(write).collect()
    }

    /// Copies those of a sixteenth of the opinions of a plan, or of a round, whose gates are shut to `main` that come
    /// after a number, until the time is over: then it answers with the last number that it came to. Doing it again
    /// writes the same.
    pub(crate) async fn export_comments(
        &self,
        head: &PlanHead,
        frozen: &FrozenPlan,
        round: Option<&RoundId>,
        (digit, mut after): (&str, Option<String>),
        is_time_over: impl Fn() -> bool,
    ) -> Result<Option<String>, StoreError> {
        let goes = |item: &Item| {
            let rounds = rounds_of(frozen, item)?;
            Ok(round.is_none_or(|closing| {
                rounds.contains(closing)
                    && rounds.iter().all(|one| one == closing || head.is_round_counted(&one.period, one.stage))
            }))
        };
        let partition = keys::comment_partition(&frozen.id, digit);
        loop {
            let range = Range { after: after.as_deref(), ..Range::default() };
            let (found, next) = self.database.query(Table::Box, &partition, range).await?;
            for items in found.chunks(MOST_ACTIONS) {
                let mut writes = Vec::new();
                for item in items {
                    if goes(item)? {
                        let to = keys::opinion(&frozen.id, item.text("on_unit")?, item.sort_key()?);
                        writes.push(Write::put(item.clone().moved_to(&to)));
                    }
                }
                if !writes.is_empty() {
                    self.database.write_all(Table::Main, writes, &self.pause).await?;
                }
                if let Some(last) = items.last()
                    && is_time_over()
                {
                    return Ok(Some(last.sort_key()?.to_owned()));
                }
            }
            match next {
                Some(next) => after = Some(next),
                None => return Ok(None),
            }
        }
    }

    /// Opinions in `main` that come after a sort key, in the order of these, from all partitions; and the key after which
    /// there may be more.
    async fn kept_opinions(
        &self,
        plan: &PlanId,
        limit: usize,
        after: Option<&str>,
    ) -> Result<(Vec<Item>, Option<String>), StoreError> {
        // They are spread by chance, so that a quarter of a long page is seldom in one partition.
        let each = (limit / 4).max(limit.min(32));
        let mut reads = JoinSet::new();
        let spread = keys::SPREAD.iter().map(|digit| keys::spread_opinion_partition(plan, digit));
        for partition in spread.chain([keys::opinion_partition(plan)]) {
            let (database, after) = (self.database.clone(), after.map(str::to_owned));
            reads.spawn(async move {
                let range = Range { after: after.as_deref(), limit: Some(each), ..Range::default() };
                database.query(Table::Main, &partition, range).await
            });
        }
        let mut sorted = BTreeMap::new();
        let mut whole_until: Option<String> = None;
        while let Some(read) = reads.join_next().await {
            let (items, next) = read.map_err(|_| StoreError::Unavailable)??;
            if let Some(next) = next {
                whole_until = Some(whole_until.map_or(next.clone(), |until| until.min(next)));
            }
            for item in items {
                sorted.insert(item.sort_key()?.to_owned(), item);
            }
        }
        if let Some(until) = &whole_until {
            sorted.retain(|key, _| key <= until);
        }
        if sorted.len() > limit {
            let last = sorted.keys().nth(limit - 1).cloned();
            return Ok((sorted.into_values().take(limit).collect(), last));
        }
        Ok((sorted.into_values().collect(), whole_until))
    }

    /// A page of the opinions, unit by unit, each unit's in the order of numbers drawn at random: of an open plan, those
    /// of the rounds that are closed.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; [`StoreError::WrongState`] before the first closing.
    pub async fn comments(
        &self,
        plan: &PlanId,
        limit: usize,
        after: Option<&Cursor>,
    ) -> Result<Page<KeptComment>, StoreError> {
        let (head, frozen) = self.closed_rounds(plan).await?;
        let mut told = self.opinions_told(&head, &frozen).await?;
        let after = after.map(|cursor| cursor.0.as_str());
        let (page, next) = self.kept_opinions(plan, limit.clamp(1, MOST_ROWS), after).await?;
        let mut items = Vec::new();
        for item in &page {
            let rounds = rounds_of(&frozen, item)?;
            if !is_read(&head, &rounds) {
                continue;
            }
            let (unit, group) = (item.text("on_unit")?.to_owned(), item.text("voters")?.to_owned());
            let is_told = rounds.iter().all(|round| told.tells(round, &group, &unit));
            items.push(KeptComment {
                id: id_of(item)?,
                unit,
                place: is_told.then(|| Ok((item.text("term")?.to_owned(), group))).transpose()?,
                text: item.text("said")?.to_owned(),
            });
        }
        Ok(Page { items, next: next.map(Cursor) })
    }

    /// A plan of which some opinions may be read.
    pub(super) async fn closed_rounds(&self, plan: &PlanId) -> Result<(PlanHead, Arc<FrozenPlan>), StoreError> {
        let head = self.plan_head(plan).await?;
        if !head.state.is_counted() && head.frozen_rounds().next().is_none() {
            return Err(StoreError::WrongState);
        }
        let frozen = self.frozen(&head).await?;
        Ok((head, frozen))
    }

    /// The opinions with these ids, in their order and without their groups; `None` where there is none that may be read.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for the plan; [`StoreError::WrongState`] before the first closing.
    pub async fn comments_named(&self, plan: &PlanId, ids: &[String]) -> Result<Vec<Option<KeptComment>>, StoreError> {
        let (head, frozen) = self.closed_rounds(plan).await?;
        let asked: BTreeSet<&String> = ids.iter().filter(|id| is_comment_id(id)).collect();
        let asked = asked.into_iter().filter_map(|id| id.split_once('.'));
        // Now, and as older versions kept it.
        let keys_of = |(unit, number)| {
            let before = Key::new(keys::opinion_partition(plan), format!("{unit}#{number}"));
            [keys::opinion(plan, unit, number), before]
        };
        let asked: Vec<Key> = asked.flat_map(keys_of).collect();
        let mut found = BTreeMap::new();
        for item in self.database.get_many(Table::Main, &asked).await? {
            if is_read(&head, &rounds_of(&frozen, &item)?) {
                let (unit, text) = (item.text("on_unit")?.to_owned(), item.text("said")?.to_owned());
                let id = id_of(&item)?;
                found.insert(id.clone(), KeptComment { id, unit, place: None, text });
            }
        }
        Ok(ids.iter().map(|id| found.get(id).cloned()).collect())
    }
}

/// Whether opinions of these rounds may be read. A closing that was interrupted has copied some that nobody may read yet.
fn is_read(head: &PlanHead, rounds: &[RoundId]) -> bool {
    rounds.iter().all(|round| head.is_round_counted(&round.period, round.stage))
}

/// An opinion's id. The number was drawn for it alone, so it says nothing of a ballot, a voter or an order.
fn id_of(item: &Item) -> Result<String, StoreError> {
    Ok(item.sort_key()?.replace('#', "."))
}

/// Whether a text can be an opinion's id.
fn is_comment_id(text: &str) -> bool {
    let is_number = |number: &str| number.len() == 32 && number.bytes().all(|byte| byte.is_ascii_hexdigit());
    text.split_once('.').is_some_and(|(unit, number)| scoring::is_id(unit) && is_number(number))
}

/// The rounds that an opinion is of.
fn rounds_of(frozen: &FrozenPlan, comment: &Item) -> Result<Vec<RoundId>, StoreError> {
    let (period, group) = (comment.text("term")?, comment.text("voters")?);
    let group = frozen.layout.group(group).ok_or(StoreError::Corrupt)?;
    let mut rounds: Vec<RoundId> = group.stages.iter().map(|stage| RoundId::new(period, *stage)).collect();
    let stage = comment.count(IN_STAGE)?;
    rounds.retain(|round| stage == 0 || u64::from(round.stage) == stage);
    Ok(rounds)
}
