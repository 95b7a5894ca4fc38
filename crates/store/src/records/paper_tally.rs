//! Paper ballots counted by hand: one batch is entered twice, by different people, and counts when both agree.
//!
//! A second entry that says the same completes the first. One that says something else is a batch of its own that
//! waits as well; whoever was wrong has theirs struck out.

use std::collections::{BTreeMap, BTreeSet};

use scoring::json::Value;
use sha2::{Digest, Sha256};

use super::record::{PAPER, RecordId, Struck};
use crate::audit::change::Change;
use crate::database::{Item, Key, Table, Write, keys};
use crate::error::StoreError;
use crate::ids::{Actor, Cursor, Page, PlanId, Timestamp};
use crate::limits::{LARGEST_BODY, LARGEST_WORDS};
use crate::store::Store;

/// One batch of paper ballots as one person counted it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperTally {
    /// The period's id.
    pub period: String,
    /// The group's id.
    pub group: String,
    /// The component's id.
    pub component: String,
    /// Ballots collected.
    pub collected: u64,
    /// Ballots among them that are void.
    pub void: u64,
    /// The marks, unit by unit, criterion by criterion.
    pub counts: Vec<PaperCount>,
}

/// The marks of one unit on one criterion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperCount {
    /// The unit's id.
    pub unit: String,
    /// The criterion's id, where there are criteria.
    pub criterion: Option<String>,
    /// Marks of each option.
    pub counts: BTreeMap<String, u64>,
    /// Ballots that leave it blank.
    pub blank: u64,
}

/// What became of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperEntry {
    /// The batch's id; both entries share it.
    pub id: RecordId,
    /// Two people agree, so it counts.
    pub counted: bool,
}

/// A batch as staff see it.
#[derive(Debug, Clone, PartialEq)]
pub struct PaperRow {
    /// Its id.
    pub id: RecordId,
    /// What was entered.
    pub tally: PaperTally,
    /// Where the ballots came from.
    pub evidence: Option<String>,
    /// Who entered it first.
    pub first_by: String,
    /// Who entered the same; `None` while it waits.
    pub second_by: Option<String>,
    /// When it was entered first.
    pub at: Timestamp,
    /// `None` while it counts or waits.
    pub struck: Option<Struck>,
}

impl PaperTally {
    /// That marks and blanks add up to the valid ballots in every line, and no line stands twice.
    fn check(&self) -> Result<(), StoreError> {
        let valid = self.collected.checked_sub(self.void);
        let mut places = BTreeSet::new();
        for (index, line) in self.counts.iter().enumerate() {
            let sum = line.counts.values().try_fold(line.blank, |sum, &count| sum.checked_add(count));
            if sum.is_none() || sum != valid || !places.insert((&line.unit, &line.criterion)) {
                return Err(StoreError::PaperDoesNotAddUp { index });
            }
        }
        if valid.is_none() || self.counts.is_empty() {
            return Err(StoreError::PaperDoesNotAddUp { index: 0 });
        }
        let ids = [&self.period, &self.group, &self.component];
        if ids.into_iter().all(|id| scoring::is_id(id)) { Ok(()) } else { Err(StoreError::MisplacedRecord) }
    }

    /// The batch as JSON, its lines in one order, so that two people's equal counts are equal text.
    fn body(&self) -> Value {
        let number = |number: u64| Value::Int(i64::try_from(number).unwrap_or(i64::MAX));
        let text = |text: &str| Value::Text(text.to_owned());
        let mut lines: Vec<&PaperCount> = self.counts.iter().collect();
        lines.sort_by_key(|line| (&line.unit, &line.criterion));
        let line = |line: &PaperCount| {
            // An option that is not named was not marked.
            let counts = line.counts.iter().filter(|(_, count)| **count > 0);
            Value::Object(vec![
                ("unit".to_owned(), text(&line.unit)),
                ("criterion".to_owned(), line.criterion.as_deref().map_or(Value::Null, text)),
                ("counts".to_owned(), Value::Object(counts.map(|(id, count)| (id.clone(), number(*count))).collect())),
                ("blank".to_owned(), number(line.blank)),
            ])
        };
        Value::Object(vec![
            ("period".to_owned(), text(&self.period)),
            ("group".to_owned(), text(&self.group)),
            ("component".to_owned(), text(&self.component)),
            ("collected".to_owned(), number(self.collected)),
            ("void".to_owned(), number(self.void)),
            ("counts".to_owned(), Value::List(lines.into_iter().map(line).collect())),
        ])
    }

    pub(crate) fn read(body: &Value) -> Result<PaperTally, StoreError> {
        let text = |value: &Value, key: &str| {
            value.get(key).and_then(Value::as_str).map(str::to_owned).ok_or(StoreError::Corrupt)
        };
        let number = |value: Option<&Value>| match value {
            Some(Value::Int(number)) => u64::try_from(*number).map_err(|_| StoreError::Corrupt),
            _ => Err(StoreError::Corrupt),
        };
        let Some(Value::List(lines)) = body.get("counts") else { return Err(StoreError::Corrupt) };
        let line = |line: &Value| {
            let Some(Value::Object(counts)) = line.get("counts") else { return Err(StoreError::Corrupt) };
            let counts = counts.iter().map(|(id, count)| Ok((id.clone(), number(Some(count))?)));
            Ok(PaperCount {
                unit: text(line, "unit")?,
                criterion: text(line, "criterion").ok(),
                counts: counts.collect::<Result<_, StoreError>>()?,
                blank: number(line.get("blank"))?,
            })
        };
        Ok(PaperTally {
            period: text(body, "period")?,
            group: text(body, "group")?,
            component: text(body, "component")?,
            collected: number(body.get("collected"))?,
            void: number(body.get("void"))?,
            counts: lines.iter().map(line).collect::<Result<_, _>>()?,
        })
    }

