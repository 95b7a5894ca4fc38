//! One item of rectification: what it says, how far it is, and who may do what with it.
//!
//! Refuses to own what is done with it: reporting (`item_report`), and what the office says to it (`item_review`).

use frame::words::{fill, joined, t};
use leptos::prelude::*;
use office_evidence::file_links;
use office_frame::{names::name_of, plan_context::PlanContext};
use text::{Text, follow_up as words};
use wire::rectification::{Rectification, RectificationReport, RectificationState};

use crate::hand::Hand;
use crate::item_report::ReportForm;
use crate::item_review::Review;
use crate::item_whole::WholeItem;

/// What a state is called.
pub(crate) const fn state_name(state: RectificationState) -> Text {
    match state {
        RectificationState::Open => words::STATE_OPEN,
        RectificationState::Reported => words::STATE_REPORTED,
        RectificationState::Accepted => words::STATE_ACCEPTED,
        RectificationState::Overdue => words::STATE_OVERDUE,
        RectificationState::Returned => words::STATE_RETURNED,
    }
}

const fn state_class(state: RectificationState) -> &'static str {
    match state {
        RectificationState::Open => "tag",
        RectificationState::Reported => "tag warn",
        RectificationState::Accepted => "tag good",
        RectificationState::Overdue | RectificationState::Returned => "tag bad",
    }
}

/// The latest report. Its files are for those who read records.
fn last_report(context: PlanContext, report: RectificationReport, hand: Hand) -> AnyView {
    let RectificationReport { month, text, files, .. } = report;
    let files = if hand == Hand::Reports { None } else { file_links(&context.api("files"), &files) };
    view! { <p class="opinion">{move || fill(words::LAST_REPORT, &[&month, &text])}</p>{files} }.into_any()
}

/// What tells an item from itself as it was before.
pub(crate) fn version(one: &Rectification) -> String {
    let Rectification { number, revision, reports, state, .. } = one;
    let review = one.review.as_ref().map_or(0, |review| review.at);
    format!("{number} {revision} {reports} {} {review} {:?} {}", state.as_str(), one.released, one.struck.is_some())
}

/// An item of the list. `changed` is called when the server has it otherwise.
pub(crate) fn item(context: PlanContext, one: Rectification, hand: Hand, changed: Callback<()>) -> AnyView {
    let unit = name_of(&context.answer.get_untracked().plan, "/units", &one.unit);
    let (number, state) = (one.number, one.state);
    let until = one.term.clone().unwrap_or_else(|| one.deadline.clone());
    let originals = (!one.originals.is_empty()).then(|| {
        let count = one.originals.len();
        let said = one.originals.iter().map(|said| view! { <li class="opinion">{said.clone()}</li> }.into_any());
        view! { <details><summary>{move || fill(words::ORIGINALS, &[&count])}</summary><ul>{said.collect_view()}</ul></details> }
    });
    let report = one.last_report.clone().map(|report| last_report(context, report, hand));
    let review = one.review.clone().filter(|review| !review.text.is_empty());
    let review = review.map(|review| view! { <p class="opinion">{move || fill(words::REVIEW, &[&review.text])}</p> });
    let stands = one.struck.is_none();
    let struck = one
        .struck
        .clone()
        .map(|struck| view! { <p class="note bad">{move || fill(words::STRUCK, &[&struck.reason])}</p> });
    let may_report = stands && hand != Hand::Reads && state != RectificationState::Accepted;
    let reporting = may_report.then(|| view! { <ReportForm context number changed /> });
    let reviewing = (stands && hand == Hand::Reviews).then(|| view! { <Review context one=one.clone() changed /> });
    let charged = joined([one.leader, one.department].into_iter().filter(|name| !name.is_empty()), " · ");
    view! {
        <article class="panel stack" id=format!("item-{number}")>
            <p class="row">
                <strong>{number}". "<bdi>{unit}</bdi></strong>
                <span class=state_class(state)>{t(state_name(state))}</span>
                <span class="soft">{move || fill(words::UNTIL, &[&until])}</span>
            </p>
            <p class="opinion">{one.matter}</p>
            <p class="opinion soft">{one.measures}</p>
            <p class="small soft"><bdi>{one.source}</bdi>" · "<bdi>{charged}</bdi></p>
            {originals}
            {report}
            {review}
            {struck}
            {reporting}
            {reviewing}
            <WholeItem context number hand changed />
        </article>
    }
    .into_any()
}
