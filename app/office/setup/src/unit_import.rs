//! Units out of a sheet: paste or choose a file, say what each column is, look, take over.
//!
//! Rows that are no units are counted, shown with the reason at the cell, and can be saved to a file.

use frame::{
    error_summary::{ErrorSummary, Fault, FieldError},
    words::{fill, joined, t},
};
use leptos::{ev, prelude::*};
use office_frame::{
    Office,
    csv::{Cell, csv_file},
    download::download,
    limits::MOST_SHEET_ROWS,
    names::named,
    table_file::FileField,
};
use sheet::outline;
use text::office_setup as words;
use wasm_bindgen::JsCast;
use web_sys::HtmlTextAreaElement;

use crate::{
    draft::Draft,
    import_columns::{Columns, LeftOut},
    import_preview::preview,
    imported_unit::{Row, Taking, guess, new_categories, rows_of, take_over, units},
};

#[component]
pub fn ImportPage() -> impl IntoView {
    let draft = expect_context::<Draft>();
    let office = expect_context::<Office>();
    let faults = RwSignal::new(Vec::<Fault>::new());
    let sheet = RwSignal::new(Vec::<Vec<String>>::new());
    let taking = RwSignal::new(Taking::default());
    let load = Callback::new(move |text: String| {
        let rows = rows_of(&text);
        let long = rows.len() > MOST_SHEET_ROWS;
        faults.set(long.then(|| Fault::at("paste", words::IMPORT_TOO_LONG)).into_iter().collect());
        let rows = if long { Vec::new() } else { rows };
        let head = outline::head_row(&rows);
        let category = taking.with_untracked(|taking| taking.category.clone());
        taking.set(Taking { holds: guess(&rows, head), head, fill_down: true, category, ..Taking::default() });
        sheet.set(rows);
    });
    let pasted = move |event: ev::Event| {
        if let Some(area) = event.target().and_then(|at| at.dyn_into::<HtmlTextAreaElement>().ok()) {
            load.run(area.value());
        }
    };
    let rows = Memo::new(move |_| draft.with(|plan| units(plan, &sheet.read(), &taking.read())));
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
    let correct = Callback::new(move |(place, column, text): (usize, usize, String)| {
        sheet.update(|sheet| {
            if let Some(row) = sheet.get_mut(place) {
                if row.len() <= column {
                    row.resize(column + 1, String::new());
                }
                row[column] = text.trim().to_owned();
            }
        });
    });
    let rejected = move |_| {
        download("rejected.csv", "text/csv;charset=utf-8", &rejected_file(&rows.read_untracked()));
    };
    let categories =
        draft.with(|plan| named(plan, "/categories").into_iter().map(|(_, name)| name).collect::<Vec<_>>());
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
            <FileField faults load />
        </div>
        <Show when=move || !sheet.read().is_empty()>
            <section class="panel stack" aria-labelledby="preview">
                <h2 id="preview">{t(words::IMPORT_PREVIEW)}</h2>
                <Columns sheet taking categories=categories.clone() />
                <p role="status"><strong>{move || fill(words::IMPORT_COUNTS, &[&good(), &bad()])}</strong></p>
                <LeftOut sheet taking />
                {move || {
                    let new = draft.with(|plan| new_categories(plan, &rows.read()));
                    (!new.is_empty()).then(|| view! { <p class="note">{fill(words::IMPORT_NEW_CATEGORY, &[&joined(new, "、")])}</p> })
                }}
                {move || preview(&rows.read(), &taking.read().holds, correct)}
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

/// The rows that are no units, each with why.
fn rejected_file(rows: &[Row]) -> String {
    csv_file(rows.iter().filter(|row| !row.faults.is_empty()).map(|row| {
        let why: Vec<&str> = row.faults.iter().map(|(_, fault)| t(*fault)()).collect();
        row.cells.iter().map(Cell::text).chain([Cell::text(why.join("; "))]).collect()
    }))
}
