//! Handing a text over as a file. It is made in the page and goes nowhere else.

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

use crate::limits::DOWNLOAD_KEPT;

/// Offers `text` as a file called `name`.
pub fn download(name: &str, mime: &str, text: &str) {
    let kind = BlobPropertyBag::new();
    kind.set_type(mime);
    let Ok(blob) = Blob::new_with_str_sequence_and_options(&js_sys::Array::of1(&JsValue::from_str(text)), &kind) else {
        return;
    };
    let Ok(address) = Url::create_object_url_with_blob(&blob) else { return };
    if let Some(link) = document().create_element("a").ok().and_then(|made| made.dyn_into::<HtmlAnchorElement>().ok()) {
        link.set_href(&address);
        link.set_download(name);
        link.click();
    }
    // A browser that has started the download keeps what it needs.
    set_timeout(
        move || {
            let _ = Url::revoke_object_url(&address);
        },
        DOWNLOAD_KEPT,
    );
}
