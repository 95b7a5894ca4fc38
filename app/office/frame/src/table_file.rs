//! A file that holds a table: chosen, read, and read again where somebody knows its encoding better or means another sheet.
//!
//! Owns the bytes of the file while the page is open. The reading is done by a part that is loaded when a file is chosen
//! (`app/office/table-file`); what its answer says is written there.

use frame::{
    error_summary::{Fault, FieldError},
    part::{self, Part},
    words::t,
};
use js_sys::Array;
use leptos::{ev, prelude::*, task::spawn_local};
use text::{Text, office_setup as words};
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlInputElement, HtmlSelectElement};

use crate::limits::MOST_FILE_BYTES;

const READER: Part = Part { named_by: "data-table-file", offered_as: "pingyiTableFile", event: "pingyi-table-file" };

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = pingyiTableFile, js_name = read, catch)]
    fn read_file(bytes: &[u8], choice: &str) -> Result<Array, JsValue>;
}

/// The encodings that can be chosen, as decoders know them.
const ENCODINGS: [(&str, Text); 5] = [
    ("utf-8", words::ENCODING_UTF8),
    ("gb18030", words::ENCODING_GBK),
    ("big5", words::ENCODING_BIG5),
    ("utf-16le", words::ENCODING_UTF16LE),
    ("utf-16be", words::ENCODING_UTF16BE),
];

/// What can be chosen of a file that was read, or could not be.
#[derive(Clone, PartialEq)]
enum Choice {
    /// Another encoding than this; empty where none fits.
    Encoding(String),
    /// Another sheet than this.
    Sheet { now: String, all: Vec<String> },
}

/// A file that was read.
struct TableRead {
    text: String,
    choice: Option<Choice>,
    fault: Option<Text>,
}

/// Reads the bytes, which the part that reads files has been loaded for.
fn read(bytes: &[u8], choice: &str) -> TableRead {
    // A part that stops in the middle of a file leaves it unread.
    let answer = read_file(bytes, choice).map(|answer| answer.iter().filter_map(|text| text.as_string()).collect());
    let answer: Vec<String> = answer.unwrap_or_default();
    let says = |place: usize| answer.get(place).cloned().unwrap_or_default();
    match says(0).as_str() {
        "text" => TableRead { text: says(2), choice: Some(Choice::Encoding(says(1))), fault: None },
        "sheets" => {
            let all = answer.get(3..).unwrap_or_default().to_vec();
            let choice = (all.len() > 1).then(|| Choice::Sheet { now: says(1), all });
            TableRead { text: says(2), choice, fault: None }
        }
        _ => {
            let (fault, may_choose) = match says(1).as_str() {
                "empty" => (words::IMPORT_FILE_EMPTY, false),
                "old_workbook" => (words::IMPORT_FILE_OLD_WORKBOOK, false),
                "too_large" => (words::IMPORT_FILE_UNPACKS, false),
                "binary" => (words::IMPORT_FILE_BAD, true),
                "unsure" => (words::IMPORT_FILE_UNSURE, true),
                "not_this" => (words::IMPORT_FILE_NOT_THIS, true),
                _ => (words::IMPORT_FILE_BROKEN, false),
            };
            let choice = may_choose.then(|| Choice::Encoding(String::new()));
            TableRead { text: String::new(), choice, fault: Some(fault) }
        }
    }
}

/// The control for a file; `load` gets its cells as text, or none where it was not read.
#[component]
pub fn FileField(faults: RwSignal<Vec<Fault>>, load: Callback<String>) -> impl IntoView {
    let bytes = StoredValue::new(Vec::<u8>::new());
    let choice = RwSignal::new(None::<Choice>);
    let take = move |choose: &str| {
        let Some(read) = bytes.try_with_value(|bytes| read(bytes, choose)) else { return };
        choice.set(read.choice);
        load.run(read.text);
        if let Some(fault) = read.fault {
            faults.set(vec![Fault::at("file", fault)]);
        }
    };
    let refuse = move |why: Text| {
        load.run(String::new());
        faults.try_set(vec![Fault::at("file", why)]);
    };
    let chosen = move |event: ev::Event| {
        let input = event.target().and_then(|at| at.dyn_into::<HtmlInputElement>().ok());
        let Some(file) = input.and_then(|input| input.files()).and_then(|files| files.get(0)) else { return };
        choice.set(None);
        if file.size() > MOST_FILE_BYTES {
            refuse(words::IMPORT_FILE_LARGE);
            return;
        }
        spawn_local(async move {
            let there = part::load(&READER).await;
            let buffer = JsFuture::from(file.array_buffer()).await;
            let read = buffer.map(|buffer| js_sys::Uint8Array::new(&buffer).to_vec());
            match read {
                Ok(read) if there => {
                    if bytes.try_set_value(read).is_none() {
                        take("");
                    }
                }
                Ok(_) => refuse(words::IMPORT_FILE_NO_READER),
                Err(_) => refuse(words::IMPORT_FILE_GONE),
            }
        });
    };
    let choose = move |event: ev::Event| {
        let select = event.target().and_then(|at| at.dyn_into::<HtmlSelectElement>().ok());
        if let Some(choose) = select.map(|select| select.value()).filter(|choose| !choose.is_empty()) {
            faults.set(Vec::new());
            take(&choose);
        }
    };
    let choices = move |choice: Choice| {
        let (label, hint, now, all): (_, _, _, Vec<(String, String)>) = match choice {
            Choice::Encoding(now) => {
                let all = ENCODINGS.iter().map(|(label, name)| ((*label).to_owned(), t(*name)().to_owned()));
                (words::IMPORT_ENCODING, Some(words::IMPORT_ENCODING_HINT), now, all.collect())
            }
            Choice::Sheet { now, all } => {
                (words::IMPORT_SHEET, None, now, all.into_iter().map(|name| (name.clone(), name)).collect())
            }
        };
        let none = now.is_empty().then(|| view! { <option value="" selected=true>{t(words::NOT_CHOSEN)}</option> });
        let options: Vec<_> = all
            .into_iter()
            .map(|(value, name)| view! { <option selected=now == value value=value>{name}</option> })
            .collect();
        view! {
            <div class="field">
                <label for="encoding">{t(label)}</label>
                {hint.map(|hint| view! { <p class="hint" id="encoding-hint">{t(hint)}</p> })}
                <select id="encoding" aria-describedby=hint.map(|_| "encoding-hint") on:change=choose>{none}{options}</select>
            </div>
        }
    };
    view! {
        <div class="field">
            <label for="file">{t(words::IMPORT_FILE)}</label>
            <FieldError faults field="file" />
            <input id="file" type="file" accept=".xlsx,.csv,.txt,.tsv,text/*" on:change=chosen aria-describedby="file-error" />
        </div>
        {move || choice.get().map(choices)}
    }
}
