//! Issuing codes. The store gets their hashes; the codes themselves were drawn in the office's browser.

use std::collections::{BTreeMap, BTreeSet};

use scoring::Plan;
use scoring::json::Value;
use sha2::{Digest, Sha256};

use super::code_fit::{check_new, keep_kind};
use super::code_paper::{CodeCount, CodePaper, PeriodGroup};
use super::small_group::{not_allowed, small_groups};
use crate::audit::change::Change;
use crate::database::{Condition, Item, Table, Update, Write, WriteFault, keys};
use crate::error::StoreError;
use crate::ids::{Actor, CodeHash, PlanId};
use crate::limits::{ATTEMPTS, MOST_ACTIONS, MOST_CODES};
use crate::plan::head::{PlanHead, State};
use crate::store::Store;

/// Codes to issue: each is one paper.
#[derive(Debug, Clone, Copy)]
pub struct NewCodes<'a> {
    /// The period they are for.
    pub period: &'a str,
    /// The group they are for.
    pub group: &'a str,
    /// Their hashes.
    pub hashes: &'a [CodeHash],
    /// The units that the paper is narrowed to; `None`: all.
    pub units: Option<&'a [String]>,
    /// The voter's own unit.
    pub unit: Option<&'a str>,
}

impl NewCodes<'_> {
    fn item(&self, plan: &PlanId, hash: &CodeHash) -> Item {
        let item = Item::at(keys::code(plan, hash)).with_text("term", self.period).with_text("voters", self.group);
        let item = match self.units {
            Some(units) => item.with_texts("narrowed", units),
            None => item,
        };
        item.with_optional_text("own_unit", self.unit)
    }

    fn paper(&self) -> CodePaper {
        CodePaper {
            period: self.period.to_owned(),
            group: self.group.to_owned(),
            units: self.units.map(<[String]>::to_vec),
            unit: self.unit.map(str::to_owned),
        }
    }

    /// Whether a stored code is for the same paper.
    fn is_for_same_paper(&self, item: &Item) -> Result<bool, StoreError> {
        Ok(item.text("term")? == self.period
            && item.text("voters")? == self.group
            && item.optional_texts("narrowed")?.as_deref() == self.units
            && item.optional_text("own_unit")?.as_deref() == self.unit)
    }
}

