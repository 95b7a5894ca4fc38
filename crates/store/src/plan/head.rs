//! A plan's head: its state, its revision, and how both are kept.

use scoring::json::Value;

use crate::database::{Condition, Item, Key, Table, Write, keys};
use crate::{Cursor, Page, PlanId, Revision, Store, StoreError};

use aws_sdk_dynamodb::types::AttributeValue;

/// Where a plan is on its way: draft → open → closed → published, nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Being written.
    Draft,
    /// Frozen; voting is open.
    Open,
    /// Voting has ended and the ballots are counted.
    Closed,
    /// The result is public.
    Published,
}

impl State {
    /// The state as JSON has it.
    pub const fn as_str(self) -> &'static str {
        match self {
            State::Draft => "draft",
            State::Open => "open",
            State::Closed => "closed",
            State::Published => "published",
        }
    }

    fn parse(text: &str) -> Result<State, StoreError> {
        [State::Draft, State::Open, State::Closed, State::Published]
            .into_iter()
            .find(|state| state.as_str() == text)
            .ok_or(StoreError::Corrupt)
    }
}

/// A plan without its document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanHead {
    /// Its id.
    pub id: PlanId,
    /// Its title as far as a list shows it; empty if the draft has none.
    pub title: String,
    /// Its state.
    pub state: State,
    /// How often its document was written.
    pub revision: Revision,
    /// The hash under which it is frozen; `None` while it is a draft.
    pub plan_sha256: Option<String>,
    /// Closing has begun and is not finished: no ballot is taken any more, and closing can be repeated.
    pub closing: bool,
    /// The count of the ballots differed from the running tallies. Nothing is published then.
    pub count_mismatch: bool,
    /// Tally shards, fixed at opening; 0 in a draft.
    pub(crate) shards: u64,
}

/// A plan with its document.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanRow {
    /// State, revision and so on.
    pub head: PlanHead,
    /// The document, without null members.
    pub document: Value,
}

/// Most characters of a title in a list.
const LONGEST_TITLE: usize = 200;

impl PlanHead {
    pub(crate) fn draft(id: PlanId, revision: Revision, document: &Value) -> PlanHead {
        let title = document.get("title").and_then(Value::as_str).unwrap_or_default();
        PlanHead {
            id,
            title: title.chars().take(LONGEST_TITLE).collect(),
            state: State::Draft,
            revision,
            plan_sha256: None,
            closing: false,
            count_mismatch: false,
            shards: 0,
        }
    }

    /// Head and row of the list, written together so that they never differ. `was`: the revision and the state
    /// that must still hold.
    pub(crate) fn writes(&self, was: Option<(Revision, State)>) -> Vec<Write> {
        let condition = match was {
            None => Condition::absent(),
            Some((revision, state)) => Condition::that(
                "revision = :revision AND plan_state = :state",
                vec![
                    (":revision", AttributeValue::N(revision.0.to_string())),
                    (":state", AttributeValue::S(state.as_str().to_owned())),
                ],
            ),
        };
        vec![
            Write::Put(self.item(keys::plan_head(&self.id)), Some(condition)),
            Write::put(self.item(keys::plan_row(&self.id))),
        ]
    }

    fn item(&self, key: Key) -> Item {
        Item::at(key)
            .with_text("id", self.id.as_str())
            .with_text("title", self.title.as_str())
            .with_text("plan_state", self.state.as_str())
            .with_number("revision", self.revision.0)
            .with_optional_text("plan_sha256", self.plan_sha256.as_deref())
            .with_flag("closing", self.closing)
            .with_flag("count_mismatch", self.count_mismatch)
            .with_number("shards", self.shards)
    }

    pub(crate) fn read(item: &Item) -> Result<PlanHead, StoreError> {
        Ok(PlanHead {
            id: PlanId::parse(item.text("id")?).ok_or(StoreError::Corrupt)?,
            title: item.text("title")?.to_owned(),
            state: State::parse(item.text("plan_state")?)?,
            revision: Revision(item.number("revision")?),
            plan_sha256: item.optional_text("plan_sha256")?,
            closing: item.flag("closing")?,
            count_mismatch: item.flag("count_mismatch")?,
            shards: item.number("shards")?,
        })
    }

    /// What must hold of the head for a record to be changed: records may change while open or closed.
    pub(crate) fn check_records_open(&self) -> Result<Write, StoreError> {
        if !matches!(self.state, State::Open | State::Closed) {
            return Err(StoreError::WrongState);
        }
        Ok(self.check_still(self.state))
    }

    /// That the plan is in a state when something else is written.
    pub(crate) fn check_still(&self, state: State) -> Write {
        let values = vec![(":state", AttributeValue::S(state.as_str().to_owned()))];
        Write::Check(keys::plan_head(&self.id), Condition::that("plan_state = :state", values))
    }
}

/// The item of one revision's document.
pub(crate) fn version(id: &PlanId, revision: Revision, document: &Value) -> Result<Item, StoreError> {
    let text = document.canonical();
    if text.len() > LARGEST_DOCUMENT {
        return Err(StoreError::DraftTooLarge);
    }
    Ok(Item::at(keys::plan_version(id, revision.0)).with_text("document", text))
}

/// The largest document, in bytes: an item holds 400 KB, and 300 KiB of JSON can grow a little by being put in
/// canonical form.
const LARGEST_DOCUMENT: usize = 390_000;

impl Store {
    /// A plan's state, revision and so on.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub async fn plan_head(&self, plan: &PlanId) -> Result<PlanHead, StoreError> {
        let item = self.database.get(Table::Main, &keys::plan_head(plan)).await?;
        PlanHead::read(&item.ok_or(StoreError::NotFound)?)
    }

    /// A plan with its document.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub async fn plan(&self, plan: &PlanId) -> Result<PlanRow, StoreError> {
        let head = self.plan_head(plan).await?;
        let document = self.document(&head).await?;
        Ok(PlanRow { head, document })
    }

    /// The document of a head's revision.
    pub(crate) async fn document(&self, head: &PlanHead) -> Result<Value, StoreError> {
        let key = keys::plan_version(&head.id, head.revision.0);
        self.database.get(Table::Main, &key).await?.ok_or(StoreError::Corrupt)?.json("document")
    }

    /// A page of all plans, the newest first.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn list_plans(&self, limit: usize, after: Option<&Cursor>) -> Result<Page<PlanHead>, StoreError> {
        let page = self.page(keys::PLANS, "", limit, after, true).await?;
        let items = page.items.iter().map(PlanHead::read).collect::<Result<_, _>>()?;
        Ok(Page { items, next: page.next })
    }
}
