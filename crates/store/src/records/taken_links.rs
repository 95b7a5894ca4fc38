//! Links that were taken from published plans: totals with the plan, the edition and the unit that each came from.
//!
//! Owns keeping many of them at once, and what taking them again replaces. Refuses to own which unit of another plan is
//! which (`scoring::counterpart`) and what that plan's result says (`plan::publish_plan`).
//!
//! A plan has more units than a transaction has actions. So they are kept some at a time, each time with an event of the
//! chain, and each unit once: whoever takes at the same moment is neither mixed into a unit's totals nor waited for. Taken
//! again, what is there already is left alone, so a taking that broke off is completed by sending it again.

use std::collections::BTreeSet;

use scoring::json::Value;
use scoring::records_document::LinkRecord;
use scoring::{Figure, Record, RecordKind};
use wire::link::LinkSource;
use wire::record::Beside;

use super::delete_record::with_reason;
use super::link_sources::{sources, with_sources};
use super::put_record::{given, in_chain};
use super::record::{key as place_of, read};
use super::record_id::RecordId;
use crate::audit::change::Change;
use crate::database::{Condition, Item, Key, Table, Write, keys};
use crate::error::StoreError;
use crate::ids::{Actor, PlanId, Timestamp};
use crate::limits::{LARGEST_TELLING, LARGEST_WORDS, MOST_LINKS_AT_ONCE};
use crate::store::Store;

/// Where links belong.
#[derive(Debug, Clone, Copy)]
pub struct LinkPlace<'a> {
    /// The linked component.
    pub component: &'a str,
    /// The period.
    pub period: &'a str,
}

/// One unit's totals, and where they came from.
#[derive(Debug, Clone, PartialEq)]
pub struct NewLink {
    /// The unit's id here.
    pub unit: String,
    /// Its totals.
    pub totals: Vec<Figure>,
    /// Where each of them came from.
    pub sources: Vec<LinkSource>,
    /// The same in words.
    pub evidence: String,
}

/// A link as it is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct KeptLink {
    /// The record.
    pub link: LinkRecord,
    /// Where each total came from; none of a link that was given by hand.
    pub sources: Vec<LinkSource>,
}

/// Writes of one transaction, and what its event tells of them.
#[derive(Default)]
struct Step {
    writes: Vec<Write>,
    taken: Vec<Value>,
    struck: Vec<Value>,
    /// Bytes of what its event tells.
    told: usize,
}

impl Step {
    fn is_full(&self, more: usize) -> bool {
        self.writes.len() + more > MOST_LINKS_AT_ONCE || self.told > LARGEST_TELLING
    }

    /// Adds to what the event tells of links that were taken.
    fn tell(&mut self, taken: Value) {
        self.told += taken.canonical().len();
        self.taken.push(taken);
    }

    fn detail(self, place: LinkPlace<'_>, plans: &[String]) -> (Value, Vec<Write>) {
        let mut members = vec![
            ("component".to_owned(), Value::text(place.component)),
            ("period".to_owned(), Value::text(place.period)),
            ("plans".to_owned(), Value::List(plans.iter().map(|plan| Value::text(plan)).collect())),
            ("taken".to_owned(), Value::List(self.taken)),
        ];
        if !self.struck.is_empty() {
            members.push(("struck".to_owned(), Value::List(self.struck)));
        }
        (Value::Object(members), self.writes)
    }
}

impl Store {
    /// Takes totals into the links of a component and period: each unit's in place of those it had. A unit that has totals
    /// from one of these sources and is not among the links any more loses them: they are struck out. Others stay. Where
    /// all of it is there already, nothing is written.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for the plan, [`StoreError::WrongState`] unless it is open or closed,
    /// [`StoreError::MisplacedRecord`], [`StoreError::TooLarge`].
    pub async fn take_links(
        &self,
        actor: Actor<'_>,
        plan: &PlanId,
        place: LinkPlace<'_>,
        links: &[NewLink],
        from: &[(String, Option<String>)],
    ) -> Result<(), StoreError> {
        if links.iter().any(|link| link.evidence.len() > LARGEST_WORDS) {
            return Err(StoreError::TooLarge);
        }
        let named = |(plan, period): &(String, Option<String>)| match period {
            Some(period) => format!("{plan}#{period}"),
            None => plan.clone(),
        };
        let plans: Vec<String> = from.iter().map(named).collect();
        let mut done = 0;
        loop {
            let mut change = Change::begin(self, plan.as_str(), actor).await?;
            loop {
                let check = self.plan_head(plan).await?.check_records_open()?;
                let kept = self.link_items(plan, place).await?;
                let mut step = Step::default();
                let next = self.put_links(&mut step, plan, place, &links[done..], &kept, (actor, change.now()))?;
                if done + next == links.len() {
                    self.strike_links(&mut step, plan, place, links, (from, &kept), (actor, change.now()))?;
                }
                if step.writes.is_empty() {
                    return Ok(());
                }
                let (detail, mut writes) = step.detail(place, &plans);
                writes.push(check);
                if change.commit("links_taken", detail, writes).await? {
                    done += next;
                    break;
                }
            }
        }
    }

