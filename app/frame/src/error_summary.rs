//! Errors as GOV.UK shows them: a focused summary at the top with a link to each field, the same words
//! at the field, and "错误:" before the window's title.

use leptos::prelude::*;
use text::shell;

use crate::{
    browser,
    drawing::{Drawing, Drawn, classed, el, follow, said},
    words::{Phrase, lang},
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
    view! { <Drawing drawn=summary(faults) /> }
}

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
    view! { <Drawing drawn=field_error(faults, field) /> }
}

const MARKS: [&str; 2] = [shell::ERROR_MARK.zh, shell::ERROR_MARK.en];

/// [`ErrorSummary`], drawn.
#[must_use]
pub fn summary(faults: Signal<Vec<Fault>>) -> Drawn {
    follow(move || {
        let title = document().title();
        let plain = MARKS.iter().find_map(|mark| title.strip_prefix(mark)).unwrap_or(&title);
        if faults.read().is_empty() {
            browser::set_title(plain);
        } else {
            browser::set_title(&format!("{}{plain}", shell::ERROR_MARK.in_(lang().get())));
            browser::focus_soon("error-summary");
        }
    });
    el("div").live_all(move || {
        let faults = faults.get();
        if faults.is_empty() {
            return Vec::new();
        }
        let links = faults.into_iter().map(|Fault { field, says }| {
            let href = format!("#{field}");
            el("li").add(el("a").attr("href", &href).live(move || says.say()).on("click", move |event| {
                event.prevent_default();
                browser::focus(&field);
            }))
        });
        let summary = classed("section", "errors").attr("id", "error-summary").attr("tabindex", "-1");
        let title = said("h2", shell::ERRORS_TITLE).attr("id", "error-title");
        vec![summary.attr("aria-labelledby", "error-title").add(title).add(el("ul").all(links))]
    })
}

/// [`FieldError`], drawn.
#[must_use]
pub fn field_error(faults: Signal<Vec<Fault>>, field: String) -> Drawn {
    let id = format!("{field}-error");
    classed("p", "field-error").attr("id", &id).live_all(move || {
        let fault = faults.read().iter().find(|fault| fault.field == field).cloned();
        fault.map_or_else(Vec::new, |fault| {
            let mark = said("span", shell::ERROR_MARK).attr("class", "sr");
            vec![mark, el("span").live(move || fault.says.say())]
        })
    })
}
