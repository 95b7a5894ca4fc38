//! Objections to a result on public display.
//!
//! Owns their numbers, their answers, the work that comes before one from outside, and the count of those that are open,
//! which publishing looks at in its own transaction. Refuses to own what an objection may say (`wire`), and how many come
//! from one network (the API).
//!
//! An objection from outside is no change by an office and stands in no audit chain; what staff enter and answer does.
//! A request that is sent again, because its answer was lost, finds its objection by the challenge it solved.

use scoring::json::Value;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use wire::announcement::{Objection, ObjectionAnswer};

use super::head::{PlanHead, State};
use crate::audit::change::Change;
use crate::database::{Condition, Item, Key, Table, Update, Write, WriteFault, keys};
use crate::error::StoreError;
use crate::ids::{Actor, Cursor, Page, PlanId, Timestamp};
use crate::keyed_hash::keyed_hash;
use crate::limits::{ATTEMPTS, CHALLENGE_LIFE, MOST_OBJECTIONS};
use crate::store::Store;

/// What the sort keys of objections begin with, and of what finds one by its challenge.
const NUMBERED: &str = "N#";
const BY_CHALLENGE: &str = "C#";

/// An objection that comes in.
#[derive(Debug, Clone, Copy)]
pub struct NewObjection<'a> {
    /// The unit that it is about.
    pub unit: Option<&'a str>,
    /// Its words.
    pub text: &'a str,
    /// How whoever objects can be reached.
    pub contact: &'a str,
}

/// How many objections there are, and how many of them are open.
#[derive(Debug, Clone, Copy, Default)]
struct Count {
    latest: u64,
    open: u64,
}

fn key(plan: &PlanId, sort: &str) -> Key {
    Key::new(keys::objection_partition(plan), sort)
}

fn numbered(plan: &PlanId, number: u64) -> Key {
    key(plan, &format!("{NUMBERED}{}", keys::ordinal(number)))
}

impl Store {
    /// Makes the key of a plan's challenges; that of an earlier display stays.
    pub(crate) async fn make_objection_key(&self, plan: &PlanId) -> Result<(), StoreError> {
        let secret: [u8; 32] = self.draw.bytes()?;
        let item = Item::at(key(plan, "KEY")).with_bytes("secret", secret.to_vec());
        self.database.write(Table::Main, Write::put_new(item), &self.pause).await?;
        Ok(())
    }

    /// The plan, while its result is on display.
    async fn on_display(&self, plan: &PlanId) -> Result<PlanHead, StoreError> {
        let head = self.plan_head(plan).await?;
        if head.state == State::Closed && head.announced.is_some() { Ok(head) } else { Err(StoreError::WrongState) }
    }

    async fn seal(&self, plan: &PlanId, digest: &str, end: Timestamp) -> Result<String, StoreError> {
        let item = self.database.get(Table::Main, &key(plan, "KEY")).await?.ok_or(StoreError::WrongState)?;
        let secret = item.bytes("secret")?.try_into().map_err(|_| StoreError::Corrupt)?;
        let seal = keyed_hash(secret, &["pingyi-objection", plan.as_str(), digest, &end.0.to_string()]);
        Ok(format!("{}.{}", end.0, hex::encode(seal)))
    }

    /// A challenge for an objection, which its digest names.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; [`StoreError::WrongState`] unless the result is on display and its time not over.
    pub async fn objection_challenge(&self, plan: &PlanId, digest: &str) -> Result<String, StoreError> {
        let head = self.on_display(plan).await?;
        if head.announced.is_none_or(|until| until <= self.now()) {
            return Err(StoreError::WrongState);
        }
        self.seal(plan, digest, self.now().plus(CHALLENGE_LIFE)).await
    }

    /// Whether a challenge is for this objection, and not too old.
    ///
    /// # Errors
    /// [`StoreError::WrongState`] for a plan that was never on display.
    pub async fn is_objection_challenge(
        &self,
        plan: &PlanId,
        digest: &str,
        challenge: &str,
    ) -> Result<bool, StoreError> {
        let end = challenge.split_once('.').and_then(|(end, _)| end.parse().ok()).map(Timestamp);
        let Some(end) = end.filter(|end| *end > self.now()) else { return Ok(false) };
        Ok(self.seal(plan, digest, end).await?.as_bytes().ct_eq(challenge.as_bytes()).into())
    }

