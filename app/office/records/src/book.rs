//! A plan whose records are kept here.

use std::sync::Arc;

use leptos::prelude::*;
use office_frame::plan_context::PlanContext;
use scoring::Plan;

/// A plan whose records are kept here. A handle: copies are the same.
#[derive(Clone, Copy)]
pub struct Book {
    pub context: PlanContext,
    pub plan: StoredValue<Arc<Plan>>,
    pub me: StoredValue<String>,
    /// Whether whoever is signed in may record.
    pub may: bool,
}

impl Book {
    pub fn plan(self) -> Arc<Plan> {
        self.plan.get_value()
    }

    /// The name of whoever is signed in.
    pub fn me(self) -> String {
        self.me.try_get_value().unwrap_or_default()
    }
}
