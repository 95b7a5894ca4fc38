//! Controls that several pages have: a choice of ids by their names, a line of text, and the key of a request.

use frame::{
    error_summary::{Fault, FieldError},
    words::t,
};
use leptos::{ev, prelude::*};
use text::Text;
use wasm_bindgen::JsCast;

/// A choice of ids; the first choice is none.
pub(crate) fn choice(
    id: &'static str,
    label: Text,
    none: Text,
    choices: Vec<(String, String)>,
    value: RwSignal<String>,
    faults: RwSignal<Vec<Fault>>,
) -> AnyView {
    let options = choices.into_iter().map(|(id, name)| {
        let own = id.clone();
        view! { <option value=id prop:selected=move || value.get() == own>{name}</option> }.into_any()
    });
    view! {
        <div class="field">
            <label for=id>{t(label)}</label>
            <FieldError faults field=id />
            <select id=id aria-describedby=format!("{id}-error") on:change=move |event| value.set(event_target_value(&event))>
                <option value="" prop:selected=move || value.read().is_empty()>{t(none)}</option>
                {options.collect_view()}
            </select>
        </div>
    }
    .into_any()
}

/// A line of text, a date or a month.
pub(crate) fn line(
    id: &'static str,
    label: Text,
    kind: &'static str,
    longest: usize,
    value: RwSignal<String>,
    faults: RwSignal<Vec<Fault>>,
) -> AnyView {
    view! {
        <div class="field">
            <label for=id>{t(label)}</label>
            <FieldError faults field=id />
            <input id=id type=kind maxlength=longest autocomplete="off" aria-describedby=format!("{id}-error")
                prop:value=value on:input=move |event| value.set(event_target_value(&event)) />
        </div>
    }
    .into_any()
}

/// Several lines of text.
pub(crate) fn lines(
    id: &'static str,
    label: Text,
    longest: usize,
    value: RwSignal<String>,
    faults: RwSignal<Vec<Fault>>,
) -> AnyView {
    view! {
        <div class="field">
            <label for=id>{t(label)}</label>
            <FieldError faults field=id />
            <textarea id=id rows="3" maxlength=longest aria-describedby=format!("{id}-error")
                prop:value=value on:input=move |event| value.set(event_target_value(&event))></textarea>
        </div>
    }
    .into_any()
}

/// A key for a request, so that the same form sent twice makes one thing. Without chance there is none, and what the
/// request says decides.
pub(crate) fn key() -> Option<String> {
    let bytes = frame::browser::random::<12>()?;
    Some(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// What stands in a signal, without blanks around it.
pub(crate) fn said(value: RwSignal<String>) -> String {
    value.get_untracked().trim().to_owned()
}

/// The same, where nothing is none.
pub(crate) fn said_or_none(value: RwSignal<String>) -> Option<String> {
    Some(said(value)).filter(|said| !said.is_empty())
}

/// Whether what was folded or unfolded is open now.
pub(crate) fn is_open(event: &ev::Event) -> bool {
    let at = event.target().and_then(|at| at.dyn_into::<web_sys::Element>().ok());
    at.is_some_and(|at| at.has_attribute("open"))
}
