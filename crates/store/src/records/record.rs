//! Records that offices give: their kinds, their keys, and the rows that staff see of them.

use std::fmt;

use scoring::json::Value;

use crate::database::{Item, keys};
use crate::error::StoreError;
use crate::ids::{Cursor, Page, PlanId, Timestamp};
use crate::limits::LONGEST_RECORD_ID;
use crate::store::Store;

/// Which list of the records document a record belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RecordKind {
    /// 录入分
    Entry,
    /// 扣分事项
    Incident,
    /// 关联得分
    Link,
    /// 加减分
    Adjustment,
    /// 抽签
    Lot,
    /// 集体决定
    Decision,
    /// 直接认定
    Verdict,
    /// 往年结果: one record for the whole list, whose body is `{"history": [..]}`.
    History,
}

impl RecordKind {
    /// All kinds.
    pub const ALL: [RecordKind; 8] = [
        RecordKind::Entry,
        RecordKind::Incident,
        RecordKind::Link,
        RecordKind::Adjustment,
        RecordKind::Lot,
        RecordKind::Decision,
        RecordKind::Verdict,
        RecordKind::History,
    ];

    /// The list's name in the records document.
    pub const fn list(self) -> &'static str {
        match self {
            RecordKind::Entry => "entries",
            RecordKind::Incident => "incidents",
            RecordKind::Link => "links",
            RecordKind::Adjustment => "adjustments",
            RecordKind::Lot => "lots",
            RecordKind::Decision => "decisions",
            RecordKind::Verdict => "verdicts",
            RecordKind::History => "history",
        }
    }

    /// What a second record for the same place does.
    pub(crate) fn second(self) -> Second {
        match self {
            RecordKind::Entry | RecordKind::Link | RecordKind::Lot | RecordKind::History => Second::Replaces,
            RecordKind::Incident | RecordKind::Adjustment => Second::IsAnother,
            RecordKind::Decision | RecordKind::Verdict => Second::IsRefused,
        }
    }

    /// The fields of a record that say where it belongs, in the order of its key.
    fn place(self) -> &'static [&'static str] {
        match self {
            RecordKind::Entry | RecordKind::Incident | RecordKind::Link | RecordKind::Decision => {
                &["component", "unit", "period"]
            }
            RecordKind::Adjustment => &["rule", "unit", "period"],
            RecordKind::Lot => &["category"],
            RecordKind::Verdict => &["unit", "outcome"],
            RecordKind::History => &[],
        }
    }

    /// The sort key of a record's place: without the drawn part that tells apart those of which there may be many.
    pub(crate) fn key(self, body: &Value) -> Result<String, StoreError> {
        let mut key = self.list().to_owned();
        if self.place().is_empty() {
            key.push_str("#-");
        }
        for field in self.place() {
            let id = match body.get(field) {
                Some(Value::Text(id)) if scoring::is_id(id) => id.as_str(),
                // A lot across categories.
                None | Some(Value::Null) if self == RecordKind::Lot => "-",
                _ => return Err(StoreError::MisplacedRecord),
            };
            key.push('#');
            key.push_str(id);
        }
        Ok(key)
    }
}

/// What a second record for the same place does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Second {
    Replaces,
    IsAnother,
    IsRefused,
}

/// A record's id: opaque, safe in an address.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordId(pub(crate) String);

impl RecordId {
    /// Reads an id. What cannot be one is `None`: there is no such record.
    pub fn parse(text: &str) -> Option<RecordId> {
        let allowed =
            |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'_' | b'-' | b'.');
        (!text.is_empty() && text.len() <= LONGEST_RECORD_ID && text.bytes().all(allowed))
            .then(|| RecordId(text.replace('.', "#")))
    }

    /// Whether it is the id of a record that counts or waits, by its form.
    pub(crate) fn is_living(&self) -> bool {
        let list = self.0.split('#').next().unwrap_or_default();
        list == PAPER || RecordKind::ALL.iter().any(|kind| kind.list() == list)
    }
}

impl fmt::Display for RecordId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.replace('#', "."))
    }
}

/// First part of the sort key of a batch of paper ballots.
pub(crate) const PAPER: &str = "paper";

/// First part of the sort key of what is struck out.
pub(crate) const STRUCK: &str = "struck";

/// Why and by whom a record was struck out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Struck {
    /// Why.
    pub reason: String,
    /// The account.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

impl Struck {
    pub(crate) fn read(item: &Item) -> Result<Option<Struck>, StoreError> {
        if !item.has("struck_reason") {
            return Ok(None);
        }
        Ok(Some(Struck {
            reason: item.text("struck_reason")?.to_owned(),
            by: item.text("struck_by")?.to_owned(),
            at: item.time("struck_at")?,
        }))
    }
}

/// One record as an office gave it.
#[derive(Debug, Clone, PartialEq)]
pub struct RecordRow {
    /// Its id.
    pub id: RecordId,
    /// The list it belongs to.
    pub kind: RecordKind,
    /// The record as it stands in the records document.
    pub body: Value,
    /// Where it comes from.
    pub evidence: Option<String>,
    /// The account that gave it.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// `None` while it counts.
    pub struck: Option<Struck>,
}

impl Store {
    /// A page of the records of a kind: those that count, then those struck out.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for the plan.
    pub async fn list_records(
        &self,
        plan: &PlanId,
        kind: RecordKind,
        limit: usize,
        after: Option<&Cursor>,
    ) -> Result<Page<RecordRow>, StoreError> {
        self.plan_head(plan).await?;
        let page = self.living_then_struck(plan, kind.list(), limit, after).await?;
        let row = |item: &Item| {
            Ok(RecordRow {
                id: RecordId(item.sort_key()?.to_owned()),
                kind,
                body: item.json("body")?,
                evidence: item.optional_text("evidence")?,
                by: item.text("made_by")?.to_owned(),
                at: item.time("made_at")?,
                struck: Struck::read(item)?,
            })
        };
        Ok(Page { items: page.items.iter().map(row).collect::<Result<_, StoreError>>()?, next: page.next })
    }

    /// A page of the records whose sort key begins with a list's name, those struck out last.
    pub(crate) async fn living_then_struck(
        &self,
        plan: &PlanId,
        list: &str,
        limit: usize,
        after: Option<&Cursor>,
    ) -> Result<Page<Item>, StoreError> {
        let partition = keys::record_partition(plan);
        let struck = format!("{STRUCK}#{list}#");
        let mut items = Vec::new();
        let mut after = after.cloned();
        if after.as_ref().is_none_or(|cursor| !cursor.0.starts_with(&struck)) {
            let page = self.page(&partition, &format!("{list}#"), limit, after.as_ref(), false).await?;
            if page.next.is_some() {
                return Ok(page);
            }
            items = page.items;
            after = Some(Cursor(struck.clone()));
        }
        if items.len() >= limit {
            return Ok(Page { items, next: after });
        }
        let page = self.page(&partition, &struck, limit - items.len(), after.as_ref(), false).await?;
        items.extend(page.items);
        Ok(Page { items, next: page.next })
    }
}
