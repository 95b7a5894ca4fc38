//! Issuing codes. The store gets their hashes; the codes themselves were drawn in the office's browser.

use std::collections::{BTreeMap, BTreeSet};

use scoring::Plan;
use scoring::json::Value;
use scoring::plan_document::BallotKind;
use sha2::{Digest, Sha256};
use wire::round::RoundState;

use super::batch::{BatchId, IN_BATCH, VOIDED, by_group, check_living, paper_of};
use super::code_fit::{check_new, keep_kind};
use super::code_paper::{CodeCount, CodePaper};
use super::holder::{HOLDER, check_listed, give};
use super::small_group::{not_allowed, small_groups};
use crate::audit::change::Change;
use crate::database::{Condition, Item, Table, Update, Write, WriteFault, keys};
use crate::error::StoreError;
use crate::ids::{Actor, CodeHash, PlanId};
use crate::limits::{ATTEMPTS, MOST_ACTIONS, MOST_CODES};
use crate::plan::head::{PlanHead, State};
use crate::store::Store;
use crate::voters::voter_fault::VoterFault;

/// Actions for a code that is given to a voter: the code, the link, and that the voter is on the list still.
const ACTIONS_OF_A_VOTER: usize = 3;

/// Codes to issue: each is one paper.
#[derive(Debug, Clone, Copy)]
pub struct NewCodes<'a> {
    pub period: &'a str,
    pub group: &'a str,
    pub hashes: &'a [CodeHash],
    /// The units that the paper is narrowed to; `None`: all.
    pub units: Option<&'a [String]>,
    /// The voter's own unit.
    pub unit: Option<&'a str>,
}

impl NewCodes<'_> {
    fn item(&self, plan: &PlanId, batch: &BatchId, hash: &CodeHash, voter: Option<&str>) -> Item {
        let item = Item::at(keys::code(plan, hash))
            .with_text("term", self.period)
            .with_text("voters", self.group)
            .with_text(IN_BATCH, batch.as_str());
        let item = match self.units {
            Some(units) => item.with_texts("narrowed", units),
            None => item,
        };
        item.with_optional_text("own_unit", self.unit).with_optional_text(HOLDER, voter)
    }

    fn paper(&self) -> CodePaper {
        CodePaper {
            period: self.period.to_owned(),
            group: self.group.to_owned(),
            units: self.units.map(<[String]>::to_vec),
            unit: self.unit.map(str::to_owned),
        }
    }

    /// Whether a stored code is for the same paper and the same voter, and was not voided.
    fn stands_for(&self, item: &Item, voter: Option<&str>) -> Result<bool, StoreError> {
        let same_voter = item.optional_text(HOLDER)?.as_deref() == voter;
        Ok(same_voter && !item.has(VOIDED) && paper_of(item)? == self.paper())
    }
}

/// Codes that were issued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssuedCodes {
    /// How many of the call's codes are in the box for its paper, and not voided.
    pub added: usize,
    pub batch: BatchId,
}

impl Store {
    /// Issues codes. One call is one audit event, written first; then the codes follow, and none that is there
    /// already is touched, so a call that was interrupted can be repeated, and completes its batch: a repeat answers
    /// the same. Nothing that was voided comes back by it.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; [`StoreError::WrongState`] unless the plan is a draft or open;
    /// [`StoreError::UnknownPlace`], [`StoreError::TooManyCodes`]; [`StoreError::CodeVoided`] for a batch that was voided;
    /// [`StoreError::VoterRequired`] for a named group that has a list of voters; [`StoreError::SmallGroup`] if the plan
    /// is open and a secret group that it does not allow to be small would be; [`StoreError::QuotaOnNarrowed`],
    /// [`StoreError::OwnUnitRequired`], [`StoreError::CodesWithoutPaper`] where the plan says already that the codes
    /// would not fit it.
    pub async fn add_codes(
        &self,
        actor: Actor<'_>,
        plan: &PlanId,
        codes: NewCodes<'_>,
    ) -> Result<IssuedCodes, StoreError> {
        self.issue(actor, plan, codes, None).await
    }

