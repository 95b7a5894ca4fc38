//! Asks for the address that QR codes point to: the one that this device used last, or this installation's own.

use frame::{
    error_summary::{Fault, FieldError},
    words::t,
};
use leptos::prelude::*;
use office_frame::Office;
use text::office_codes as words;

use crate::codes::address;

/// The address to begin with; none while what stands there is no address.
pub fn known() -> RwSignal<Option<String>> {
    let office = expect_context::<Office>();
    let origin = office.session.read_untracked().as_ref().and_then(|session| session.public_url.clone());
    let first = address::remembered().or(origin).unwrap_or_else(|| window().location().origin().unwrap_or_default());
    RwSignal::new(address::read(&first).ok())
}

/// Asks for the address, and warns of one that no phone can open.
#[component]
pub fn BaseField(
    /// The address.
    base: RwSignal<Option<String>>,
) -> impl IntoView {
    // What is said of it follows every key, so that nothing moves when a button is pressed next.
    let typed = RwSignal::new(base.get_untracked().unwrap_or_default());
    let faults = Memo::new(move |_| {
        address::read(&typed.read()).err().map(|why| Fault::at("base", why)).into_iter().collect::<Vec<_>>()
    });
    let local = move || faults.read().is_empty() && address::is_local(&typed.read());
    // The cards follow when it is done.
    let take_address = move |_| {
        let new = address::read(&typed.read_untracked()).ok();
        if let Some(new) = &new {
            address::remember(new);
        }
        base.set(new);
    };
    view! {
        <div class="field">
            <label for="base">{t(words::LINK_BASE)}</label>
            <p class="hint">{t(words::LINK_BASE_HINT)}</p>
            <FieldError faults field="base" />
            <p class="field-error" role="status">{move || local().then(|| t(words::LINK_BASE_LOCAL))}</p>
            <input id="base" type="url" prop:value=typed.get_untracked() aria-describedby="base-error"
                aria-invalid=move || (!faults.read().is_empty()).then_some("true")
                on:input=move |event| typed.set(event_target_value(&event)) on:change=take_address />
        </div>
    }
}
