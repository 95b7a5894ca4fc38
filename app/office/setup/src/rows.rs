//! A list of the plan document as a table to be filled in: a row for each element, a column for each
//! field, and buttons to add, move and remove rows.
//!
//! On narrow screens the style sheet turns rows into cards, with the column's head beside each cell.

use frame::{
    error_summary::FieldError,
    words::{fill, t},
};
use leptos::prelude::*;
use office_frame::pointer;
use office_plan_words::naming::{self, Label};
use text::office_setup as words;

use crate::{
    control::Act,
    field::{Ask, Kind, Page},
};

/// A column: the member's key, and what it takes.
#[derive(Clone)]
pub struct Column {
    key: &'static str,
    label: Label,
    kind: Kind,
    optional: bool,
}

impl Column {
    /// A required member.
    pub fn new(key: &'static str, kind: Kind) -> Column {
        Column { key, label: naming::key(key), kind, optional: false }
    }

    /// A member that may be absent.
    pub fn optional(key: &'static str, kind: Kind) -> Column {
        Column { optional: true, ..Column::new(key, kind) }
    }
}

impl Page {
    /// The list at `place`, called `title`.
    pub fn rows(self, place: &str, title: Label, columns: Vec<Column>) -> AnyView {
        let count = self.draft.with(|plan| pointer::list(plan, place).len());
        let heads: Vec<_> = columns
            .iter()
            .map(|column| {
                let label = column.label.clone();
                view! { <th scope="col">{move || label.say()}</th> }
            })
            .collect();
        let body: Vec<_> = (0..count).map(|row| self.row(place, row, count, &columns)).collect();
        let (caption, list, draft) = (title, place.to_owned(), self.draft);
        // A page may have several lists of one name.
        let region = move || draft.with(|plan| naming::place(plan, &list));
        let empty = (count == 0).then(|| view! { <p class="soft">{t(words::NONE_YET)}</p> });
        let table = (count > 0).then(|| {
            view! {
                <div class="scroll" tabindex="0" role="region" aria-label=region>
                    <table class="rows">
                        <caption class="sr">{move || caption.say()}</caption>
                        <thead><tr>{heads}<th scope="col">{t(words::ACTIONS)}</th></tr></thead>
                        <tbody>{body}</tbody>
                    </table>
                </div>
            }
        });
        view! {
            <div class="stack tight" id=place.to_owned() tabindex="-1">
                <FieldError faults=self.faults field=place.to_owned() />
                {empty}
                {table}
                {button(Act::Add, place.to_owned(), words::ADD, None)}
            </div>
        }
        .into_any()
    }

    fn row(self, list: &str, row: usize, count: usize, columns: &[Column]) -> AnyView {
        let place = format!("{list}/{row}");
        let number = row + 1;
        let cells: Vec<_> = columns
            .iter()
            .map(|column| {
                let at = scoring::json_pointer(&place, column.key);
                let ask = Ask {
                    place: at.clone(),
                    label: column.label.clone(),
                    hint: None,
                    kind: column.kind.clone(),
                    optional: column.optional,
                    now: None,
                    bare: true,
                };
                let (label, head) = (column.label.clone(), column.label.clone());
                let named = Box::new(move || fill(words::OF_ROW, &[&fill(words::ROW, &[&number]), &label.say()]));
                let control = self.control(ask, Some(named));
                let class = column.key;
                view! {
                    <td class=class data-head=move || head.say()>
                        {control}
                        <FieldError faults=self.faults field=at />
                    </td>
                }
                .into_any()
            })
            .collect();
        let clauses = self.clauses.under(self.draft, &place);
        view! {
            <tr>
                {cells}
                <td class="acts">{row_buttons(&place, row, count)}{clauses}</td>
            </tr>
        }
        .into_any()
    }
}

/// The buttons that move and remove the element at `place`.
pub fn row_buttons(place: &str, row: usize, count: usize) -> AnyView {
    let of = Some(row + 1);
    view! {
        <span class="row-buttons">
            {(row > 0).then(|| button(Act::Up, place.to_owned(), words::UP, of))}
            {(row + 1 < count).then(|| button(Act::Down, place.to_owned(), words::DOWN, of))}
            {button(Act::Remove, place.to_owned(), words::REMOVE, of)}
        </span>
    }
    .into_any()
}

/// A button that the listener in `typing` serves.
pub fn button(act: Act, place: String, text: text::Text, row: Option<usize>) -> AnyView {
    let (class, sign) = match act {
        Act::Remove => ("small-button danger", Some("✕")),
        Act::Up => ("small-button", Some("↑")),
        Act::Down => ("small-button", Some("↓")),
        _ => ("", None),
    };
    // A row's buttons are many: each says of which row it is.
    let said = move || row.map(|row| format!("{} {}", t(text)(), fill(words::ROW, &[&row])));
    let face = move || sign.unwrap_or_else(|| t(text)());
    view! { <button type="button" class=class data-act=act.word() data-at=place aria-label=said title=said>{face}</button> }
        .into_any()
}
