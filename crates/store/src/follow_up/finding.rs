//! Findings (日常台账): noted from draft on, all year; one that counts becomes an incident in the same transaction.
//!
//! Owns their ids, their order by day and by unit, and the one link between a finding and its incident: the finding
//! names the record, the record's evidence names the finding. Refuses to own the lists that they are found in
//! (`finding_list`), what a finding may say (`wire`) and whether its incident fits the plan (`scoring`).
//!
//! A finding's id is its day and a key, the sender's or one that follows from what it says. So a request that is sent
//! again finds what it made.

use std::fmt;

use scoring::json::Value;
use scoring::records_document::IncidentRecord;
use scoring::{Record, is_id};
use wire::day::is_day;
use wire::finding::{Finding, FindingCounts, FindingRequest};
use wire::record::Beside;

use crate::audit::change::Change;
use crate::database::{Condition, Item, Key, Table, Update, Write, keys};
use crate::error::StoreError;
use crate::ids::{Actor, PlanId, Timestamp, digits, unhex};
use crate::limits::{LARGEST_WORDS, MOST_FINDINGS};
use crate::plan::head::PlanHead;
use crate::records::delete_record::{struck_out, with_reason};
use crate::records::put_record::{given, in_chain};
use crate::records::record::struck;
use crate::records::record_id::RecordId;
use crate::store::Store;

/// What the sort keys of findings begin with, and of the rows that order them by unit.
pub(super) const BY_DAY: &str = "D#";
pub(super) const BY_UNIT: &str = "U#";

/// A finding's id: its day and its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FindingId {
    pub(super) day: String,
    pub(super) key: String,
}

impl FindingId {
    /// Reads an id. What cannot be one is `None`: there is no such finding.
    #[must_use]
    pub fn parse(text: &str) -> Option<FindingId> {
        let (day, key) = text.split_once('.')?;
        (is_day(day) && is_id(key)).then(|| FindingId { day: day.to_owned(), key: key.to_owned() })
    }

    fn of(finding: &FindingRequest, sha256: &str) -> Result<FindingId, StoreError> {
        let key = match &finding.key {
            Some(key) => key.clone(),
            None => {
                let bits: [u8; 16] = sha256.get(..32).and_then(unhex).ok_or(StoreError::Corrupt)?;
                digits(u128::from_be_bytes(bits), 16)
            }
        };
        // Whoever asks has checked both.
        if is_day(&finding.date) && is_id(&key) && is_id(&finding.unit) {
            Ok(FindingId { day: finding.date.clone(), key })
        } else {
            Err(StoreError::MisplacedRecord)
        }
    }

    pub(super) fn sort_key(&self) -> String {
        format!("{BY_DAY}{}#{}", self.day, self.key)
    }
}

impl fmt::Display for FindingId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.day, self.key)
    }
}

pub(super) fn key(plan: &PlanId, sort: &str) -> Key {
    Key::new(keys::finding_partition(plan), sort)
}

/// Where its incident comes from, as the ledger shows it.
fn beside(finding: &Finding) -> Beside {
    Beside {
        evidence: Some(format!("{} {}: {}", finding.id, finding.source, finding.text)),
        files: finding.files.clone(),
        clause: None,
        date: Some(finding.date.clone()),
    }
}

impl Store {
    async fn finding_item(&self, plan: &PlanId, id: &FindingId) -> Result<Item, StoreError> {
        self.database.get(Table::Main, &key(plan, &id.sort_key())).await?.ok_or(StoreError::NotFound)
    }

