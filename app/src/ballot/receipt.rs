//! The receipt, and how it can be kept.

use leptos::prelude::*;
use text::ballot as words;
use wasm_bindgen::JsCast;

use super::draft::Submitted;
use crate::words::t;

/// The page after submitting, and after opening a submitted ballot again.
#[component]
pub fn ReceiptPage(
    /// What was submitted.
    done: Submitted,
    /// Whether it had been submitted before this try.
    again: bool,
    /// Starts over with another code: many voters may share a device.
    on_other: Callback<()>,
) -> impl IntoView {
    let copied = RwSignal::new(false);
    let receipt = done.receipt.clone();
    let copy = move |_| {
        let field = document().get_element_by_id("receipt").and_then(|found| found.dyn_into::<web_sys::HtmlInputElement>().ok());
        if let Some(field) = field {
            field.select();
            // The clipboard of secure contexts is not there on an office's own network; this is everywhere.
            let page = document().unchecked_into::<web_sys::HtmlDocument>();
            copied.set(page.exec_command("copy").unwrap_or(false));
        }
    };
    let print = move |_| {
        // Refused only by an embedding page.
        let _ = window().print();
    };
    view! {
        <div class="note good stack">
            <h1 id="title" tabindex="-1"><span class="tick" aria-hidden="true">"✓ "</span>{t(words::DONE_TITLE)}</h1>
            <p>{t(if again { words::DONE_BEFORE } else { words::DONE_NOTE })}</p>
        </div>
        <section class="panel stack" aria-labelledby="receipt-title">
            <h2 id="receipt-title">{t(words::RECEIPT)}</h2>
            <p class="receipt" aria-hidden="true">{grouped(&receipt)}</p>
            <label class="sr" for="receipt">{t(words::RECEIPT)}</label>
            <input class="sr" id="receipt" readonly tabindex="-1" value=receipt />
            <p class="soft">{t(words::RECEIPT_NOTE)}</p>
            <p class="row no-print">
                <button type="button" on:click=copy>{t(words::COPY)}</button>
                <button type="button" on:click=print>{t(words::PRINT)}</button>
                <span role="status">{move || copied.get().then(|| t(words::COPIED)())}</span>
            </p>
        </section>
        <p>{t(words::DONE_LEAVE)}</p>
        <p class="no-print"><button type="button" on:click=move |_| on_other.run(())>{t(words::DONE_OTHER)}</button></p>
    }
}

/// A receipt in groups of four, for reading and copying by hand.
fn grouped(receipt: &str) -> String {
    let signs: Vec<char> = receipt.chars().collect();
    signs.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_receipt_is_shown_in_groups_of_four() {
        assert_eq!(super::grouped("0123456789"), "0123 4567 89");
    }
}
