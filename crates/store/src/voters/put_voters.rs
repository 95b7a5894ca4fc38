//! Putting people on the list of voters, taking one off, and forgetting how they are reached.

use std::collections::{BTreeMap, BTreeSet};

use scoring::json::Value;
use sha2::{Digest, Sha256};
use wire::sample::SampleRequest;

use super::voter::{ListedVoter, NewVoter, REACHED_AT};
use super::voter_fault::VoterFault;
use crate::audit::change::Change;
use crate::ballot_box::void_codes::Voiding;
use crate::database::{Condition, Key, Table, Update, Write, keys};
use crate::error::StoreError;
use crate::ids::{Actor, PlanId};
use crate::limits::{LARGEST_WORDS, MOST_ACTIONS, MOST_VOTERS};
use crate::plan::head::State;
use crate::store::Store;

/// What became of the voters of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PutVoters {
    /// New on the list.
    pub added: usize,
    /// On the list before.
    pub replaced: usize,
}

impl Store {
    /// Puts people on the list; who is there under the same id is replaced. One call is one event, written with the first of them;
    /// repeating a call that was cut completes it.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; [`StoreError::WrongState`] unless the plan is a draft or open;
    /// [`StoreError::TooManyCodes`] for more than a call may bring; [`StoreError::UnfitVoters`] where the same person
    /// would stand in a group twice, and for other units or another group of a voter who has a code.
    pub async fn put_voters(
        &self,
        actor: Actor<'_>,
        plan: &PlanId,
        voters: &[NewVoter],
    ) -> Result<PutVoters, StoreError> {
        if voters.len() > MOST_VOTERS {
            return Err(StoreError::TooManyCodes);
        }
        let ids: Vec<String> = voters.iter().map(|voter| voter.id_in(plan)).collect();
        let told = Value::List(voters.iter().zip(&ids).map(|(voter, id)| voter.told(id)).collect());
        let digest = hex::encode(Sha256::digest(told.canonical().as_bytes()));
        let items: Vec<Write> = voters.iter().zip(&ids).map(|(voter, id)| Write::put(voter.item(plan, id))).collect();
        // The first of them come with the event: whoever deletes the draft at this moment sees them, or comes too late.
        // Beside them stand the event and the check of the plan.
        let (first, others) = items.split_at(items.len().min(MOST_ACTIONS - 2));
        let mut change = Change::begin(self, plan.as_str(), actor).await?;
        let replaced = loop {
            let head = self.plan_head(plan).await?;
            if head.closing || !matches!(head.state, State::Draft | State::Open) {
                return Err(StoreError::WrongState);
            }
            let listed = self.all_voters(plan).await?;
            let faults = self.faults_of(plan, voters, &ids, &listed).await?;
            if !faults.is_empty() {
                return Err(StoreError::UnfitVoters(faults));
            }
            let detail = Value::Object(vec![
                ("count".to_owned(), Value::Text(voters.len().to_string())),
                ("sha256".to_owned(), Value::Text(digest.clone())),
            ]);
            let replaced = ids.iter().filter(|id| listed.contains_key(*id)).count();
            let mut writes = vec![head.check_still(head.state)];
            writes.extend_from_slice(first);
            if change.commit("voters_put", detail, writes).await? {
                break replaced;
            }
        };
        // Who was taken off the list before may have codes again.
        self.let_in_again(plan, &ids).await?;
        for writes in others.chunks(MOST_ACTIONS) {
            self.database.write_all(Table::Main, writes.to_vec(), &self.pause).await?;
        }
        drop(change);
        Ok(PutVoters { added: voters.len() - replaced, replaced })
    }

    /// What is wrong with the voters of a call, by their places.
    async fn faults_of(
        &self,
        plan: &PlanId,
        voters: &[NewVoter],
        ids: &[String],
        listed: &BTreeMap<String, ListedVoter>,
    ) -> Result<Vec<(usize, VoterFault)>, StoreError> {
        let mut faults = Vec::new();
        let mut by_id: BTreeMap<&str, usize> = BTreeMap::new();
        let mut by_person: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        let mut known: BTreeMap<_, Vec<&ListedVoter>> = BTreeMap::new();
        for voter in listed.values() {
            known.entry(voter.given.person()).or_default().push(voter);
        }
        let gone = self.taken_off(plan, ids).await?;
        let replaced: BTreeSet<&String> = ids.iter().collect();
        for (place, (voter, id)) in voters.iter().zip(ids).enumerate() {
            let twice = by_id.insert(id, place);
            let earlier = by_person.entry(voter.person()).or_default();
            let same = earlier.iter().copied().find(|earlier| !voter.is_told_apart(&voters[*earlier]));
            earlier.push(place);
            // Who is replaced by this call is compared as the call has them.
            let others = known.get(&voter.person()).into_iter().flatten();
            let others = others.filter(|other| !replaced.contains(&other.id));
            let other = others.into_iter().find(|other| !voter.is_told_apart(&other.given));
            if let Some(earlier) = twice.or(same) {
                faults.push((place, VoterFault::SameAsEarlier(earlier)));
            } else if let Some(other) = other {
                faults.push((place, VoterFault::SameAsListed(other.id.clone())));
            } else if let Some(old) = listed.get(id)
                && (voter.name != old.given.name || !voter.has_place_of(&old.given))
                && !self.living_codes_of(plan, id).await?.is_empty()
            {
                faults.push((place, VoterFault::HasCode));
            } else if gone.contains(id) && !self.living_codes_of(plan, id).await?.is_empty() {
                // Under this id somebody has voted.
                faults.push((place, VoterFault::HasCode));
            }
        }
        Ok(faults)
    }