    /// Issues codes to voters, one for each hash.
    ///
    /// # Errors
    /// As [`Store::add_codes`]; [`StoreError::LinkedSecret`] for an anonymous or open group, and
    /// [`StoreError::UnfitVoters`] for voters who are not on the group's list or have a code for the period.
    pub async fn add_codes_to(
        &self,
        actor: Actor<'_>,
        plan: &PlanId,
        codes: NewCodes<'_>,
        voters: &[String],
    ) -> Result<IssuedCodes, StoreError> {
        self.issue(actor, plan, codes, Some(voters)).await
    }

    async fn issue(
        &self,
        actor: Actor<'_>,
        plan: &PlanId,
        codes: NewCodes<'_>,
        voters: Option<&[String]>,
    ) -> Result<IssuedCodes, StoreError> {
        if codes.hashes.len() > MOST_CODES {
            return Err(StoreError::TooManyCodes);
        }
        let hashes: BTreeSet<CodeHash> = codes.hashes.iter().copied().collect();
        let of_voters: BTreeMap<CodeHash, &str> =
            codes.hashes.iter().copied().zip(voters.into_iter().flatten().map(String::as_str)).collect();
        if voters.is_some_and(|voters| voters.len() != codes.hashes.len() || hashes.len() != voters.len()) {
            return Err(StoreError::UnknownPlace);
        }
        let mut sha = Sha256::new();
        for hash in &hashes {
            sha.update(hash.to_string().as_bytes());
        }
        let digest = hex::encode(sha.finalize());
        let batch = BatchId::of(plan, &codes.paper(), &hashes);
        let mut change = Change::begin(self, plan.as_str(), actor).await?;
        loop {
            let row = self.plan(plan).await?;
            if row.head.closing || !matches!(row.head.state, State::Draft | State::Open) {
                return Err(StoreError::WrongState);
            }
            let units = codes.units.unwrap_or_default().iter().map(String::as_str).chain(codes.unit);
            let known = has_id(&row.document, "periods", codes.period)
                && has_id(&row.document, "groups", codes.group)
                && units.into_iter().all(|unit| has_id(&row.document, "units", unit));
            if !known {
                return Err(StoreError::UnknownPlace);
            }
            if self.batch_item(plan, &batch).await?.is_some_and(|item| item.has(VOIDED)) {
                return Err(StoreError::CodeVoided);
            }
            self.check_voters(plan, &row.document, &codes, voters, &of_voters).await?;
            let place = (codes.period.to_owned(), codes.group.to_owned());
            let papers = self.codes_by_paper(plan).await?;
            let before = by_group(&papers).get(&place).copied().unwrap_or_default();
            let all_voided = before.living == 0 && before.voided > 0;
            let mut writes = vec![row.head.check_still(row.head.state)];
            // Also of a draft in pieces: the cards say what it says now.
            let ballot = ballot_of(&row.document, codes.group);
            let blind = ballot == Some(BallotKind::Blind.as_str());
            let key = if blind { Some(self.key_of_cards(plan, codes.period, codes.group).await?) } else { None };
            writes.push(keep_kind(plan, &codes.paper(), ballot, all_voided));
            // A draft in pieces is no plan yet; what it becomes is checked when it is saved, and opened.
            if let Ok(checked) = Plan::from_json(&row.document) {
                let kind = self.kinds_of_codes(plan).await?.remove(&place).filter(|_| !all_voided);
                check_new(&checked, &codes.paper(), &batch, hashes.len(), kind.as_deref())?;
                if row.head.state == State::Open {
                    check_round(&row.head, &checked, &codes)?;
                    self.check_still_large(&row.head, papers, &codes, &hashes).await?;
                }
            }
            let mut detail = vec![
                ("period".to_owned(), Value::Text(codes.period.to_owned())),
                ("group".to_owned(), Value::Text(codes.group.to_owned())),
                ("batch".to_owned(), Value::Text(batch.to_string())),
                ("count".to_owned(), Value::Text(hashes.len().to_string())),
                ("sha256".to_owned(), Value::Text(digest.clone())),
            ];
            if let Some((fingerprint, made)) = key {
                detail.push(("key".to_owned(), Value::Text(fingerprint)));
                writes.extend(made);
            }
            if change.commit("codes_added", Value::Object(detail), writes).await? {
                break;
            }
        }
        self.begin_batch(plan, &batch).await?;
        let hashes: Vec<CodeHash> = hashes.into_iter().collect();
        let mut added = 0;
        // One action of each transaction looks at the batch.
        let at_once = if voters.is_some() { (MOST_ACTIONS - 1) / ACTIONS_OF_A_VOTER } else { MOST_ACTIONS - 1 };
        for hashes in hashes.chunks(at_once) {
            added += self.put_codes(plan, &codes, &batch, hashes, &of_voters).await?;
        }
        self.note_codes(plan, &BTreeSet::from([(codes.period.to_owned(), codes.group.to_owned())])).await?;
        // Until here the plan does not open beside these codes in this process, and so not without counting them.
        drop(change);
        Ok(IssuedCodes { added, batch })
    }

