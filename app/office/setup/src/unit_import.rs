//! Units out of a sheet: paste or choose a file, say what each column is, look, take over.
//!
//! Owns the reading of pasted cells and what makes a row a unit. Rows that are none are counted, shown
//! with the reason at the cell, and can be saved to a file.

use std::collections::BTreeSet;

use frame::{
    error_summary::{ErrorSummary, Fault, FieldError},
    words::{fill, t},
};
use leptos::{ev, prelude::*, task::spawn_local};
use office_frame::{Office, download::download, pointer};
use office_plan_words::naming;
use scoring::{is_id, json::Value};
use text::{Text, office_setup as words};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement, TextDecoder, TextDecoderOptions};

use crate::draft::Draft;

/// Rows that the preview shows.
const MOST_SHOWN: usize = 200;

/// What a column holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Holds {
    /// The unit's name.
    Name,
    /// Its category, by name or id.
    Category,
    /// Its traits.
    Traits,
    /// Its id.
    Id,
    /// Nothing that is taken over.
    Nothing,
}

impl Holds {
    const ALL: [Holds; 5] = [Holds::Name, Holds::Category, Holds::Traits, Holds::Id, Holds::Nothing];

    const fn key(self) -> &'static str {
        match self {
            Holds::Name => "name",
            Holds::Category => "category",
            Holds::Traits => "traits",
            Holds::Id => "id",
            Holds::Nothing => "",
        }
    }

    /// What a head says the column holds.
    fn guessed(head: &str) -> Option<Holds> {
        let says = |words: &[&str]| words.iter().any(|word| head.contains(word));
        if says(&["类别", "分类", "类型", "ategory"]) {
            Some(Holds::Category)
        } else if says(&["特征", "标记", "rait"]) {
            Some(Holds::Traits)
        } else if says(&["编号", "代码", "id", "ID"]) {
            Some(Holds::Id)
        } else if says(&["单位", "名称", "科室", "部门", "机构", "窗口", "ame", "nit"]) {
            Some(Holds::Name)
        } else {
            None
        }
    }
}

/// A row of the sheet as a unit, or what keeps it from being one.
#[derive(Clone, PartialEq, Debug)]
pub struct Row {
    /// The cells as they stand in the sheet.
    pub cells: Vec<String>,
    name: String,
    category: String,
    traits: Vec<String>,
    id: String,
    /// What is wrong, at which column's kind.
    pub faults: Vec<(Holds, Text)>,
}

