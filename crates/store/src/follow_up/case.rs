//! Cases: outcomes that ask for something, until it is done.
//!
//! Owns their numbers and that each is made and done once. Refuses to own what a case may say (`wire`), and which outcomes
//! ask for something (the office says).

use std::collections::BTreeMap;

use scoring::is_id;
use scoring::json::Value;
use wire::case::{Case, CaseDone, CaseRequest};
use wire::day;

use crate::audit::change::Change;
use crate::database::{Condition, Item, Key, Table, Write, keys};
use crate::error::StoreError;
use crate::ids::{Actor, Cursor, Page, PlanId};
use crate::limits::{LARGEST_WORDS, MOST_CASES};
use crate::plan::head::State;
use crate::records::delete_record::with_reason;
use crate::records::put_record::in_chain;
use crate::records::record::struck;
use crate::store::Store;

/// What the sort keys of cases begin with, and of what finds one by the key of its request.
const NUMBERED: &str = "N#";
const BY_KEY: &str = "K#";

fn key(plan: &PlanId, sort: &str) -> Key {
    Key::new(keys::case_partition(plan), sort)
}

fn numbered(number: u64) -> String {
    format!("{NUMBERED}{}", keys::ordinal(number))
}

fn detail(number: u64, name: &str, value: Value) -> Value {
    Value::Object(vec![("case".to_owned(), Value::Text(number.to_string())), (name.to_owned(), value)])
}

impl Store {
    async fn case_item(&self, plan: &PlanId, number: u64) -> Result<Item, StoreError> {
        self.database.get(Table::Main, &key(plan, &numbered(number))).await?.ok_or(StoreError::NotFound)
    }

    /// Makes a case. The same again is the one that is there: `true`.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for the plan; [`StoreError::WrongState`] for a draft; [`StoreError::AlreadyRecorded`]
    /// where its key is another case's; [`StoreError::TooManyKept`], [`StoreError::MisplacedRecord`].
    pub async fn put_case(
        &self,
        actor: Actor<'_>,
        plan: &PlanId,
        case: &CaseRequest,
    ) -> Result<(u64, bool), StoreError> {
        if !is_id(&case.unit) || !is_id(&case.outcome) || !day::is_day(&case.due) {
            return Err(StoreError::MisplacedRecord);
        }
        let said = Value::of(&CaseRequest { key: None, ..case.clone() });
        let sha256 = said.sha256();
        let by_key = format!("{BY_KEY}{}", case.key.as_deref().unwrap_or(&sha256));
        let mut change = Change::begin(self, plan.as_str(), actor).await?;
        loop {
            if self.plan_head(plan).await?.state == State::Draft {
                return Err(StoreError::WrongState);
            }
            if let Some(found) = self.database.get(Table::Main, &key(plan, &by_key)).await? {
                let same = found.text("asked")? == sha256;
                return if same { Ok((found.number("case_number")?, true)) } else { Err(StoreError::AlreadyRecorded) };
            }
            let latest = match self.database.get(Table::Main, &key(plan, keys::HEAD)).await? {
                Some(head) => head.number("latest_number")?,
                None => 0,
            };
            if latest >= MOST_CASES {
                return Err(StoreError::TooManyKept);
            }
            let number = latest + 1;
            let item = Item::at(key(plan, &numbered(number)))
                .with_number("case_number", number)
                .with_json("body", &said)
                .with_text("made_by", actor.name)
                .with_time("made_at", change.now());
            let found = Item::at(key(plan, &by_key)).with_number("case_number", number).with_text("asked", &*sha256);
            let head = Item::at(key(plan, keys::HEAD)).with_number("latest_number", number);
            let writes = vec![Write::put(head), Write::put_new(found), Write::put_new(item)];
            if change.commit("case_put", detail(number, "record", in_chain(&said)), writes).await? {
                return Ok((number, false));
            }
        }
    }

