//! The bundle that reads a chosen file as a table: a workbook, or a text in some encoding. One function that a page of the
//! office calls by name when somebody has chosen a file.
//!
//! Owns what passes between the two. How a workbook is read stands in [`workbook`], in what encoding a text is in `sheet`.

mod workbook;

use js_sys::Array;
use sheet::{Encoding, Unreadable, encoding};
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};
use web_sys::{TextDecoder, TextDecoderOptions};

use workbook::{NoWorkbook, is_workbook};

/// Reads a file. `choice`: the encoding, or the sheet of a workbook, that somebody chose; empty: whatever fits.
///
/// Texts, the first of which says what the others are: `text`, its encoding, the text; `sheets`, the chosen sheet, its
/// cells as a spreadsheet copies them, and the names of all sheets that are shown; or `unreadable` and why.
#[wasm_bindgen]
pub fn read(bytes: &[u8], choice: &str) -> Array {
    let chosen = Some(choice).filter(|choice| !choice.is_empty());
    let texts = if is_workbook(bytes) { of_workbook(bytes, chosen) } else { of_text(bytes, chosen) };
    texts.unwrap_or_else(|why| vec!["unreadable".to_owned(), why.to_owned()]).iter().map(JsValue::from).collect()
}

fn of_workbook(bytes: &[u8], sheet: Option<&str>) -> Result<Vec<String>, &'static str> {
    let read = workbook::read(bytes, sheet).map_err(|why| match why {
        NoWorkbook::Broken => "broken",
        NoWorkbook::Empty => "empty",
        NoWorkbook::TooLarge => "too_large",
    })?;
    let mut texts = vec!["sheets".to_owned(), read.sheet, read.cells];
    texts.extend(read.sheets);
    Ok(texts)
}

fn of_text(bytes: &[u8], label: Option<&str>) -> Result<Vec<String>, &'static str> {
    let chosen = label.and_then(|label| Encoding::ALL.into_iter().find(|one| one.label() == label));
    let read = match chosen {
        None => encoding::detect(bytes, |one| decode(bytes, one)),
        Some(one) => encoding::read_as(bytes, one, |one| decode(bytes, one)).map(|text| (one, text)),
    };
    let (encoding, text) = read.map_err(|why| match why {
        Unreadable::Empty => "empty",
        Unreadable::Workbook => "old_workbook",
        Unreadable::Binary => "binary",
        Unreadable::Unsure => "unsure",
        Unreadable::NotThis => "not_this",
    })?;
    Ok(vec!["text".to_owned(), encoding.label().to_owned(), text])
}

/// The browser's decoder, strict.
fn decode(bytes: &[u8], encoding: Encoding) -> Option<String> {
    let strict = TextDecoderOptions::new();
    strict.set_fatal(true);
    let decoder = TextDecoder::new_with_label_and_options(encoding.label(), &strict).ok()?;
    decoder.decode_with_u8_array(bytes).ok()
}

fn main() {}
