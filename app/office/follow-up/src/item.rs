//! One item of rectification: what it says, and what is done with it: a report, the office's answer, what is public.

use frame::{
    error_summary::{Fault, FieldError},
    words::{fill, t},
};
use leptos::{ev, prelude::*};
use office_frame::{asking, names::name_of, plan_context::PlanContext};
use text::{Text, follow_up as words};
use wire::rectification::{
    AcceptRequest, Rectification, RectificationState, ReleaseRequest, ReleasedField, ReportKept, ReportRequest,
    ReturnRequest,
};

use crate::choosing::key;
use crate::striking::Strike;

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

const fn field_name(field: ReleasedField) -> Text {
    match field {
        ReleasedField::Matter => words::FIELD_MATTER,
        ReleasedField::Source => words::FIELD_SOURCE,
        ReleasedField::Measures => words::MEASURES,
        ReleasedField::Leader => words::LEADER,
        ReleasedField::Department => words::DEPARTMENT,
        ReleasedField::Deadline => words::FIELD_DEADLINE,
        ReleasedField::Result => words::FIELD_RESULT,
        ReleasedField::Reports => words::FIELD_REPORTS,
    }
}

/// An item of the list. `changed` is called when the server has it otherwise.
pub(crate) fn item(context: PlanContext, one: Rectification, may: bool, changed: Callback<()>) -> AnyView {
    let unit = name_of(&context.answer.get_untracked().plan, "/units", &one.unit);
    let (state, until) = (one.state, one.term.clone().unwrap_or_else(|| one.deadline.clone()));
    let originals = (!one.originals.is_empty()).then(|| {
        let count = one.originals.len();
        let said = one.originals.iter().map(|said| view! { <li class="opinion">{said.clone()}</li> }.into_any());
        view! { <details><summary>{move || fill(words::ORIGINALS, &[&count])}</summary><ul>{said.collect_view()}</ul></details> }
    });
    let report = one.last_report.clone().map(|report| {
        view! { <p class="opinion">{move || fill(words::LAST_REPORT, &[&report.month, &report.text])}</p> }
    });
    let review = one.review.clone().filter(|review| !review.text.is_empty());
    let review = review.map(|review| view! { <p class="opinion">{move || fill(words::REVIEW, &[&review.text])}</p> });
    let struck = one
        .struck
        .clone()
        .map(|struck| view! { <p class="note bad">{move || fill(words::STRUCK, &[&struck.reason])}</p> });
    let acts = (may && struck.is_none()).then(|| view! { <Acts context one=one.clone() changed /> });
    let charged =
        [one.leader, one.department].into_iter().filter(|name| !name.is_empty()).collect::<Vec<_>>().join(" · ");
    view! {
        <article class="panel stack">
            <p class="row">
                <strong>{one.number}". "<bdi>{unit}</bdi></strong>
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
            {acts}
        </article>
    }
    .into_any()
}

