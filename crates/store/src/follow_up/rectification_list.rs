//! The lists in which items of rectification are found, page by page: by number, by unit, by state, and the public ones.
//!
//! Owns where a list begins and ends among the rows, so that a page costs what it shows, however many items there are.
//! Refuses to own the items.

use std::collections::{BTreeMap, HashMap};

use wire::rectification::{Rectification, RectificationCounts, RectificationState};

use super::rectification::{BY_STATE, BY_UNIT, BY_UNIT_AND_STATE, Kept, NUMBERED, PUBLIC, key, numbered};
use crate::database::{Item, Range, Table, keys};
use crate::error::StoreError;
use crate::ids::{Cursor, Page, PlanId};
use crate::limits::MOST_DEADLINES;
use crate::store::Store;

/// Which items a list has.
#[derive(Debug, Clone, Copy, Default)]
pub struct RectificationList<'a> {
    /// Those of this unit, by id; `None`: of all.
    pub unit: Option<&'a str>,
    /// Those in this state today; `None`: in any.
    pub state: Option<RectificationState>,
}

/// A part of a list: rows that begin alike, from one sort key on and up to another.
struct Span {
    prefix: String,
    from: Option<String>,
    to: Option<String>,
}

impl Span {
    fn all(prefix: String) -> Span {
        Span { prefix, from: None, to: None }
    }
}

impl RectificationList<'_> {
    fn spans(&self, today: &str) -> Vec<Span> {
        let of_state = |state: RectificationState| match self.unit {
            Some(unit) => format!("{BY_UNIT_AND_STATE}{unit}#{}#", state.as_str()),
            None => format!("{BY_STATE}{}#", state.as_str()),
        };
        // A row of a day begins with it, so the day itself stands before all of its rows.
        let late = |state| {
            let prefix = of_state(state);
            Span { to: Some(format!("{prefix}{today}")), from: None, prefix }
        };
        let in_time = |state| {
            let prefix = of_state(state);
            Span { from: Some(format!("{prefix}{today}")), to: None, prefix }
        };
        match (self.state, self.unit) {
            (None, None) => vec![Span::all(NUMBERED.to_owned())],
            (None, Some(unit)) => vec![Span::all(format!("{BY_UNIT}{unit}#"))],
            (Some(RectificationState::Overdue), _) => {
                vec![late(RectificationState::Open), late(RectificationState::Returned)]
            }
            (Some(state @ (RectificationState::Open | RectificationState::Returned)), _) => vec![in_time(state)],
            (Some(state), _) => vec![Span::all(of_state(state))],
        }
    }
}

impl Store {
    /// A page of the items: those of a state by their last day, else by number, those struck out among them.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for the plan.
    pub async fn rectifications(
        &self,
        plan: &PlanId,
        list: RectificationList<'_>,
        limit: usize,
        after: Option<&Cursor>,
    ) -> Result<Page<Rectification>, StoreError> {
        self.plan_head(plan).await?;
        let today = self.today();
        let page = self.rows(plan, &list.spans(&today), limit, after).await?;
        let whole = list.state.is_none() && list.unit.is_none();
        let items = if whole { page.items } else { self.of_numbered_rows(plan, &page.items).await? };
        let items = items.into_iter().map(|item| Kept::read(item)?.on(&today));
        Ok(Page { items: items.collect::<Result<_, _>>()?, next: page.next })
    }

    /// A page of the items of which something is public, by number.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for the plan.
    pub async fn public_rectifications(
        &self,
        plan: &PlanId,
        limit: usize,
        after: Option<&Cursor>,
    ) -> Result<Page<Rectification>, StoreError> {
        self.plan_head(plan).await?;
        let today = self.today();
        let page = self.rows(plan, &[Span::all(PUBLIC.to_owned())], limit, after).await?;
        let items = self.of_numbered_rows(plan, &page.items).await?;
        let items = items.into_iter().map(|item| Kept::read(item)?.on(&today));
        Ok(Page { items: items.collect::<Result<_, _>>()?, next: page.next })
    }

