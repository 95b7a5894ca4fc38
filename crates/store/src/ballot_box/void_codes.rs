//! Voiding codes: a batch, a voter's, or codes by their hashes. What was used stays used.
//!
//! A code is voided and burned, or exchanged, in conditional writes of its one item, so of both that are tried at once
//! exactly one happens. Nothing takes a void back: a code that is issued again stays as it is.
//!
//! The event comes first, then the batch's mark, then the codes, in pieces that can be repeated: a voiding that was cut
//! is completed by asking for it again.

use std::collections::{BTreeMap, BTreeSet};

use scoring::json::Value;
use sha2::{Digest, Sha256};

use super::batch::{BatchId, VOIDED, by_group, paper_of};
use super::code_paper::{CodeCount, CodePaper, PeriodGroup};
use super::holder::take;
use super::open_group::ON_DEMAND;
use super::small_group::{not_allowed, small_groups};
use crate::audit::change::Change;
use crate::database::{Condition, Item, Key, Table, Update, Write, WriteFault, keys};
use crate::error::StoreError;
use crate::ids::{Actor, CodeHash, PlanId};
use crate::limits::{ATTEMPTS, LARGEST_WORDS, MOST_CODES, MOST_VOIDED_AT_ONCE};
use crate::plan::head::{PlanHead, State};
use crate::plan::texts;
use crate::store::Store;

/// Which codes are voided.
#[derive(Debug, Clone, Copy)]
pub enum Voiding<'a> {
    /// Those of a batch.
    Batch(&'a BatchId),
    /// Those that a voter holds.
    Voter(&'a str),
    /// These.
    Hashes(&'a [CodeHash]),
}

/// What became of the codes that a voiding named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct VoidedCodes {
    /// Void now, those among them that were void before.
    pub voided: usize,
    /// Used before, or exchanged for a token: what was cast with them counts.
    pub used: usize,
}

/// What has become of a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    Unused,
    Used,
    Voided,
}

fn fate(item: &Item) -> Fate {
    if item.has(VOIDED) {
        Fate::Voided
    } else if item.has("used") || item.has("exchanged") {
        Fate::Used
    } else {
        Fate::Unused
    }
}

impl Voiding<'_> {
    /// What the audit says of them.
    fn told(&self) -> Vec<(String, Value)> {
        match self {
            Voiding::Batch(batch) => vec![("batch".to_owned(), Value::Text(batch.to_string()))],
            Voiding::Voter(voter) => vec![("voter".to_owned(), Value::Text((*voter).to_owned()))],
            Voiding::Hashes(hashes) => {
                let hashes: BTreeSet<&CodeHash> = hashes.iter().collect();
                let mut sha = Sha256::new();
                for hash in &hashes {
                    sha.update(hash.to_string().as_bytes());
                }
                vec![
                    ("count".to_owned(), Value::Text(hashes.len().to_string())),
                    ("sha256".to_owned(), Value::Text(hex::encode(sha.finalize()))),
                ]
            }
        }
    }
}

