//! Fetching a file and handing it over, so that a refusal is told on the page and not kept as a file.

use document::read_text;
use frame::{server::Refusal, words::lang};
use gloo_net::http::Request;
use leptos::prelude::*;
use office_frame::{asking, limits::DOWNLOAD_KEPT};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};
use wire::{ErrorBody, ErrorCode};

/// A file that came: its kind, its name, its bytes.
type File = (String, String, Vec<u8>);

/// Fetches what an address names and offers it under the name that the server gives it.
pub(crate) async fn save(path: &str) -> Result<(), Refusal> {
    let (kind, name, bytes) = fetched(path).await.inspect_err(|refusal| {
        if refusal.code() == Some(ErrorCode::NotSignedIn) {
            asking::ended().set(true);
        }
    })?;
    offer(&kind, &name, &bytes).ok_or(Refusal::Unreadable)
}

async fn fetched(path: &str) -> Result<File, Refusal> {
    let request = Request::get(path).header("Accept-Language", lang().get_untracked().tag());
    let response = request.send().await.map_err(|_| Refusal::Unreachable)?;
    if !response.ok() {
        let text = response.text().await.map_err(|_| Refusal::Unreachable)?;
        return Err(read_text::<ErrorBody>(&text).map_or(Refusal::Unreadable, Refusal::Said));
    }
    let header = |name: &str| response.headers().get(name).unwrap_or_default();
    let (kind, name) = (header("content-type"), file_name(&header("content-disposition")));
    let bytes = response.binary().await.map_err(|_| Refusal::Unreachable)?;
    Ok((kind, name, bytes))
}

/// The name in UTF-8 of `attachment; filename="…"; filename*=UTF-8''…`.
fn file_name(disposition: &str) -> String {
    let escaped = disposition.rsplit_once("UTF-8''").map_or("", |(_, name)| name);
    js_sys::decode_uri_component(escaped).map(String::from).unwrap_or_default()
}

fn offer(kind: &str, name: &str, bytes: &[u8]) -> Option<()> {
    let about = BlobPropertyBag::new();
    about.set_type(kind);
    let parts = js_sys::Array::of1(&JsValue::from(js_sys::Uint8Array::from(bytes)));
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &about).ok()?;
    let address = Url::create_object_url_with_blob(&blob).ok()?;
    let link = document().create_element("a").ok()?.dyn_into::<HtmlAnchorElement>().ok()?;
    link.set_href(&address);
    link.set_download(name);
    link.click();
    // A browser that has started the download keeps what it needs.
    let forget = move || drop(Url::revoke_object_url(&address));
    set_timeout(forget, DOWNLOAD_KEPT);
    Some(())
}
