//! A plan's head: its state, its revision, how both are kept, and what must hold of them for a change.

use std::collections::BTreeMap;

use scoring::json::Value;
use wire::round::RoundState;

use super::round_id::RoundId;
use crate::database::{Condition, Item, Key, Write, keys};
use crate::error::StoreError;
use crate::ids::{PlanId, Revision, Timestamp};
use crate::limits::{LARGEST_PLAN, LONGEST_TITLE};

/// Where a plan is on its way: draft → open → closed → published, and back to closed only to correct what is public.
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

    /// Whether voting has ended and the ballots are counted.
    pub const fn is_counted(self) -> bool {
        matches!(self, State::Closed | State::Published)
    }

    fn parse(text: &str) -> Result<State, StoreError> {
        [State::Draft, State::Open, State::Closed, State::Published]
            .into_iter()
            .find(|state| state.as_str() == text)
            .ok_or(StoreError::Corrupt)
    }
}

/// What a list says of a plan's document.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Outline {
    /// The plan's year, where it names one.
    pub year: Option<u64>,
    /// How many units it has.
    pub units: u64,
}

impl Outline {
    pub(crate) fn of(document: &Value) -> Outline {
        let year = match document.get("year") {
            Some(Value::Int(year)) => u64::try_from(*year).ok(),
            _ => None,
        };
        let units = match document.get("units") {
            Some(Value::List(units)) => units.len() as u64,
            _ => 0,
        };
        Outline { year, units }
    }
}

