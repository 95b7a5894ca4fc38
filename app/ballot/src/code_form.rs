//! The form for a code typed by hand.

use frame::{
    drawing::{Drawn, classed, el, said},
    error_summary::{Fault, field_error, summary},
    words::Phrase,
};
use leptos::prelude::*;
use text::ballot as words;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;
use wire::code;

use crate::{
    address::{Card, code_in},
    limits::LONGEST_CODE,
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

/// Whether somebody has typed something into the form that stands on the page.
pub fn is_begun() -> bool {
    let field = document().get_element_by_id("code");
    field.and_then(|field| field.dyn_into::<HtmlInputElement>().ok()).is_some_and(|field| !field.value().is_empty())
}

/// Asks for the code, saying what is wrong already if anything is; hands over a normalised one.
pub fn code_form(fault: Option<Phrase>, on_code: impl Fn(Card) + 'static) -> Drawn {
    let faults = RwSignal::new(fault.map(|says| Fault::at("code", says)).into_iter().collect::<Vec<_>>());
    let attributes = [
        ("id", "code"),
        ("class", "code"),
        ("type", "text"),
        ("autocomplete", "off"),
        ("autocapitalize", "characters"),
        ("spellcheck", "false"),
        ("enterkeyhint", "go"),
        ("aria-describedby", "code-hint code-error"),
    ];
    let input = attributes
        .iter()
        .fold(el("input"), |input, (name, value)| input.attr(name, value))
        .attr("maxlength", &LONGEST_CODE.to_string());
    let input = input.live_attr("aria-invalid", move || Some((!faults.read().is_empty()).to_string()));
    let typed: HtmlInputElement = input.element().clone().unchecked_into();
    let submit = move |event: web_sys::Event| {
        event.prevent_default();
        let text = typed.value();
        // Somebody pastes the whole link of a card.
        let (text, pin) = code_in(&text);
        match code::normalise(&text) {
            Some(code) => on_code(Card { code, pin }),
            None => faults.set(vec![Fault::at("code", fault_of(&text))]),
        }
    };
    let field = classed("div", "field")
        .add(said("label", words::CODE_LABEL).attr("for", "code"))
        .add(said("p", words::CODE_HINT).attr("class", "hint").attr("id", "code-hint"))
        .add(field_error(faults.into(), "code".to_owned()))
        .add(input);
    let go = said("button", words::CODE_OPEN).attr("type", "submit").attr("class", "primary wide");
    let form = classed("form", "stack").attr("novalidate", "").add(field).add(go).on("submit", submit);
    classed("div", "stack").add(summary(faults.into())).add(form)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_code_is_told_what_is_wrong_with_it() {
        assert_eq!(fault_of(" - "), words::CODE_EMPTY.into());
        assert_eq!(fault_of("7K3M-Q2RD-9XTA"), Phrase::new(words::CODE_SHORT, ["12"]));
        assert_eq!(fault_of("7K3M-Q2RD-9XTA-0B5U"), words::CODE_SIGNS.into());
    }
}
