//! The books of the box: how many codes of each group were issued, made void, used and exchanged, how many tokens were
//! spent, and whether the running counters agree with the count.
//!
//! Owns their reading when the gates are shut, and their keeping in `main`, because the box has no backup. Read again they
//! are only where something differed. Refuses to own what follows from a difference (`plan::reconciliation`).

use std::collections::BTreeMap;

use scoring::plan_document::BallotKind;
use wire::reconciliation::{Difference, DifferenceKind, GroupBooks, Reconciliation};

use super::batch::VOIDED;
use super::code_paper::PeriodGroup;
use super::open_group::ON_DEMAND;
use super::tally::Tally;
use crate::audit::event;
use crate::database::{Item, Table, Write, keys};
use crate::error::StoreError;
use crate::ids::PlanId;
use crate::plan::frozen_plan::FrozenPlan;
use crate::plan::head::PlanHead;
use crate::store::Store;

/// What the codes of a group in a period say.
#[derive(Debug, Default, Clone, Copy)]
struct Codes {
    /// Issued by the office.
    issued: u64,
    /// Issued on demand.
    on_demand: u64,
    voided: u64,
    used: u64,
    exchanged: u64,
    unused: u64,
}

impl Codes {
    fn add(&mut self, code: &Item) {
        let of = if code.has(ON_DEMAND) { &mut self.on_demand } else { &mut self.issued };
        *of += 1;
        let of = if code.has("used") {
            &mut self.used
        } else if code.has("exchanged") {
            &mut self.exchanged
        } else if code.has(VOIDED) {
            &mut self.voided
        } else {
            &mut self.unused
        };
        *of += 1;
    }
}

/// The period and the group that an item of the box names.
pub(crate) fn place_of(item: &Item) -> Result<PeriodGroup, StoreError> {
    Ok((item.text("term")?.to_owned(), item.text("voters")?.to_owned()))
}

impl Store {
    /// The books as they were kept at closing; where something differed then, or nothing was kept, as they are now.
    pub(crate) async fn books(
        &self,
        head: &PlanHead,
        frozen: &FrozenPlan,
        count: &Tally,
    ) -> Result<Reconciliation, StoreError> {
        let mut kept = Reconciliation { groups: Vec::new(), differences: Vec::new(), accepted: None };
        for period in &frozen.layout.periods {
            let Some(item) = self.database.get(Table::Main, &keys::books(&head.id, period)).await? else { continue };
            let of_period = Reconciliation::read(&item.json("body")?).map_err(|_| StoreError::Corrupt)?;
            kept.groups.extend(of_period.groups);
            kept.differences.extend(of_period.differences);
        }
        let rows = frozen.layout.periods.len() * frozen.layout.groups.len();
        let holds = kept.groups.len() == rows
            && kept.differences.is_empty()
            && kept.groups.iter().all(|books| books.differences().is_empty());
        if holds { Ok(kept) } else { self.put_books(frozen, head.shards, count).await }
    }

