//! Errors as GOV.UK shows them: a focused summary at the top with a link to each field, the same words
//! at the field, and "错误:" before the window's title.

use leptos::prelude::*;

use crate::{
    browser,
    words::{Phrase, t},
};

/// One thing to put right, and the id of the control where that is done.
#[derive(Clone, PartialEq, Debug)]
pub struct Fault {
    /// Id of the control, or of the box around it.
    pub field: String,
    /// What is wrong and what to do.
    pub says: Phrase,
}

impl Fault {
    /// A fault at a field.
    pub fn at(field: impl Into<String>, says: impl Into<Phrase>) -> Fault {
        Fault { field: field.into(), says: says.into() }
    }
}

/// The summary. It shows itself and takes the focus whenever `faults` changes to something that is not
/// empty; put it before the form, inside `<main>`.
#[component]
pub fn ErrorSummary(
    /// All that is wrong now.
    #[prop(into)]
    faults: Signal<Vec<Fault>>,
) -> impl IntoView {
    Effect::new(move |_| {
        let title = document().title();
        let plain = MARKS.iter().find_map(|mark| title.strip_prefix(mark)).unwrap_or(&title);
        if faults.read().is_empty() {
            browser::set_title(plain);
        } else {
            let mark = text::shell::ERROR_MARK.in_(crate::words::lang().get());
            browser::set_title(&format!("{mark}{plain}"));
            browser::focus_soon("error-summary");
        }
    });
    view! {
        <Show when=move || !faults.read().is_empty()>
            <section class="errors" id="error-summary" tabindex="-1" aria-labelledby="error-title">
                <h2 id="error-title">{t(text::shell::ERRORS_TITLE)}</h2>
                <ul>
                    {move || faults.get().into_iter().map(|fault| {
                        let target = fault.field.clone();
                        view! {
                            <li><a href=format!("#{}", fault.field) on:click=move |event| {
                                event.prevent_default();
                                browser::focus(&target);
                            }>{fault.says.say()}</a></li>
                        }
                    }).collect_view()}
                </ul>
            </section>
        </Show>
    }
}

const MARKS: [&str; 2] = [text::shell::ERROR_MARK.zh, text::shell::ERROR_MARK.en];

/// The same words at the field. Give the control `aria-describedby="{field}-error"`.
#[component]
pub fn FieldError(
    /// All that is wrong now.
    #[prop(into)]
    faults: Signal<Vec<Fault>>,
    /// The control's id.
    #[prop(into)]
    field: String,
) -> impl IntoView {
    let id = format!("{field}-error");
    let says = move || {
        faults.read().iter().find(|fault| fault.field == field).map(|fault| {
            view! { <span class="sr">{t(text::shell::ERROR_MARK)}</span>{fault.says.say()} }
        })
    };
    view! { <p class="field-error" id=id>{says}</p> }
}
