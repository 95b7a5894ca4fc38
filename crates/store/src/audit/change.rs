//! The one way by which an office changes anything: an event in the audit chain, written in the same transaction as
//! the change.
//!
//! The chain is also what makes changes safe side by side. A change begins by reading the end of the chain, then
//! reads what it is based on, and is written only if the next place in the chain is still free. So whatever it read
//! still held when it was written, and nothing else needs a lock.

use scoring::json::Value;
use tokio::sync::OwnedMutexGuard;
use wire::audit::{AuditHead, BEFORE_ALL};

use super::event::{self, AuditEvent};
use crate::database::{Key, Range, Table, Write, WriteFault, keys};
use crate::error::StoreError;
use crate::ids::{Actor, Timestamp};
use crate::limits::ATTEMPTS;
use crate::store::Store;

pub(crate) use wire::audit::ACCOUNTS;

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
        let mark = hex::encode(store.draw.bytes::<16>()?);
        let end = end_of(store, log).await?;
        Ok(Change { store, log: log.to_owned(), actor, mark, end, attempt: 0, unsure: false, _turn: turn })
    }

    /// When the change is made.
    pub(crate) fn now(&self) -> Timestamp {
        self.store.now()
    }

    /// Where the chain ends, and the change's event will be put.
    pub(crate) fn end(&self) -> AuditHead {
        head(self.end.as_ref())
    }

    /// Writes the change and its event. `false`: something else came first; read again what it is based on.
    pub(crate) async fn commit(&mut self, action: &str, detail: Value, writes: Vec<Write>) -> Result<bool, StoreError> {
        let mut actions = vec![self.event(&self.log, self.end(), action, detail)];
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

    /// An event of another log, at its end as it is now, to be written with the change. Something else may come first there,
    /// too: then [`Change::commit`] answers `false`, and the event is made anew.
    pub(crate) async fn beside(&self, log: &str, action: &str, detail: Value) -> Result<Write, StoreError> {
        let end = head(end_of(self.store, log).await?.as_ref());
        Ok(self.event(log, end, action, detail))
    }

    /// The event that follows on the end of a log.
    fn event(&self, log: &str, end: AuditHead, action: &str, detail: Value) -> Write {
        let mut event = AuditEvent {
            sequence: end.sequence + 1,
            at: self.now().0,
            by: self.actor.name.to_owned(),
            action: action.to_owned(),
            detail,
            previous: end.hash,
            hash: String::new(),
        };
        event.hash = event.hash_in(log);
        Write::put_new(event::write(&event, log, &self.mark))
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

/// How far a chain with this last event has come.
pub(crate) fn head(end: Option<&AuditEvent>) -> AuditHead {
    match end {
        Some(end) => AuditHead { sequence: end.sequence, hash: end.hash.clone() },
        None => AuditHead { sequence: 0, hash: BEFORE_ALL.to_owned() },
    }
}

/// How a chain began.
pub(crate) async fn first_event(store: &Store, log: &str) -> Result<Option<AuditEvent>, StoreError> {
    let first = store.database.get(Table::Main, &Key::new(keys::audit_partition(log), keys::ordinal(1))).await?;
    first.as_ref().map(event::read).transpose()
}

pub(crate) async fn end_of(store: &Store, log: &str) -> Result<Option<AuditEvent>, StoreError> {
    let range = Range { descending: true, limit: Some(1), ..Range::default() };
    let (events, _) = store.database.query(Table::Main, &keys::audit_partition(log), range).await?;
    events.first().map(event::read).transpose()
}