    /// Reads the books of a box whose gates are shut, and keeps them: an item for each period.
    pub(crate) async fn put_books(
        &self,
        frozen: &FrozenPlan,
        shards: u64,
        count: &Tally,
    ) -> Result<Reconciliation, StoreError> {
        let running = self.running_tally(frozen, shards).await?;
        let mut codes = self.codes_by_group(&frozen.id).await?;
        let issued = self.issued_by_group(&frozen.id).await?;
        let announced = self.announced_codes(&frozen.id).await?;
        let spent = self.spent_in_box(&frozen.id).await?;
        self.keep_spent(frozen, &spent).await?;
        let mut unplaced = spent.unplaced;
        let mut all = Reconciliation { groups: Vec::new(), differences: Vec::new(), accepted: None };
        for period in &frozen.layout.periods {
            let mut of_period = Reconciliation { groups: Vec::new(), differences: Vec::new(), accepted: None };
            for group in &frozen.layout.groups {
                let place = (period.clone(), group.group.clone());
                let found = codes.remove(&place).unwrap_or_default();
                let noted = issued.get(&place).copied().unwrap_or(0);
                // A call that broke off after its codes has not noted them; what it would do was written before.
                let said = announced.get(&place).copied().unwrap_or(0);
                let noted = if noted < found.issued && found.issued <= said { found.issued } else { noted };
                let kind = frozen.plan.group(group.place).ballot;
                // A code on demand is counted in its hour before it is issued, so there may be fewer.
                let on_demand = if kind == BallotKind::Open {
                    let hours = self.issued_hours(&frozen.id, period, &group.group).await?;
                    found.on_demand.min(hours.iter().map(|hour| hour.issued).sum())
                } else {
                    0
                };
                let counts = count.of(period, &group.group).ok_or(StoreError::Corrupt)?;
                let mut tokens = spent.number_of(&place);
                // Tokens spent before they said where: as many as this group lacks.
                let lacks = counts.ballots.saturating_sub(found.used + tokens).min(unplaced);
                if kind == BallotKind::Blind {
                    tokens += lacks;
                    unplaced -= lacks;
                }
                let books = GroupBooks {
                    period: place.0,
                    group: place.1,
                    issued: noted + on_demand,
                    voided: found.voided,
                    used: Some(found.used),
                    exchanged: Some(found.exchanged),
                    unused: Some(found.unused),
                    tokens: Some(tokens),
                    ballots: Some(counts.ballots),
                    paper: Vec::new(),
                };
                let counters = running.of(period, &group.group).ok_or(StoreError::Corrupt)?;
                if counters != counts {
                    let kind = DifferenceKind::Counters;
                    of_period.differences.push(Difference::of(&books, kind, counters.ballots, counts.ballots));
                }
                of_period.groups.push(books);
            }
            let item = Item::at(keys::books(&frozen.id, period))
                .with_text("plan_sha256", frozen.sha256.as_str())
                .with_json("body", &scoring::json::Value::of(&of_period));
            self.database.write(Table::Main, Write::put(item), &self.pause).await?;
            all.groups.extend(of_period.groups);
            all.differences.extend(of_period.differences);
        }
        Ok(all)
    }

    async fn codes_by_group(&self, plan: &PlanId) -> Result<BTreeMap<PeriodGroup, Codes>, StoreError> {
        let partitions = keys::SPREAD.iter().map(|digit| keys::code_partition(plan, digit)).collect();
        let mut codes: BTreeMap<PeriodGroup, Codes> = BTreeMap::new();
        let mut add = |item: &Item| {
            codes.entry(place_of(item)?).or_default().add(item);
            Ok(())
        };
        self.database.each_item(Table::Box, partitions, &mut add).await?;
        Ok(codes)
    }

    async fn issued_by_group(&self, plan: &PlanId) -> Result<BTreeMap<PeriodGroup, u64>, StoreError> {
        let mut issued = BTreeMap::new();
        for item in self.database.query_all(Table::Main, &keys::issued_partition(plan), "").await? {
            let (period, group) = item.sort_key()?.split_once('#').ok_or(StoreError::Corrupt)?;
            issued.insert((period.to_owned(), group.to_owned()), item.number("issued")?);
        }
        Ok(issued)
    }

    /// How many codes the audit chain says were to be issued, a call that was repeated counted once.
    async fn announced_codes(&self, plan: &PlanId) -> Result<BTreeMap<PeriodGroup, u64>, StoreError> {
        let mut calls: BTreeMap<(PeriodGroup, String), u64> = BTreeMap::new();
        for item in self.database.query_all(Table::Main, &keys::audit_partition(plan.as_str()), "").await? {
            let event = event::read(&item)?;
            if event.action != "codes_added" {
                continue;
            }
            let text =
                |name: &str| event.detail.get(name).and_then(|value| value.as_str()).unwrap_or_default().to_owned();
            let count = text("count").parse().map_err(|_| StoreError::Corrupt)?;
            calls.insert(((text("period"), text("group")), text("sha256")), count);
        }
        let mut announced = BTreeMap::new();
        for ((place, _), count) in calls {
            *announced.entry(place).or_insert(0) += count;
        }
        Ok(announced)
    }
}
