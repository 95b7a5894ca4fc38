//! The receipt, and how it can be kept.

use frame::{
    drawing::{Drawn, button, classed, el, said},
    words::lang,
};
use leptos::prelude::*;
use text::{Text, ballot as words};
use wasm_bindgen::JsCast;
use web_sys::{HtmlDocument, HtmlInputElement};

use crate::draft::Submitted;

/// The page after submitting, and after opening a submitted ballot again; `note` says which. At `result` the receipt can
/// be checked. `other` starts over with another code: many voters may share a device. A public link has none to type.
pub fn receipt(done: &Submitted, note: Text, result: &str, other: Option<(Other, impl Fn() + 'static)>) -> Vec<Drawn> {
    let copied = RwSignal::new(false);
    // Out of sight, for the clipboard: that of secure contexts is not there on an office's own network.
    let field = classed("input", "sr").attr("readonly", "").attr("tabindex", "-1").attr("aria-hidden", "true");
    let field = field.attr("value", &done.receipt);
    let text: HtmlInputElement = field.element().clone().unchecked_into();
    let copy = button(words::COPY, move |_| {
        text.select();
        copied.set(document().unchecked_into::<HtmlDocument>().exec_command("copy").unwrap_or(false));
    });
    let print = button(words::PRINT, |_| {
        // Refused only by an embedding page.
        let _ = window().print();
    });
    let says = move || if copied.get() { words::COPIED.in_(lang().get()).to_owned() } else { String::new() };
    let title = el("h1").attr("id", "title").attr("tabindex", "-1");
    let title = title.add(classed("span", "tick").attr("aria-hidden", "true").text("✓ ")).say(words::DONE_TITLE);
    let whose = [done.title.as_str(), done.group.as_str()].into_iter().filter(|part| !part.is_empty());
    let whose = whose.collect::<Vec<_>>().join(" · ");
    let address = format!("{}{result}", window().location().origin().unwrap_or_default());
    let kept = classed("section", "panel stack")
        .attr("aria-labelledby", "receipt-title")
        .add(said("h2", words::RECEIPT).attr("id", "receipt-title"))
        .add(el("p").text(&whose))
        .add(classed("p", "receipt").text(&grouped(&done.receipt)))
        .add(field)
        .add(said("p", words::RECEIPT_NOTE).attr("class", "soft"))
        .add(el("p").add(said("span", words::RECEIPT_WHERE)).add(el("a").attr("href", result).text(&address)))
        .add(classed("p", "row no-print").add(copy).add(print).add(el("span").attr("role", "status").live(says)));
    let leave = if matches!(other, Some((Other::NextPerson, _))) { words::DONE_NEXT_NOTE } else { words::DONE_LEAVE };
    let mut page = vec![classed("div", "note good stack").add(title).add(said("p", note)), kept, said("p", leave)];
    page.extend(other.map(|(other, begin)| {
        let begin = move |_| begin();
        classed("p", "no-print").add(match other {
            Other::OwnCode => button(words::DONE_OTHER, begin),
            Other::NextPerson => button(words::DONE_NEXT, begin).attr("class", "primary wide"),
        })
    }));
    page
}

/// Who may start over on this device.
pub enum Other {
    /// Whoever holds another card.
    OwnCode,
    /// The next in the queue before a shared tablet.
    NextPerson,
}

/// A receipt in groups of four, for reading and copying by hand.
fn grouped(receipt: &str) -> String {
    let mut out = String::with_capacity(receipt.len() * 5 / 4);
    for (place, sign) in receipt.chars().enumerate() {
        if place > 0 && place % 4 == 0 {
            out.push(' ');
        }
        out.push(sign);
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_receipt_is_shown_in_groups_of_four() {
        assert_eq!(super::grouped("0123456789"), "0123 4567 89");
    }
}