    /// Says that a case is done, once.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], also for one that was struck out; [`StoreError::AlreadyRecorded`] where other words stand.
    pub async fn finish_case(
        &self,
        actor: Actor<'_>,
        plan: &PlanId,
        number: u64,
        text: &str,
    ) -> Result<Case, StoreError> {
        if text.len() > LARGEST_WORDS {
            return Err(StoreError::TooLarge);
        }
        let mut change = Change::begin(self, plan.as_str(), actor).await?;
        loop {
            let item = self.case_item(plan, number).await?;
            let case = self.read_case(&item)?;
            match &case.done {
                _ if case.struck.is_some() => return Err(StoreError::NotFound),
                Some(done) if done.text == text => return Ok(case),
                Some(_) => return Err(StoreError::AlreadyRecorded),
                None => {}
            }
            let done = CaseDone { text: text.to_owned(), by: actor.name.to_owned(), at: change.now().0 };
            let item = item.with_json("done_body", &Value::of(&done));
            let read = self.read_case(&item)?;
            let open = Condition::that("attribute_exists(PK) AND attribute_not_exists(done_body)");
            let told = detail(number, "text", Value::text(text));
            if change.commit("case_done", told, vec![Write::Put(item, Some(open))]).await? {
                return Ok(read);
            }
        }
    }

    /// Strikes a case out; it is kept, with the reason. Again, it is as it was.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; [`StoreError::AlreadyRecorded`] where it was struck out for another reason.
    pub async fn strike_case(
        &self,
        actor: Actor<'_>,
        plan: &PlanId,
        number: u64,
        reason: &str,
    ) -> Result<(), StoreError> {
        if reason.len() > LARGEST_WORDS {
            return Err(StoreError::TooLarge);
        }
        let mut change = Change::begin(self, plan.as_str(), actor).await?;
        loop {
            let item = self.case_item(plan, number).await?;
            match struck(&item)? {
                Some(struck) if struck.reason == reason => return Ok(()),
                Some(_) => return Err(StoreError::AlreadyRecorded),
                None => {}
            }
            let item = with_reason(item, reason, actor, change.now());
            let told = detail(number, "reason", Value::text(reason));
            if change.commit("case_struck", told, vec![Write::Put(item, Some(Condition::present()))]).await? {
                return Ok(());
            }
        }
    }

    /// A page of the cases by number, those struck out among them.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for the plan.
    pub async fn cases(&self, plan: &PlanId, limit: usize, after: Option<&Cursor>) -> Result<Page<Case>, StoreError> {
        self.plan_head(plan).await?;
        let page = self.page(&keys::case_partition(plan), NUMBERED, limit, after, false).await?;
        Ok(Page {
            items: page.items.iter().map(|item| self.read_case(item)).collect::<Result<_, _>>()?,
            next: page.next,
        })
    }

    /// All cases that were not struck out.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn living_cases(&self, plan: &PlanId) -> Result<Vec<Case>, StoreError> {
        let items = self.database.query_all(Table::Main, &keys::case_partition(plan), NUMBERED).await?;
        let mut cases = items.iter().map(|item| self.read_case(item)).collect::<Result<Vec<_>, _>>()?;
        cases.retain(|case| case.struck.is_none());
        Ok(cases)
    }

    /// The last days of cases that are not done, the earliest first, and how many end on each.
    pub(crate) async fn open_case_days(&self, plan: &PlanId) -> Result<Vec<(String, u64)>, StoreError> {
        let mut days: BTreeMap<String, u64> = BTreeMap::new();
        for case in self.living_cases(plan).await?.into_iter().filter(|case| case.done.is_none()) {
            *days.entry(case.due).or_default() += 1;
        }
        Ok(days.into_iter().collect())
    }

    fn read_case(&self, item: &Item) -> Result<Case, StoreError> {
        let CaseRequest { unit, outcome, due, text, .. } =
            CaseRequest::read(&item.json("body")?).map_err(|_| StoreError::Corrupt)?;
        let done = if item.has("done_body") { Some(item.json("done_body")?) } else { None };
        let done = done.map(|done| CaseDone::read(&done)).transpose().map_err(|_| StoreError::Corrupt)?;
        let is_over = day::ends(&due).is_some_and(|end| end <= self.now().0);
        Ok(Case {
            number: item.number("case_number")?,
            unit,
            outcome,
            due,
            text,
            overdue: done.is_none() && is_over,
            done,
            by: item.text("made_by")?.to_owned(),
            at: item.time("made_at")?.0,
            struck: struck(item)?,
        })
    }
}
