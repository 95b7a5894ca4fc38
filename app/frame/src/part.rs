//! A part of the app that a page loads when it needs it: a bundle that offers functions.
//!
//! Owns the loading. Which parts there are, and what they are called by, is written in `crates/xtask/src/products.rs`.

use leptos::prelude::{document, window};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use wasm_bindgen_futures::JsFuture;

use crate::drawing::el;

/// A part, by what the build calls it.
pub struct Part {
    /// The attribute of the page's root that holds the address of its script.
    pub named_by: &'static str,
    /// The global object that holds its functions.
    pub offered_as: &'static str,
    /// The event by which it says that it is there, or that it did not load.
    pub event: &'static str,
}

/// Loads a part, unless it is there. Answers whether it is; a part that did not load is tried again the next time.
pub async fn load(part: &'static Part) -> bool {
    if is_there(part) {
        return true;
    }
    let source = document().document_element().and_then(|root| root.get_attribute(part.named_by));
    let Some(source) = source else { return false };
    let loaded = js_sys::Promise::new(&mut |done, _| {
        let script = el("script").attr("type", "module").attr("src", &source);
        let failed = Closure::once_into_js(|| {
            // Refused only where the event's name is none.
            let _ = web_sys::Event::new(part.event).map(|event| window().dispatch_event(&event));
        });
        // An element and a window take every listener.
        let _ = script.element().add_event_listener_with_callback("error", failed.unchecked_ref());
        let _ = window().add_event_listener_with_callback(part.event, &done);
        let _ = document().body().map(|body| body.append_child(script.element()));
    });
    let _ = JsFuture::from(loaded).await;
    is_there(part)
}

fn is_there(part: &Part) -> bool {
    js_sys::Reflect::has(&window(), &JsValue::from_str(part.offered_as)).unwrap_or(false)
}
