//! The audit chain: every change by an office is an event, chained by hash to the one before, written in the same
//! transaction as the change.
//!
//! The chain is also what makes changes safe side by side. A change begins by reading the end of the chain, then
//! reads what it is based on, and is written only if the next place in the chain is still free. So whatever it read
//! still held when it was written, and nothing else needs a lock.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use scoring::json::Value;
use sha2::{Digest, Sha256};
use tokio::sync::OwnedMutexGuard;

use crate::database::{ATTEMPTS, Item, Key, Range, Table, Write, WriteFault, keys};
use crate::ids::hex;
use crate::{Actor, Cursor, Page, PlanId, Store, StoreError, Timestamp};

/// The chain of changes that belong to no plan: the accounts.
pub(crate) const ACCOUNTS: &str = "accounts";

/// One change by an office.
#[derive(Debug, Clone, PartialEq)]
pub struct AuditEvent {
    /// 1, 2, 3 ….
    pub sequence: u64,
    /// When.
    pub at: Timestamp,
    /// The account.
    pub by: String,
    /// What was done: `plan_opened`, `entry_put` ….
    pub action: String,
    /// Ids and figures of what was done.
    pub detail: Value,
    /// Hash of the event before, in hexadecimal; 64 zeros for the first.
    pub previous: String,
    /// Hash of this event, in hexadecimal.
    pub hash: String,
}

impl AuditEvent {
    /// SHA-256 of `"pingyi-audit\0"`, the log's name, `"\0"`, and the RFC 8785 form of all other fields.
    fn hash_in(&self, log: &str) -> String {
        let content = Value::Object(vec![
            ("action".to_owned(), Value::Text(self.action.clone())),
            ("at".to_owned(), Value::Text(self.at.0.to_string())),
            ("by".to_owned(), Value::Text(self.by.clone())),
            ("detail".to_owned(), self.detail.clone()),
            ("previous".to_owned(), Value::Text(self.previous.clone())),
            ("sequence".to_owned(), Value::Text(self.sequence.to_string())),
        ]);
        let mut sha = Sha256::new();
        sha.update(b"pingyi-audit\0");
        sha.update(log.as_bytes());
        sha.update(b"\0");
        sha.update(content.canonical().as_bytes());
        hex(&sha.finalize())
    }

    fn read(item: &Item) -> Result<AuditEvent, StoreError> {
        Ok(AuditEvent {
            sequence: item.sort_key()?.parse().map_err(|_| StoreError::Corrupt)?,
            at: item.time("made_at")?,
            by: item.text("made_by")?.to_owned(),
            action: item.text("what")?.to_owned(),
            detail: item.json("detail")?,
            previous: item.text("previous")?.to_owned(),
            hash: item.text("digest")?.to_owned(),
        })
    }

    fn write(&self, log: &str, mark: &str) -> Item {
        Item::at(Key::new(keys::audit_partition(log), keys::ordinal(self.sequence)))
            .with_time("made_at", self.at)
            .with_text("made_by", self.by.as_str())
            .with_text("what", self.action.as_str())
            .with_json("detail", &self.detail)
            .with_text("previous", self.previous.as_str())
            .with_text("digest", self.hash.as_str())
            .with_text("mark", mark)
    }
}

/// Turn-taking inside this process, so that offices that write at once do not all but one lose a round.
#[derive(Debug, Default)]
pub(crate) struct Turns(Mutex<HashMap<String, Arc<tokio::sync::Mutex<()>>>>);

/// Logs whose turns are remembered; beyond that, those nobody waits for are forgotten.
const MOST_TURNS: usize = 1024;

impl Turns {
    async fn take(&self, log: &str) -> OwnedMutexGuard<()> {
        let turn = {
            let mut turns = self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
            if turns.len() >= MOST_TURNS {
                turns.retain(|_, turn| Arc::strong_count(turn) > 1);
            }
            Arc::clone(turns.entry(log.to_owned()).or_default())
        };
        turn.lock_owned().await
    }
}

/// A change that is being made. Read what it is based on only after [`Change::begin`], and again after each
/// [`Change::commit`] that answers `false`.
pub(crate) struct Change<'a> {
    store: &'a Store,
    log: String,
    actor: Actor<'a>,
    /// Drawn once: by it a change finds itself in the chain when the answer to its writing was lost.
    mark: String,
    end: Option<AuditEvent>,
    attempt: u32,
    unsure: bool,
    _turn: OwnedMutexGuard<()>,
}

