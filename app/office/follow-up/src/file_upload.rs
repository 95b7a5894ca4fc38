//! Giving a file of evidence: its bytes as they are, which the frame's requests cannot send.
//!
//! Owns what is looked at before anything is sent. Refuses to own which kinds of file are taken (the server).

use document::read_text;
use frame::{
    server::Refusal,
    words::{Phrase, lang},
};
use gloo_net::http::Request;
use leptos::prelude::*;
use office_frame::asking;
use text::rectification_desk as words;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{File, HtmlInputElement};
use wire::file::{FileKept, MOST_BYTES, MOST_FILES};
use wire::{ErrorBody, ErrorCode};

/// The files that are chosen in a control, by its id.
pub(crate) fn chosen(id: &str) -> Vec<File> {
    let input = document().get_element_by_id(id).and_then(|found| found.dyn_into::<HtmlInputElement>().ok());
    let Some(files) = input.and_then(|input| input.files()) else { return Vec::new() };
    (0..files.length()).filter_map(|place| files.get(place)).collect()
}

/// What is wrong with files before they are sent: too many of them, or one that is too large.
pub(crate) fn fault(files: &[File]) -> Option<Phrase> {
    if files.len() > MOST_FILES {
        return Some(words::TOO_MANY.into());
    }
    #[expect(clippy::cast_precision_loss, reason = "a limit of some megabytes")]
    let large = files.iter().find(|file| file.size() > MOST_BYTES as f64);
    large.map(|file| Phrase::new(words::TOO_LARGE, [file.name()]))
}

/// Gives the files to a plan, one after another: their names for a report. `path` is the address of the plan's files.
pub(crate) async fn give(path: &str, files: Vec<File>) -> Result<Vec<String>, Refusal> {
    let mut given = Vec::new();
    for file in files {
        let kept = send(path, file).await.inspect_err(|refusal| {
            if refusal.code() == Some(ErrorCode::NotSignedIn) {
                asking::ended().set(true);
            }
        })?;
        // The same file chosen twice is one.
        if !given.contains(&kept.file) {
            given.push(kept.file);
        }
    }
    Ok(given)
}

async fn send(path: &str, file: File) -> Result<FileKept, Refusal> {
    let name = String::from(js_sys::encode_uri_component(&file.name()));
    let request = Request::post(path)
        .header("Accept-Language", lang().get_untracked().tag())
        .header("Content-Type", "application/octet-stream")
        .header("X-File-Name", &name)
        .body(JsValue::from(file))
        .map_err(|_| Refusal::Unreadable)?;
    let response = request.send().await.map_err(|_| Refusal::Unreachable)?;
    let text = response.text().await.map_err(|_| Refusal::Unreachable)?;
    if response.ok() {
        return read_text(&text).ok_or(Refusal::Unreadable);
    }
    Err(read_text::<ErrorBody>(&text).map_or(Refusal::Unreadable, Refusal::Said))
}