    /// That with these codes, too, every unit of the group's papers may be marked by nobody or by enough.
    async fn check_still_large(
        &self,
        head: &PlanHead,
        mut codes: BTreeMap<CodePaper, CodeCount>,
        new: &NewCodes<'_>,
        hashes: &BTreeSet<CodeHash>,
    ) -> Result<(), StoreError> {
        let frozen = self.frozen(head).await?;
        let all: Vec<_> = hashes.iter().map(|hash| keys::code(&head.id, hash)).collect();
        let there = self.database.get_many(Table::Box, &all).await?.len();
        codes.entry(new.paper()).or_default().living += (hashes.len() - there) as u64;
        let small = small_groups(&frozen.plan, codes.iter().map(|(paper, count)| (paper, count.living)));
        match not_allowed(&frozen.plan, &small, &head.allow_small) {
            refused if refused.is_empty() => Ok(()),
            refused => Err(StoreError::SmallGroup(refused)),
        }
    }

    /// That the codes may be linked to these voters, or to nobody.
    async fn check_voters(
        &self,
        plan: &PlanId,
        document: &Value,
        codes: &NewCodes<'_>,
        voters: Option<&[String]>,
        of_voters: &BTreeMap<CodeHash, &str>,
    ) -> Result<(), StoreError> {
        let ballot = ballot_of(document, codes.group);
        let Some(voters) = voters else {
            // Where the office has no list, it hands codes out by its own.
            let named = ballot == Some("named");
            let has_list = named && self.all_voters(plan).await?.values().any(|one| one.given.group == codes.group);
            return if has_list { Err(StoreError::VoterRequired) } else { Ok(()) };
        };
        if !matches!(ballot, Some("blind" | "named" | "per_unit")) {
            return Err(StoreError::LinkedSecret);
        }
        let listed = self.all_voters(plan).await?;
        let with_codes = self.voters_with_other_codes(plan, codes.period, of_voters).await?;
        let mut faults = Vec::new();
        let mut seen = BTreeMap::new();
        for (place, voter) in voters.iter().enumerate() {
            match (listed.get(voter), seen.insert(voter, place)) {
                (None, _) => faults.push((place, VoterFault::Unknown)),
                (_, Some(earlier)) => faults.push((place, VoterFault::SameAsEarlier(earlier))),
                (Some(one), _) if one.given.group != codes.group => faults.push((place, VoterFault::OtherGroup)),
                _ if with_codes.contains(voter) => faults.push((place, VoterFault::HasCode)),
                _ => {}
            }
        }
        if faults.is_empty() { Ok(()) } else { Err(StoreError::UnfitVoters(faults)) }
    }

