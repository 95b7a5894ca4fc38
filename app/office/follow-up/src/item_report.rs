//! The form in which a month's report on an item is given, by the unit or by the office, with evidence.

use frame::{
    error_summary::{Fault, FieldError},
    words::t,
};
use leptos::{ev, prelude::*};
use office_frame::{asking, moment, plan_context::PlanContext};
use text::{follow_up as words, rectification_desk as more};
use wire::rectification::{LONGEST_MEASURES, ReportKept, ReportRequest};

use crate::choosing::{key, said};
use crate::file_upload::{chosen, fault, give};

/// The form; `changed` is called when the report was kept.
#[component]
pub(crate) fn ReportForm(context: PlanContext, number: u64, changed: Callback<()>) -> impl IntoView {
    let (busy, faults) = (RwSignal::new(false), RwSignal::new(Vec::<Fault>::new()));
    let this_month = wire::day::of(moment::now()).get(..7).unwrap_or_default().to_owned();
    let (month, text, done) = (RwSignal::new(this_month), RwSignal::new(String::new()), RwSignal::new(false));
    let request_key = StoredValue::new(key());
    let id = |name: &str| format!("{name}-{number}");
    let (text_id, month_id, files_id) = (id("said"), id("month"), id("files"));
    let ids = StoredValue::new([text_id.clone(), month_id.clone(), files_id.clone()]);
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let [text_id, month_id, files_id] = ids.get_value();
        let (month, text, files) = (said(month), said(text), chosen(&files_id));
        let wrong = [
            text.is_empty().then(|| Fault::at(text_id.clone(), words::FILL)),
            (!wire::day::is_month(&month)).then(|| Fault::at(month_id, words::MONTH_BAD)),
            fault(&files).map(|says| Fault::at(files_id.clone(), says)),
        ];
        let wrong: Vec<Fault> = wrong.into_iter().flatten().collect();
        let is_clean = wrong.is_empty();
        faults.set(wrong);
        if !is_clean {
            return;
        }
        // The page may be left while files are on their way.
        let (to_files, to_reports) = (context.api("files"), context.api(&format!("rectifications/{number}/reports")));
        let (key, done) = (request_key.get_value(), done.get_untracked());
        asking::run(busy, async move {
            let files = match give(&to_files, files).await {
                Ok(files) => files,
                Err(refusal) => {
                    faults.try_set(vec![Fault::at(files_id, refusal.phrase())]);
                    return;
                }
            };
            match asking::post::<ReportKept>(&to_reports, &ReportRequest { key, month, text, files, done }).await {
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
                <div class="field">
                    <label for=files_id.clone()>{t(more::FILES)}</label>
                    <FieldError faults field=files_id.clone() />
                    <input id=files_id.clone() type="file" multiple accept=".pdf,.jpg,.jpeg,.png,.webp,.docx,.xlsx,.txt" aria-describedby=described(&files_id) />
                </div>
                <label class="tickbox"><input type="checkbox" on:change=move |event| done.set(event_target_checked(&event)) /><span>{t(words::REPORT_DONE)}</span></label>
                <p><button type="submit" aria-disabled=move || busy.get().to_string()>{t(words::REPORT_SEND)}</button></p>
            </form>
        </details>
    }
}
