//! Units out of a sheet: paste or choose a file, say what each column is, look, take over.
//!
//! Rows that are no units are counted, shown with the reason at the cell, and can be saved to a file.

use frame::{
    error_summary::{ErrorSummary, Fault, FieldError},
    words::{fill, joined, t},
};
use leptos::{ev, prelude::*, task::spawn_local};
use office_frame::{Office, download::download, limits::MOST_PREVIEWED};
use office_plan_words::naming;
use text::office_setup as words;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement, TextDecoder, TextDecoderOptions};

use crate::{
    draft::Draft,
    imported_unit::{Holds, Row, guess, new_categories, rows_of, take_over, units},
};

/// The page.
#[component]
pub fn ImportPage() -> impl IntoView {
    let draft = expect_context::<Draft>();
    let office = expect_context::<Office>();
    let faults = RwSignal::new(Vec::<Fault>::new());
    let sheet = RwSignal::new(Vec::<Vec<String>>::new());
    let holds = RwSignal::new(Vec::<Holds>::new());
    let head = RwSignal::new(false);
    let load = move |text: &str| {
        let rows = rows_of(text);
        let (guessed, first) = guess(&rows);
        holds.set(guessed);
        head.set(first);
        sheet.set(rows);
        faults.set(Vec::new());
    };
    let pasted = move |event: ev::Event| {
        if let Some(area) = event.target().and_then(|at| at.dyn_into::<HtmlTextAreaElement>().ok()) {
            load(&area.value());
        }
    };
    let chosen = move |event: ev::Event| {
        let input = event.target().and_then(|at| at.dyn_into::<HtmlInputElement>().ok());
        let Some(file) = input.and_then(|input| input.files()).and_then(|files| files.get(0)) else { return };
        spawn_local(async move {
            let bytes = JsFuture::from(file.array_buffer()).await.ok();
            match bytes.and_then(|bytes| decoded(bytes.unchecked_ref())) {
                Some(text) if !text.contains('\0') => load(&text),
                _ => faults.set(vec![Fault::at("file", words::IMPORT_FILE_BAD)]),
            }
        });
    };
    let rows = Memo::new(move |_| {
        let sheet = sheet.read();
        let body = sheet.get(usize::from(head.get())..).unwrap_or_default();
        draft.with(|plan| units(plan, body, &holds.read()))
    });
    let good = move || rows.read().iter().filter(|row| row.faults.is_empty()).count();
    let bad = move || rows.read().len() - good();
    let accept = move |_| {
        if good() == 0 {
            faults.set(vec![Fault::at("paste", words::IMPORT_NOTHING)]);
            return;
        }
        let rows = rows.get_untracked();
        draft.reshape(Some("title".to_owned()), |plan| take_over(plan, &rows));
        office.go(&draft.context.href("setup/units"));
    };
    let rejected = move |_| {
        let mut text = String::from("\u{feff}");
        for row in rows.read_untracked().iter().filter(|row| !row.faults.is_empty()) {
            let why: Vec<&str> = row.faults.iter().map(|(_, fault)| t(*fault)()).collect();
            for cell in row.cells.iter().map(String::as_str).chain([&*why.join("; ")]) {
                text.push('"');
                text.push_str(&cell.replace('"', "\"\""));
                text.push_str("\",");
            }
            text.push_str("\r\n");
        }
        download("rejected.csv", "text/csv", &text);
    };
    view! {
        <ErrorSummary faults />
        <p><a href=draft.context.href("setup/units")>{t(words::UNITS)}</a></p>
        <h1 id="title" tabindex="-1">{t(words::IMPORT)}</h1>
        <p class="soft">{t(words::IMPORT_NOTE)}</p>
        <div class="panel stack">
            <div class="field">
                <label for="paste">{t(words::IMPORT_PASTE)}</label>
                <FieldError faults field="paste" />
                <textarea id="paste" rows="6" spellcheck="false" on:input=pasted aria-describedby="paste-error"></textarea>
            </div>
            <div class="field">
                <label for="file">{t(words::IMPORT_FILE)}</label>
                <FieldError faults field="file" />
                <input id="file" type="file" accept=".csv,.txt,.tsv,text/*" on:change=chosen aria-describedby="file-error" />
            </div>
        </div>
        <Show when=move || !sheet.read().is_empty()>
            <section class="panel stack" aria-labelledby="preview">
                <h2 id="preview">{t(words::IMPORT_PREVIEW)}</h2>
                {columns(sheet, holds, head)}
                <p role="status"><strong>{move || fill(words::IMPORT_COUNTS, &[&good(), &bad()])}</strong></p>
                {move || {
                    let new = draft.with(|plan| new_categories(plan, &rows.read()));
                    (!new.is_empty()).then(|| view! { <p class="note">{fill(words::IMPORT_NEW_CATEGORY, &[&joined(new, "、")])}</p> })
                }}
                {move || preview(&rows.read(), &holds.read())}
                <p class="row">
                    <button type="button" class="primary" on:click=accept>{move || fill(words::IMPORT_ACCEPT, &[&good()])}</button>
                    <Show when=move || { bad() > 0 }>
                        <button type="button" on:click=rejected>{move || fill(words::IMPORT_REJECTED, &[&bad()])}</button>
                    </Show>
                </p>
            </section>
        </Show>
    }
}

