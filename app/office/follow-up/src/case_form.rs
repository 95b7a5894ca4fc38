//! The outcomes that have no case, and the form that opens one: out of an outcome with one tap, or by hand.
//!
//! Refuses to own which outcomes ask for something: the office says.

use frame::{
    browser,
    error_summary::{ErrorSummary, Fault},
    words::{fill, t},
};
use leptos::{ev, prelude::*};
use office_frame::{
    asking, moment,
    names::{name_of, named},
};
use text::{cases as words, follow_up};
use wire::case::{CaseKept, CaseRequest, LONGEST_TEXT, ProposedCase};
use wire::day;

use crate::case_book::CaseBook;
use crate::choosing::{choice, is_open, key, line, lines, said};
use crate::days::DAY;
use crate::not_settled::is_not_settled;

/// Days that a case out of an outcome is given at first: a month.
const FIRST_DAYS: i64 = 30;

/// What is being written. A handle.
#[derive(Clone, Copy)]
pub(crate) struct CaseDraft {
    unit: RwSignal<String>,
    outcome: RwSignal<String>,
    due: RwSignal<String>,
    text: RwSignal<String>,
    /// Whether the form is unfolded.
    shown: RwSignal<bool>,
}

impl CaseDraft {
    pub(crate) fn new() -> CaseDraft {
        let text = || RwSignal::new(String::new());
        CaseDraft { unit: text(), outcome: text(), due: text(), text: text(), shown: RwSignal::new(false) }
    }

    /// Fills the form with an outcome, and shows it where the last day is looked at.
    fn begin(self, one: &ProposedCase, outcome: String) {
        self.unit.set(one.unit.clone());
        self.outcome.set(one.outcome.clone());
        self.due.set(day::of(moment::now() + FIRST_DAYS * DAY));
        self.text.set(outcome);
        self.shown.set(true);
        browser::focus_soon("case-due");
    }
}

/// The outcomes of the result that have no case.
#[component]
pub(crate) fn Proposed(book: CaseBook, draft: CaseDraft) -> impl IntoView {
    let plan = StoredValue::new(book.context.answer.get_untracked().plan);
    let retry = Callback::new(move |()| book.load());
    let row = move |one: ProposedCase| {
        let unit = plan.with_value(|plan| name_of(plan, "/units", &one.unit));
        let outcome = plan.with_value(|plan| name_of(plan, "/outcomes", &one.outcome));
        let (of_unit, of_outcome) = (unit.clone(), outcome.clone());
        let label = move || fill(words::OPEN_CASE_OF, &[&of_unit, &of_outcome]);
        let called = outcome.clone();
        view! {
            <li class="row">
                <strong><bdi>{unit}</bdi></strong>
                <bdi>{outcome}</bdi>
                <button type="button" class="small" aria-label=label on:click=move |_| draft.begin(&one, called.clone())>{t(words::OPEN_CASE)}</button>
            </li>
        }
        .into_any()
    };
    let told = move || match book.proposed.get() {
        None => view! { <p class="soft">{t(words::PROPOSED_LATER)}</p> }.into_any(),
        Some(Err(refusal)) if is_not_settled(&refusal) => {
            view! { <p class="soft">{t(words::PROPOSED_LATER)}</p> }.into_any()
        }
        Some(Err(refusal)) => asking::refused(refusal, retry),
        Some(Ok(proposed)) if proposed.is_empty() => view! { <p class="soft">{t(words::PROPOSED_NONE)}</p> }.into_any(),
        Some(Ok(proposed)) => {
            let rows: Vec<AnyView> = proposed.into_iter().map(row).collect();
            view! { <p>{t(words::PROPOSED_WHAT)}</p><ul class="plain stack tight">{rows}</ul> }.into_any()
        }
    };
    view! {
        <section class="panel stack" aria-labelledby="cases-proposed">
            <h2 id="cases-proposed">{t(words::PROPOSED)}</h2>
            {told}
        </section>
    }
}

/// The form, folded until it is wanted.
#[component]
pub(crate) fn CaseForm(book: CaseBook, draft: CaseDraft) -> impl IntoView {
    let plan = book.context.answer.get_untracked().plan;
    let CaseDraft { unit, outcome, due, text, shown } = draft;
    let request_key = StoredValue::new(key());
    let faults = RwSignal::new(Vec::<Fault>::new());
    let (busy, done) = (RwSignal::new(false), RwSignal::new(false));
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        done.set(false);
        let request = CaseRequest {
            key: request_key.get_value(),
            unit: said(unit),
            outcome: said(outcome),
            due: said(due),
            text: said(text),
        };
        let wrong = [
            request.unit.is_empty().then(|| Fault::at("case-unit", follow_up::FILL)),
            request.outcome.is_empty().then(|| Fault::at("case-outcome", follow_up::FILL)),
            (!day::is_day(&request.due)).then(|| Fault::at("case-due", words::DUE_BAD)),
        ];
        let wrong: Vec<Fault> = wrong.into_iter().flatten().collect();
        let is_clean = wrong.is_empty();
        faults.set(wrong);
        if !is_clean {
            return;
        }
        asking::run(busy, async move {
            match asking::post::<CaseKept>(&book.context.api("cases"), &request).await {
                Ok(_) => {
                    request_key.try_set_value(key());
                    for field in [unit, outcome, due, text] {
                        field.try_set(String::new());
                    }
                    done.try_set(true);
                    book.load();
                }
                Err(refusal) => {
                    faults.try_set(vec![Fault::at("case-text", refusal.phrase())]);
                }
            }
        });
    };
    view! {
        <ErrorSummary faults />
        <details prop:open=shown on:toggle=move |event| shown.set(is_open(&event))>
            <summary>{t(words::NEW_CASE)}</summary>
            <form class="panel stack record-form" novalidate on:submit=submit>
                {choice("case-unit", follow_up::UNIT, follow_up::CHOOSE, named(&plan, "/units"), unit, faults)}
                {choice("case-outcome", words::OUTCOME, follow_up::CHOOSE, named(&plan, "/outcomes"), outcome, faults)}
                {line("case-due", words::DUE, "date", 10, due, faults)}
                {lines("case-text", words::TEXT, LONGEST_TEXT, text, faults)}
                <p class="row">
                    <button type="submit" class="primary" aria-disabled=move || busy.get().to_string()>{t(words::SAVE)}</button>
                    <span role="status">{move || done.get().then(|| view! { <span class="note good">{t(words::SAVED)}</span> })}</span>
                </p>
            </form>
        </details>
    }
}
