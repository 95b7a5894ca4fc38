//! The page of cases: what is near first, then what runs from last year, outcomes without a case, the form, the list.
//!
//! Owns this order. Refuses to own which outcomes ask for something, and what is late.

use frame::words::t;
use leptos::prelude::*;
use office_frame::{Office, asking, plan_context::PlanContext};
use text::cases as words;
use wire::plan::PlanState;
use wire::staff::Role;

use crate::beside::beside;
use crate::case_book::CaseBook;
use crate::case_form::{CaseDraft, CaseForm, Proposed};
use crate::case_list::CaseList;
use crate::case_near::Near;
use crate::cases_last_year::LastYear;

/// The page.
#[component]
pub(crate) fn CasesPage() -> impl IntoView {
    let context = expect_context::<PlanContext>();
    let office = expect_context::<Office>();
    office.title(words::TITLE);
    let may = office.is(Role::Office) && office.kept_to().is_none();
    let (book, draft) = (CaseBook::new(context), CaseDraft::new());
    book.load();
    let retry = Callback::new(move |()| book.load());
    let is_draft = context.answer.read_untracked().state == PlanState::Draft;
    let making = match (may, is_draft) {
        (false, _) => ().into_any(),
        (true, true) => view! { <p class="note">{t(words::DRAFT)}</p> }.into_any(),
        (true, false) => view! { <Proposed book draft /><CaseForm book draft /> }.into_any(),
    };
    view! {
        <h1 id="title" tabindex="-1">{t(words::TITLE)}</h1>
        {beside(context, office, "cases")}
        <p>{t(words::WHAT)}</p>
        {move || book.failed.get().map(|refusal| asking::refused(refusal, retry))}
        <Near book />
        <LastYear context />
        {making}
        <CaseList book may />
    }
}
