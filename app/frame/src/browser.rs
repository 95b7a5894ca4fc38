//! The browser around a page: where a bundle starts, focus, randomness, the address bar.

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition};

use crate::{drawing::Drawn, setting, words};

/// Puts a page of views in the place of the shell's, under the frame's settings and language.
pub fn start<F, V>(page: F)
where
    F: FnOnce() -> V + 'static,
    V: IntoView + 'static,
{
    let Some(place) = emptied_shell() else { return };
    leptos::mount::mount_to(place, move || {
        setting::follow_lang(words::speak(setting::saved_lang()));
        page()
    })
    .forget();
}

/// [`start`] for a page that draws itself.
pub fn start_drawn(page: impl FnOnce() -> Vec<Drawn>) {
    let Some(place) = emptied_shell() else { return };
    // Fails only when there is an executor already, which then serves.
    let _ = any_spawner::Executor::init_wasm_bindgen();
    let owner = Owner::new();
    owner.with(|| {
        setting::follow_lang(words::speak(setting::saved_lang()));
        for part in page() {
            // Refused only where a node would hold itself.
            let _ = place.append_child(part.element());
        }
    });
    // As long as the page.
    std::mem::forget(owner);
}

fn emptied_shell() -> Option<HtmlElement> {
    let place = document().get_element_by_id("app")?.dyn_into::<HtmlElement>().ok()?;
    place.set_text_content(None);
    Some(place)
}

/// The words that the shell gave the page's heading: a plan's title, known before anything is asked.
pub fn shell_title() -> String {
    document().document_element().and_then(|root| root.get_attribute("data-title")).unwrap_or_default()
}

/// Sets the window's title.
pub fn set_title(title: &str) {
    document().set_title(title);
}

/// Moves the focus to an element, or into a fieldset to what is chosen there, and the element into view.
pub fn focus(id: &str) {
    let Some(element) = document().get_element_by_id(id).and_then(|found| found.dyn_into::<HtmlElement>().ok()) else {
        return;
    };
    let inside = |which| element.query_selector(which).ok().flatten();
    let target = if element.matches("fieldset").unwrap_or(false) {
        inside("input:checked").or_else(|| inside("input"))
    } else {
        None
    };
    let target = target.and_then(|found| found.dyn_into::<HtmlElement>().ok()).unwrap_or_else(|| element.clone());
    let quiet = web_sys::FocusOptions::new();
    quiet.set_prevent_scroll(true);
    // An element that cannot be focused leaves the focus where it was: nothing to do about it.
    let _ = target.focus_with_options(&quiet);
    let centre = ScrollIntoViewOptions::new();
    centre.set_block(ScrollLogicalPosition::Center);
    element.scroll_into_view_with_scroll_into_view_options(&centre);
}

/// Focuses an element once the view that holds it has been drawn.
pub fn focus_soon(id: &'static str) {
    request_animation_frame(move || focus(id));
}

/// Random bytes from the browser's source for keys. `None` where there is none.
pub fn random<const N: usize>() -> Option<[u8; N]> {
    let mut bytes = [0; N];
    window().crypto().ok()?.get_random_values_with_u8_array(&mut bytes).ok()?;
    Some(bytes)
}

/// The time in seconds since 1970, by this device's clock.
pub fn now() -> u64 {
    (js_sys::Date::now() / 1000.0) as u64
}

/// Whether the page was loaded anew where it stood, by the same hands: not by a link, and not by going back to it.
pub fn is_reload() -> bool {
    const RELOAD: f64 = 1.0;
    let part = |of: &JsValue, name: &str| js_sys::Reflect::get(of, &JsValue::from_str(name)).unwrap_or_default();
    let navigation = part(&part(&window(), "performance"), "navigation");
    part(&navigation, "type").as_f64() == Some(RELOAD)
}

/// Whether a `pageshow` brought back a page that the browser had kept as it was.
pub fn was_kept(event: &web_sys::Event) -> bool {
    let kept = js_sys::Reflect::get(event, &JsValue::from_str("persisted"));
    kept.is_ok_and(|kept| kept.is_truthy())
}

/// The address bar's path, such as `/ballot/p1`.
pub fn path() -> String {
    window().location().pathname().unwrap_or_default()
}

/// What stands behind `#` in the address bar.
pub fn fragment() -> String {
    window().location().hash().unwrap_or_default().trim_start_matches('#').to_owned()
}

/// Replaces the address without loading anything: takes a code out of it, or names another place.
pub fn replace_address(path: &str) {
    if let Ok(history) = window().history() {
        // Refused only for another origin's address.
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(path));
    }
}