    /// The last days of items that are open or returned, the earliest first, and how many end on each.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub(crate) async fn open_deadlines(&self, plan: &PlanId) -> Result<Vec<(String, u64)>, StoreError> {
        let partition = keys::rectification_partition(plan);
        let mut days: BTreeMap<String, u64> = BTreeMap::new();
        for state in [RectificationState::Open, RectificationState::Returned] {
            let prefix = format!("{BY_STATE}{}#", state.as_str());
            let range = Range { prefix: &prefix, limit: Some(MOST_DEADLINES), ..Range::default() };
            let (rows, _) = self.database.query(Table::Main, &partition, range).await?;
            for row in &rows {
                let day = row.sort_key()?.split('#').nth(2).ok_or(StoreError::Corrupt)?;
                *days.entry(day.to_owned()).or_default() += 1;
            }
        }
        Ok(days.into_iter().collect())
    }

    /// How many items are public.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn public_rectifications_counted(&self, plan: &PlanId) -> Result<u64, StoreError> {
        let rows = self.database.query_all(Table::Main, &keys::rectification_partition(plan), PUBLIC).await?;
        Ok(rows.len() as u64)
    }

    /// How many items of each unit are in each state today, by the unit's id, or of one unit; those struck out are in none. No
    /// item is read: rows without content say unit, state and last day, and 5,000 of them are half a megabyte, one answer of
    /// the database. Counters would not do: that an item is overdue follows from the day on which one asks.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for the plan.
    pub async fn rectifications_counted(
        &self,
        plan: &PlanId,
        unit: Option<&str>,
    ) -> Result<(String, BTreeMap<String, RectificationCounts>), StoreError> {
        self.plan_head(plan).await?;
        let today = self.today();
        let prefix = unit.map_or(BY_UNIT_AND_STATE.to_owned(), |unit| format!("{BY_UNIT_AND_STATE}{unit}#"));
        let rows = self.database.query_all(Table::Main, &keys::rectification_partition(plan), &prefix).await?;
        let mut units: BTreeMap<String, RectificationCounts> = BTreeMap::new();
        for row in &rows {
            let parts: Vec<&str> = row.sort_key()?.split('#').collect();
            let [_, unit, state, deadline, _] = parts[..] else { return Err(StoreError::Corrupt) };
            let state = RectificationState::ALL.into_iter().find(|known| known.as_str() == state);
            let state = state.ok_or(StoreError::Corrupt)?.on(&today, deadline);
            units.entry(unit.to_owned()).or_default().add(state);
        }
        Ok((today, units))
    }

    /// A page of rows out of the spans of a list, one span after the other.
    async fn rows(
        &self,
        plan: &PlanId,
        spans: &[Span],
        limit: usize,
        after: Option<&Cursor>,
    ) -> Result<Page<Item>, StoreError> {
        let partition = keys::rectification_partition(plan);
        let first = match after {
            None => 0,
            // A cursor of another list begins nowhere.
            Some(after) => match spans.iter().position(|span| after.0.starts_with(&span.prefix)) {
                Some(first) => first,
                None => return Ok(Page { items: Vec::new(), next: None }),
            },
        };
        let mut items = Vec::new();
        for (place, span) in spans.iter().enumerate().skip(first) {
            // A cursor that is a span's beginning says that its rows come next.
            let after = after.filter(|after| place == first && after.0 != span.prefix).map(|after| after.0.clone());
            let mut from = after.or_else(|| span.from.clone());
            loop {
                if items.len() >= limit {
                    return Ok(Page { items, next: Some(Cursor(from.unwrap_or_else(|| span.prefix.clone()))) });
                }
                let wanted = Some(limit - items.len());
                let range = Range { prefix: &span.prefix, after: from.as_deref(), limit: wanted, ..Range::default() };
                let (found, next) = self.database.query(Table::Main, &partition, range).await?;
                let mut ended = next.is_none();
                for row in found {
                    if span.to.as_deref().is_some_and(|to| row.sort_key().is_ok_and(|sort| sort >= to)) {
                        ended = true;
                        break;
                    }
                    items.push(row);
                }
                if ended {
                    break;
                }
                from = next;
            }
        }
        Ok(Page { items, next: None })
    }

    /// The items that rows stand for, in the rows' order: a row ends in the item's number.
    async fn of_numbered_rows(&self, plan: &PlanId, rows: &[Item]) -> Result<Vec<Item>, StoreError> {
        let number = |row: &Item| {
            row.sort_key()?.rsplit('#').next().and_then(|last| last.parse().ok()).ok_or(StoreError::Corrupt)
        };
        let numbers = rows.iter().map(number).collect::<Result<Vec<u64>, _>>()?;
        let keys: Vec<_> = numbers.iter().map(|number| key(plan, &numbered(*number))).collect();
        let mut found = HashMap::new();
        for item in self.database.get_many(Table::Main, &keys).await? {
            found.insert(item.number("item_number")?, item);
        }
        Ok(numbers.iter().filter_map(|number| found.remove(number)).collect())
    }
}
