//! The lists in which findings are found, page by page: by day, by unit, by month.
//!
//! Owns where a list begins and ends among the rows, so that a page costs what it shows, however many findings there are.
//! Refuses to own the findings.

use std::collections::HashMap;

use scoring::names::is_left_to;
use wire::finding::Finding;

use super::finding::{BY_DAY, BY_UNIT, FindingId, key, read};
use crate::database::{Item, Key, Table, keys};
use crate::error::StoreError;
use crate::ids::{Cursor, Page, PlanId};
use crate::records::record::is_pending;
use crate::records::record_id::RecordId;
use crate::store::Store;

/// Which findings a list has.
#[derive(Debug, Clone, Copy, Default)]
pub struct FindingList<'a> {
    /// Those of this unit, by id; `None`: of all.
    pub unit: Option<&'a str>,
    /// Those of this month, such as `2018-10`; `None`: of all.
    pub month: Option<&'a str>,
    /// Those that accounts of this office noted; `None`: all.
    pub office: Option<&'a str>,
}

impl Store {
    /// A page of the findings, the newest day first, those struck out among them. With an office it may be shorter.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for the plan.
    pub async fn findings(
        &self,
        plan: &PlanId,
        list: FindingList<'_>,
        limit: usize,
        after: Option<&Cursor>,
    ) -> Result<Page<Finding>, StoreError> {
        self.plan_head(plan).await?;
        let partition = keys::finding_partition(plan);
        let month = list.month.unwrap_or_default();
        let page = match list.unit {
            None => self.page(&partition, &format!("{BY_DAY}{month}"), limit, after, true).await?,
            Some(unit) => {
                let rows = self.page(&partition, &format!("{BY_UNIT}{unit}#{month}"), limit, after, true).await?;
                Page { items: self.of_rows(plan, unit, &rows.items).await?, next: rows.next }
            }
        };
        let mut items = self.with_incidents(plan, &page.items).await?;
        items.retain(|finding| list.office.is_none_or(|office| is_left_to(finding.office.as_deref(), office)));
        Ok(Page { items, next: page.next })
    }

    /// The findings that rows of a unit stand for, in the rows' order.
    async fn of_rows(&self, plan: &PlanId, unit: &str, rows: &[Item]) -> Result<Vec<Item>, StoreError> {
        let behind = format!("{BY_UNIT}{unit}#");
        let sort = |row: &Item| {
            let rest = row.sort_key()?.strip_prefix(&behind).ok_or(StoreError::Corrupt)?;
            Ok(format!("{BY_DAY}{rest}"))
        };
        let sorts = rows.iter().map(sort).collect::<Result<Vec<_>, StoreError>>()?;
        self.in_order(plan, &sorts).await
    }

    /// Which findings a month has, those struck out among them: the unit and the id of each, by units' ids and day by day. Rows
    /// without content are read, 1 MB for ten thousand, so that an export can go through a month unit by unit.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for the plan.
    pub async fn finding_places(&self, plan: &PlanId, month: &str) -> Result<Vec<(String, FindingId)>, StoreError> {
        self.plan_head(plan).await?;
        let rows = self.database.query_all(Table::Main, &keys::finding_partition(plan), BY_UNIT).await?;
        let place = |row: &Item| {
            let parts: Vec<&str> = row.sort_key()?.split('#').collect();
            let [_, unit, day, key] = parts[..] else { return Err(StoreError::Corrupt) };
            Ok((unit.to_owned(), FindingId { day: day.to_owned(), key: key.to_owned() }))
        };
        let mut places = rows.iter().map(place).collect::<Result<Vec<_>, _>>()?;
        places.retain(|(_, id)| id.day.starts_with(month));
        Ok(places)
    }

    /// Findings by their ids, in this order; those that were struck out, or that there are not, are left out.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn findings_named(&self, plan: &PlanId, ids: &[FindingId]) -> Result<Vec<Finding>, StoreError> {
        let sorts: Vec<String> = ids.iter().map(FindingId::sort_key).collect();
        let items = self.in_order(plan, &sorts).await?;
        let mut findings = self.with_incidents(plan, &items).await?;
        findings.retain(|finding| finding.struck.is_none());
        Ok(findings)
    }

    /// The findings that stand under sort keys, in the keys' order.
    async fn in_order(&self, plan: &PlanId, sorts: &[String]) -> Result<Vec<Item>, StoreError> {
        let keys: Vec<Key> = sorts.iter().map(|sort| key(plan, sort)).collect();
        let found = self.database.get_many(Table::Main, &keys).await?;
        let mut found = found
            .into_iter()
            .map(|item| Ok((item.sort_key()?.to_owned(), item)))
            .collect::<Result<HashMap<_, _>, StoreError>>()?;
        Ok(sorts.iter().filter_map(|sort| found.remove(sort)).collect())
    }

    /// The findings of a month that stand, day by day.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for the plan.
    pub async fn findings_of_month(&self, plan: &PlanId, month: &str) -> Result<Vec<Finding>, StoreError> {
        self.plan_head(plan).await?;
        let prefix = format!("{BY_DAY}{month}");
        let items = self.database.query_all(Table::Main, &keys::finding_partition(plan), &prefix).await?;
        let mut findings = self.with_incidents(plan, &items).await?;
        findings.retain(|finding| finding.struck.is_none());
        Ok(findings)
    }

    /// Findings with what has become of their incidents: one that was struck out or rejected in the ledger costs nothing any
    /// more, one that waits for a second person costs nothing yet.
    pub(super) async fn with_incidents(&self, plan: &PlanId, items: &[Item]) -> Result<Vec<Finding>, StoreError> {
        let partition = keys::record_partition(plan);
        let mut findings = items.iter().map(read).collect::<Result<Vec<_>, _>>()?;
        let of = |finding: &Finding| finding.incident.as_deref().and_then(RecordId::parse);
        let incidents: Vec<Key> = findings.iter().filter_map(of).map(|id| Key::new(partition.as_str(), id.0)).collect();
        let mut pending = HashMap::new();
        for item in self.database.get_many(Table::Main, &incidents).await? {
            pending.insert(RecordId(item.sort_key()?.to_owned()), is_pending(&item)?);
        }
        for finding in findings.iter_mut().filter(|finding| finding.struck.is_none()) {
            match of(finding).and_then(|id| pending.get(&id)) {
                Some(waits) => finding.pending = *waits,
                None => finding.incident = None,
            }
        }
        Ok(findings)
    }
}
