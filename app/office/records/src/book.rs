//! A plan whose records are kept here.

use std::sync::Arc;

use leptos::prelude::*;
use office_frame::plan_context::PlanContext;
use scoring::{Plan, names::is_left_to};

/// A plan whose records are kept here. A handle: copies are the same.
#[derive(Clone, Copy)]
pub struct Book {
    pub context: PlanContext,
    pub plan: StoredValue<Arc<Plan>>,
    pub me: StoredValue<String>,
    /// Whether whoever is signed in may record.
    pub may: bool,
    /// The one office that they enter for; `None`: for all.
    pub office: StoredValue<Option<String>>,
}

impl Book {
    pub fn plan(self) -> Arc<Plan> {
        self.plan.get_value()
    }

    /// Whether what the plan leaves to an office is theirs to enter.
    pub fn is_own(self, office: Option<&str>) -> bool {
        self.office.with_value(|own| own.as_deref().is_none_or(|own| is_left_to(office, own)))
    }

    /// Whether they enter for all offices, so that draws, verdicts, earlier years and paper ballots are theirs, too.
    pub fn of_all_offices(self) -> bool {
        self.office.with_value(Option::is_none)
    }

    /// The name of whoever is signed in.
    pub fn me(self) -> String {
        self.me.try_get_value().unwrap_or_default()
    }
}
