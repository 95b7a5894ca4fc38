//! Tokens that cast a ballot: counted for the books, kept in `main` when the gates are shut, and published.
//!
//! A list of them stands in the order of a hash of period, group and nonce. It holds nothing of a ballot, of a code or of a
//! moment, and an exchange never saw a nonce: so it joins nothing. Refuses to own what a token is (`blind_key`), and whether
//! a list may be shown, which is whether the number of ballots may (`plan::reconciliation`).

use std::collections::BTreeMap;

use wire::reconciliation::Reconciliation;
use wire::spent_token::{NONCE, OUTPUT, SpentToken, TokenList, list_sha256};

use super::books::place_of;
use super::code_paper::PeriodGroup;
use crate::database::{Item, Key, Table, Write, keys};
use crate::error::StoreError;
use crate::ids::PlanId;
use crate::limits::LARGEST_PART;
use crate::plan::frozen_plan::FrozenPlan;
use crate::store::Store;

/// The attribute of a spent token that holds it. Those that were spent before it was kept have none.
pub(crate) const TOKEN: &str = "token";

/// Bytes of a token.
const BYTES: usize = NONCE + OUTPUT;

/// The spent tokens of a box.
#[derive(Debug, Default)]
pub(crate) struct SpentTokens {
    /// How many there are of each period and group.
    numbers: BTreeMap<PeriodGroup, u64>,
    /// The tokens themselves, one behind the other, in their order; fewer than there are where some were not kept.
    kept: BTreeMap<PeriodGroup, Vec<u8>>,
    /// Those that do not say where they were spent, as none did once.
    pub(crate) unplaced: u64,
}

impl SpentTokens {
    pub(crate) fn number_of(&self, place: &PeriodGroup) -> u64 {
        self.numbers.get(place).copied().unwrap_or(0)
    }
}

impl Store {
    /// Reads them in the box.
    pub(crate) async fn spent_in_box(&self, plan: &PlanId) -> Result<SpentTokens, StoreError> {
        let partitions = keys::SPREAD.iter().map(|digit| keys::token_partition(plan, digit)).collect();
        let mut spent = SpentTokens::default();
        // The name of a token is its place in the order, and begins with the digit of its partition.
        let mut take = |item: &Item| -> Result<(), StoreError> {
            if !item.has("term") {
                spent.unplaced += 1;
                return Ok(());
            }
            let place = place_of(item)?;
            *spent.numbers.entry(place.clone()).or_default() += 1;
            if item.has(TOKEN) {
                spent.kept.entry(place).or_default().extend_from_slice(item.bytes(TOKEN)?);
            }
            Ok(())
        };
        self.database.each_item(Table::Box, partitions, &mut take).await?;
        Ok(spent)
    }

    /// Keeps those of a box whose gates are shut in `main`, because the box has no backup. Doing it again writes the same.
    pub(crate) async fn keep_spent(&self, frozen: &FrozenPlan, spent: &SpentTokens) -> Result<(), StoreError> {
        for ((period, group), tokens) in &spent.kept {
            for (number, part) in tokens.chunks(LARGEST_PART / BYTES * BYTES).enumerate() {
                let sort = format!("{period}#{group}#{}", keys::ordinal(number as u64));
                let item = Item::at(Key::new(keys::spent_partition(&frozen.id), sort))
                    .with_text("plan_sha256", frozen.sha256.as_str())
                    .with_bytes("part", part.to_vec());
                self.database.write(Table::Main, Write::put(item), &self.pause).await?;
            }
        }
        Ok(())
    }

    async fn kept_spent(&self, plan: &PlanId, period: &str, group: &str) -> Result<Vec<u8>, StoreError> {
        let prefix = format!("{period}#{group}#");
        let mut tokens = Vec::new();
        for item in self.database.query_all(Table::Main, &keys::spent_partition(plan), &prefix).await? {
            tokens.extend_from_slice(item.bytes("part")?);
        }
        Ok(tokens)
    }

    /// The lists that are settled with an edition: of each blind group whose number of tokens these books tell.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] for books of another plan.
    pub async fn token_lists(
        &self,
        frozen: &FrozenPlan,
        in_public: &Reconciliation,
    ) -> Result<Vec<TokenList>, StoreError> {
        let mut lists = Vec::new();
        for books in in_public.groups.iter().filter(|books| books.tokens.is_some()) {
            let group = frozen.layout.group(&books.group).ok_or(StoreError::Corrupt)?;
            if frozen.plan.group(group.place).ballot != scoring::plan_document::BallotKind::Blind {
                continue;
            }
            let tokens = self.kept_spent(&frozen.id, &books.period, &books.group).await?;
            lists.push(TokenList {
                period: books.period.clone(),
                group: books.group.clone(),
                listed: (tokens.len() / BYTES) as u64,
                sha256: list_sha256(&tokens),
            });
        }
        Ok(lists)
    }

    /// The spent tokens of an edition's lists: at most so many of them, from a place on; and the next place, where more
    /// follow.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] for a list that is not what was published.
    pub async fn published_tokens(
        &self,
        plan: &PlanId,
        lists: &[TokenList],
        from: u64,
        most: usize,
    ) -> Result<(Vec<SpentToken>, Option<u64>), StoreError> {
        let (mut found, mut before) = (Vec::new(), 0_u64);
        let end = from.saturating_add(most as u64);
        for list in lists {
            let first = before;
            before = before.saturating_add(list.listed);
            if before <= from || first >= end {
                continue;
            }
            let bytes = self.kept_spent(plan, &list.period, &list.group).await?;
            let (tokens, rest) = bytes.as_chunks::<BYTES>();
            if tokens.len() as u64 != list.listed || !rest.is_empty() || list_sha256(&bytes) != list.sha256 {
                return Err(StoreError::Corrupt);
            }
            let here = (first..).zip(tokens).filter(|(place, _)| (from..end).contains(place));
            found.extend(here.map(|(_, token)| {
                let (nonce, output) = token.split_at(NONCE);
                SpentToken {
                    period: list.period.clone(),
                    group: list.group.clone(),
                    nonce: hex::encode(nonce),
                    output: hex::encode(output),
                }
            }));
        }
        Ok((found, (end < before).then_some(end)))
    }
}
