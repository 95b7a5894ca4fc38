//! The chain of changes by offices: how it holds together, and the document that it is exported as.
//!
//! Owns the check of a chain ([`Chain`]), the text of an export ([`opening`], [`line`], [`CLOSING`]) and its reading line by
//! line ([`ExportReader`]), so that server, page and auditor agree to the byte and an export of any size is checked in
//! little memory. Refuses to own the hash of one event ([`AuditEvent::hash_in`]), files, and words.

use document::{Value, document, open_ended};

use crate::ledger::AuditEvent;

/// The name of the chain of changes that belong to no plan: the accounts.
pub const ACCOUNTS: &str = "accounts";

/// What the first event of a chain names as the hash before it.
pub const BEFORE_ALL: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// Most bytes of one line of an export. An event is one item of the database, which holds 400 KB; signs that JSON escapes
/// can take six bytes for one.
pub const LONGEST_LINE: usize = 2_500_000;

/// What stands behind the last event of an export.
pub const CLOSING: &str = "\n]}\n";

document! {
    /// `GET /api/plans/{id}/audit/export`: a whole chain, one event a line, each in its RFC 8785 form without null members.
    #[derive(Debug)]
    pub struct AuditExport {
        /// 1.
        pub format: u64,
        /// The plan's id, or `accounts`.
        pub log: String,
        /// All events, oldest first.
        pub events: Vec<AuditEvent>,
    }
    shape: open_ended;
}

document! {
    /// How far a chain has come. Whoever keeps it can tell later whether anything before it was changed.
    #[derive(Eq, Debug)]
    pub struct AuditHead {
        /// How many events it has.
        pub sequence: u64,
        /// The hash of the last one, 64 hexadecimal digits.
        pub hash: String,
    }
    shape: open_ended;
}

document! {
    /// `GET /api/public/heads`: how far the chains have come, for anybody to keep.
    #[derive(Eq, Debug)]
    pub struct PublicHeads {
        /// The chain of changes to the accounts.
        pub accounts: AuditHead,
        /// One page of plans, newest first, drafts among them.
        pub plans: Vec<PlanHead>,
        /// Pass it as `?cursor=` for the next page; null at the end.
        pub next: Option<String> = null,
    }
    shape: open_ended;
}

document! {
    /// How far a plan's chain has come.
    #[derive(Eq, Debug)]
    pub struct PlanHead {
        /// The plan's id.
        pub id: String,
        /// Its head.
        pub head: AuditHead,
    }
    shape: open_ended;
}

document! {
    /// How far the chains had come when a result was published, just before that.
    #[derive(Eq, Debug)]
    pub struct PublishedHeads {
        /// The plan's.
        pub plan: AuditHead,
        /// That of the accounts.
        pub accounts: AuditHead,
    }
    shape: open_ended;
}

/// What does not fit in an event of a chain.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Break {
    /// Its number is not the next one: an event is missing, twice there, or moved.
    Sequence,
    /// It names another hash than that of the event before.
    Previous,
    /// Its own hash is not that of what it says, in this log.
    Hash,
}

/// A chain as far as it was followed.
#[derive(Clone, Debug)]
pub struct Chain {
    log: String,
    head: AuditHead,
}

impl Chain {
    /// The beginning of a log's chain.
    #[must_use]
    pub fn of(log: &str) -> Chain {
        Chain { log: log.to_owned(), head: AuditHead { sequence: 0, hash: BEFORE_ALL.to_owned() } }
    }

    /// Follows the next event.
    ///
    /// # Errors
    /// What does not fit; the chain stays where it was.
    pub fn follow(&mut self, event: &AuditEvent) -> Result<(), Break> {
        if event.sequence != self.head.sequence + 1 {
            return Err(Break::Sequence);
        }
        if event.previous != self.head.hash {
            return Err(Break::Previous);
        }
        if event.hash != event.hash_in(&self.log) {
            return Err(Break::Hash);
        }
        self.head = AuditHead { sequence: event.sequence, hash: event.hash.clone() };
        Ok(())
    }

    /// How far it was followed.
    #[must_use]
    pub fn head(&self) -> &AuditHead {
        &self.head
    }
}

/// The first line of an export, without its end.
#[must_use]
pub fn opening(log: &str) -> String {
    format!("{{\"format\":1,\"log\":{},\"events\":[", Value::text(log).canonical())
}

/// An event as a line of an export, behind the opening or behind the event before it.
#[must_use]
pub fn line(event: &AuditEvent, is_first: bool) -> String {
    let before = if is_first { "\n" } else { ",\n" };
    format!("{before}{}", Value::of(event).canonical())
}

/// What is wrong with an export, and on which line (from 1).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ExportFault {
    pub line: u64,
    /// The number of the event that was expected there; `None` outside of the events.
    pub event: Option<u64>,
    /// What is wrong.
    pub kind: ExportFaultKind,
}

