//! The form: the cards, the bar, what is wrong after a try to submit, and the one question before a
//! ballot with unfilled lines goes off.

use leptos::{ev, prelude::*};
use scoring::ballot::{BallotFault, BallotProblem};
use text::ballot as words;

use super::{
    bar::Bar,
    cards::{Cards, line_id, quota_id},
    filling::Filling,
    intro::secrecy,
    sheet::Sheet,
};
use crate::{
    browser,
    error_summary::{ErrorSummary, Fault},
    words::{Phrase, fill, t},
};

/// The form.
#[component]
pub fn Form(
    /// The ballot in hand.
    filling: Filling,
    /// What the server found wrong with it, when it comes back from there.
    #[prop(optional)]
    faults: Vec<Fault>,
    /// Sends it off.
    on_send: Callback<()>,
) -> impl IntoView {
    let head = filling.head();
    let (mark, _, warns) = secrecy(head.ballot);
    let quotas = Memo::new(move |_| filling.with(Sheet::quotas));
    let faults = RwSignal::new(faults);
    let asking = RwSignal::new(None::<usize>);
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let found = filling.with(|sheet, choices| faults_of(sheet, &sheet.check(choices)));
        let open = filling.with(|sheet, choices| sheet.lines.len() - sheet.filled(choices));
        let clean = found.is_empty();
        faults.set(found);
        if !clean {
            asking.set(None);
        } else if open > 0 && asking.get_untracked().is_none() {
            asking.set(Some(open));
            browser::focus_soon("unfilled");
        } else {
            on_send.run(());
        }
    };
    let fill_rest = move |_| {
        asking.set(None);
        if let Some(line) = filling.with(|sheet, choices| sheet.first_open(choices, 0)) {
            browser::focus(&line_id(line));
        }
    };
    view! {
        <ErrorSummary faults />
        <header class="stack">
            <h1 id="title" tabindex="-1">{head.plan_title.clone()}</h1>
            <p class="row">
                <span>{head.group.clone()}" · "{head.period.clone()}</span>
                <strong class="tag" class:warn=warns class:good=!warns>{t(mark)}</strong>
            </p>
        </header>
        <form class="stack" novalidate on:submit=submit>
            <Cards filling quotas />
            <Show when=move || asking.get().is_some()>
                <div class="note warn stack" id="unfilled" role="group" aria-labelledby="unfilled-title" tabindex="-1">
                    <h2 id="unfilled-title">{move || fill(words::OPEN_TITLE, &[&asking.get().unwrap_or_default()])}</h2>
                    <p>{t(words::OPEN_NOTE)}</p>
                    <p class="row">
                        <button type="button" on:click=fill_rest>{t(words::FILL_REST)}</button>
                        <button type="submit" class="primary">{t(words::SUBMIT_SO)}</button>
                    </p>
                </div>
            </Show>
            <Bar filling quotas />
        </form>
    }
}

/// The ballot rules' problems as faults of the page, each with the place to put it right.
pub fn faults_of(sheet: &Sheet, problems: &[BallotProblem]) -> Vec<Fault> {
    let fault = |problem: &BallotProblem| match problem.code {
        BallotFault::QuotaUnmet => {
            let id = problem.section.as_deref();
            let place = sheet.paper.sections.iter().position(|section| Some(section.component.as_str()) == id)?;
            let section = sheet.paper.sections.get(place)?;
            let category = problem.category.as_deref()?;
            let option = section.options.iter().find(|option| Some(option.id.as_str()) == problem.option.as_deref())?;
            let figure = |figure: Option<u64>| figure.unwrap_or_default().to_string();
            let with = [section.name.clone(), option.name.clone(), figure(problem.need), figure(problem.have)];
            Some(Fault::at(quota_id(place, category), Phrase::new(words::FAULT_UNMET, with)))
        }
        BallotFault::Empty => Some(Fault::at(line_id(0), words::FAULT_EMPTY)),
        _ => None,
    };
    // What no line of this page can bring about means that the page is not the server's paper any more.
    problems.iter().map(|problem| fault(problem).unwrap_or_else(|| Fault::at("main", words::FAULT_PAPER))).collect()
}