/// What is done with an item, folded.
#[component]
fn Acts(context: PlanContext, one: Rectification, changed: Callback<()>) -> impl IntoView {
    let number = one.number;
    let (busy, faults) = (RwSignal::new(false), RwSignal::new(Vec::<Fault>::new()));
    let path = move |rest: &str| context.api(&format!("rectifications/{number}/{rest}"));
    let (month, said, done) = (RwSignal::new(String::new()), RwSignal::new(String::new()), RwSignal::new(false));
    let released = RwSignal::new(one.released.clone());
    let request_key = StoredValue::new(key());
    let told = format!("said-{number}");
    let field = StoredValue::new(told.clone());
    let failed = move |refusal: frame::server::Refusal| {
        faults.try_set(vec![Fault::at(field.get_value(), refusal.phrase())]);
    };
    let report = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let (month, text) = (month.get_untracked().trim().to_owned(), said.get_untracked().trim().to_owned());
        if text.is_empty() || !wire::day::is_month(&month) {
            let says = if text.is_empty() { words::FILL } else { words::MONTH_BAD };
            faults.set(vec![Fault::at(field.get_value(), says)]);
            return;
        }
        let (key, done) = (request_key.get_value(), done.get_untracked());
        let request = ReportRequest { key, month, text, files: Vec::new(), done };
        asking::run(busy, async move {
            match asking::post::<ReportKept>(&path("reports"), &request).await {
                Ok(_) => changed.try_run(()).unwrap_or_default(),
                Err(refusal) => failed(refusal),
            }
        });
    };
    let accept = move |_| {
        asking::run(busy, async move {
            let request = AcceptRequest { text: said.get_untracked().trim().to_owned() };
            match asking::post::<Rectification>(&path("accept"), &request).await {
                Ok(_) => changed.try_run(()).unwrap_or_default(),
                Err(refusal) => failed(refusal),
            }
        });
    };
    let send_back = move |_| {
        let reason = said.get_untracked().trim().to_owned();
        if reason.is_empty() {
            faults.set(vec![Fault::at(field.get_value(), words::FILL)]);
            return;
        }
        asking::run(busy, async move {
            match asking::post::<Rectification>(&path("return"), &ReturnRequest { reason }).await {
                Ok(_) => changed.try_run(()).unwrap_or_default(),
                Err(refusal) => failed(refusal),
            }
        });
    };
    let release = move |_| {
        asking::run(busy, async move {
            let request = ReleaseRequest { fields: released.get_untracked() };
            match asking::put::<Rectification>(&path("release"), &request, None).await {
                Ok(_) => changed.try_run(()).unwrap_or_default(),
                Err(refusal) => failed(refusal),
            }
        });
    };
    let (may_report, may_accept) =
        (one.state != RectificationState::Accepted, one.state == RectificationState::Reported);
    let may_return = matches!(one.state, RectificationState::Reported | RectificationState::Accepted);
    let month_id = format!("month-{number}");
    view! {
        <details>
            <summary>{t(words::HANDLE)}</summary>
            <form class="stack record-form" novalidate on:submit=report>
                <div class="field">
                    <label for=told.clone()>{t(words::REPORT)}</label>
                    <FieldError faults field=told.clone() />
                    <textarea id=told.clone() rows="3" maxlength="2000" aria-describedby=format!("{told}-error")
                        on:input=move |event| said.set(event_target_value(&event))></textarea>
                </div>
                {may_report.then(|| view! {
                    <div class="field">
                        <label for=month_id.clone()>{t(words::REPORT_MONTH)}</label>
                        <input id=month_id.clone() maxlength="7" autocomplete="off" on:input=move |event| month.set(event_target_value(&event)) />
                    </div>
                    <label class="tickbox"><input type="checkbox" on:change=move |event| done.set(event_target_checked(&event)) /><span>{t(words::REPORT_DONE)}</span></label>
                })}
                <p class="row">
                    {may_report.then(|| view! { <button type="submit" aria-disabled=move || busy.get().to_string()>{t(words::REPORT_SEND)}</button> })}
                    {may_accept.then(|| view! { <button type="button" class="primary" on:click=accept>{t(words::ACCEPT)}</button> })}
                    {may_return.then(|| view! { <button type="button" class="danger" on:click=send_back>{t(words::RETURN)}</button> })}
                </p>
            </form>
            <fieldset class="stack tight"><legend class="label">{t(words::RELEASE)}</legend>{release_boxes(released)}</fieldset>
            <p class="row">
                <button type="button" on:click=release>{t(words::RELEASE_SAVE)}</button>
                <Strike path=context.api(&format!("rectifications/{number}")) id=format!("item-{number}") done=changed />
            </p>
        </details>
    }
}

/// What of an item is public, to be ticked.
fn release_boxes(released: RwSignal<Vec<ReleasedField>>) -> Vec<AnyView> {
    let boxes = ReleasedField::ALL.map(|field| {
        let tick = move |event: ev::Event| {
            let on = event_target_checked(&event);
            released.update(|released| {
                released.retain(|known| *known != field);
                if on {
                    released.push(field);
                }
            });
        };
        view! { <label class="tickbox"><input type="checkbox" checked=released.read_untracked().contains(&field) on:change=tick /><span>{t(field_name(field))}</span></label> }
            .into_any()
    });
    Vec::from(boxes)
}
