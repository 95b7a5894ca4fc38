//! The sheet of counts on the page: a line for each unit, a cell for each option, and whether it adds up.

use frame::{
    browser,
    words::{fill, t},
};
use leptos::{ev, prelude::*};
use office_frame::limits::SHEET_LINES;
use sheet::cells;
use text::records as words;
use wasm_bindgen::JsCast;
use web_sys::{EventTarget, HtmlInputElement};

use crate::paper::{count::Balance, entering::Entering};
#[component]
pub(super) fn CountsTable(entering: Entering) -> impl IntoView {
    let first = RwSignal::new(0_usize);
    let all = entering.sheet.with_value(|sheet| sheet.lines.len());
    let columns = entering.sheet.with_value(|sheet| sheet.columns.clone());
    let last = move || (first.get() + SHEET_LINES).min(all);
    let turn = move |to: usize| {
        first.set(to);
        browser::focus_soon("sheet");
    };
    let head = columns
        .iter()
        .enumerate()
        .map(|(column, (_, name))| view! { <th scope="col" id=format!("h-{column}")>{name.clone()}</th> }.into_any());
    let head = head.collect_view();
    view! {
        <div class="panel scroll" id="sheet" tabindex="-1">
            <table class="sheet">
                <thead><tr>
                    <th scope="col">{t(words::UNIT)}</th>
                    {head}
                    <th scope="col">{t(words::CHECK)}</th>
                </tr></thead>
                <tbody>{move || (first.get()..last()).map(|line| sheet_line(entering, line)).collect_view()}</tbody>
            </table>
        </div>
        {(all > SHEET_LINES).then(|| view! {
            <p class="row">
                <button type="button" disabled=move || first.get() == 0 on:click=move |_| turn(first.get_untracked().saturating_sub(SHEET_LINES))>{t(words::BEFORE)}</button>
                <span>{move || fill(words::LINES_SHOWN, &[&(first.get() + 1), &last(), &all])}</span>
                <button type="button" disabled=move || last() == all on:click=move |_| turn(first.get_untracked() + SHEET_LINES)>{t(words::AFTER)}</button>
            </p>
        })}
    }
}

fn sheet_line(entering: Entering, line: usize) -> AnyView {
    let (name, columns) = entering.sheet.with_value(|sheet| (sheet.lines[line].name.clone(), sheet.columns.clone()));
    let balance = entering.balances.with_value(|balances| balances[line]);
    let theirs = move |column: usize| {
        let against = entering.against.read();
        let (_, found) = against.as_ref()?;
        found.iter().find(|one| one.at == Ok((line, column))).map(|one| one.theirs)
    };
    let other = move || entering.against.read().as_ref().map(|(name, _)| name.clone()).unwrap_or_default();
    let cell = |(column, (_, option)): (usize, (String, String))| {
        let key = entering.sheet.with_value(|sheet| sheet.key(line, column));
        let value = entering.typed.texts.read_untracked().get(&key).cloned().unwrap_or_default();
        let wrong = move || (balance.get() == Balance::Bad(column)).then_some("true");
        view! {
            <td data-label=option>
                <input id=format!("n-{line}-{column}") class:differs=move || theirs(column).is_some() inputmode="numeric" autocomplete="off"
                    aria-labelledby=format!("l-{line} h-{column}") aria-describedby=format!("b-{line} o-{line}-{column}")
                    aria-invalid=wrong prop:value=value />
                <span class="small bad-text" id=format!("o-{line}-{column}")>
                    {move || theirs(column).map(|theirs| fill(words::OTHER_SAYS, &[&other(), &theirs]))}
                </span>
            </td>
        }
        .into_any()
    };
    let cells = columns.into_iter().enumerate().map(cell).collect_view();
    let says = move || match balance.get() {
        Balance::Nothing => ("soft", t(words::NOTHING_YET)().to_owned()),
        Balance::Even => ("saved", t(words::BALANCED)().to_owned()),
        Balance::Short(left) => ("unsaved", fill(words::SHORT, &[&left])),
        Balance::Over(more) => ("field-error", fill(words::OVER, &[&more])),
        Balance::Bad(_) => ("field-error", t(words::NOT_A_COUNT)().to_owned()),
    };
    view! {
        <tr>
            <th scope="row" id=format!("l-{line}")>{name}</th>
            {cells}
            <td id=format!("b-{line}") class="line-state">{move || {
                let (class, says) = says();
                view! { <span class=class>{says}</span> }
            }}</td>
        </tr>
    }
    .into_any()
}

/// The cell that an event came from: `n-12-3`.
fn place(target: Option<EventTarget>) -> Option<(HtmlInputElement, usize, usize)> {
    let input: HtmlInputElement = target?.dyn_into().ok()?;
    let id = input.id();
    let (line, column) = id.strip_prefix("n-")?.split_once('-')?;
    let (line, column) = (line.parse().ok()?, column.parse().ok()?);
    Some((input, line, column))
}

pub(super) fn typed_in(entering: Entering, event: &ev::Event) {
    if let Some((input, line, column)) = place(event.target()) {
        entering.set(line, column, input.value());
    }
}

/// A block of cells fills the sheet from the cell that it is pasted into.
pub(super) fn pasted_in(entering: Entering, event: &ev::ClipboardEvent) {
    let Some((_, line, column)) = place(event.target()) else { return };
    let text = event.clipboard_data().and_then(|data| data.get_data("text/plain").ok()).unwrap_or_default();
    if !text.trim_end().contains(['\t', '\n']) {
        return;
    }
    event.prevent_default();
    let (lines, columns) = entering.sheet.with_value(|sheet| (sheet.lines.len(), sheet.columns.len()));
    for (down, row) in cells(&text).into_iter().enumerate().take_while(|(down, _)| line + down < lines) {
        for (right, text) in row.into_iter().enumerate().take_while(|(right, _)| column + right < columns) {
            let (line, column) = (line + down, column + right);
            let input = document().get_element_by_id(&format!("n-{line}-{column}"));
            if let Some(input) = input.and_then(|input| input.dyn_into::<HtmlInputElement>().ok()) {
                input.set_value(&text);
            }
            entering.set(line, column, text);
        }
    }
}

/// Enter and the arrows go up and down a column.
pub(super) fn walk(event: &ev::KeyboardEvent) {
    let Some((_, line, column)) = place(event.target()) else { return };
    let next = match event.key().as_str() {
        "Enter" | "ArrowDown" => Some(line + 1),
        "ArrowUp" => line.checked_sub(1),
        _ => return,
    };
    if event.is_composing() {
        return;
    }
    event.prevent_default();
    if let Some(next) = next {
        browser::focus(&format!("n-{next}-{column}"));
    }
}
