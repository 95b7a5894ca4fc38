//! A field of a form about an account.

use frame::{
    error_summary::{Fault, FieldError},
    words::t,
};
use leptos::prelude::*;
use text::Text;

/// A labelled field, with what is wrong in it.
pub fn text_field(
    id: String,
    label: Text,
    hint: Option<Text>,
    kind: &'static str,
    value: String,
    faults: RwSignal<Vec<Fault>>,
) -> AnyView {
    let complete = if kind == "password" { "new-password" } else { "off" };
    view! {
        <div class="field">
            <label for=id.clone()>{t(label)}</label>
            {hint.map(|hint| view! { <p class="hint">{t(hint)}</p> })}
            <FieldError faults field=id.clone() />
            <input id=id.clone() type=kind value=value autocomplete=complete aria-describedby=format!("{id}-error") />
        </div>
    }
    .into_any()
}
