//! How the ranking is looked at: which category, in which order, which units.

use leptos::prelude::*;
use scoring::{CategoryIndex, Plan};

use crate::figures::Order;
use crate::last_year::LastYear;

/// How the ranking is looked at. A handle: copies are the same.
#[derive(Clone, Copy)]
pub(super) struct View {
    /// The id of the category; none chosen yet is the first that has units.
    pub(super) category: RwSignal<Option<String>>,
    /// What it is ordered by, and whether backwards.
    pub(super) order: RwSignal<(Order, bool)>,
    /// What the names of the units hold.
    pub(super) find: RwSignal<String>,
    /// Only units that lack a figure.
    pub(super) only_missing: RwSignal<bool>,
    /// The id of the one period that is scored; none chosen are all of them.
    pub(super) period: RwSignal<Option<String>>,
    /// What stands beside it.
    pub(super) last_year: LastYear,
}

impl View {
    pub(super) fn new(last_year: LastYear) -> View {
        View {
            category: RwSignal::new(None),
            order: RwSignal::new((Order::Rank, false)),
            find: RwSignal::new(String::new()),
            only_missing: RwSignal::new(false),
            period: RwSignal::new(None),
            last_year,
        }
    }

    /// What stands beside it; following. Nothing beside a period alone: last year's ranks are those of the year.
    pub(super) fn beside(self) -> Option<LastYear> {
        (self.period.read().is_none() && self.last_year.is_here()).then_some(self.last_year)
    }

    /// The category that is shown; following.
    pub(super) fn category_of(self, plan: &Plan) -> Option<CategoryIndex> {
        let chosen = self.category.get();
        let mut filled = plan.category_indices().filter(|category| !plan.units_of(*category).is_empty());
        let wanted = filled.clone().find(|category| chosen.as_ref() == Some(&plan.category(*category).id));
        wanted.or_else(|| filled.next())
    }
}