/// The cells of pasted text: tabs between them, or else commas, with quotes as sheets write them.
pub fn cells(text: &str) -> Vec<Vec<String>> {
    let mark = if text.contains('\t') { '\t' } else { ',' };
    let (mut rows, mut row, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut signs = text.trim_start_matches('\u{feff}').chars().peekable();
    while let Some(sign) = signs.next() {
        match sign {
            '"' if quoted && signs.peek() == Some(&'"') => {
                signs.next();
                cell.push('"');
            }
            '"' if quoted => quoted = false,
            '"' if cell.is_empty() => quoted = true,
            '\r' if !quoted => {}
            '\n' if !quoted => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            sign if sign == mark && !quoted => row.push(std::mem::take(&mut cell)),
            sign => cell.push(sign),
        }
    }
    row.push(cell);
    rows.push(row);
    for row in &mut rows {
        for cell in row.iter_mut() {
            *cell = cell.trim().to_owned();
        }
    }
    rows.retain(|row| row.iter().any(|cell| !cell.is_empty()));
    rows
}

/// What the columns hold, by the first row if it is a head. And whether it is one.
pub fn guess(rows: &[Vec<String>]) -> (Vec<Holds>, bool) {
    let width = rows.iter().map(Vec::len).max().unwrap_or_default();
    let guesses: Vec<Option<Holds>> = (0..width)
        .map(|column| rows.first().and_then(|row| row.get(column)).and_then(|head| Holds::guessed(head)))
        .collect();
    // A name such as 编办科室 can look like a head; two guesses or a very short cell make it one.
    let head = guesses.iter().flatten().count() >= 2
        || (rows.len() > 1
            && rows.first().is_some_and(|row| {
                row.first().is_some_and(|cell| cell.chars().count() <= 5 && Holds::guessed(cell).is_some())
            }));
    let mut seen = BTreeSet::new();
    let mut holds: Vec<Holds> = guesses
        .into_iter()
        .map(|guess| match guess {
            Some(guess) if head && seen.insert(guess.key()) => guess,
            _ => Holds::Nothing,
        })
        .collect();
    if !holds.contains(&Holds::Name) {
        if let Some(free) = holds.iter_mut().find(|holds| **holds == Holds::Nothing) {
            *free = Holds::Name;
        }
        if !head && let Some(free) = holds.iter_mut().find(|holds| **holds == Holds::Nothing) {
            *free = Holds::Category;
        }
    }
    (holds, head)
}

/// The rows as units of a plan.
pub fn units(plan: &Value, rows: &[Vec<String>], holds: &[Holds]) -> Vec<Row> {
    let known = pointer::list(plan, "/units");
    let mut names: BTreeSet<String> = BTreeSet::new();
    let mut ids: BTreeSet<String> = known.iter().map(|unit| pointer::text(unit, "/id").to_owned()).collect();
    let categories = naming::named(plan, "/categories");
    let mut number = known.len();
    rows.iter()
        .map(|cells| {
            let cell = |wanted: Holds| {
                holds
                    .iter()
                    .position(|holds| *holds == wanted)
                    .and_then(|column| cells.get(column))
                    .map(String::as_str)
                    .unwrap_or_default()
            };
            let mut faults = Vec::new();
            let name = cell(Holds::Name).to_owned();
            if name.is_empty() {
                faults.push((Holds::Name, words::IMPORT_NO_NAME));
            } else if known.iter().any(|unit| pointer::text(unit, "/name") == name) {
                faults.push((Holds::Name, words::IMPORT_HERE));
            } else if !names.insert(name.clone()) {
                faults.push((Holds::Name, words::IMPORT_TWICE));
            }
            // Where the plan has one category, it goes without saying.
            let category = match cell(Holds::Category) {
                "" if categories.len() == 1 => categories[0].1.say(),
                said => said.to_owned(),
            };
            if category.is_empty() {
                faults.push((Holds::Category, words::IMPORT_NO_CATEGORY));
            }
            let traits: Vec<String> = cell(Holds::Traits)
                .split([' ', ',', ',', '、', ';', ';'])
                .filter(|word| !word.is_empty())
                .map(str::to_owned)
                .collect();
            if traits.iter().any(|name| !is_id(name)) {
                faults.push((Holds::Traits, words::IMPORT_BAD_TRAIT));
            }
            let id = match cell(Holds::Id) {
                "" => loop {
                    number += 1;
                    let id = format!("unit{number}");
                    if !ids.contains(&id) {
                        break id;
                    }
                },
                said => said.to_owned(),
            };
            if !is_id(&id) {
                faults.push((Holds::Id, words::IMPORT_BAD_ID));
            } else if !ids.insert(id.clone()) {
                faults.push((Holds::Id, words::IMPORT_ID_TWICE));
            }
            Row { cells: cells.clone(), name, category, traits, id, faults }
        })
        .collect()
}

/// Categories that good rows name and the plan does not have.
fn new_categories(plan: &Value, rows: &[Row]) -> Vec<String> {
    let known = naming::named(plan, "/categories");
    let mut new: Vec<String> = Vec::new();
    for row in rows.iter().filter(|row| row.faults.is_empty()) {
        if !known.iter().any(|(id, name)| *id == row.category || name.say() == row.category)
            && !new.contains(&row.category)
        {
            new.push(row.category.clone());
        }
    }
    new
}

/// Adds the good rows to the plan, with the categories that they need.
pub fn take_over(plan: &mut Value, rows: &[Row]) {
    for name in new_categories(plan, rows) {
        let mut category = crate::rows::fresh(plan, "/categories");
        pointer::put(&mut category, "/name", Some(Value::Text(name)));
        pointer::put(plan, "/categories/-", Some(category));
    }
    let known = naming::named(plan, "/categories");
    if pointer::at(plan, "/units").is_none() {
        pointer::put(plan, "/units", Some(Value::List(Vec::new())));
    }
    for row in rows.iter().filter(|row| row.faults.is_empty()) {
        let category = known
            .iter()
            .find(|(id, name)| *id == row.category || name.say() == row.category)
            .map(|(id, _)| id.clone())
            .unwrap_or_default();
        let text = |key: &str, value: &str| (key.to_owned(), Value::Text(value.to_owned()));
        let mut unit = vec![text("id", &row.id), text("name", &row.name), text("category", &category)];
        if !row.traits.is_empty() {
            unit.push((
                "traits".to_owned(),
                Value::List(row.traits.iter().map(|name| Value::Text(name.clone())).collect()),
            ));
        }
        pointer::put(plan, "/units/-", Some(Value::Object(unit)));
    }
}

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
        let rows = cells(text);
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
                    (!new.is_empty()).then(|| view! { <p class="note">{fill(words::IMPORT_NEW_CATEGORY, &[&new.join("、")])}</p> })
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
    let more = rows.len().saturating_sub(MOST_SHOWN);
    let lines: Vec<_> = order
        .into_iter()
        .take(MOST_SHOWN)
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

#[cfg(test)]
mod tests {
    use super::*;

    fn plan() -> Value {
        Value::parse(
            r#"{"categories":[{"id":"c1","name":"机关"}],"units":[{"id":"unit1","name":"甲科","category":"c1"}]}"#
                .as_bytes(),
        )
        .unwrap()
    }

    #[test]
    fn cells_come_from_a_sheet_or_a_csv_file() {
        assert_eq!(cells("甲\t机关\r\n乙\t\r\n\r\n"), [["甲", "机关"], ["乙", ""]]);
        assert_eq!(cells("\u{feff}\"甲,一\",\"他说\"\"好\"\"\"\n"), [["甲,一", "他说\"好\""]]);
    }

    #[test]
    fn a_head_says_what_its_columns_hold() {
        let rows = cells("序号\t单位名称\t类别\n1\t甲\t机关");
        assert_eq!(guess(&rows), (vec![Holds::Nothing, Holds::Name, Holds::Category], true));
        let rows = cells("林业站\t机关\n村建所\t机关");
        assert_eq!(guess(&rows), (vec![Holds::Name, Holds::Category], false));
    }

    #[test]
    fn rows_that_are_no_units_say_why_at_the_cell() {
        let rows = cells("甲科\t机关\n乙科\t机关\n乙科\t机关\n\t机关");
        let found = units(&plan(), &rows, &[Holds::Name, Holds::Category]);
        let faults: Vec<Vec<(Holds, Text)>> = found.iter().map(|row| row.faults.clone()).collect();
        assert_eq!(
            faults,
            [
                vec![(Holds::Name, words::IMPORT_HERE)],
                vec![],
                vec![(Holds::Name, words::IMPORT_TWICE)],
                vec![(Holds::Name, words::IMPORT_NO_NAME)]
            ]
        );
    }

    #[test]
    fn good_rows_are_taken_over_with_their_categories() {
        let mut plan = plan();
        let rows = cells("乙科\t窗口\twindow focus\n丙科\t机关\t");
        let found = units(&plan, &rows, &[Holds::Name, Holds::Category, Holds::Traits]);
        take_over(&mut plan, &found);
        assert_eq!(
            plan.canonical(),
            "{\"categories\":[{\"id\":\"c1\",\"name\":\"机关\"},{\"id\":\"category2\",\"name\":\"窗口\"}],\"units\":[{\"category\":\"c1\",\"id\":\"unit1\",\"name\":\"甲科\"},\
            {\"category\":\"category2\",\"id\":\"unit2\",\"name\":\"乙科\",\"traits\":[\"window\",\"focus\"]},{\"category\":\"c1\",\"id\":\"unit3\",\"name\":\"丙科\"}]}"
        );
    }
}
