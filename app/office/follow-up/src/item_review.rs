//! What the office does with an item: accepts it, returns it, says what of it is public, strikes it out.

use frame::{
    error_summary::{Fault, FieldError},
    server::Refusal,
    words::t,
};
use leptos::{ev, prelude::*};
use office_frame::{asking, plan_context::PlanContext};
use text::{Text, follow_up as words, rectification_desk as more};
use wire::rectification::{
    AcceptRequest, LONGEST_MEASURES, Rectification, RectificationState, ReleaseRequest, ReleasedField, ReturnRequest,
};

use crate::choosing::said;
use crate::striking::Strike;

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

/// The review, folded; `changed` is called when the server has the item otherwise.
#[component]
pub(crate) fn Review(context: PlanContext, one: Rectification, changed: Callback<()>) -> impl IntoView {
    let number = one.number;
    let (busy, faults) = (RwSignal::new(false), RwSignal::new(Vec::<Fault>::new()));
    let path = move |rest: &str| context.api(&format!("rectifications/{number}/{rest}"));
    let text = RwSignal::new(String::new());
    let released = RwSignal::new(one.released);
    let id = format!("review-{number}");
    let field = StoredValue::new(id.clone());
    let told = move |answer: Result<(), Refusal>| match answer {
        Ok(()) => changed.try_run(()).unwrap_or_default(),
        Err(refusal) => {
            faults.try_set(vec![Fault::at(field.get_value(), refusal.phrase())]);
        }
    };
    let accept = move |_| {
        asking::run(busy, async move {
            let request = AcceptRequest { text: said(text) };
            told(asking::post::<Rectification>(&path("accept"), &request).await.map(|_| ()));
        });
    };
    let send_back = move |_| {
        let reason = said(text);
        if reason.is_empty() {
            faults.set(vec![Fault::at(field.get_value(), words::FILL)]);
            return;
        }
        asking::run(busy, async move {
            told(asking::post::<Rectification>(&path("return"), &ReturnRequest { reason }).await.map(|_| ()));
        });
    };
    let release = move |_| {
        asking::run(busy, async move {
            let request = ReleaseRequest { fields: released.get_untracked() };
            told(asking::put::<Rectification>(&path("release"), &request, None).await.map(|_| ()));
        });
    };
    let may_accept = one.state == RectificationState::Reported;
    let may_return = matches!(one.state, RectificationState::Reported | RectificationState::Accepted);
    let words_of_review = (may_accept || may_return).then(|| {
        view! {
            <div class="field">
                <label for=id.clone()>{t(more::REVIEW_TEXT)}</label>
                <textarea id=id.clone() rows="2" maxlength=LONGEST_MEASURES aria-describedby=format!("{id}-error")
                    on:input=move |event| text.set(event_target_value(&event))></textarea>
            </div>
            <p class="row">
                {may_accept.then(|| view! { <button type="button" class="primary" on:click=accept>{t(words::ACCEPT)}</button> })}
                {may_return.then(|| view! { <button type="button" class="danger" on:click=send_back>{t(words::RETURN)}</button> })}
            </p>
        }
    });
    view! {
        <details>
            <summary>{t(more::REVIEW_FORM)}</summary>
            <div class="stack record-form">
                <FieldError faults field=id />
                {words_of_review}
                <fieldset class="stack tight"><legend class="label">{t(words::RELEASE)}</legend>{release_boxes(released)}</fieldset>
                <p class="row">
                    <button type="button" on:click=release>{t(words::RELEASE_SAVE)}</button>
                    <Strike path=context.api(&format!("rectifications/{number}")) id=format!("item-{number}") done=changed />
                </p>
            </div>
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