/// A file's text, as Excel saves it in China: UTF-8, GBK ("CSV"), or UTF-16 with its mark ("Unicode text").
fn decoded(bytes: &js_sys::ArrayBuffer) -> Option<String> {
    let strict = TextDecoderOptions::new();
    strict.set_fatal(true);
    let read =
        |name| TextDecoder::new_with_label_and_options(name, &strict).ok()?.decode_with_buffer_source(bytes).ok();
    // Without its mark most texts of even length would pass for UTF-16.
    let start = js_sys::Uint8Array::new(bytes);
    match (start.get_index(0), start.get_index(1)) {
        (0xff, 0xfe) => read("utf-16le"),
        _ => read("utf-8").or_else(|| read("gb18030")),
    }
}

/// What each column holds, to be said by whoever imports.
fn columns(sheet: RwSignal<Vec<Vec<String>>>, holds: RwSignal<Vec<Holds>>, head: RwSignal<bool>) -> AnyView {
    let choose = move |column: usize, event: &ev::Event| {
        let Some(select) = event.target().and_then(|at| at.dyn_into::<HtmlSelectElement>().ok()) else { return };
        let new = Holds::ALL.into_iter().find(|holds| holds.key() == select.value()).unwrap_or(Holds::Nothing);
        holds.update(|all| {
            for (place, holds) in all.iter_mut().enumerate() {
                if place == column {
                    *holds = new;
                } else if *holds == new {
                    *holds = Holds::Nothing;
                }
            }
        });
    };
    let selects = move || {
        let first = sheet.read().first().cloned().unwrap_or_default();
        holds
            .get()
            .into_iter()
            .enumerate()
            .map(|(column, now)| {
                let id = format!("column-{column}");
                let sample = first.get(column).cloned().unwrap_or_default();
                let options: Vec<_> = Holds::ALL
                    .into_iter()
                    .map(|holds| {
                        let label = if holds == Holds::Nothing {
                            naming::Label::Ours(words::IMPORT_SKIP)
                        } else {
                            naming::key(holds.key())
                        };
                        view! { <option value=holds.key() selected=holds == now>{move || label.say()}</option> }
                    })
                    .collect();
                view! {
                    <div class="field">
                        <label for=id.clone()>{fill(words::IMPORT_COLUMN, &[&(column + 1), &sample])}</label>
                        <select id=id on:change=move |event| choose(column, &event)>{options}</select>
                    </div>
                }
            })
            .collect_view()
    };
    view! {
        <div class="columns">{selects}</div>
        <div class="field ticking"><div class="row">
            <input type="checkbox" id="head" prop:checked=move || head.get() on:change=move |_| head.update(|head| *head = !*head) />
            <label for="head">{t(words::IMPORT_HEAD)}</label>
        </div></div>
    }
    .into_any()
}

fn preview(rows: &[Row], holds: &[Holds]) -> AnyView {
    let kinds: Vec<Holds> = Holds::ALL
        .into_iter()
        .filter(|kind| {
            *kind != Holds::Nothing
                && (holds.contains(kind) || rows.iter().any(|row| row.faults.iter().any(|(at, _)| at == kind)))
        })
        .collect();
    let heads: Vec<_> =
        kinds.iter().map(|kind| view! { <th scope="col">{naming::key(kind.key()).say()}</th> }).collect();
    // What is wrong comes first: it must be seen.
    let mut order: Vec<&Row> = rows.iter().collect();
    order.sort_by_key(|row| row.faults.is_empty());
    let more = rows.len().saturating_sub(MOST_PREVIEWED);
    let lines: Vec<_> = order
        .into_iter()
        .take(MOST_PREVIEWED)
        .map(|row| {
            let cells: Vec<_> = kinds
                .iter()
                .map(|kind| {
                    let text = match kind {
                        Holds::Name => row.name.clone(),
                        Holds::Category => row.category.clone(),
                        Holds::Traits => row.traits.join(" "),
                        _ => row.id.clone(),
                    };
                    let fault = row
                        .faults
                        .iter()
                        .find(|(at, _)| at == kind)
                        .map(|(_, fault)| view! { <p class="field-error">{t(*fault)}</p> });
                    view! { <td data-head=naming::key(kind.key()).say()>{text}{fault}</td> }
                })
                .collect();
            let fine = row.faults.is_empty().then(|| view! { <span class="tag good">{t(words::IMPORT_FINE)}</span> });
            view! { <tr>{cells}<td data-head=t(words::IMPORT_STATUS)>{fine}</td></tr> }
        })
        .collect();
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=t(words::UNITS)>
            <table class="rows read"><thead><tr>{heads}<th scope="col">{t(words::IMPORT_STATUS)}</th></tr></thead><tbody>{lines}</tbody></table>
        </div>
        {(more > 0).then(|| view! { <p class="soft">{fill(words::IMPORT_MORE_ROWS, &[&more])}</p> })}
    }
    .into_any()
}
