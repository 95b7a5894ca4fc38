//! The form in which a month's report on an item is given, by the unit or by the office, with evidence.

use frame::{
    error_summary::{Fault, FieldError},
    words::t,
};
use leptos::{ev, prelude::*};
use office_evidence::{Files, FilesField};
use office_frame::{asking, moment, plan_context::PlanContext};
use text::{evidence, follow_up as words, rectification_desk as more};
use wire::rectification::{LONGEST_MEASURES, ReportKept, ReportRequest};

use crate::choosing::{key, said};

/// The form; `changed` is called when the report was kept.
#[component]
pub(crate) fn ReportForm(context: PlanContext, number: u64, changed: Callback<()>) -> impl IntoView {
    let (busy, faults) = (RwSignal::new(false), RwSignal::new(Vec::<Fault>::new()));
    let this_month = wire::day::of(moment::now()).get(..7).unwrap_or_default().to_owned();
    let (month, text, done) = (RwSignal::new(this_month), RwSignal::new(String::new()), RwSignal::new(false));
    let files = Files::new();
    let request_key = StoredValue::new(key());
    let id = |name: &str| format!("{name}-{number}");
    let (text_id, month_id, files_id) = (id("said"), id("month"), id("files"));
    let ids = StoredValue::new([text_id.clone(), month_id.clone(), files_id.clone()]);
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let [text_id, month_id, files_id] = ids.get_value();
        let (month, text) = (said(month), said(text));
        let wrong = [
            text.is_empty().then(|| Fault::at(text_id.clone(), words::FILL)),
            (!wire::day::is_month(&month)).then(|| Fault::at(month_id, words::MONTH_BAD)),
            files.busy().then(|| Fault::at(files_id, evidence::STILL_SENDING)),
        ];
        let wrong: Vec<Fault> = wrong.into_iter().flatten().collect();
        let is_clean = wrong.is_empty();
        faults.set(wrong);
        if !is_clean {
            return;
        }
        asking::run(busy, async move {
            let request = ReportRequest {
                key: request_key.get_value(),
                month,
                text,
                files: files.hashes(),
                done: done.get_untracked(),
            };
            match asking::post::<ReportKept>(&context.api(&format!("rectifications/{number}/reports")), &request).await
            {
                Ok(_) => changed.try_run(()).unwrap_or_default(),
                Err(refusal) => {
                    faults.try_set(vec![Fault::at(text_id, refusal.phrase())]);
                }
            }
        });
    };
    let described = |id: &str| format!("{id}-error");
    view! {
        <details>
            <summary>{t(more::REPORT_FORM)}</summary>
            <form class="stack record-form" novalidate on:submit=submit>
                <div class="field">
                    <label for=text_id.clone()>{t(words::REPORT)}</label>
                    <FieldError faults field=text_id.clone() />
                    <textarea id=text_id.clone() rows="3" maxlength=LONGEST_MEASURES aria-describedby=described(&text_id)
                        on:input=move |event| text.set(event_target_value(&event))></textarea>
                </div>
                <div class="field">
                    <label for=month_id.clone()>{t(words::REPORT_MONTH)}</label>
                    <FieldError faults field=month_id.clone() />
                    <input id=month_id.clone() maxlength="7" autocomplete="off" aria-describedby=described(&month_id)
                        prop:value=month on:input=move |event| month.set(event_target_value(&event)) />
                </div>
                <FilesField address=context.api("files") files id=files_id />
                <label class="tickbox"><input type="checkbox" on:change=move |event| done.set(event_target_checked(&event)) /><span>{t(words::REPORT_DONE)}</span></label>
                <p><button type="submit" aria-disabled=move || busy.get().to_string()>{t(words::REPORT_SEND)}</button></p>
            </form>
        </details>
    }
}
