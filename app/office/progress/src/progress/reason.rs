//! The form of a step that asks for its reason.

use frame::{
    error_summary::{Fault, FieldError},
    words::t,
};
use leptos::{ev, html::Textarea, prelude::*};
use text::{Text, office_progress as words};

/// A reason that may not be empty, and the button that acts on it.
#[component]
pub fn ReasonForm(
    /// The field's id.
    id: &'static str,
    label: Text,
    #[prop(optional)] hint: Option<Text>,
    button: Text,
    busy: RwSignal<bool>,
    act: Callback<String>,
    /// What is said above the button: why the server refused it, say.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let faults = RwSignal::new(Vec::<Fault>::new());
    let field = NodeRef::<Textarea>::new();
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let reason = field.get_untracked().map(|area| area.value().trim().to_owned()).unwrap_or_default();
        if reason.is_empty() {
            faults.set(vec![Fault::at(id, words::DIFFERENT_REASON_EMPTY)]);
        } else {
            faults.set(Vec::new());
            act.run(reason);
        }
    };
    view! {
        <form class="stack" novalidate on:submit=submit>
            <div class="field">
                <label for=id>{t(label)}</label>
                {hint.map(|hint| view! { <p class="hint">{t(hint)}</p> })}
                <FieldError faults field=id />
                <textarea id=id rows="3" maxlength="2000" node_ref=field aria-describedby=format!("{id}-error")></textarea>
            </div>
            {children.map(|told| told())}
            <p class="row">
                <button type="submit" class="danger" aria-disabled=move || busy.get().to_string()>{t(button)}</button>
                <span role="status">{move || busy.get().then(|| t(words::WORKING))}</span>
            </p>
        </form>
    }
}