    /// What the sort keys of equal batches begin with.
    fn prefix(&self, body: &Value) -> String {
        let digest = hex::encode(Sha256::digest(body.canonical().as_bytes()));
        format!("{PAPER}#{}#{}#{}#{}#", self.component, self.group, self.period, &digest[..16])
    }
}

impl Store {
    /// Enters a batch. The same content from a second person makes it count. From the first person, while it waits,
    /// and from the second, once it counts, it is a repeat; from anyone else it is then another batch that happens to
    /// be equal.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for the plan, [`StoreError::WrongState`] unless it is open or closed,
    /// [`StoreError::PaperDoesNotAddUp`], [`StoreError::MisplacedRecord`], [`StoreError::TooLarge`].
    pub async fn put_paper_tally(
        &self,
        actor: Actor<'_>,
        plan: &PlanId,
        tally: &PaperTally,
        evidence: Option<&str>,
    ) -> Result<PaperEntry, StoreError> {
        tally.check()?;
        let body = tally.body();
        if body.canonical().len() > LARGEST_BODY || evidence.is_some_and(|evidence| evidence.len() > LARGEST_WORDS) {
            return Err(StoreError::TooLarge);
        }
        let partition = keys::record_partition(plan);
        let prefix = tally.prefix(&body);
        let mut change = Change::begin(self, plan.as_str(), actor).await?;
        loop {
            let check = self.plan_head(plan).await?.check_records_open()?;
            let equal = self.database.query_all(Table::Main, &partition, &prefix).await?;
            let waiting = equal.iter().find(|item| !item.has("second_by"));
            // Whoever completed one and says it again has not heard the answer.
            let last = equal.iter().max_by_key(|item| number_of(item, &prefix));
            if let Some(last) = last.filter(|_| waiting.is_none())
                && last.optional_text("second_by")?.as_deref() == Some(actor.name)
            {
                return Ok(PaperEntry { id: RecordId(last.sort_key()?.to_owned()), counted: true });
            }
            let (item, counted) = match waiting {
                Some(item) if item.text("made_by")? == actor.name => {
                    return Ok(PaperEntry { id: RecordId(item.sort_key()?.to_owned()), counted: false });
                }
                Some(item) => {
                    let item = item.clone().with_text("second_by", actor.name).with_time("second_at", change.now());
                    (item, true)
                }
                None => {
                    let number = equal.iter().filter_map(|item| number_of(item, &prefix)).max().map_or(1, |n| n + 1);
                    let item = Item::at(Key::new(partition.as_str(), format!("{prefix}{number}")))
                        .with_json("body", &body)
                        .with_optional_text("evidence", evidence)
                        .with_text("made_by", actor.name)
                        .with_time("made_at", change.now());
                    (item, false)
                }
            };
            let id = RecordId(item.sort_key()?.to_owned());
            let detail = Value::Object(vec![
                ("id".to_owned(), Value::Text(id.to_string())),
                ("counted".to_owned(), Value::Bool(counted)),
                ("sha256".to_owned(), Value::Text(scoring::plan_sha256(&body))),
            ]);
            if change.commit("paper_tally_put", detail, vec![check, Write::put(item)]).await? {
                return Ok(PaperEntry { id, counted });
            }
        }
    }

    /// A page of the batches: those that count or wait, then those struck out.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for the plan.
    pub async fn list_paper_tallies(
        &self,
        plan: &PlanId,
        limit: usize,
        after: Option<&Cursor>,
    ) -> Result<Page<PaperRow>, StoreError> {
        self.plan_head(plan).await?;
        let page = self.living_then_struck(plan, PAPER, limit, after).await?;
        let row = |item: &Item| {
            Ok(PaperRow {
                id: RecordId(item.sort_key()?.to_owned()),
                tally: PaperTally::read(&item.json("body")?)?,
                evidence: item.optional_text("evidence")?,
                first_by: item.text("made_by")?.to_owned(),
                second_by: item.optional_text("second_by")?,
                at: item.time("made_at")?,
                struck: Struck::read(item)?,
            })
        };
        Ok(Page { items: page.items.iter().map(row).collect::<Result<_, StoreError>>()?, next: page.next })
    }

    /// The batches that count.
    pub(crate) async fn counted_paper_tallies(&self, plan: &PlanId) -> Result<Vec<PaperTally>, StoreError> {
        let items = self.database.query_all(Table::Main, &keys::record_partition(plan), &format!("{PAPER}#")).await?;
        let counted = items.iter().filter(|item| item.has("second_by"));
        counted.map(|item| PaperTally::read(&item.json("body")?)).collect()
    }
}

fn number_of(item: &Item, prefix: &str) -> Option<u64> {
    item.sort_key().ok()?.strip_prefix(prefix)?.parse().ok()
}