    /// The number of the objection that came with a challenge, if it did.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn objection_of(&self, plan: &PlanId, challenge: &str) -> Result<Option<u64>, StoreError> {
        let found = self.database.get(Table::Main, &by_challenge(plan, challenge)).await?;
        found.map(|item| item.number("objection")).transpose()
    }

    async fn objections_counted(&self, plan: &PlanId) -> Result<Count, StoreError> {
        match self.database.get(Table::Main, &key(plan, keys::HEAD)).await? {
            None => Ok(Count::default()),
            Some(item) => Ok(Count { latest: item.number("latest_number")?, open: item.number("open_count")? }),
        }
    }

    /// The next objection's number, and the writes that put it.
    async fn next_objection(
        &self,
        head: &PlanHead,
        objection: &NewObjection<'_>,
        by: Option<&str>,
    ) -> Result<(u64, Vec<Write>), StoreError> {
        let plan = &head.id;
        let Count { latest, open } = self.objections_counted(plan).await?;
        if latest >= MOST_OBJECTIONS {
            return Err(StoreError::TooManyObjections);
        }
        let number = latest + 1;
        let first = Condition::that("attribute_not_exists(PK)");
        let next = Condition::that("latest_number = :was AND open_count = :were");
        let unchanged = if latest == 0 { first } else { next.with(":was", latest).with(":were", open) };
        let count =
            Item::at(key(plan, keys::HEAD)).with_number("latest_number", number).with_number("open_count", open + 1);
        let item = Item::at(numbered(plan, number))
            .with_number("objection", number)
            .with_optional_text("unit_id", objection.unit)
            .with_text("said", objection.text)
            .with_text("contact", objection.contact)
            .with_time("made_at", self.now())
            .with_optional_text("made_by", by);
        let writes = vec![Write::Put(count, Some(unchanged)), Write::put_new(item), head.check_still(State::Closed)];
        Ok((number, writes))
    }

    /// Takes an objection from outside, with the challenge that was solved for it: its number. The same again is the same
    /// one.
    ///
    /// # Errors
    /// [`StoreError::WrongState`] unless the result is on display and its time not over;
    /// [`StoreError::TooManyObjections`]; [`StoreError::Unavailable`], and then it may be sent again.
    pub async fn take_objection(
        &self,
        plan: &PlanId,
        challenge: &str,
        objection: NewObjection<'_>,
    ) -> Result<u64, StoreError> {
        // Each has the next number: in one process they wait for each other.
        let _turn = self.turns.take(&keys::objection_partition(plan)).await;
        for attempt in 0..ATTEMPTS {
            if let Some(number) = self.objection_of(plan, challenge).await? {
                return Ok(number);
            }
            let head = self.on_display(plan).await?;
            if head.announced.is_none_or(|until| until <= self.now()) {
                return Err(StoreError::WrongState);
            }
            let (number, mut writes) = self.next_objection(&head, &objection, None).await?;
            let found = Item::at(by_challenge(plan, challenge)).with_number("objection", number);
            writes.push(Write::put_new(found));
            match self.database.transact(Table::Main, writes).await {
                Ok(()) => return Ok(number),
                // Another came first, or this one did and its answer was lost.
                Err(WriteFault::Conditions(_) | WriteFault::Contended | WriteFault::Unsure) => {
                    self.pause.before_retry(attempt).await?;
                }
            }
        }
        Err(StoreError::Unavailable)
    }

    /// Enters an objection on somebody's behalf, until the result is published: its number.
    ///
    /// # Errors
    /// [`StoreError::WrongState`] unless the result is on display; [`StoreError::TooManyObjections`].
    pub async fn put_objection(
        &self,
        actor: Actor<'_>,
        plan: &PlanId,
        objection: NewObjection<'_>,
    ) -> Result<u64, StoreError> {
        let mut change = Change::begin(self, plan.as_str(), actor).await?;
        loop {
            let head = self.on_display(plan).await?;
            let (number, writes) = self.next_objection(&head, &objection, Some(actor.name)).await?;
            let detail = Value::object([("objection", Value::Text(number.to_string()))]);
            if change.commit("objection_put", detail, writes).await? {
                return Ok(number);
            }
        }
    }

    /// Answers an objection, once.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; [`StoreError::WrongState`] unless the plan is closed; [`StoreError::AlreadyRecorded`]
    /// where it has another answer.
    pub async fn answer_objection(
        &self,
        actor: Actor<'_>,
        plan: &PlanId,
        number: u64,
        text: &str,
        upheld: bool,
    ) -> Result<Objection, StoreError> {
        let mut change = Change::begin(self, plan.as_str(), actor).await?;
        loop {
            let head = self.plan_head(plan).await?;
            let item = self.database.get(Table::Main, &numbered(plan, number)).await?.ok_or(StoreError::NotFound)?;
            let objection = read(&item)?;
            match &objection.answer {
                Some(answer) if answer.text == text && answer.upheld == upheld => return Ok(objection),
                Some(_) => return Err(StoreError::AlreadyRecorded),
                None if head.state != State::Closed => return Err(StoreError::WrongState),
                None => {}
            }
            let at = change.now();
            let answered = item
                .with_text("answer_text", text)
                .with_flag("upheld", upheld)
                .with_text("answered_by", actor.name)
                .with_time("answered_at", at);
            let open = Condition::that("attribute_exists(PK) AND attribute_not_exists(answer_text)");
            let fewer = Update::of(key(plan, keys::HEAD), "SET open_count = open_count - :i").with(":i", 1);
            let read = read(&answered)?;
            let writes = vec![
                Write::Put(answered, Some(open)),
                fewer.when(Condition::that("open_count >= :i")).into(),
                head.check_still(State::Closed),
            ];
            let detail = Value::object([
                ("objection", Value::Text(number.to_string())),
                ("text", Value::text(text)),
                ("upheld", Value::Bool(upheld)),
            ]);
            if change.commit("objection_answered", detail, writes).await? {
                return Ok(read);
            }
        }
    }

    /// A page of the objections, in the order in which they came.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for the plan.
    pub async fn objections(
        &self,
        plan: &PlanId,
        limit: usize,
        after: Option<&Cursor>,
    ) -> Result<Page<Objection>, StoreError> {
        self.plan_head(plan).await?;
        let page = self.page(&keys::objection_partition(plan), NUMBERED, limit, after, false).await?;
        Ok(Page { items: page.items.iter().map(read).collect::<Result<_, _>>()?, next: page.next })
    }

    /// All objections of a plan.
    pub(crate) async fn all_objections(&self, plan: &PlanId) -> Result<Vec<Objection>, StoreError> {
        let items = self.database.query_all(Table::Main, &keys::objection_partition(plan), NUMBERED).await?;
        items.iter().map(read).collect()
    }
}

/// That no objection is open when something else is written.
pub(crate) fn check_none_open(plan: &PlanId) -> Write {
    let none = Condition::that("attribute_not_exists(PK) OR open_count = :none").with(":none", 0);
    Write::Check(key(plan, keys::HEAD), none)
}

fn by_challenge(plan: &PlanId, challenge: &str) -> Key {
    key(plan, &format!("{BY_CHALLENGE}{}", hex::encode(Sha256::digest(challenge))))
}

fn read(item: &Item) -> Result<Objection, StoreError> {
    let answer = match item.optional_text("answer_text")? {
        None => None,
        Some(text) => Some(ObjectionAnswer {
            text,
            upheld: item.flag("upheld")?,
            by: item.text("answered_by")?.to_owned(),
            at: item.time("answered_at")?.0,
        }),
    };
    Ok(Objection {
        number: item.number("objection")?,
        unit: item.optional_text("unit_id")?,
        text: item.text("said")?.to_owned(),
        contact: item.text("contact")?.to_owned(),
        at: item.time("made_at")?.0,
        by: item.optional_text("made_by")?,
        answer,
    })
}
