//! The plan document as text: the way to change what no form covers, and to carry a plan elsewhere.

use frame::{
    error_summary::{ErrorSummary, Fault, FieldError},
    words::t,
};
use leptos::{html::Textarea, prelude::*};
use office_frame::{download::download, pasted_plan};
use office_plan_words::problem_list::problem_list;
use text::{office as office_words, office_setup as words};

use crate::{
    draft::Draft,
    saving_bar::{Conflict, SavingBar},
};

#[component]
pub fn JsonPage() -> impl IntoView {
    let draft = expect_context::<Draft>();
    let may_change = draft.may_change();
    let faults = RwSignal::new(Vec::<Fault>::new());
    let applied = RwSignal::new(false);
    let area = NodeRef::<Textarea>::new();
    let document = move || {
        draft.shaped.track();
        draft.with(|plan| serde_json::to_string_pretty(plan).unwrap_or_default())
    };
    let apply = move |_| {
        let text = area.get_untracked().map(|area| area.value()).unwrap_or_default();
        match pasted_plan::read(&text) {
            Ok(value) => {
                faults.set(Vec::new());
                draft.replace(value);
                applied.set(true);
            }
            Err(why) => {
                applied.set(false);
                faults.set(vec![Fault::at("document", why)]);
            }
        }
    };
    let save_file = move |_| {
        download(
            "plan.json",
            "application/json",
            &draft.with(|plan| serde_json::to_string_pretty(plan).unwrap_or_default()),
        )
    };
    view! {
        <ErrorSummary faults />
        <p><a href=draft.context.href("setup")>{t(words::BACK_TO_LIST)}</a></p>
        <h1 id="title" tabindex="-1">{t(words::JSON)}</h1>
        <Conflict draft />
        <p class="soft">{t(words::JSON_NOTE)}</p>
        {may_change.then(|| problem_list(draft.context, draft.problems, move |problem| draft.say(problem)))}
        <div class="field">
            <label for="document">{t(office_words::JSON_LABEL)}</label>
            <FieldError faults field="document" />
            <textarea id="document" class="code-text" rows="24" spellcheck="false" node_ref=area prop:value=document readonly=!may_change aria-describedby="document-error"></textarea>
        </div>
        <p class="row">
            {may_change.then(|| view! { <button type="button" on:click=apply>{t(words::JSON_APPLY)}</button> })}
            <button type="button" on:click=save_file>{t(words::JSON_DOWNLOAD)}</button>
            <span role="status">{move || applied.get().then(|| t(words::JSON_APPLIED))}</span>
        </p>
        {may_change.then(|| view! { <SavingBar draft /> })}
    }
}
