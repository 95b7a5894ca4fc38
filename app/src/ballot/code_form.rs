//! The form for a code typed by hand.

use leptos::prelude::*;
use text::ballot as words;
use wire::code;

use crate::{
    error_summary::{ErrorSummary, Fault, FieldError},
    words::{Phrase, t},
};

/// What is wrong with a typed code, before the server is asked.
pub fn fault_of(typed: &str) -> Phrase {
    let plain = typed.chars().filter(|sign| sign.is_alphanumeric()).count();
    if plain == 0 {
        words::CODE_EMPTY.into()
    } else if plain == code::LENGTH {
        words::CODE_SIGNS.into()
    } else {
        Phrase::new(words::CODE_SHORT, [plain.to_string()])
    }
}

/// Asks for the code; hands over a normalised one.
#[component]
pub fn CodeForm(
    /// What is wrong already, when the form is shown.
    #[prop(optional_no_strip)]
    fault: Option<Phrase>,
    /// Called with a code of the right form.
    on_code: Callback<String>,
) -> impl IntoView {
    let faults = RwSignal::new(fault.map(|says| Fault::at("code", says)).into_iter().collect::<Vec<_>>());
    let typed = NodeRef::<leptos::html::Input>::new();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let text = typed.get_untracked().map(|input| input.value()).unwrap_or_default();
        match code::normalise(&text) {
            Some(code) => on_code.run(code),
            None => faults.set(vec![Fault::at("code", fault_of(&text))]),
        }
    };
    view! {
        <ErrorSummary faults />
        <form class="stack" novalidate on:submit=submit>
            <div class="field">
                <label for="code">{t(words::CODE_LABEL)}</label>
                <p class="hint" id="code-hint">{t(words::CODE_HINT)}</p>
                <FieldError faults field="code" />
                <input
                    id="code" class="code" name="code" node_ref=typed type="text" inputmode="text" maxlength="40"
                    autocomplete="off" autocapitalize="characters" spellcheck="false" enterkeyhint="go"
                    aria-describedby="code-hint code-error"
                    aria-invalid=move || (!faults.read().is_empty()).to_string()
                />
            </div>
            <p><button class="primary wide" type="submit">{t(words::CODE_OPEN)}</button></p>
        </form>
    }
}
