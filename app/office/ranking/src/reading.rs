//! A plan's appraisal, read now and again while votes come in.

use frame::words::Phrase;
use leptos::prelude::*;
use office_frame::limits::AGAIN_AFTER;
use office_scores::appraisal::{self, Appraisal, NoAppraisal};
use wire::plan::PlanState;

/// A plan's appraisal, read now and again while votes come in.
#[derive(Clone, Copy)]
pub struct Reading {
    /// The last reading; none yet, or none possible.
    pub last: RwSignal<Option<Result<Appraisal, NoAppraisal>>>,
    /// Why the reading after it failed.
    pub stale: RwSignal<Option<Phrase>>,
    pub busy: RwSignal<bool>,
    plan: StoredValue<String>,
}

impl Reading {
    /// Starts reading; reads again every few seconds as long as the page lives.
    pub fn start(plan: String) -> Reading {
        let reading = Reading {
            last: RwSignal::new(None),
            stale: RwSignal::new(None),
            busy: RwSignal::new(false),
            plan: StoredValue::new(plan),
        };
        reading.again();
        let ticking = set_interval_with_handle(
            move || {
                let moving = [PlanState::Open, PlanState::Closing, PlanState::Closed];
                let open = |appraisal: &Appraisal| moving.contains(&appraisal.state);
                let wanted = reading.last.with_untracked(|last| match last {
                    Some(Ok(appraisal)) => open(appraisal),
                    Some(Err(NoAppraisal::Refused(refusal))) => refusal.passes(),
                    _ => false,
                });
                if wanted && !document().hidden() {
                    reading.again();
                }
            },
            AGAIN_AFTER,
        );
        if let Ok(ticking) = ticking {
            on_cleanup(move || ticking.clear());
        }
        reading
    }

    /// Reads once more, unless a reading is under way.
    pub fn again(self) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        leptos::task::spawn_local(async move {
            let before = self.last.get_untracked();
            let next = appraisal::read(&self.plan.get_value()).await;
            match (before, next) {
                // What was read stays on the page; a person can still work with it.
                (Some(Ok(_)), Err(NoAppraisal::Refused(refusal))) => {
                    self.stale.try_set(Some(refusal.phrase()));
                }
                (_, next) => {
                    self.stale.try_set(None);
                    self.last.try_set(Some(next));
                }
            }
            self.busy.try_set(false);
        });
    }
}