    /// Takes a voter off the list and voids the codes that the voter has not used. What was cast stays.
    ///
    /// The item goes first, then the box is told that the voter may have no codes, then the codes are voided. A call
    /// that issues codes to the voter at the same moment either comes before, and its codes are voided here, or finds
    /// the voter gone. Repeating a call that was cut completes it.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for the plan and the voter; [`StoreError::WrongState`] unless the plan is a draft or
    /// open; [`StoreError::TooLarge`], [`StoreError::SmallGroup`] as in [`Store::void_codes`].
    pub async fn remove_voter(
        &self,
        actor: Actor<'_>,
        plan: &PlanId,
        voter: &str,
        reason: &str,
    ) -> Result<(), StoreError> {
        if reason.len() > LARGEST_WORDS {
            return Err(StoreError::TooLarge);
        }
        let key = Key::new(keys::voter_partition(plan), voter);
        // Before the voter is gone: what small groups forbid is refused and leaves everything as it was.
        if !self.living_codes_of(plan, voter).await?.is_empty() {
            self.check_voidable(plan, Voiding::Voter(voter)).await?;
        }
        let mut listed = true;
        let mut change = Change::begin(self, plan.as_str(), actor).await?;
        loop {
            let head = self.plan_head(plan).await?;
            if head.closing || !matches!(head.state, State::Draft | State::Open) {
                return Err(StoreError::WrongState);
            }
            if self.database.get(Table::Main, &key).await?.is_none() {
                // An earlier call may have come so far.
                listed = false;
                break;
            }
            let detail = Value::Object(vec![
                ("voter".to_owned(), Value::Text(voter.to_owned())),
                ("reason".to_owned(), Value::Text(reason.to_owned())),
            ]);
            let gone = Write::Delete(key.clone(), Some(Condition::present()));
            if change.commit("voter_removed", detail, vec![head.check_still(head.state), gone]).await? {
                break;
            }
        }
        self.let_in_no_more(plan, voter).await?;
        // Until here the draft is not deleted in this process, and so not without the mark that was just made.
        drop(change);
        if self.living_codes_of(plan, voter).await?.is_empty() {
            return if listed { Ok(()) } else { Err(StoreError::NotFound) };
        }
        self.void_codes(actor, plan, Voiding::Voter(voter), reason, &[]).await?;
        Ok(())
    }

    /// Notes that a sample was drawn out of a list of people, in the audit trail: seed, size, the list's hash, and how many
    /// rows of how many.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; [`StoreError::WrongState`] unless the plan is a draft or open.
    pub async fn note_sample(&self, actor: Actor<'_>, plan: &PlanId, sample: &SampleRequest) -> Result<(), StoreError> {
        let mut change = Change::begin(self, plan.as_str(), actor).await?;
        loop {
            let head = self.plan_head(plan).await?;
            if !matches!(head.state, State::Draft | State::Open) {
                return Err(StoreError::WrongState);
            }
            if change.commit("sample_drawn", Value::of(sample), vec![head.check_still(head.state)]).await? {
                return Ok(());
            }
        }
    }

    /// Forgets how the voters are reached, for good. The answer is how many there were to forget.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub async fn forget_contacts(&self, actor: Actor<'_>, plan: &PlanId) -> Result<usize, StoreError> {
        let mut change = Change::begin(self, plan.as_str(), actor).await?;
        let known = loop {
            let head = self.plan_head(plan).await?;
            let voters = self.all_voters(plan).await?;
            let known: Vec<String> =
                voters.into_values().filter(|voter| voter.given.contact.is_some()).map(|voter| voter.id).collect();
            if known.is_empty() {
                return Ok(0);
            }
            let detail = Value::Object(vec![("count".to_owned(), Value::Text(known.len().to_string()))]);
            if change.commit("contacts_forgotten", detail, vec![head.check_still(head.state)]).await? {
                break known;
            }
        };
        for ids in known.chunks(MOST_ACTIONS) {
            let forget = |id: &String| {
                let key = Key::new(keys::voter_partition(plan), id.as_str());
                let update = Update::of(key, format!("REMOVE {REACHED_AT}"));
                Write::from(update.when(Condition::present()))
            };
            self.database.write_all(Table::Main, ids.iter().map(forget).collect(), &self.pause).await?;
        }
        drop(change);
        Ok(known.len())
    }
}
