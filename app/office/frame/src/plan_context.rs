//! The plan that is open, as the server last gave it.
//!
//! Refuses to own unsaved changes: those are the setup's draft, which lives as long as one stays in that area.

use frame::server::{Answer, Refusal};
use leptos::prelude::*;
use scoring::json::Value;
use wire::plan::{PlanAnswer, PlanState};

use crate::{asking, route::plan_href};

/// The open plan, which its pages share: a context. A handle: copies are the same.
#[derive(Clone, Copy)]
pub struct PlanContext {
    /// The plan as the server last gave it.
    pub answer: RwSignal<PlanAnswer>,
    /// Its revision, for the `If-Match` of a change.
    pub etag: StoredValue<Option<String>>,
}

impl PlanContext {
    pub(crate) fn new(answer: Answer<PlanAnswer>) -> PlanContext {
        PlanContext { answer: RwSignal::new(answer.body), etag: StoredValue::new(answer.etag) }
    }

    /// The plan's id.
    pub fn id(self) -> String {
        self.answer.read_untracked().id.clone()
    }

    /// Its state; following.
    pub fn state(self) -> PlanState {
        self.answer.read().state
    }

    /// The address of something of this plan in the API: `context.api("turnout")`.
    pub fn api(self, rest: &str) -> String {
        api(&self.answer.read_untracked().id, rest)
    }

    /// The address of a page of this plan: `context.href("setup/units")`.
    pub fn href(self, page: &str) -> String {
        plan_href(&self.answer.read_untracked().id, page)
    }

    /// Its title; following.
    pub fn title(self) -> String {
        title_of(&self.answer.read().plan)
    }

    /// Asks the server for it again.
    pub async fn reload(self) -> Result<(), Refusal> {
        let answer = asking::get::<PlanAnswer>(&self.api("")).await?;
        self.etag.try_set_value(answer.etag);
        self.answer.try_set(answer.body);
        Ok(())
    }
}

/// The address of something of a plan in the API.
pub(crate) fn api(plan: &str, rest: &str) -> String {
    let slash = if rest.is_empty() { "" } else { "/" };
    format!("/api/plans/{plan}{slash}{rest}")
}

/// The title that a plan document gives itself.
pub fn title_of(plan: &Value) -> String {
    plan.get("title").and_then(Value::as_str).unwrap_or_default().to_owned()
}