    /// Puts those codes that are not there; how many are there in the end, for this paper.
    async fn put_codes(
        &self,
        plan: &PlanId,
        codes: &NewCodes<'_>,
        batch: &BatchId,
        hashes: &[CodeHash],
        of_voters: &BTreeMap<CodeHash, &str>,
    ) -> Result<usize, StoreError> {
        let all: Vec<_> = hashes.iter().map(|hash| keys::code(plan, hash)).collect();
        for attempt in 0..ATTEMPTS {
            let found = self.database.get_many(Table::Box, &all).await?;
            let mut there = BTreeSet::new();
            let mut same = 0;
            for item in &found {
                let voter = CodeHash::parse(item.sort_key()?).and_then(|hash| of_voters.get(&hash).copied());
                there.insert(item.sort_key()?);
                same += usize::from(codes.stands_for(item, voter)?);
            }
            let mut missing: Vec<&CodeHash> = hashes.iter().collect();
            missing.retain(|hash| !there.contains(hash.to_string().as_str()));
            if missing.is_empty() {
                return Ok(same);
            }
            let added = missing.len();
            let put = |hash: &&CodeHash| Write::put_new(codes.item(plan, batch, hash, of_voters.get(*hash).copied()));
            let mut writes: Vec<Write> = missing.iter().map(put).collect();
            for (hash, voter) in missing.iter().filter_map(|hash| Some((*hash, of_voters.get(*hash)?))) {
                writes.extend([give(plan, voter, codes.period, hash), check_listed(plan, voter)]);
            }
            writes.push(check_living(plan, batch));
            match self.database.transact(Table::Box, writes).await {
                Ok(()) => return Ok(same + added),
                Err(WriteFault::Conditions(failed)) if failed.last() == Some(&true) => {
                    return Err(StoreError::CodeVoided);
                }
                // Meanwhile a voter was given another code, or taken off the list: whoever asks again is told which.
                Err(WriteFault::Conditions(failed)) if !failed[..added].contains(&true) => {
                    return Err(StoreError::Contended);
                }
                // A call for the same codes got ahead of this one: look again at what is there.
                Err(WriteFault::Conditions(_)) => {}
                Err(WriteFault::Contended | WriteFault::Unsure) => self.pause.before_retry(attempt).await?,
            }
        }
        Err(StoreError::Unavailable)
    }

    /// Notes how many codes were issued, and how many voided. Codes never vanish and no void is taken back, so of
    /// several counts the greatest is the latest; of calls side by side the last to count has counted all.
    pub(crate) async fn note_issued(
        &self,
        plan: &PlanId,
        period: &str,
        group: &str,
        count: CodeCount,
    ) -> Result<(), StoreError> {
        let issued = Update::of(keys::issued(plan, period, group), "SET issued = :count")
            .with(":count", count.living + count.voided)
            .when(Condition::that("attribute_not_exists(issued) OR issued < :count"));
        self.database.write(Table::Main, issued, &self.pause).await?;
        if count.voided > 0 {
            let voided = Update::of(keys::issued(plan, period, group), "SET voided = :count")
                .with(":count", count.voided)
                .when(Condition::that("attribute_not_exists(voided) OR voided < :count"));
            self.database.write(Table::Main, voided, &self.pause).await?;
        }
        Ok(())
    }
}

/// The kind of a group's ballots, in a document that may still be a draft in pieces.
fn ballot_of<'a>(document: &'a Value, group: &str) -> Option<&'a str> {
    let Some(Value::List(groups)) = document.get("groups") else { return None };
    let group = groups.iter().find(|known| known.get("id").and_then(Value::as_str) == Some(group))?;
    group.get("ballot").and_then(Value::as_str)
}

/// Whether a list of the plan document has an element with this id. The document may still be a draft in pieces.
fn has_id(document: &Value, list: &str, id: &str) -> bool {
    let Some(Value::List(elements)) = document.get(list) else { return false };
    elements.iter().any(|element| element.get("id").and_then(Value::as_str) == Some(id))
}

/// That something is still voted on with such codes: not all rounds of their group in their period are over.
fn check_round(head: &PlanHead, plan: &Plan, codes: &NewCodes<'_>) -> Result<(), StoreError> {
    let over = |stage: u8| matches!(head.round_state(codes.period, stage), RoundState::Closing | RoundState::Closed);
    let Some(group) = plan.group_indices().find(|group| plan.group(*group).id == codes.group) else { return Ok(()) };
    let stages = plan.stages_of(group);
    if !stages.is_empty() && stages.into_iter().all(over) { Err(StoreError::PlanClosed) } else { Ok(()) }
}
