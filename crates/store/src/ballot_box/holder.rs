//! Who holds which code, for groups in which that may be known.
//!
//! Owns the links between voters and codes, in the box, which is never backed up. One link says which code a voter has
//! for a period, and is put in the code's own transaction: nobody has two codes for one period that could both vote. A
//! link and a ballot share nothing, but for named groups, whose ballots hold the voter's id. Refuses to own the list of voters, which stands in `main`.

use std::collections::{BTreeMap, BTreeSet};

use super::batch::VOIDED;
use crate::database::{Condition, Item, Key, Range, Table, Update, Write, keys};
use crate::error::StoreError;
use crate::ids::{CodeHash, PlanId};
use crate::limits::MOST_ACTIONS;
use crate::store::Store;

/// The attribute of a code that names its voter, and of a named ballot.
pub(crate) const HOLDER: &str = "holder";

/// That a voter was not taken off the list.
pub(crate) fn check_listed(plan: &PlanId, voter: &str) -> Write {
    Write::Check(keys::holder(plan, voter), Condition::that("attribute_not_exists(gone)"))
}

/// Gives a voter a code for a period, unless the voter has another that is not void.
pub(crate) fn give(plan: &PlanId, voter: &str, period: &str, code: &CodeHash) -> Write {
    let item = Item::at(keys::held(plan, voter, period)).with_text("held", code.to_string());
    let free = "attribute_not_exists(PK) OR attribute_exists(voided) OR held = :held";
    Write::Put(item, Some(Condition::that(free).with(":held", code.to_string().as_str())))
}

/// Takes a code that is voided in the same transaction from its voter.
pub(crate) fn take(plan: &PlanId, code: &Item) -> Result<Option<Write>, StoreError> {
    let Some(voter) = code.optional_text(HOLDER)? else { return Ok(None) };
    let take = Update::of(keys::held(plan, &voter, code.text("term")?), "SET voided = :yes")
        .with(":yes", true)
        .when(Condition::that("held = :held").with(":held", code.sort_key()?));
    Ok(Some(take.into()))
}

/// The voter whom a link is of.
fn voter_of(link: &Item) -> Result<&str, StoreError> {
    Ok(link.sort_key()?.split('#').next().unwrap_or_default())
}

impl Store {
    /// The codes behind links, with their voters; those that were voided are left out.
    async fn codes_behind(&self, plan: &PlanId, links: &[Item]) -> Result<Vec<(String, Item)>, StoreError> {
        let mut voters = BTreeMap::new();
        for link in links.iter().filter(|link| link.has("held") && !link.has(VOIDED)) {
            voters.insert(link.text("held")?.to_owned(), voter_of(link)?.to_owned());
        }
        let keys: Vec<Key> = voters.keys().map(|code| keys::code_by_name(plan, code)).collect();
        let mut found = Vec::new();
        for code in self.database.get_many(Table::Box, &keys).await? {
            let voter = voters.get(code.sort_key()?).cloned().ok_or(StoreError::Corrupt)?;
            if !code.has(VOIDED) {
                found.push((voter, code));
            }
        }
        Ok(found)
    }

    /// The codes of a voter that are not void.
    pub(crate) async fn living_codes_of(&self, plan: &PlanId, voter: &str) -> Result<Vec<Item>, StoreError> {
        let links = self.database.query_all(Table::Box, &keys::holder_partition(plan), &format!("{voter}#")).await?;
        Ok(self.codes_behind(plan, &links).await?.into_iter().map(|(_, code)| code).collect())
    }

    /// All codes that a voter was given last, void or not, by name.
    pub(crate) async fn codes_given_to(&self, plan: &PlanId, voter: &str) -> Result<Vec<Item>, StoreError> {
        let links = self.database.query_all(Table::Box, &keys::holder_partition(plan), &format!("{voter}#")).await?;
        let names = links.iter().map(|link| link.text("held")).collect::<Result<Vec<_>, _>>()?;
        let keys: Vec<Key> = names.into_iter().map(|code| keys::code_by_name(plan, code)).collect();
        self.database.get_many(Table::Box, &keys).await
    }

