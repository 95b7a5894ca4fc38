//! What the rows and columns of an imported sheet are, to be said by whoever imports: the head, each column, merged
//! cells, and the category of rows that name none.

use frame::words::{fill, joined, t};
use leptos::{ev, prelude::*};
use office_plan_words::naming;
use sheet::outline::RowKind;
use text::{Text, office_setup as words};
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlSelectElement};

use crate::imported_unit::{Holds, Taking, guess, left_out};

/// Rows that are offered as the head.
const HEADS_OFFERED: usize = 15;

type Sheet = RwSignal<Vec<Vec<String>>>;

fn chosen(event: &ev::Event) -> String {
    event
        .target()
        .and_then(|at| at.dyn_into::<HtmlSelectElement>().ok())
        .map(|select| select.value())
        .unwrap_or_default()
}

/// The filled cells of a row, as far as they help to know it.
fn sample(row: &[String]) -> String {
    let cells = row.iter().filter(|cell| !cell.is_empty()).take(4).map(String::as_str);
    joined(cells, " | ").chars().take(40).collect()
}

/// All of it.
#[component]
pub fn Columns(sheet: Sheet, taking: RwSignal<Taking>, categories: Vec<String>) -> impl IntoView {
    let head = move || {
        let now = taking.read().head;
        let rows = sheet.read();
        let offered = rows.iter().take(HEADS_OFFERED).enumerate();
        let options: Vec<_> = offered
            .map(|(place, row)| {
                let label = fill(words::IMPORT_HEAD_ROW, &[&(place + 1), &sample(row)]);
                view! { <option value=place.to_string() selected=now == Some(place)>{label}</option> }
            })
            .collect();
        let choose = move |event: ev::Event| {
            let head = chosen(&event).parse().ok();
            let holds = sheet.with_untracked(|rows| guess(rows, head));
            taking.update(|taking| (taking.head, taking.holds) = (head, holds));
        };
        view! {
            <div class="field">
                <label for="head">{t(words::IMPORT_HEAD)}</label>
                <select id="head" on:change=choose><option value="" selected=now.is_none()>{t(words::IMPORT_NO_HEAD)}</option>{options}</select>
            </div>
        }
    };
    let columns = move || {
        let holds = taking.with(|taking| taking.holds.clone());
        holds.into_iter().enumerate().map(|(column, now)| column_field(sheet, taking, column, now)).collect_view()
    };
    let has_category = move || taking.read().holds.contains(&Holds::Category);
    let known = categories.into_iter().map(|name| view! { <option value=name></option> }).collect_view();
    view! {
        {head}
        <div class="columns">{columns}</div>
        <div class="columns">
            <div class="field">
                <label for="category">{t(words::IMPORT_DEFAULT_CATEGORY)}</label>
                <p class="hint" id="category-hint">{t(words::IMPORT_DEFAULT_CATEGORY_HINT)}</p>
                <input id="category" list="categories" autocomplete="off" aria-describedby="category-hint"
                    prop:value=move || taking.read().category.clone()
                    on:change=move |event| taking.update(|taking| taking.category = event_target_value(&event).trim().to_owned()) />
                <datalist id="categories">{known}</datalist>
            </div>
            <Show when=has_category>
                <div class="field ticking"><div class="row">
                    <input type="checkbox" id="fill-down" prop:checked=move || taking.read().fill_down
                        on:change=move |_| taking.update(|taking| taking.fill_down = !taking.fill_down) />
                    <label for="fill-down">{t(words::IMPORT_FILL_DOWN)}</label>
                </div></div>
            </Show>
        </div>
    }
}

fn column_field(sheet: Sheet, taking: RwSignal<Taking>, column: usize, now: Holds) -> AnyView {
    let choose = move |event: ev::Event| {
        let key = chosen(&event);
        let new = Holds::ALL.into_iter().find(|holds| holds.key() == key).unwrap_or(Holds::Nothing);
        taking.update(|taking| {
            for (place, holds) in taking.holds.iter_mut().enumerate() {
                if place == column {
                    *holds = new;
                } else if *holds == new {
                    *holds = Holds::Nothing;
                }
            }
        });
    };
    let id = format!("column-{column}");
    let heading = sheet.with(|rows| {
        let at = taking.with_untracked(|taking| taking.head.unwrap_or_default());
        rows.get(at).and_then(|row| row.get(column)).cloned().unwrap_or_default()
    });
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
            <label for=id.clone()>{fill(words::IMPORT_COLUMN, &[&(column + 1), &heading])}</label>
            <select id=id on:change=choose>{options}</select>
        </div>
    }
    .into_any()
}

/// The rows that are left out, each with what it is, to be taken all the same.
#[component]
pub fn LeftOut(sheet: Sheet, taking: RwSignal<Taking>) -> impl IntoView {
    let body = move || {
        let rows = sheet.read();
        let left = taking.with(|taking| left_out(&rows, taking));
        let all_the_same = taking.with(|taking| taking.all_the_same.clone());
        let count = left.len();
        if count == 0 && all_the_same.is_empty() {
            return None;
        }
        let line = |place: usize, says: Text| {
            let take = move |event: ev::Event| {
                let input = event.target().and_then(|at| at.dyn_into::<HtmlInputElement>().ok());
                let ticked = input.is_some_and(|input| input.checked());
                taking.update(|taking| {
                    if ticked {
                        taking.all_the_same.insert(place);
                    } else {
                        taking.all_the_same.remove(&place);
                    }
                });
            };
            let text = rows.get(place).map(|row| sample(row)).unwrap_or_default();
            let ticked = all_the_same.contains(&place);
            view! {
                <li><label class="tickbox">
                    <input type="checkbox" prop:checked=ticked on:change=take />
                    <span>{fill(words::IMPORT_LEFT_LINE, &[&(place + 1), &t(says)(), &text])}</span>
                </label></li>
            }
        };
        let mut lines: Vec<(usize, Text)> =
            left.into_iter().map(|(place, kind)| (place, kind_in_words(kind))).collect();
        lines.extend(all_the_same.iter().map(|place| (*place, words::IMPORT_TAKEN)));
        lines.sort_by_key(|(place, _)| *place);
        let lines: Vec<_> = lines.into_iter().map(|(place, says)| line(place, says)).collect();
        Some(view! {
            <details>
                <summary>{fill(words::IMPORT_LEFT_OUT, &[&count])}</summary>
                <p class="hint">{t(words::IMPORT_LEFT_OUT_HINT)}</p>
                <ul class="plain">{lines}</ul>
            </details>
        })
    };
    view! { {body} }
}

const fn kind_in_words(kind: RowKind) -> Text {
    match kind {
        RowKind::Item => words::IMPORT_TAKEN,
        RowKind::Title => words::IMPORT_ROW_TITLE,
        RowKind::Head => words::IMPORT_ROW_HEAD,
        RowKind::Section => words::IMPORT_ROW_SECTION,
        RowKind::Total => words::IMPORT_ROW_TOTAL,
        RowKind::Note => words::IMPORT_ROW_NOTE,
    }
}
