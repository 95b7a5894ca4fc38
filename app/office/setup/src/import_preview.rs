//! The rows that will be units, those with faults first: what is wrong stands at its cell, and can be put right there.

use frame::words::{fill, t};
use leptos::{ev, prelude::*};
use office_frame::limits::MOST_PREVIEWED;
use office_plan_words::naming;
use text::office_setup as words;

use crate::imported_unit::{Holds, Row};

/// The table; `correct` gets the row, the column and the new text of a cell.
pub fn preview(rows: &[Row], holds: &[Holds], correct: Callback<(usize, usize, String)>) -> AnyView {
    let kinds: Vec<Holds> = Holds::ALL
        .into_iter()
        .filter(|kind| {
            let named =
                holds.contains(kind) || (*kind == Holds::Category && rows.iter().any(|row| !row.category.is_empty()));
            *kind != Holds::Nothing && (named || rows.iter().any(|row| row.faults.iter().any(|(at, _)| at == kind)))
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
            let cells: Vec<_> = kinds.iter().map(|kind| cell(row, *kind, holds, correct)).collect();
            let fine = row.faults.is_empty().then(|| view! { <span class="tag good">{t(words::IMPORT_FINE)}</span> });
            view! { <tr><td class="figure soft">{row.place + 1}</td>{cells}<td data-head=t(words::IMPORT_STATUS)>{fine}</td></tr> }
        })
        .collect();
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=t(words::UNITS)>
            <table class="rows read">
                <thead><tr><th scope="col" class="figure">{t(words::IMPORT_ROW)}</th>{heads}<th scope="col">{t(words::IMPORT_STATUS)}</th></tr></thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
        {(more > 0).then(|| view! { <p class="soft">{fill(words::IMPORT_MORE_ROWS, &[&more])}</p> })}
    }
    .into_any()
}

/// A cell; an input where its row has a fault and the sheet a column for it.
fn cell(row: &Row, kind: Holds, holds: &[Holds], correct: Callback<(usize, usize, String)>) -> AnyView {
    let text = match kind {
        Holds::Name => row.name.clone(),
        Holds::Category => row.category.clone(),
        Holds::Traits => row.traits.join(" "),
        _ => row.id.clone(),
    };
    let head = naming::key(kind.key()).say();
    let fault = row.faults.iter().find(|(at, _)| *at == kind).map(|(_, fault)| *fault);
    let column = holds.iter().position(|holds| *holds == kind);
    let content = match (fault, column) {
        (Some(_), Some(column)) => {
            let (place, label) = (row.place, fill(words::IMPORT_CELL, &[&(row.place + 1), &head]));
            let change = move |event: ev::Event| correct.run((place, column, event_target_value(&event)));
            view! { <input aria-label=label aria-invalid="true" autocomplete="off" prop:value=text on:change=change /> }
                .into_any()
        }
        _ => text.into_any(),
    };
    let fault = fault.map(|fault| view! { <p class="field-error">{t(fault)}</p> });
    view! { <td data-head=head>{content}{fault}</td> }.into_any()
}
