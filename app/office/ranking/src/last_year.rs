//! Last year beside this one: each unit's rank and score there, and what of it is still running.
//!
//! Owns which plan is last year's: the one that this plan was copied from, or the one that is chosen. Refuses to own which
//! unit is which (the server).

use frame::server::Refusal;
use frame::words::{fill, joined, t};
use leptos::{prelude::*, task::spawn_local};
use office_frame::{asking, plan_context::PlanContext};
use scoring::json::Value;
use text::office_series as words;
use wire::{
    comparison::{ComparedUnit, Comparison, Standing},
    ledger::AuditPage,
    plan::{PlanList, PlanState, PlanSummary},
};

/// Last year, as far as it is known. A handle: copies are the same.
#[derive(Clone, Copy)]
pub(crate) struct LastYear {
    context: PlanContext,
    /// Plans that can stand beside this one.
    plans: RwSignal<Vec<PlanSummary>>,
    /// The id of the one that does; empty for none.
    with: RwSignal<String>,
    told: RwSignal<Option<Comparison>>,
    failed: RwSignal<Option<Refusal>>,
}

/// A unit last year.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Was {
    pub(crate) standing: Standing,
    /// Whether its ranks then and now are of one category.
    is_same_category: bool,
    /// Its sanctions that are still running.
    pub(crate) running: Vec<String>,
}

impl LastYear {
    /// Asks which plan it is, and for it. Of a draft there is nothing to stand beside.
    pub(crate) fn start(context: PlanContext) -> LastYear {
        let last = LastYear {
            context,
            plans: RwSignal::new(Vec::new()),
            with: RwSignal::new(String::new()),
            told: RwSignal::new(None),
            failed: RwSignal::new(None),
        };
        if context.answer.read_untracked().state == PlanState::Draft {
            return last;
        }
        spawn_local(async move {
            let Ok(plans) = asking::all::<PlanList>("/api/plans").await else { return };
            let own = context.id();
            let done = |plan: &PlanSummary| matches!(plan.state, PlanState::Published | PlanState::Closed);
            let plans: Vec<PlanSummary> = plans.into_iter().filter(|plan| done(plan) && plan.id != own).collect();
            let from = copied_from(context).await.filter(|from| plans.iter().any(|plan| plan.id == *from));
            last.plans.try_set(plans);
            if let Some(from) = from {
                last.choose(from);
            }
        });
        last
    }

    /// Puts a plan beside this one, or none.
    fn choose(self, with: String) {
        self.failed.try_set(None);
        self.told.try_set(None);
        self.with.try_set(with.clone());
        if with.is_empty() {
            return;
        }
        let path = self.context.api(&format!("compare?with={with}"));
        spawn_local(async move {
            let answer = asking::get::<Comparison>(&path).await;
            // Another one may have been chosen meanwhile.
            if self.with.try_get_untracked() != Some(with) {
                return;
            }
            match answer {
                Ok(told) => {
                    self.told.try_set(Some(told.body));
                }
                Err(refusal) => {
                    self.failed.try_set(Some(refusal));
                }
            }
        });
    }

    /// Whether a plan stands beside this one; following.
    pub(crate) fn is_here(self) -> bool {
        self.told.read().is_some()
    }

    /// A unit of this plan last year; following. `None` where the other plan does not have it.
    pub(crate) fn of(self, unit: &str) -> Option<Was> {
        self.told.with(|told| {
            let told = told.as_ref()?;
            let ComparedUnit { was, up, .. } = told.units.iter().find(|one| one.now.unit == unit)?;
            let standing = was.clone()?;
            let running = told.running.iter().flatten().filter(|case| case.unit == standing.unit);
            let running = running.map(|case| joined([&case.text, &case.due], " ")).collect();
            Some(Was { standing, is_same_category: up.is_some(), running })
        })
    }

    /// What the other plan is called; following.
    fn title(self) -> String {
        self.told.with(|told| told.as_ref().map(|told| told.with.title.clone()).unwrap_or_default())
    }

    /// Choosing the plan, below the table.
    pub(crate) fn chooser(self) -> AnyView {
        let option = move |plan: PlanSummary| {
            let id = plan.id.clone();
            view! { <option value=plan.id selected=move || *self.with.read() == id>{plan.title}</option> }
        };
        let any = Memo::new(move |_| !self.plans.read().is_empty());
        let choice = move || {
            any.get().then(|| {
                view! {
                    <p class="row no-print">
                        <label for="last-year">{t(words::LAST_YEAR_PLAN)}</label>
                        <select id="last-year" on:change=move |event| self.choose(event_target_value(&event))>
                            <option value="">{t(words::NOT_BESIDE)}</option>
                            {move || self.plans.get().into_iter().map(option).collect_view()}
                        </select>
                    </p>
                }
            })
        };
        let failed = move || {
            self.failed.get().map(|refusal| {
                view! { <p class="note warn" role="status">{move || refusal.phrase().say()}</p> }
            })
        };
        view! { {choice}{failed} }.into_any()
    }

    /// A unit last year, on the page of its score.
    pub(crate) fn of_unit(self, unit: String) -> AnyView {
        let said = move || {
            self.is_here().then(|| match self.of(&unit) {
                None => view! { <p class="soft">{fill(words::NOT_THERE, &[&self.title()])}</p> }.into_any(),
                Some(Was { standing, running, .. }) => {
                    let follows = standing.grade.into_iter().chain(standing.outcomes);
                    let was = fill(words::WAS, &[&self.title(), &standing.rank, &standing.published]);
                    let was = joined([was].into_iter().chain(follows), " · ");
                    let running = joined(running, "；");
                    let running = (!running.is_empty()).then(|| {
                        view! { <p class="note warn">{fill(words::RUNNING, &[&running])}</p> }
                    });
                    view! { <p>{was}</p>{running} }.into_any()
                }
            })
        };
        view! { <div class="stack tight" id="was">{said}</div> }.into_any()
    }
}

impl Was {
    /// How many places it went up to a rank of now; `None` where ranks are of two categories.
    pub(crate) fn up(&self, rank: u32) -> Option<i64> {
        let was = i64::try_from(self.standing.rank).ok()?;
        self.is_same_category.then_some(was - i64::from(rank))
    }
}

/// How a unit moved: as a sign for the eye, and in words.
pub(crate) fn moved(up: i64) -> (String, String) {
    match up {
        0 => ("—".to_owned(), t(words::SAME)().to_owned()),
        up if up > 0 => (format!("▲{up}"), fill(words::UP_BY, &[&up])),
        down => (format!("▼{}", -down), fill(words::DOWN_BY, &[&-down])),
    }
}

/// The plan that this one was made of, as the first event of its audit trail says.
async fn copied_from(context: PlanContext) -> Option<String> {
    let page = asking::get::<AuditPage>(&context.api("audit?limit=1")).await.ok()?.body;
    let first = page.events.into_iter().next()?;
    first.detail.get("from").and_then(Value::as_str).map(str::to_owned)
}