impl Store {
    /// Voids codes that were not used. What is void already stays so, and a repeat answers the same.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for the plan, [`StoreError::UnknownBatch`], [`StoreError::UnknownVoter`],
    /// [`StoreError::UnknownCodes`];
    /// [`StoreError::WrongState`] unless the plan is a draft or open; [`StoreError::TooManyCodes`],
    /// [`StoreError::TooLarge`]; [`StoreError::SmallGroup`] when, of an open plan, one to four codes were left that may
    /// mark a unit in a secret group which neither the plan nor `allow_small` allows to be small. What it names is
    /// allowed from then on.
    pub async fn void_codes(
        &self,
        actor: Actor<'_>,
        plan: &PlanId,
        which: Voiding<'_>,
        reason: &str,
        allow_small: &[String],
    ) -> Result<VoidedCodes, StoreError> {
        if reason.len() > LARGEST_WORDS {
            return Err(StoreError::TooLarge);
        }
        let mut change = Change::begin(self, plan.as_str(), actor).await?;
        loop {
            let head = self.plan_head(plan).await?;
            if head.closing || !matches!(head.state, State::Draft | State::Open) {
                return Err(StoreError::WrongState);
            }
            let codes = self.codes_to_void(plan, which).await?;
            let marked = match which {
                Voiding::Batch(batch) => match self.batch_item(plan, batch).await? {
                    None if codes.is_empty() => return Err(StoreError::UnknownBatch),
                    item => item.is_none_or(|item| item.has(VOIDED)),
                },
                Voiding::Voter(_) | Voiding::Hashes(_) => true,
            };
            if marked && codes.iter().all(|code| fate(code) != Fate::Unused) {
                break;
            }
            let mut writes = vec![head.check_still(head.state)];
            if head.state == State::Open {
                self.check_large_without(&head, &codes, allow_small).await?;
                let mut allowed = head.allow_small.clone();
                allowed.extend(allow_small.iter().filter(|group| !head.allow_small.contains(group)).cloned());
                if allowed != head.allow_small {
                    writes =
                        PlanHead { allow_small: allowed, ..head.clone() }.writes(Some((head.revision, head.state)));
                }
            }
            let mut detail = which.told();
            detail.push(("reason".to_owned(), Value::Text(reason.to_owned())));
            if !allow_small.is_empty() {
                detail.push(("allow_small".to_owned(), texts(allow_small)));
            }
            if change.commit("codes_voided", Value::Object(detail), writes).await? {
                break;
            }
        }
        if let Voiding::Batch(batch) = which {
            self.mark_batch_voided(plan, batch).await?;
        }
        // Read after the mark: no call puts more codes into the batch.
        let mut places = BTreeSet::new();
        let mut hashes = Vec::new();
        for code in self.codes_to_void(plan, which).await? {
            let CodePaper { period, group, .. } = paper_of(&code)?;
            places.insert((period, group));
            hashes.push(code.sort_key()?.to_owned());
        }
        let mut done = VoidedCodes::default();
        for hashes in hashes.chunks(MOST_VOIDED_AT_ONCE) {
            let keys: Vec<Key> = hashes.iter().map(|hash| keys::code_by_name(plan, hash)).collect();
            let more = self.void_some(plan, &keys).await?;
            done.voided += more.voided;
            done.used += more.used;
        }
        self.note_codes(plan, &places).await?;
        // Until here nobody else of this process issues or voids codes, and so not without counting these.
        drop(change);
        Ok(done)
    }

    /// The codes that a voiding means.
    async fn codes_to_void(&self, plan: &PlanId, which: Voiding<'_>) -> Result<Vec<Item>, StoreError> {
        let hashes = match which {
            Voiding::Batch(batch) => {
                let mut of_batch = Vec::new();
                for item in self.card_codes(plan).await? {
                    if BatchId::of_code(plan, &paper_of(&item)?, &item)? == *batch {
                        of_batch.push(item);
                    }
                }
                return Ok(of_batch);
            }
            Voiding::Voter(voter) => {
                let codes = self.codes_given_to(plan, voter).await?;
                let key = Key::new(keys::voter_partition(plan), voter);
                if codes.is_empty() && self.database.get(Table::Main, &key).await?.is_none() {
                    return Err(StoreError::UnknownVoter);
                }
                return Ok(codes);
            }
            Voiding::Hashes(hashes) if hashes.len() > MOST_CODES => return Err(StoreError::TooManyCodes),
            Voiding::Hashes(hashes) => hashes,
        };
        let names: BTreeSet<CodeHash> = hashes.iter().copied().collect();
        let keys: Vec<Key> = names.iter().map(|hash| keys::code(plan, hash)).collect();
        let mut found = self.database.get_many(Table::Box, &keys).await?;
        // No card has a code that was issued on demand, and the hours count it.
        found.retain(|item| !item.has(ON_DEMAND));
        let known = found.iter().map(Item::sort_key).collect::<Result<BTreeSet<&str>, _>>()?;
        let unknown = |(place, hash): (usize, &CodeHash)| (!known.contains(hash.to_string().as_str())).then_some(place);
        match hashes.iter().enumerate().filter_map(unknown).collect::<Vec<usize>>() {
            unknown if unknown.is_empty() => Ok(found),
            unknown => Err(StoreError::UnknownCodes(unknown)),
        }
    }

