//! What is typed, pasted and pressed in a table of units, as in a spreadsheet.
//!
//! One listener for each kind of event serves the whole table: with 500 lines there are no 1,000 closures.

use frame::{browser, words::Phrase};
use leptos::{ev, prelude::*};
use scoring::RecordKind;
use sheet::{cells::has_commas_between_columns, figure::plain};
use text::records as words;
use wasm_bindgen::JsCast;
use web_sys::{EventTarget, HtmlInputElement};

use crate::{
    figure,
    line::LineText,
    lines::Lines,
    paste::{PastedLine, Pasting, Verdict, by_unit},
};

/// Puts pasted lines into the table.
pub(super) fn accept_pasted(lines: Lines, taken: Vec<PastedLine>) {
    let mut wanted = Vec::with_capacity(taken.len());
    for line in taken {
        let (value, evidence) = match lines.kind == RecordKind::Link {
            true => (line.cells[1..].join(" "), None),
            false => (line.cells[1].clone(), line.cells.get(2).cloned()),
        };
        wanted.push((line.target, value, evidence));
    }
    let changed: Vec<usize> = wanted.iter().map(|(line, ..)| *line).collect();
    lines.take(wanted);
    changed.into_iter().for_each(|line| show_line(lines, line));
}

/// Writes into a line's controls what stands in it.
fn show_line(lines: Lines, line: usize) {
    let text = lines.texts.with_value(|texts| texts[line].clone());
    show_text("value", line, &text.value);
    show_text("evidence", line, &text.evidence);
}

/// The control of a line that an event came from: `value-12`.
fn place(target: Option<EventTarget>) -> Option<(HtmlInputElement, &'static str, usize)> {
    let input: HtmlInputElement = target?.dyn_into().ok()?;
    let id = input.id();
    let (part, line) = id.split_once('-')?;
    let part = ["value", "evidence"].into_iter().find(|known| *known == part)?;
    Some((input, part, line.parse().ok()?))
}

pub(super) fn show_text(part: &str, line: usize, text: &str) {
    let input = document().get_element_by_id(&format!("{part}-{line}"));
    if let Some(input) = input.and_then(|input| input.dyn_into::<HtmlInputElement>().ok()) {
        input.set_value(text);
    }
}

pub(super) fn typed(lines: Lines, event: &ev::Event) {
    match place(event.target()) {
        Some((input, "value", line)) => lines.typed(line, Some(input.value()), None),
        Some((input, _, line)) => lines.typed(line, None, Some(input.value())),
        None => {}
    }
}

pub(super) fn left(lines: Lines, event: &ev::Event) {
    let Some((input, part, line)) = place(event.target()) else { return };
    // Full-width digits become plain ones before they are checked.
    let plain = plain(&input.value());
    if part == "value" && lines.kind == RecordKind::Entry && plain != input.value() {
        input.set_value(&plain);
        lines.typed(line, Some(plain), None);
    }
    lines.left(line);
}

pub(super) fn retry(lines: Lines, event: &ev::MouseEvent) {
    let button = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let line = button.and_then(|button| button.id().strip_prefix("retry-").and_then(|line| line.parse().ok()));
    if let Some(line) = line {
        lines.left(line);
        browser::focus(&format!("value-{line}"));
    }
}

