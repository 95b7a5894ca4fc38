//! The form: the cards, the bar, what is wrong after a try to submit, and the one question before a
//! ballot with unfilled lines goes off.

use frame::{
    browser,
    drawing::{Drawn, button, classed, el, said},
    error_summary::{Fault, summary},
    words::{Phrase, fill, joined},
};
use leptos::prelude::*;
use scoring::ballot::{BallotFault, BallotProblem};
use text::ballot as words;
use web_sys::Event;

use crate::{
    bar::{bar, jump},
    cards::{cards, comment_id, line_id, quota_id},
    filling::Filling,
    intro::secrecy_mark,
    sheet::Sheet,
};

/// The form; `faults` are what the server found, when a ballot comes back from there.
pub fn form(filling: Filling, faults: Vec<Fault>, on_send: impl Fn() + 'static) -> Vec<Drawn> {
    let head = filling.head();
    let quotas = Memo::new(move |_| filling.with(Sheet::quotas));
    let faults = RwSignal::new(faults);
    let asking = RwSignal::new(None::<usize>);
    let preview = RwSignal::new(false);
    let submit = move |event: Event| {
        event.prevent_default();
        // It would cover what there is to say.
        preview.set(false);
        let (found, open) = untrack(|| {
            filling.with(|sheet, choices| {
                (faults_of(sheet, &sheet.check(choices)), sheet.lines.len() - sheet.filled(choices))
            })
        });
        let too_many = filling.comment_too_many().map(|unit| Fault::at(comment_id(&unit), text::error::COMMENTS_LIMIT));
        let found: Vec<Fault> = found.into_iter().chain(too_many).collect();
        let clean = found.is_empty();
        faults.set(found);
        if !clean {
            asking.set(None);
        } else if open > 0 && asking.get_untracked().is_none() {
            asking.set(Some(open));
            browser::focus_soon("unfilled");
        } else {
            on_send();
        }
    };
    let question = move || {
        let Some(open) = asking.get() else { return Vec::new() };
        let title = el("h2").attr("id", "unfilled-title").live(move || fill(words::OPEN_TITLE, &[&open]));
        let rest = button(words::FILL_REST, move |_| {
            asking.set(None);
            jump(filling);
        });
        let rest = rest.attr("class", "primary");
        let so = said("button", words::SUBMIT_SO).attr("type", "submit");
        let question =
            classed("div", "note warn stack").attr("id", "unfilled").attr("role", "group").attr("tabindex", "-1");
        let question = question.attr("aria-labelledby", "unfilled-title").add(title).add(said("p", words::OPEN_NOTE));
        vec![question.add(classed("p", "row").add(rest).add(so))]
    };
    let who = el("span").text(&joined([&head.group, &head.period], " · "));
    let title = el("h1").attr("id", "title").attr("tabindex", "-1").text(&head.plan_title);
    let form = classed("form", "stack")
        .attr("novalidate", "")
        .add(cards(filling, quotas))
        .add(el("div").live_all(question))
        .add(said("p", words::FINAL).attr("class", "hint"))
        .add(bar(filling, quotas, preview))
        .on("submit", submit);
    vec![
        summary(faults.into()),
        classed("header", "stack").add(title).add(classed("p", "row").add(who).add(secrecy_mark(&head))),
        form,
    ]
}

/// The ballot rules' problems as faults of the page, each with the place to put it right.
pub fn faults_of(sheet: &Sheet, problems: &[BallotProblem]) -> Vec<Fault> {
    let fault = |problem: &BallotProblem| match problem.code {
        BallotFault::QuotaUnmet => {
            let state = problem.quota.as_ref()?;
            let place = sheet.paper.sections.iter().position(|section| section.component == state.component)?;
            let name = sheet.paper.sections.get(place)?.name.clone();
            let with = [name, sheet.quota_name(state), state.need.to_string(), state.have.to_string()];
            let words = if state.at_most { words::FAULT_OVER } else { words::FAULT_UNMET };
            Some(Fault::at(quota_id(place, &state.category), Phrase::new(words, with)))
        }
        BallotFault::Empty => Some(Fault::at(line_id(0), words::FAULT_EMPTY)),
        _ => None,
    };
    // What no line of this page can bring about means that the page is not the server's paper any more.
    problems.iter().map(|problem| fault(problem).unwrap_or_else(|| Fault::at("main", words::FAULT_PAPER))).collect()
}