impl Store {
    /// Issues codes. One call is one audit event, written first; then the codes follow, and none that is there
    /// already is touched, so a call that was interrupted can be repeated. The answer is how many of the call's
    /// codes are in the box for this paper now: a repeat answers the same.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; [`StoreError::WrongState`] unless the plan is a draft or open;
    /// [`StoreError::UnknownPlace`], [`StoreError::TooManyCodes`]; [`StoreError::SmallGroup`] if the plan is open and a
    /// secret group that it does not allow to be small would be; [`StoreError::QuotaOnNarrowed`],
    /// [`StoreError::OwnUnitRequired`], [`StoreError::CodesWithoutPaper`] where the plan says already that the codes
    /// would not fit it.
    pub async fn add_codes(&self, actor: Actor<'_>, plan: &PlanId, codes: NewCodes<'_>) -> Result<usize, StoreError> {
        if codes.hashes.len() > MOST_CODES {
            return Err(StoreError::TooManyCodes);
        }
        let hashes: BTreeSet<CodeHash> = codes.hashes.iter().copied().collect();
        let mut sha = Sha256::new();
        for hash in &hashes {
            sha.update(hash.to_string().as_bytes());
        }
        let digest = hex::encode(sha.finalize());
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
            let mut writes = vec![row.head.check_still(row.head.state)];
            // A draft in pieces is no plan yet; what it becomes is checked when it is saved, and opened.
            if let Ok(checked) = Plan::from_json(&row.document) {
                let kinds = self.kinds_of_codes(plan).await?;
                let kind = kinds.get(&(codes.period.to_owned(), codes.group.to_owned()));
                check_new(&checked, &codes.paper(), hashes.len(), kind.map(String::as_str))?;
                if row.head.state == State::Open {
                    self.check_still_large(&row.head, &codes, &hashes).await?;
                }
                let group = checked.groups().iter().find(|group| group.id == codes.group);
                writes.extend(group.map(|group| keep_kind(plan, codes.period, codes.group, group.ballot)));
            }
            let detail = Value::Object(vec![
                ("period".to_owned(), Value::Text(codes.period.to_owned())),
                ("group".to_owned(), Value::Text(codes.group.to_owned())),
                ("count".to_owned(), Value::Text(hashes.len().to_string())),
                ("sha256".to_owned(), Value::Text(digest.clone())),
            ]);
            if change.commit("codes_added", detail, writes).await? {
                break;
            }
        }
        let hashes: Vec<CodeHash> = hashes.into_iter().collect();
        let mut added = 0;
        for hashes in hashes.chunks(MOST_ACTIONS) {
            added += self.put_codes(plan, &codes, hashes).await?;
        }
        let issued = issued(&self.codes_by_paper(plan).await?);
        let place = (codes.period.to_owned(), codes.group.to_owned());
        self.note_issued(plan, codes.period, codes.group, issued.get(&place).copied().unwrap_or(0)).await?;
        // Until here the plan does not open beside these codes in this process, and so not without counting them.
        drop(change);
        Ok(added)
    }

    /// That with these codes, too, every unit of the group's papers may be marked by nobody or by enough.
    async fn check_still_large(
        &self,
        head: &PlanHead,
        new: &NewCodes<'_>,
        hashes: &BTreeSet<CodeHash>,
    ) -> Result<(), StoreError> {
        let frozen = self.frozen(head).await?;
        let all: Vec<_> = hashes.iter().map(|hash| keys::code(&head.id, hash)).collect();
        let there = self.database.get_many(Table::Box, &all).await?.len();
        let mut codes = self.codes_by_paper(&head.id).await?;
        codes.entry(new.paper()).or_default().issued += (hashes.len() - there) as u64;
        let small = small_groups(&frozen.plan, codes.iter().map(|(paper, count)| (paper, count.issued)));
        match not_allowed(&frozen.plan, &small, &head.allow_small) {
            refused if refused.is_empty() => Ok(()),
            refused => Err(StoreError::SmallGroup(refused)),
        }
    }

    /// Puts those codes that are not there; how many are there in the end, for this paper.
    async fn put_codes(&self, plan: &PlanId, codes: &NewCodes<'_>, hashes: &[CodeHash]) -> Result<usize, StoreError> {
        let all: Vec<_> = hashes.iter().map(|hash| keys::code(plan, hash)).collect();
        for attempt in 0..ATTEMPTS {
            let found = self.database.get_many(Table::Box, &all).await?;
            let mut there = BTreeSet::new();
            let mut same = 0;
            for item in &found {
                there.insert(item.sort_key()?);
                same += usize::from(codes.is_for_same_paper(item)?);
            }
            let missing = hashes.iter().filter(|hash| !there.contains(hash.to_string().as_str()));
            let writes: Vec<Write> = missing.map(|hash| Write::put_new(codes.item(plan, hash))).collect();
            if writes.is_empty() {
                return Ok(same);
            }
            let added = writes.len();
            match self.database.transact(Table::Box, writes).await {
                Ok(()) => return Ok(same + added),
                // A call for the same codes got ahead of this one: look again at what is there.
                Err(WriteFault::Conditions(_)) => {}
                Err(WriteFault::Contended | WriteFault::Unsure) => self.pause.before_retry(attempt).await?,
            }
        }
        Err(StoreError::Unavailable)
    }

    /// Notes how many codes were issued. Codes never vanish, so of several counts the greatest is the latest; of
    /// calls side by side the last to count has counted all.
    pub(crate) async fn note_issued(
        &self,
        plan: &PlanId,
        period: &str,
        group: &str,
        count: u64,
    ) -> Result<(), StoreError> {
        let write = Update::of(keys::issued(plan, period, group), "SET issued = :count")
            .with(":count", count)
            .when(Condition::that("attribute_not_exists(issued) OR issued < :count"));
        self.database.write(Table::Main, write, &self.pause).await?;
        Ok(())
    }
}

/// How many codes there are, by period and group.
pub(crate) fn issued(codes: &BTreeMap<CodePaper, CodeCount>) -> BTreeMap<PeriodGroup, u64> {
    let mut issued = BTreeMap::new();
    for (paper, count) in codes {
        *issued.entry((paper.period.clone(), paper.group.clone())).or_insert(0) += count.issued;
    }
    issued
}

/// Whether a list of the plan document has an element with this id. The document may still be a draft in pieces.
fn has_id(document: &Value, list: &str, id: &str) -> bool {
    let Some(Value::List(elements)) = document.get(list) else { return false };
    elements.iter().any(|element| element.get("id").and_then(Value::as_str) == Some(id))
}