    /// The living links of a component and period.
    async fn link_items(&self, plan: &PlanId, place: LinkPlace<'_>) -> Result<Vec<Item>, StoreError> {
        let prefix = format!("{}#{}#", RecordKind::Link.as_str(), place.component);
        let mut items = self.database.query_all(Table::Main, &keys::record_partition(plan), &prefix).await?;
        let behind = format!("#{}", place.period);
        items.retain(|item| item.sort_key().is_ok_and(|key| key.ends_with(&behind)));
        Ok(items)
    }

    /// Writes for as many links as one transaction takes: how many of them are done then.
    fn put_links(
        &self,
        step: &mut Step,
        plan: &PlanId,
        place: LinkPlace<'_>,
        links: &[NewLink],
        kept: &[Item],
        (actor, at): (Actor<'_>, Timestamp),
    ) -> Result<usize, StoreError> {
        for (index, link) in links.iter().enumerate() {
            let record = Record::Link(LinkRecord {
                period: place.period.to_owned(),
                component: place.component.to_owned(),
                unit: link.unit.clone(),
                totals: link.totals.clone(),
            });
            let sort_key = place_of(&record)?;
            let body = Value::of(&record);
            let old = kept.iter().find(|item| item.sort_key().is_ok_and(|key| key == sort_key));
            let is_there =
                |old: &Item| Ok(sources(old)? == link.sources && old.json("body")?.sha256() == body.sha256());
            if old.map_or(Ok(false), is_there)? {
                continue;
            }
            if step.is_full(1) {
                return Ok(index);
            }
            let mut told = vec![
                ("unit".to_owned(), Value::text(&link.unit)),
                ("totals".to_owned(), body.get("totals").cloned().unwrap_or(Value::Null)),
                ("editions".to_owned(), editions(&link.sources)),
            ];
            if let Some(old) = old {
                told.push(("was".to_owned(), in_chain(&old.json("body")?)));
                told.extend(
                    old.optional_text("evidence")?.map(|words| ("evidence_was".to_owned(), Value::Text(words))),
                );
            }
            step.tell(Value::Object(told));
            let at_key = Key::new(keys::record_partition(plan), sort_key);
            let beside = Beside { evidence: Some(link.evidence.clone()), ..Beside::default() };
            let item = given(at_key, &body, &beside, actor, at, false);
            step.writes.push(Write::put(with_sources(item, &link.sources)));
        }
        Ok(links.len())
    }

    /// Strikes out what came from these sources and comes from them no more.
    fn strike_links(
        &self,
        step: &mut Step,
        plan: &PlanId,
        place: LinkPlace<'_>,
        links: &[NewLink],
        (from, kept): (&[(String, Option<String>)], &[Item]),
        (actor, at): (Actor<'_>, Timestamp),
    ) -> Result<(), StoreError> {
        let here: BTreeSet<&str> = links.iter().map(|link| link.unit.as_str()).collect();
        for item in kept {
            let sources = sources(item)?;
            let is_of = |source: &LinkSource| {
                from.iter().any(|(id, in_period)| *id == source.plan && *in_period == source.period)
            };
            let id = RecordId(item.sort_key()?.to_owned());
            let unit = id.0.split('#').nth(2).ok_or(StoreError::Corrupt)?;
            if here.contains(unit) || !sources.iter().any(is_of) {
                continue;
            }
            if step.is_full(2) {
                return Ok(());
            }
            let body = item.json("body")?;
            let told = [("unit", Value::text(unit)), ("was", in_chain(&body))];
            step.struck.push(Value::object(told));
            let reason = format!("links-from {} {}", place.component, place.period);
            let partition = keys::record_partition(plan);
            let struck = item.clone().moved_to(&Key::new(partition.as_str(), self.struck_key(&id)?));
            step.writes.push(Write::put(with_reason(struck, &reason, actor, at)));
            step.writes.push(Write::Delete(Key::new(partition, id.0), Some(Condition::present())));
        }
        Ok(())
    }

    /// All links that count, with where they came from.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for the plan.
    pub async fn kept_links(&self, plan: &PlanId) -> Result<Vec<KeptLink>, StoreError> {
        self.plan_head(plan).await?;
        let prefix = format!("{}#", RecordKind::Link.as_str());
        let items = self.database.query_all(Table::Main, &keys::record_partition(plan), &prefix).await?;
        let mut links = Vec::with_capacity(items.len());
        for item in &items {
            // What cannot be read is in the ledger, and keeps the result back there.
            if let Ok(Record::Link(link)) = read(RecordKind::Link, item)? {
                links.push(KeptLink { link, sources: sources(item)? });
            }
        }
        Ok(links)
    }
}

/// Which edition each total came from.
fn editions(sources: &[LinkSource]) -> Value {
    Value::List(sources.iter().map(|source| Value::Text(source.edition.to_string())).collect())
}
