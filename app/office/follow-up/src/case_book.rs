//! The cases of a plan, all of them, and the outcomes that have none.
//!
//! Refuses to own how they are shown.

use frame::server::Refusal;
use leptos::{prelude::*, task::spawn_local};
use office_frame::{asking, plan_context::PlanContext};
use wire::case::{Case, Cases, ProposedCase, ProposedCases};
use wire::plan::PlanState;

/// All cases of a plan by number; `path` is the address of its list.
pub(crate) async fn all_cases(path: &str) -> Result<Vec<Case>, Refusal> {
    asking::all::<Cases>(path).await
}

/// Whether something is still to be done.
pub(crate) fn is_running(case: &Case) -> bool {
    case.done.is_none() && case.struck.is_none()
}

/// What is known of a plan's cases. A handle.
#[derive(Clone, Copy)]
pub(crate) struct CaseBook {
    pub(crate) context: PlanContext,
    /// The cases, once they are here.
    pub(crate) cases: RwSignal<Option<Vec<Case>>>,
    /// Outcomes without a case; none of a plan whose vote goes on.
    pub(crate) proposed: RwSignal<Option<Result<Vec<ProposedCase>, Refusal>>>,
    /// Why the cases are not here.
    pub(crate) failed: RwSignal<Option<Refusal>>,
}

impl CaseBook {
    pub(crate) fn new(context: PlanContext) -> CaseBook {
        CaseBook { context, cases: RwSignal::new(None), proposed: RwSignal::new(None), failed: RwSignal::new(None) }
    }

    /// Asks for all of it again.
    pub(crate) fn load(self) {
        let state = self.context.answer.read_untracked().state;
        let is_over = matches!(state, PlanState::Closed | PlanState::Published);
        let (to_cases, to_proposed) = (self.context.api("cases"), self.context.api("cases/proposed"));
        spawn_local(async move {
            match all_cases(&to_cases).await {
                Ok(cases) => {
                    self.failed.try_set(None);
                    self.cases.try_set(Some(cases));
                }
                Err(refusal) => {
                    self.failed.try_set(Some(refusal));
                }
            }
            if is_over {
                let answer = asking::get::<ProposedCases>(&to_proposed).await;
                self.proposed.try_set(Some(answer.map(|answer| answer.body.proposed)));
            }
        });
    }
}

/// A case, for tests.
#[cfg(test)]
pub(crate) fn case(number: u64, unit: &str, due: &str, is_done: bool) -> Case {
    let done = wire::case::CaseDone { text: "已谈话".to_owned(), by: "wang".to_owned(), at: 0 };
    Case {
        number,
        unit: unit.to_owned(),
        outcome: "last".to_owned(),
        due: due.to_owned(),
        text: "约谈".to_owned(),
        done: is_done.then_some(done),
        overdue: false,
        by: "wang".to_owned(),
        at: 0,
        struck: None,
    }
}