/// A plan without its document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanHead {
    pub id: PlanId,
    /// Its title as far as a list shows it; empty if the draft has none.
    pub title: String,
    pub state: State,
    /// How often its document was written.
    pub revision: Revision,
    /// The hash under which it is frozen; `None` while it is a draft.
    pub plan_sha256: Option<String>,
    /// Closing has begun and is not finished: no ballot is taken any more, and closing can be repeated.
    pub closing: bool,
    /// The count of the ballots differed from the running tallies. Nothing is published then.
    pub count_mismatch: bool,
    /// Secret groups that may be small, as opening and publishing named them.
    pub allow_small: Vec<String>,
    /// Until when the result is on public display, before it is published.
    pub announced: Option<Timestamp>,
    /// How many editions of the result were published.
    pub edition: u64,
    /// Why the published result is being corrected, while it is.
    pub correction: Option<String>,
    /// It is out of the daily list. Nothing else follows from that.
    pub archived: bool,
    /// What a list says of the document; `None` of a head that was written before that was kept.
    pub(crate) outline: Option<Outline>,
    /// Tally shards, fixed at opening; 0 in a draft.
    pub(crate) shards: u64,
    /// How ballots and counters are laid out, fixed at opening; 0 in a draft.
    pub(crate) layout: u64,
    /// What became of each round that was opened apart from the others; those that are not in it wait. `None`: all rounds
    /// go with the plan, as they do where none was ever named.
    pub(crate) rounds: Option<BTreeMap<RoundId, RoundState>>,
    /// The shortlist is frozen.
    pub(crate) shortlisted: bool,
}

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
            allow_small: Vec::new(),
            announced: None,
            edition: 0,
            correction: None,
            archived: false,
            outline: Some(Outline::of(document)),
            shards: 0,
            layout: 0,
            rounds: None,
            shortlisted: false,
        }
    }

    /// Where a round stands.
    #[must_use]
    pub fn round_state(&self, period: &str, stage: u8) -> RoundState {
        let apart = || match &self.rounds {
            None => RoundState::Open,
            Some(rounds) => rounds.get(&RoundId::new(period, stage)).copied().unwrap_or(RoundState::Waiting),
        };
        match self.state {
            State::Draft => RoundState::Waiting,
            State::Closed | State::Published => RoundState::Closed,
            State::Open => match apart() {
                RoundState::Closed => RoundState::Closed,
                _ if self.closing => RoundState::Closing,
                state => state,
            },
        }
    }

    /// Whether a round's ballots are counted, with the plan's or before.
    #[must_use]
    pub fn is_round_counted(&self, period: &str, stage: u8) -> bool {
        self.round_state(period, stage) == RoundState::Closed
    }

    /// The rounds that were closed before the plan was: their tallies are frozen.
    pub(crate) fn frozen_rounds(&self) -> impl Iterator<Item = &RoundId> {
        let closed = self.rounds.iter().flatten().filter(|(_, state)| **state == RoundState::Closed);
        closed.map(|(round, _)| round)
    }

    /// What a list says of the document; nothing of a head that was written before that was kept.
    #[must_use]
    pub fn outline(&self) -> Outline {
        self.outline.unwrap_or_default()
    }

    /// Whether anybody may see a result of it: also while it is being corrected.
    #[must_use]
    pub const fn is_public(&self) -> bool {
        self.edition > 0
    }

    /// Head and row of the list, written together so that they never differ. `was`: the revision and the state
    /// that must still hold.
    pub(crate) fn writes(&self, was: Option<(Revision, State)>) -> Vec<Write> {
        let condition = match was {
            None => Condition::absent(),
            Some((revision, state)) => Condition::that("revision = :revision AND plan_state = :state")
                .with(":revision", revision.0)
                .with(":state", state.as_str()),
        };
        vec![
            Write::Put(self.item(keys::plan_head(&self.id)), Some(condition)),
            Write::put(self.item(keys::plan_row(&self.id))),
        ]
    }

    fn item(&self, key: Key) -> Item {
        let item = Item::at(key);
        let item = match &self.allow_small[..] {
            [] => item,
            allowed => item.with_texts("allow_small", allowed),
        };
        let item = match &self.rounds {
            None => item,
            Some(rounds) => {
                let text = |(round, state): (&RoundId, &RoundState)| format!("{round}#{}", state.as_str());
                item.with_texts("rounds", &rounds.iter().map(text).collect::<Vec<_>>())
            }
        };
        let item = if self.shortlisted { item.with_flag("shortlisted", true) } else { item };
        let item = if self.archived { item.with_flag("archived", true) } else { item };
        let item = match self.outline {
            None => item,
            Some(Outline { year: None, units }) => item.with_number("units_in_plan", units),
            Some(Outline { year: Some(year), units }) => {
                item.with_number("units_in_plan", units).with_number("plan_year", year)
            }
        };
        item.with_text("id", self.id.as_str())
            .with_text("title", self.title.as_str())
            .with_text("plan_state", self.state.as_str())
            .with_number("revision", self.revision.0)
            .with_optional_text("plan_sha256", self.plan_sha256.as_deref())
            .with_flag("closing", self.closing)
            .with_flag("count_mismatch", self.count_mismatch)
            .with_number("edition", self.edition)
            .with_optional_time("announced_until", self.announced)
            .with_optional_text("correction", self.correction.as_deref())
            .with_number("shards", self.shards)
            .with_number("layout", self.layout)
    }

    pub(crate) fn read(item: &Item) -> Result<PlanHead, StoreError> {
        let state = State::parse(item.text("plan_state")?)?;
        Ok(PlanHead {
            id: PlanId::parse(item.text("id")?).ok_or(StoreError::Corrupt)?,
            title: item.text("title")?.to_owned(),
            state,
            revision: Revision(item.number("revision")?),
            plan_sha256: item.optional_text("plan_sha256")?,
            closing: item.flag("closing")?,
            count_mismatch: item.flag("count_mismatch")?,
            allow_small: item.optional_texts("allow_small")?.unwrap_or_default(),
            // Before there were editions, what was published was the first.
            edition: if item.has("edition") { item.number("edition")? } else { u64::from(state == State::Published) },
            announced: item.optional_time("announced_until")?,
            correction: item.optional_text("correction")?,
            archived: item.flag("archived")?,
            outline: read_outline(item)?,
            shards: item.number("shards")?,
            // Before it was kept there was one.
            layout: if item.has("layout") { item.number("layout")? } else { u64::from(state != State::Draft) },
            rounds: item.optional_texts("rounds")?.map(|rounds| read_rounds(&rounds)).transpose()?,
            shortlisted: item.flag("shortlisted")?,
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
        let condition = Condition::that("plan_state = :state").with(":state", state.as_str());
        Write::Check(keys::plan_head(&self.id), condition)
    }
}

fn read_outline(item: &Item) -> Result<Option<Outline>, StoreError> {
    if !item.has("units_in_plan") {
        return Ok(None);
    }
    let year = if item.has("plan_year") { Some(item.number("plan_year")?) } else { None };
    Ok(Some(Outline { year, units: item.number("units_in_plan")? }))
}

/// Rounds and their states, as a head keeps them.
fn read_rounds(rounds: &[String]) -> Result<BTreeMap<RoundId, RoundState>, StoreError> {
    let read = |text: &String| {
        let (round, state) = text.rsplit_once('#')?;
        Some((RoundId::parse(round)?, RoundState::ALL.into_iter().find(|known| known.as_str() == state)?))
    };
    rounds.iter().map(read).collect::<Option<_>>().ok_or(StoreError::Corrupt)
}

/// The item of one revision's document.
pub(crate) fn version(id: &PlanId, revision: Revision, document: &Value) -> Result<Item, StoreError> {
    let text = document.canonical();
    if text.len() > LARGEST_PLAN {
        return Err(StoreError::DraftTooLarge);
    }
    Ok(Item::at(keys::plan_version(id, revision.0)).with_text("document", text))
}