impl<'a> Change<'a> {
    /// Begins a change in a log: a plan's id, or [`ACCOUNTS`].
    pub(crate) async fn begin(store: &'a Store, log: &str, actor: Actor<'a>) -> Result<Change<'a>, StoreError> {
        let turn = store.turns.take(log).await;
        let mark = hex(&store.draw.bytes::<16>()?);
        let end = end_of(store, log).await?;
        Ok(Change { store, log: log.to_owned(), actor, mark, end, attempt: 0, unsure: false, _turn: turn })
    }

    /// When the change is made.
    pub(crate) fn now(&self) -> Timestamp {
        self.store.now()
    }

    /// Writes the change and its event. `false`: something else came first; read again what it is based on.
    pub(crate) async fn commit(&mut self, action: &str, detail: Value, writes: Vec<Write>) -> Result<bool, StoreError> {
        let mut event = AuditEvent {
            sequence: self.end.as_ref().map_or(1, |end| end.sequence + 1),
            at: self.now(),
            by: self.actor.name.to_owned(),
            action: action.to_owned(),
            detail,
            previous: self.end.as_ref().map_or_else(|| "0".repeat(64), |end| end.hash.clone()),
            hash: String::new(),
        };
        event.hash = event.hash_in(&self.log);
        let mut actions = vec![Write::put_new(event.write(&self.log, &self.mark))];
        actions.extend(writes);
        let mut met = false;
        match self.store.database.transact(Table::Main, actions).await {
            Ok(()) => return Ok(true),
            Err(WriteFault::Unsure) => self.unsure = true,
            Err(WriteFault::Contended) => {}
            // An event stands in the place already. Where a server does not know the SDK's repetition of a request by
            // its token, as DynamoDB does, it is this very one.
            Err(WriteFault::Conditions(failed)) => met = failed.first() == Some(&true),
        }
        self.attempt += 1;
        if self.attempt >= ATTEMPTS {
            return Err(if self.unsure { StoreError::Unavailable } else { StoreError::Contended });
        }
        self.store.pause.before_retry(self.attempt).await?;
        if (self.unsure || met) && self.is_in_chain().await? {
            return Ok(true);
        }
        self.end = end_of(self.store, &self.log).await?;
        Ok(false)
    }

    /// Whether an earlier try, whose answer was lost, is in the chain beyond where this change began.
    async fn is_in_chain(&self) -> Result<bool, StoreError> {
        let mut after = self.end.as_ref().map(|end| keys::ordinal(end.sequence));
        let partition = keys::audit_partition(&self.log);
        loop {
            let range = Range { after: after.as_deref(), limit: Some(50), ..Range::default() };
            let (events, next) = self.store.database.query(Table::Main, &partition, range).await?;
            for event in &events {
                if event.text("mark")? == self.mark {
                    return Ok(true);
                }
            }
            match next {
                Some(next) => after = Some(next),
                None => return Ok(false),
            }
        }
    }
}

async fn end_of(store: &Store, log: &str) -> Result<Option<AuditEvent>, StoreError> {
    let range = Range { descending: true, limit: Some(1), ..Range::default() };
    let (events, _) = store.database.query(Table::Main, &keys::audit_partition(log), range).await?;
    events.first().map(AuditEvent::read).transpose()
}

impl Store {
    /// A page of a plan's audit chain, oldest first.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for an unknown plan.
    pub async fn audit(
        &self,
        plan: &PlanId,
        limit: usize,
        after: Option<&Cursor>,
    ) -> Result<Page<AuditEvent>, StoreError> {
        self.plan_head(plan).await?;
        let partition = keys::audit_partition(plan.as_str());
        let page = self.page(&partition, "", limit, after, false).await?;
        let items = page.items.iter().map(AuditEvent::read).collect::<Result<_, _>>()?;
        Ok(Page { items, next: page.next })
    }

    /// Checks a plan's audit chain from its first event to its last: how many events it has.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when an event was changed, removed or slipped in.
    pub async fn verify_audit(&self, plan: &PlanId) -> Result<u64, StoreError> {
        self.plan_head(plan).await?;
        self.verify_log(plan.as_str()).await
    }

    /// As [`Store::verify_audit`], for the chain of changes to the accounts.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when an event was changed, removed or slipped in.
    pub async fn verify_account_audit(&self) -> Result<u64, StoreError> {
        self.verify_log(ACCOUNTS).await
    }

    async fn verify_log(&self, log: &str) -> Result<u64, StoreError> {
        let (mut sequence, mut previous) = (0, "0".repeat(64));
        for item in self.database.query_all(Table::Main, &keys::audit_partition(log), "").await? {
            let event = AuditEvent::read(&item)?;
            if event.sequence != sequence + 1 || event.previous != previous || event.hash != event.hash_in(log) {
                return Err(StoreError::Corrupt);
            }
            (sequence, previous) = (event.sequence, event.hash);
        }
        Ok(sequence)
    }
}