    /// The codes, not void, of the voters between two ids.
    pub(crate) async fn codes_between(
        &self,
        plan: &PlanId,
        first: &str,
        last: &str,
    ) -> Result<Vec<(String, Item)>, StoreError> {
        let partition = keys::holder_partition(plan);
        let mut links = Vec::new();
        // A voter's links come after the voter's id alone.
        let mut after = first.to_owned();
        loop {
            let (page, next) = self
                .database
                .query(Table::Box, &partition, Range { after: Some(after.as_str()), ..Range::default() })
                .await?;
            for link in page {
                if voter_of(&link)? > last {
                    return self.codes_behind(plan, &links).await;
                }
                links.push(link);
            }
            match next {
                Some(next) => after = next,
                None => return self.codes_behind(plan, &links).await,
            }
        }
    }

    /// Which of these voters have another code for a period than the one that is meant for them.
    pub(crate) async fn voters_with_other_codes(
        &self,
        plan: &PlanId,
        period: &str,
        meant: &BTreeMap<CodeHash, &str>,
    ) -> Result<BTreeSet<String>, StoreError> {
        let voters: BTreeSet<&str> = meant.values().copied().collect();
        let keys: Vec<Key> = voters.into_iter().map(|voter| keys::held(plan, voter, period)).collect();
        let links = self.database.get_many(Table::Box, &keys).await?;
        let codes = self.codes_behind(plan, &links).await?;
        let meant: BTreeSet<(String, &str)> = meant.iter().map(|(code, voter)| (code.to_string(), *voter)).collect();
        let mut with = BTreeSet::new();
        for (voter, code) in codes {
            if !meant.contains(&(code.sort_key()?.to_owned(), voter.as_str())) {
                with.insert(voter);
            }
        }
        Ok(with)
    }

    /// Whether anybody on the list was ever given a code.
    pub(crate) async fn has_holders(&self, plan: &PlanId) -> Result<bool, StoreError> {
        let range = Range { limit: Some(1), ..Range::default() };
        let (first, _) = self.database.query(Table::Box, &keys::holder_partition(plan), range).await?;
        Ok(!first.is_empty())
    }

    /// Those of these voters who were taken off the list.
    pub(crate) async fn taken_off(&self, plan: &PlanId, voters: &[String]) -> Result<BTreeSet<String>, StoreError> {
        let keys: Vec<Key> =
            voters.iter().collect::<BTreeSet<_>>().into_iter().map(|voter| keys::holder(plan, voter)).collect();
        let mut gone = BTreeSet::new();
        for item in self.database.get_many(Table::Box, &keys).await? {
            if item.has("gone") {
                gone.insert(item.sort_key()?.to_owned());
            }
        }
        Ok(gone)
    }

    /// Keeps a voter who was taken off the list from getting codes.
    pub(crate) async fn let_in_no_more(&self, plan: &PlanId, voter: &str) -> Result<(), StoreError> {
        let gone = Item::at(keys::holder(plan, voter)).with_flag("gone", true);
        self.database.write(Table::Box, Write::put(gone), &self.pause).await?;
        Ok(())
    }

    /// Lets voters have codes who were taken off the list before.
    pub(crate) async fn let_in_again(&self, plan: &PlanId, voters: &[String]) -> Result<(), StoreError> {
        let gone = self.taken_off(plan, voters).await?;
        let back = |voter: &String| Write::from(Update::of(keys::holder(plan, voter), "REMOVE gone"));
        let writes: Vec<Write> = gone.iter().map(back).collect();
        for writes in writes.chunks(MOST_ACTIONS) {
            self.database.write_all(Table::Box, writes.to_vec(), &self.pause).await?;
        }
        Ok(())
    }
}