/// The keys of a spreadsheet: Enter and the arrows walk, Ctrl+Z takes the last change of lines back. Enter in the last
/// line saves it.
pub(super) fn walk(lines: Lines, event: &ev::KeyboardEvent) {
    let Some((input, part, line)) = place(event.target()) else { return };
    // An input method confirms its word with Enter.
    if event.is_composing() {
        return;
    }
    let at = |end: u32| {
        input.selection_start().ok().flatten() == Some(end) && input.selection_end().ok().flatten() == Some(end)
    };
    let next = match event.key().as_str() {
        "z" if (event.ctrl_key() || event.meta_key()) && lines.stands_as_taken(line, &input.value(), part) => {
            let changed = lines.undo();
            for line in &changed {
                show_line(lines, *line);
            }
            if !changed.is_empty() {
                event.prevent_default();
            }
            return;
        }
        "Enter" | "ArrowDown" => beside(part, line, true),
        "ArrowUp" => beside(part, line, false),
        // Over the end of what stands in the cell.
        "ArrowRight"
            if part == "value" && at(u32::try_from(input.value().encode_utf16().count()).unwrap_or_default()) =>
        {
            Some(format!("evidence-{line}"))
        }
        "ArrowLeft" if part == "evidence" && at(0) => Some(format!("value-{line}")),
        _ => return,
    };
    event.prevent_default();
    match next {
        Some(next) => {
            browser::focus(&next);
            // As in a spreadsheet: what is typed takes the place of what stands there.
            if let Some(input) =
                document().get_element_by_id(&next).and_then(|at| at.dyn_into::<HtmlInputElement>().ok())
            {
                input.select();
            }
        }
        None if event.key() == "Enter" => left(lines, event),
        None => {}
    }
}

/// The control of the same column in the next line that is shown.
fn beside(part: &str, line: usize, down: bool) -> Option<String> {
    let mut next = line;
    loop {
        next = if down { next + 1 } else { next.checked_sub(1)? };
        let id = format!("{part}-{next}");
        let input = document().get_element_by_id(&id)?;
        if input.closest("tr[hidden]").ok().flatten().is_none() {
            return Some(id);
        }
    }
}

/// A block that was copied from a spreadsheet goes straight into the cells. What has no cell, such as a line for a unit
/// that is not there, stays in the box below, with the reason.
pub(super) fn pasted(lines: Lines, pasting: Pasting, event: &ev::ClipboardEvent) {
    let Some((_, "value", line)) = place(event.target()) else { return };
    let text = event.clipboard_data().and_then(|data| data.get_data("text/plain").ok()).unwrap_or_default();
    let is_links = lines.kind == RecordKind::Link;
    let several = text.trim_end().contains('\n') || (!is_links && text.contains('\t'));
    if !several {
        return;
    }
    event.prevent_default();
    let (placed, rest): (Vec<_>, Vec<_>) = read_pasted(lines, &text, line)
        .into_iter()
        .filter(|line| line.verdict != Verdict::Empty)
        .partition(|line| !matches!(line.verdict, Verdict::Wrong(0, _)));
    let (absent, placed): (Vec<_>, Vec<_>) = placed.into_iter().partition(|line| line.verdict == Verdict::Absent);
    accept_pasted(lines, placed);
    for line in absent {
        lines.absent(line.target, line.cells[1].clone());
        show_line(lines, line.target);
    }
    if !rest.is_empty() {
        let rest: Vec<String> = rest.iter().map(|line| line.cells.join("\t")).collect();
        pasting.offer(rest.join("\n"), 0);
    }
}

/// What a pasted text would do to the lines, checked as the lines themselves are.
pub(super) fn read_pasted(lines: Lines, text: &str, first: usize) -> Vec<PastedLine> {
    let units = lines.units.get_value();
    let mut read = by_unit(text, &units, first);
    let is_links = lines.kind == RecordKind::Link;
    // `林业站,85,5`: the figure may be 85.5, and the comma its point.
    if !is_links && has_commas_between_columns(text) {
        for line in read.iter_mut().filter(|line| line.verdict == Verdict::Accepted) {
            if let [_, value, next, ..] = line.cells.as_slice()
                && figure::is_parted(value, next)
            {
                let both = format!("{value},{next}");
                line.verdict = Verdict::Wrong(1, Phrase::new(words::FIGURE_COMMA, [both]));
            }
        }
    }
    let good: Vec<usize> = (0..read.len()).filter(|place| read[*place].verdict == Verdict::Accepted).collect();
    let texts: Vec<(usize, LineText)> = good
        .iter()
        .map(|place| {
            let line = &read[*place];
            let value = if is_links { line.cells[1..].join(" ") } else { line.cells[1].clone() };
            (line.target, LineText::of(value))
        })
        .collect();
    for fault in lines.wrong(&texts) {
        read[good[fault.row]].verdict = Verdict::Wrong(1, fault.says);
    }
    read
}