    /// A finding.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub async fn finding(&self, plan: &PlanId, id: &FindingId) -> Result<Finding, StoreError> {
        let item = self.finding_item(plan, id).await?;
        self.with_incidents(plan, &[item]).await?.pop().ok_or(StoreError::Corrupt)
    }

    /// The writes that make a finding an incident, the record's id, and whether it waits for a second person. Records may change while the
    /// plan is open or closed.
    async fn incident_writes(
        &self,
        head: &PlanHead,
        finding: &Finding,
        incident: &IncidentRecord,
        actor: Actor<'_>,
        at: Timestamp,
    ) -> Result<(RecordId, bool, Vec<Write>), StoreError> {
        let check = head.check_records_open()?;
        let record = Record::Incident(incident.clone());
        let pending = self.frozen(head).await?.plan.needs_approval(record.kind());
        let id = RecordId(self.drawn_key(&record)?);
        let at_key = Key::new(keys::record_partition(&head.id), id.0.as_str());
        let item = given(at_key, &Value::of(&record), &beside(finding), actor, at, pending);
        Ok((id, pending, vec![check, Write::put_new(item)]))
    }

    /// Notes a finding; with an incident it counts at once. The same again is the one that is there: `true`.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for the plan; [`StoreError::WrongState`] for an incident unless the plan is open or
    /// closed; [`StoreError::AlreadyRecorded`] where another finding of the day has its key;
    /// [`StoreError::TooManyKept`], [`StoreError::MisplacedRecord`].
    pub async fn put_finding(
        &self,
        actor: Actor<'_>,
        plan: &PlanId,
        finding: &FindingRequest,
        office: Option<&str>,
        incident: Option<&IncidentRecord>,
    ) -> Result<(Finding, bool), StoreError> {
        let said = Value::of(&FindingRequest { key: None, ..finding.clone() });
        let sha256 = said.sha256();
        let id = FindingId::of(finding, &sha256)?;
        let mut change = Change::begin(self, plan.as_str(), actor).await?;
        loop {
            let head = self.plan_head(plan).await?;
            match self.finding_item(plan, &id).await {
                Ok(item) if item.text("asked")? == sha256 => return Ok((self.finding(plan, &id).await?, true)),
                Ok(_) => return Err(StoreError::AlreadyRecorded),
                Err(StoreError::NotFound) => {}
                Err(error) => return Err(error),
            }
            let mut item = Item::at(key(plan, &id.sort_key()))
                .with_json("body", &said)
                .with_text("asked", sha256.as_str())
                .with_text("made_by", actor.name)
                .with_optional_text("office", office)
                .with_time("made_at", change.now());
            let fewer = Condition::that("attribute_not_exists(PK) OR kept < :most").with(":most", MOST_FINDINGS);
            let count = Update::of(key(plan, keys::HEAD), "ADD kept :one").with(":one", 1);
            let row = Item::at(key(plan, &format!("{BY_UNIT}{}#{}#{}", finding.unit, id.day, id.key)));
            let mut writes: Vec<Write> = vec![count.when(fewer).into(), Write::put(row)];
            let mut pending = false;
            let mut detail =
                vec![("finding".to_owned(), Value::Text(id.to_string())), ("record".to_owned(), in_chain(&said))];
            if let Some(incident) = incident {
                let (record, waits, more) =
                    self.incident_writes(&head, &read(&item)?, incident, actor, change.now()).await?;
                detail.push(("incident".to_owned(), Value::Text(record.to_string())));
                item = item.with_text("incident", record.0);
                writes.extend(more);
                pending = waits;
            }
            let kept = Finding { pending, ..read(&item)? };
            writes.push(Write::put_new(item));
            if self.findings_counted(plan).await? >= MOST_FINDINGS {
                return Err(StoreError::TooManyKept);
            }
            if change.commit("finding_put", Value::Object(detail), writes).await? {
                return Ok((kept, false));
            }
        }
    }

    async fn findings_counted(&self, plan: &PlanId) -> Result<u64, StoreError> {
        match self.database.get(Table::Main, &key(plan, keys::HEAD)).await? {
            Some(item) => item.number("kept"),
            None => Ok(0),
        }
    }

    /// Makes a finding that costs nothing yet an incident, once. Where its incident was struck out, it becomes another.
    /// The same again is the one that is there: `true`.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], also for a finding that was struck out; [`StoreError::WrongState`] unless the plan is
    /// open or closed; [`StoreError::AlreadyRecorded`] where it counts as something else.
    pub async fn count_finding(
        &self,
        actor: Actor<'_>,
        plan: &PlanId,
        id: &FindingId,
        counts: &FindingCounts,
        incident: &IncidentRecord,
    ) -> Result<(Finding, bool), StoreError> {
        let mut change = Change::begin(self, plan.as_str(), actor).await?;
        loop {
            let head = self.plan_head(plan).await?;
            let item = self.finding_item(plan, id).await?;
            let finding = read(&item)?;
            if finding.struck.is_some() || finding.unit != incident.unit {
                return Err(StoreError::NotFound);
            }
            if let Some((_, old)) = self.living_incident(plan, &item).await? {
                let same = old.json("body")?.sha256() == Value::of(incident).sha256();
                return if same { Ok((self.finding(plan, id).await?, true)) } else { Err(StoreError::AlreadyRecorded) };
            }
            let (record, pending, mut writes) =
                self.incident_writes(&head, &finding, incident, actor, change.now()).await?;
            let body = Value::of(&FindingRequest { counts: Some(counts.clone()), ..request(&item)? });
            let counted = item.with_json("body", &body).with_text("incident", record.0.as_str());
            let kept = Finding { pending, ..read(&counted)? };
            writes.push(Write::Put(counted, Some(Condition::present())));
            let detail = Value::object([
                ("finding", Value::Text(id.to_string())),
                ("incident", Value::Text(record.to_string())),
                ("record", Value::of(incident)),
            ]);
            if change.commit("finding_counted", detail, writes).await? {
                return Ok((kept, false));
            }
        }
    }

    /// The incident that a finding became, unless it was struck out since.
    async fn living_incident(&self, plan: &PlanId, item: &Item) -> Result<Option<(RecordId, Item)>, StoreError> {
        let Some(record) = item.optional_text("incident")?.map(RecordId) else { return Ok(None) };
        let at = Key::new(keys::record_partition(plan), record.0.as_str());
        Ok(self.database.get(Table::Main, &at).await?.map(|found| (record, found)))
    }

    /// Strikes a finding out, and its incident with it: both are kept, with the reason. Again with the same reason, it
    /// is as it was.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; [`StoreError::WrongState`] where its incident counts and the plan is neither open nor
    /// closed; [`StoreError::AlreadyRecorded`] where it was struck out for another reason.
    pub async fn strike_finding(
        &self,
        actor: Actor<'_>,
        plan: &PlanId,
        id: &FindingId,
        reason: &str,
    ) -> Result<Finding, StoreError> {
        if reason.len() > LARGEST_WORDS {
            return Err(StoreError::TooLarge);
        }
        let mut change = Change::begin(self, plan.as_str(), actor).await?;
        loop {
            let head = self.plan_head(plan).await?;
            let item = self.finding_item(plan, id).await?;
            match struck(&item)? {
                Some(struck) if struck.reason == reason => return read(&item),
                Some(_) => return Err(StoreError::AlreadyRecorded),
                None => {}
            }
            let mut detail = vec![
                ("finding".to_owned(), Value::Text(id.to_string())),
                ("reason".to_owned(), Value::text(reason)),
                ("was".to_owned(), in_chain(&item.json("body")?)),
            ];
            let mut writes = Vec::new();
            if let Some((record, incident)) = self.living_incident(plan, &item).await? {
                detail.push(("incident".to_owned(), Value::Text(record.to_string())));
                writes.push(head.check_records_open()?);
                let struck = self.struck_key(&record)?;
                writes.extend(struck_out(plan, incident, &struck, reason, actor, change.now())?);
            }
            let item = with_reason(item, reason, actor, change.now());
            let kept = read(&item)?;
            writes.push(Write::Put(item, Some(Condition::present())));
            if change.commit("finding_struck", Value::Object(detail), writes).await? {
                return Ok(kept);
            }
        }
    }
}

fn request(item: &Item) -> Result<FindingRequest, StoreError> {
    FindingRequest::read(&item.json("body")?).map_err(|_| StoreError::Corrupt)
}

pub(super) fn read(item: &Item) -> Result<Finding, StoreError> {
    let FindingRequest { date, unit, place, text, source, files, counts, .. } = request(item)?;
    let (day, key) =
        item.sort_key()?.strip_prefix(BY_DAY).and_then(|rest| rest.split_once('#')).ok_or(StoreError::Corrupt)?;
    Ok(Finding {
        id: FindingId { day: day.to_owned(), key: key.to_owned() }.to_string(),
        date,
        unit,
        place,
        text,
        source,
        files,
        counts,
        incident: item.optional_text("incident")?.map(|record| RecordId(record).to_string()),
        by: item.text("made_by")?.to_owned(),
        office: item.optional_text("office")?,
        at: item.time("made_at")?.0,
        pending: false,
        struck: struck(item)?,
    })
}