    /// That without these codes, too, every unit of the secret groups' papers may be marked by nobody or by enough.
    async fn check_large_without(
        &self,
        head: &PlanHead,
        codes: &[Item],
        allow_small: &[String],
    ) -> Result<(), StoreError> {
        let frozen = self.frozen(head).await?;
        let mut papers = self.codes_by_paper(&head.id).await?;
        let small = |papers: &BTreeMap<CodePaper, CodeCount>| {
            small_groups(&frozen.plan, papers.iter().map(|(paper, count)| (paper, count.living)))
        };
        let before = small(&papers);
        for code in codes.iter().filter(|code| fate(code) == Fate::Unused) {
            let count = papers.entry(paper_of(code)?).or_default();
            count.living = count.living.saturating_sub(1);
        }
        let made: BTreeSet<PeriodGroup> = small(&papers).difference(&before).cloned().collect();
        let allowed: Vec<String> = head.allow_small.iter().chain(allow_small).cloned().collect();
        match not_allowed(&frozen.plan, &made, &allowed) {
            refused if refused.is_empty() => Ok(()),
            refused => Err(StoreError::SmallGroup(refused)),
        }
    }

    /// That codes may be voided now, as far as small groups are concerned.
    pub(crate) async fn check_voidable(&self, plan: &PlanId, which: Voiding<'_>) -> Result<(), StoreError> {
        let head = self.plan_head(plan).await?;
        if head.state != State::Open {
            return Ok(());
        }
        let codes = self.codes_to_void(plan, which).await?;
        self.check_large_without(&head, &codes, &[]).await
    }

    /// Voids those of some codes that are not used, in one transaction, and takes them from their voters.
    async fn void_some(&self, plan: &PlanId, keys: &[Key]) -> Result<VoidedCodes, StoreError> {
        let condition =
            Condition::that("attribute_exists(PK) AND attribute_not_exists(used) AND attribute_not_exists(exchanged)");
        for attempt in 0..ATTEMPTS {
            let found = self.database.get_many(Table::Box, keys).await?;
            let of = |wanted: Fate| found.iter().filter(move |item| fate(item) == wanted);
            let mut writes = Vec::new();
            for code in of(Fate::Unused) {
                let key = keys.iter().find(|key| code.sort_key().is_ok_and(|name| name == key.sk));
                let update = Update::of(key.ok_or(StoreError::Corrupt)?.clone(), "SET voided = :yes");
                writes.push(Write::from(update.with(":yes", true).when(condition.clone())));
                writes.extend(take(plan, code)?);
            }
            let unused = of(Fate::Unused).count();
            let done = VoidedCodes { voided: of(Fate::Voided).count() + unused, used: of(Fate::Used).count() };
            if writes.is_empty() {
                return Ok(done);
            }
            match self.database.transact(Table::Box, writes).await {
                Ok(()) => return Ok(done),
                // A ballot came first: look again at what is left.
                Err(WriteFault::Conditions(_)) => {}
                Err(WriteFault::Contended | WriteFault::Unsure) => self.pause.before_retry(attempt).await?,
            }
        }
        Err(StoreError::Unavailable)
    }

    /// Notes how many codes were issued, and how many of them voided, in some groups.
    pub(crate) async fn note_codes(&self, plan: &PlanId, places: &BTreeSet<PeriodGroup>) -> Result<(), StoreError> {
        let counts = by_group(&self.codes_by_paper(plan).await?);
        for place in places {
            let count = counts.get(place).copied().unwrap_or_default();
            self.note_issued(plan, &place.0, &place.1, count).await?;
        }
        Ok(())
    }
}