/// What is wrong with an export.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ExportFaultKind {
    /// The first line is not that of an export.
    NoExport,
    /// The line is longer than any event.
    LongLine,
    /// The line is no event, or not written as an export writes it.
    NoEvent,
    /// The event does not fit the chain.
    Broken(Break),
    /// The text ends before the export does.
    Cut,
    /// Something stands behind the end.
    Beyond,
    /// No event has the hash that was given.
    OtherHead,
}

/// What is expected next of an export.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Expected {
    Opening,
    /// An event, or the end where there may be none yet.
    First,
    Event,
    Closing,
    Nothing,
}

/// An export that is being read, line by line.
#[derive(Debug)]
pub struct ExportReader {
    chain: Chain,
    known: Option<String>,
    known_at: Option<u64>,
    line: u64,
    expected: Expected,
}

/// What an export that holds says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WholeExport {
    /// The plan's id, or `accounts`.
    pub log: String,
    /// Its end.
    pub head: AuditHead,
    /// The number of the event that has the hash which was given.
    pub known_at: Option<u64>,
}

impl ExportReader {
    /// A reader that looks for a hash, if one is known, among the events.
    #[must_use]
    pub fn new(known: Option<&str>) -> ExportReader {
        let known = known.map(str::to_ascii_lowercase);
        let known_at = (known.as_deref() == Some(BEFORE_ALL)).then_some(0);
        ExportReader { chain: Chain::of(""), known, known_at, line: 0, expected: Expected::Opening }
    }

    fn fault(&self, kind: ExportFaultKind) -> ExportFault {
        let among = matches!(self.expected, Expected::First | Expected::Event);
        ExportFault { line: self.line, event: among.then_some(self.chain.head.sequence + 1), kind }
    }

    /// Reads the next line, given with its line feed, which only the last line of a text may lack. Of a line beyond
    /// [`LONGEST_LINE`] no more than that needs to be given.
    ///
    /// # Errors
    /// The first thing that is wrong; there is no reading on.
    pub fn read(&mut self, line: &[u8]) -> Result<(), ExportFault> {
        self.line += 1;
        if line.len() > LONGEST_LINE {
            return Err(self.fault(ExportFaultKind::LongLine));
        }
        let (line, ended) = match line.strip_suffix(b"\n") {
            Some(line) => (line, true),
            None => (line, false),
        };
        if !ended && self.expected != Expected::Opening {
            return Err(self.fault(ExportFaultKind::Cut));
        }
        match self.expected {
            Expected::Opening => {
                let log = opened(line).ok_or_else(|| self.fault(ExportFaultKind::NoExport))?;
                self.chain = Chain::of(&log);
                self.expected = Expected::First;
            }
            Expected::First | Expected::Closing if line == b"]}" => self.expected = Expected::Nothing,
            Expected::Closing => return Err(self.fault(ExportFaultKind::NoEvent)),
            Expected::Nothing => return Err(self.fault(ExportFaultKind::Beyond)),
            Expected::First | Expected::Event => {
                let (text, more) = match line.strip_suffix(b",") {
                    Some(text) => (text, true),
                    None => (line, false),
                };
                let event = event(text).ok_or_else(|| self.fault(ExportFaultKind::NoEvent))?;
                self.chain.follow(&event).map_err(|broken| self.fault(ExportFaultKind::Broken(broken)))?;
                if self.known.as_ref() == Some(&event.hash) {
                    self.known_at = Some(event.sequence);
                }
                self.expected = if more { Expected::Event } else { Expected::Closing };
            }
        }
        Ok(())
    }

    /// That all of the export was read, and that the known hash is among its events.
    ///
    /// # Errors
    /// That it was cut, or that it is not the chain of that hash.
    pub fn finish(mut self) -> Result<WholeExport, ExportFault> {
        if self.expected != Expected::Nothing {
            self.line += 1;
            return Err(self.fault(ExportFaultKind::Cut));
        }
        if self.known.is_some() && self.known_at.is_none() {
            return Err(self.fault(ExportFaultKind::OtherHead));
        }
        Ok(WholeExport { log: self.chain.log, head: self.chain.head, known_at: self.known_at })
    }
}

/// The log of an export that begins with this line.
fn opened(line: &[u8]) -> Option<String> {
    let text = [line, b"]}"].concat();
    let export = AuditExport::read(&Value::parse(&text).ok()?).ok()?;
    (opening(&export.log).as_bytes() == line).then_some(export.log)
}

/// The event of a line, if an export would write it so: nothing can hide in how it is written.
fn event(text: &[u8]) -> Option<AuditEvent> {
    let event = AuditEvent::read(&Value::parse(text).ok()?).ok()?;
    (Value::of(&event).canonical().as_bytes() == text).then_some(event)
}

#[cfg(test)]
#[path = "audit_tests.rs"]
mod tests;
