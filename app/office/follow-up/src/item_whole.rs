//! All there is of an item: every report on it, and, for the office, the form in which it is written anew.
//!
//! Owns that a change goes over the revision that was read. Refuses to own what an item may say (the server).

use frame::{
    drawing::{Drawing, Drawn, button, classed, el, said as says},
    error_summary::{Fault, field_error},
    server::{Answer, Refusal},
    words::{Phrase, fill, t},
};
use leptos::{ev, prelude::*, task::spawn_local};
use office_evidence::file_links;
use office_frame::{asking, moment::moment, plan_context::PlanContext};
use text::{Text, follow_up as words, rectification_desk as more};
use wasm_bindgen::JsCast;
use wire::{
    ErrorCode,
    finding::LONGEST_WORDS,
    rectification::{
        LONGEST_MATTER, LONGEST_MEASURES, Rectification, RectificationReport, RectificationRequest, RectificationWhole,
    },
};

use crate::choosing::{said, said_or_none};
use crate::hand::Hand;

type Whole = Result<Answer<RectificationWhole>, Refusal>;

/// The reports and the form, folded; they are asked for when they are opened. `changed` is called when the item was
/// written.
#[component]
pub(crate) fn WholeItem(context: PlanContext, number: u64, hand: Hand, changed: Callback<()>) -> impl IntoView {
    let whole = RwSignal::new(None::<Whole>);
    let ask = move || {
        whole.set(None);
        spawn_local(async move {
            let answer = asking::get::<RectificationWhole>(&context.api(&format!("rectifications/{number}"))).await;
            whole.try_set(Some(answer));
        });
    };
    let toggled = move |event: ev::Event| {
        let fold = event.target().and_then(|at| at.dyn_into::<web_sys::Element>().ok());
        if fold.is_some_and(|fold| fold.has_attribute("open")) && whole.read_untracked().is_none() {
            ask();
        }
    };
    let retry = Callback::new(move |()| ask());
    let shown = move || match whole.get() {
        None => asking::loading(),
        Some(Err(refusal)) => asking::refused(refusal, retry),
        Some(Ok(Answer { body, etag, .. })) => {
            let form = (hand == Hand::Reviews && body.item.struck.is_none())
                .then(|| view! { <Drawing drawn=form(context, &body.item, etag, changed) /> });
            view! { {reports(context, body.reports, hand)}{form} }.into_any()
        }
    };
    let name = if hand == Hand::Reviews { more::WHOLE_AND_CHANGE } else { more::WHOLE };
    view! { <details on:toggle=toggled><summary>{t(name)}</summary><div class="stack">{shown}</div></details> }
}

/// What was reported, month by month.
fn reports(context: PlanContext, reports: Vec<RectificationReport>, hand: Hand) -> AnyView {
    if reports.is_empty() {
        return view! { <p class="soft">{t(more::NO_REPORTS)}</p> }.into_any();
    }
    let line = |report: RectificationReport| {
        let files = if hand == Hand::Reports { None } else { file_links(&context.api("files"), &report.files) };
        view! {
            <li>
                <p class="opinion">{move || fill(words::LAST_REPORT, &[&report.month, &report.text])}</p>
                <p class="small soft"><bdi>{report.by}</bdi>" · "{moment(report.at)}</p>
                {files}
            </li>
        }
        .into_any()
    };
    view! { <ol>{reports.into_iter().map(line).collect_view()}</ol> }.into_any()
}

/// The item as it may be written anew. Its unit and what it was made of stay.
fn form(context: PlanContext, item: &Rectification, etag: Option<String>, changed: Callback<()>) -> Drawn {
    let text = |text: &str| RwSignal::new(text.to_owned());
    let fields = [
        (words::MATTER, LONGEST_MATTER, text(&item.matter)),
        (words::SOURCE, LONGEST_WORDS, text(&item.source)),
        (words::MEASURES, LONGEST_MEASURES, text(&item.measures)),
        (words::LEADER, LONGEST_WORDS, text(&item.leader)),
        (words::DEPARTMENT, LONGEST_WORDS, text(&item.department)),
        (words::DEADLINE, DAY, text(&item.deadline)),
        (words::TERM, LONGEST_WORDS, text(item.term.as_deref().unwrap_or_default())),
    ];
    let (number, unit) = (item.number, item.unit.clone());
    let (comments, findings) = (item.comments.clone(), item.findings.clone());
    let faults = RwSignal::new(Vec::<Fault>::new());
    let busy = RwSignal::new(false);
    let id = move |place: usize| format!("change-{number}-{place}");
    let save = move |_| {
        let [matter, source, measures, leader, department, deadline, term] = fields.map(|(_, _, text)| text);
        let request = RectificationRequest {
            key: None,
            unit: unit.clone(),
            matter: said(matter),
            source: said(source),
            measures: said(measures),
            leader: said(leader),
            department: said(department),
            deadline: said(deadline),
            term: said_or_none(term),
            comments: comments.clone(),
            findings: findings.clone(),
        };
        let wrong = [
            (request.matter.is_empty(), 0),
            (request.source.is_empty(), 1),
            (!wire::day::is_day(&request.deadline), 5),
        ];
        faults
            .set(wrong.into_iter().filter(|(wrong, _)| *wrong).map(|(_, at)| Fault::at(id(at), words::FILL)).collect());
        if !faults.read_untracked().is_empty() {
            return;
        }
        let etag = etag.clone();
        asking::run(busy, async move {
            let path = context.api(&format!("rectifications/{number}"));
            match asking::put::<Rectification>(&path, &request, etag.as_deref()).await {
                Ok(_) => changed.try_run(()).unwrap_or_default(),
                Err(refusal) => {
                    let why = match refusal.code() {
                        Some(ErrorCode::RevisionMismatch) => Phrase::from(more::CHANGED_MEANWHILE),
                        _ => refusal.phrase(),
                    };
                    faults.try_set(vec![Fault::at(id(0), why)]);
                }
            }
        });
    };
    let drawn = fields
        .iter()
        .enumerate()
        .map(|(place, (label, longest, text))| field(&id(place), *label, *longest, *text, faults));
    classed("div", "stack record-form").all(drawn).add(el("p").add(button(words::SAVE, save).attr("class", "primary")))
}

/// Most signs of a day.
const DAY: usize = 10;

/// A field; what may be long has several lines.
fn field(id: &str, label: Text, longest: usize, text: RwSignal<String>, faults: RwSignal<Vec<Fault>>) -> Drawn {
    let input = match longest {
        DAY => el("input").attr("type", "date"),
        LONGEST_WORDS => el("input").attr("type", "text"),
        _ => el("textarea").attr("rows", "3"),
    };
    let input = input
        .attr("id", id)
        .attr("maxlength", &longest.to_string())
        .attr("aria-describedby", &format!("{id}-error"))
        .attr("value", &text.get_untracked())
        .on("input", move |event| text.set(event_target_value(&event)));
    if !matches!(longest, DAY | LONGEST_WORDS) {
        input.element().set_text_content(Some(&text.get_untracked()));
    }
    classed("div", "field")
        .add(says("label", label).attr("for", id))
        .add(field_error(faults.into(), id.to_owned()))
        .add(input)
}
