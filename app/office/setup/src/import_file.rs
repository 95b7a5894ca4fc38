//! A file of units: chosen, decoded, and decoded again where somebody knows its encoding better.
//!
//! Owns the bytes of the file while the page is open. In what encoding they are is `sheet`'s to say.

use frame::{
    error_summary::{Fault, FieldError},
    words::t,
};
use leptos::{ev, prelude::*, task::spawn_local};
use office_frame::limits::MOST_FILE_BYTES;
use sheet::{Encoding, Unreadable, encoding};
use text::{Text, office_setup as words};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlInputElement, HtmlSelectElement, TextDecoder, TextDecoderOptions};

/// Why a file is not read, in words.
const fn why(unreadable: Unreadable) -> Text {
    match unreadable {
        Unreadable::Empty => words::IMPORT_FILE_EMPTY,
        Unreadable::Workbook => words::IMPORT_FILE_WORKBOOK,
        Unreadable::Binary => words::IMPORT_FILE_BAD,
        Unreadable::Unsure => words::IMPORT_FILE_UNSURE,
        Unreadable::NotThis => words::IMPORT_FILE_NOT_THIS,
    }
}

const fn name(encoding: Encoding) -> Text {
    match encoding {
        Encoding::Utf8 => words::ENCODING_UTF8,
        Encoding::Gb18030 => words::ENCODING_GBK,
        Encoding::Big5 => words::ENCODING_BIG5,
        Encoding::Utf16Le => words::ENCODING_UTF16LE,
        Encoding::Utf16Be => words::ENCODING_UTF16BE,
    }
}

/// The browser's decoder, strict.
fn decode(bytes: &[u8], encoding: Encoding) -> Option<String> {
    let strict = TextDecoderOptions::new();
    strict.set_fatal(true);
    let decoder = TextDecoder::new_with_label_and_options(encoding.label(), &strict).ok()?;
    decoder.decode_with_u8_array(bytes).ok()
}

/// The control for a file; `load` gets its text.
#[component]
pub fn FileField(faults: RwSignal<Vec<Fault>>, load: Callback<String>) -> impl IntoView {
    let bytes = StoredValue::new(Vec::<u8>::new());
    // The encoding that it was read in; none where none fits.
    let found = RwSignal::new(None::<Option<Encoding>>);
    let take = move |read: Result<(Encoding, String), Unreadable>| match read {
        Ok((encoding, text)) => {
            found.set(Some(Some(encoding)));
            load.run(text);
        }
        Err(unreadable) => {
            let may_choose = matches!(unreadable, Unreadable::Binary | Unreadable::Unsure | Unreadable::NotThis);
            found.set(may_choose.then_some(None));
            load.run(String::new());
            faults.set(vec![Fault::at("file", why(unreadable))]);
        }
    };
    let chosen = move |event: ev::Event| {
        let input = event.target().and_then(|at| at.dyn_into::<HtmlInputElement>().ok());
        let Some(file) = input.and_then(|input| input.files()).and_then(|files| files.get(0)) else { return };
        found.set(None);
        if file.size() > MOST_FILE_BYTES {
            load.run(String::new());
            faults.set(vec![Fault::at("file", words::IMPORT_FILE_LARGE)]);
            return;
        }
        spawn_local(async move {
            let buffer = JsFuture::from(file.array_buffer()).await;
            let read = buffer.map(|buffer| js_sys::Uint8Array::new(&buffer).to_vec());
            let Ok(read) = read else {
                faults.try_set(vec![Fault::at("file", words::IMPORT_FILE_GONE)]);
                return;
            };
            let text = encoding::detect(&read, |one| decode(&read, one));
            if bytes.try_set_value(read).is_none() {
                take(text);
            }
        });
    };
    let choose = move |event: ev::Event| {
        let select = event.target().and_then(|at| at.dyn_into::<HtmlSelectElement>().ok());
        let label = select.map(|select| select.value()).unwrap_or_default();
        let Some(encoding) = Encoding::ALL.into_iter().find(|one| one.label() == label) else { return };
        take(bytes.with_value(|bytes| {
            encoding::read_as(bytes, encoding, |one| decode(bytes, one)).map(|text| (encoding, text))
        }));
    };
    let encodings = move |now: Option<Encoding>| {
        let options: Vec<_> = Encoding::ALL
            .into_iter()
            .map(|one| view! { <option value=one.label() selected=now == Some(one)>{t(name(one))}</option> })
            .collect();
        let none = now.is_none().then(|| view! { <option value="" selected=true>{t(words::NOT_CHOSEN)}</option> });
        view! {
            <div class="field">
                <label for="encoding">{t(words::IMPORT_ENCODING)}</label>
                <p class="hint" id="encoding-hint">{t(words::IMPORT_ENCODING_HINT)}</p>
                <select id="encoding" aria-describedby="encoding-hint" on:change=choose>{none}{options}</select>
            </div>
        }
    };
    view! {
        <div class="field">
            <label for="file">{t(words::IMPORT_FILE)}</label>
            <FieldError faults field="file" />
            <input id="file" type="file" accept=".csv,.txt,.tsv,text/*" on:change=chosen aria-describedby="file-error" />
        </div>
        {move || found.get().map(encodings)}
    }
}
