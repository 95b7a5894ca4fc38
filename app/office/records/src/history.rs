//! What earlier years gave: one list for the whole plan, changed here and saved as a whole.
//!
//! Owns the list until it is saved. Lines are added one by one or pasted.

use std::collections::{BTreeMap, BTreeSet};

use frame::{
    error_summary::{ErrorSummary, Fault, FieldError},
    words::{Phrase, fill, t},
};
use leptos::prelude::*;
use office_frame::{asking, cells::cells};
use scoring::{Plan, is_id, json::Value};
use text::records as words;
use wire::{ledger::RecordKind, record::RecordKept};

use crate::{
    book::Book,
    form::{self, Typed, evidence_field, said},
    kind::{self, Choice},
    ledger::{LedgerList, Rows},
    paste::{PasteBox, PastedLine, Pasting, Verdict},
};

/// Outcomes by year and unit.
type Years = BTreeMap<(u64, String), BTreeSet<String>>;

/// The name under which the changed list is kept.
const LIST: &str = "list";

/// The page.
#[component]
pub(super) fn HistoryPage(book: Book) -> impl IntoView {
    let rows = Rows::start(book, RecordKind::History);
    let here = Memo::new(move |before: Option<&bool>| {
        before.copied().unwrap_or_default() || matches!(*rows.last.read(), Some(Ok(_)))
    });
    let closed = form::closed_note(book);
    let editable = closed.is_none();
    view! {
        {closed}
        {move || match here.get() {
            true => view! { <Editor book rows editable /> }.into_any(),
            false => asking::loading(),
        }}
    }
}

fn living(rows: Rows) -> Years {
    let last = rows.last.get_untracked().and_then(Result::ok).unwrap_or_default();
    let row = last.iter().find(|row| row.struck.is_none());
    row.map(|row| years_of(&row.record)).unwrap_or_default()
}

fn years_of(record: &Value) -> Years {
    let mut years = Years::new();
    let Some(Value::List(lines)) = record.get("history") else { return years };
    for line in lines {
        let (Some(Value::Int(year)), Some(unit)) = (line.get("year"), line.get("unit").and_then(Value::as_str)) else {
            continue;
        };
        let outcomes = years.entry((u64::try_from(*year).unwrap_or_default(), unit.to_owned())).or_default();
        if let Some(Value::List(ids)) = line.get("outcomes") {
            outcomes.extend(ids.iter().filter_map(Value::as_str).map(str::to_owned));
        }
    }
    years
}

fn record_of(years: &Years) -> Value {
    let line = |((year, unit), outcomes): (&(u64, String), &BTreeSet<String>)| {
        Value::Object(vec![
            ("year".to_owned(), Value::Int(i64::try_from(*year).unwrap_or_default())),
            ("unit".to_owned(), Value::Text(unit.clone())),
            ("outcomes".to_owned(), Value::List(outcomes.iter().cloned().map(Value::Text).collect())),
        ])
    };
    Value::Object(vec![("history".to_owned(), Value::List(years.iter().map(line).collect()))])
}

/// A year, and a unit's id.
type YearOfUnit = (u64, String);

/// Year, unit and outcomes as typed or pasted; the number of the cell that is wrong, and why.
fn line_of(plan: &Plan, units: &[Choice], cells: &[String]) -> Result<(YearOfUnit, BTreeSet<String>), (usize, Phrase)> {
    let cell = |place: usize| cells.get(place).map(String::as_str).unwrap_or_default().trim();
    let year = kind::figure(cell(0).trim_end_matches('年'));
    let year = year.parse().ok().filter(|year| (1000..=9999).contains(year));
    let year: u64 = year.ok_or_else(|| (0, words::YEAR_BAD.into()))?;
    if cell(1).is_empty() {
        return Err((1, words::CHOOSE_ONE.into()));
    }
    let unit = kind::resolve(units, cell(1)).map_err(|says| (1, says))?;
    let known = kind::outcome_choices(plan);
    let mut outcomes = BTreeSet::new();
    let split = |sign: char| matches!(sign, '、' | ',' | ';' | '\u{ff0c}' | '\u{ff1b}' | '\n');
    for name in cell(2).split(split).map(str::trim).filter(|name| !name.is_empty()) {
        match kind::resolve(&known, name) {
            Ok(id) => outcomes.insert(id),
            // Another year's plan had outcomes of its own.
            Err(_) if is_id(name) => outcomes.insert(name.to_owned()),
            Err(says) => return Err((2, says)),
        };
    }
    if outcomes.is_empty() { Err((2, words::FILL.into())) } else { Ok(((year, unit), outcomes)) }
}

#[component]
fn Editor(book: Book, rows: Rows, editable: bool) -> impl IntoView {
    let plan = book.plan();
    let typed = Typed::at(book, "history");
    let kept = typed.texts.read_untracked().get(LIST).and_then(|text| Value::parse(text.as_bytes()).ok());
    let years = RwSignal::new(kept.map_or_else(|| living(rows), |kept| years_of(&kept)));
    let changed = Memo::new(move |_| {
        rows.last.track();
        *years.read() != living(rows)
    });
    let note = RwSignal::new(None::<(bool, Phrase)>);
    let busy = RwSignal::new(false);
    form::guard(move || changed.get());
    let change = move |with: &dyn Fn(&mut Years)| {
        years.update(|years| with(years));
        typed.set(LIST, years.with_untracked(|years| record_of(years).canonical()));
        note.set(None);
    };
    let units = StoredValue::new(kind::units(&plan, &crate::kept::Texts::new()));
    let add = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let texts = typed.texts.get_untracked();
        let cells = FIELDS.map(|(id, _)| texts.get(id).cloned().unwrap_or_default());
        match units.with_value(|units| line_of(&book.plan(), units, &cells)) {
            Ok((place, outcomes)) => {
                typed.faults.set(Vec::new());
                change(&|years| years.entry(place.clone()).or_default().extend(outcomes.iter().cloned()));
                for (id, _) in &FIELDS[1..] {
                    typed.set(id, String::new());
                }
                typed.round.update(|round| *round += 1);
                browser_focus();
            }
            Err((cell, says)) => typed.faults.set(vec![Fault::at(format!("f-{}", FIELDS[cell].0), says)]),
        }
    };
    let read = Callback::new(move |(text, _): (String, usize)| {
        let plan = book.plan();
        let mut lines = Vec::new();
        for (index, cells) in cells(&text).into_iter().enumerate() {
            let verdict = match units.with_value(|units| line_of(&plan, units, &cells)) {
                Ok(_) => Verdict::Accepted,
                // A heading.
                Err((0, _)) if index == 0 && cells.len() > 1 => continue,
                Err(_) if cells.iter().all(String::is_empty) => Verdict::Empty,
                Err((cell, says)) => Verdict::Wrong(cell, says),
            };
            lines.push(PastedLine { number: index + 1, cells, target: 0, verdict });
        }
        lines
    });
    let accept = Callback::new(move |lines: Vec<PastedLine>| {
        let plan = book.plan();
        let taken: Vec<_> =
            lines.iter().filter_map(|line| units.with_value(|units| line_of(&plan, units, &line.cells)).ok()).collect();
        change(&|years| {
            for (place, outcomes) in &taken {
                years.insert(place.clone(), outcomes.clone());
            }
        });
    });
    let save = move |_| {
        let body =
            form::with_evidence(record_of(&years.read_untracked()), typed.texts.read_untracked().get("evidence"));
        let path = book.context.api("history");
        asking::run(busy, async move {
            match asking::put::<RecordKept>(&path, &body, None).await {
                Ok(_) => {
                    typed.next(&[]);
                    note.try_set(Some((true, words::HISTORY_SAVED.into())));
                    rows.again();
                }
                Err(refusal) => {
                    note.try_set(Some((false, Phrase::new(words::NOT_SAVED, [refusal.phrase().say()]))));
                }
            }
        });
    };
    let struck = Callback::new(move |_: Value| {
        years.set(Years::new());
        typed.next(&[]);
    });
    let pasting = Pasting::new();
    let table = move || {
        let plan = book.plan();
        let known = kind::outcome_choices(&plan);
        let line = |((year, unit), outcomes): (&(u64, String), &BTreeSet<String>)| {
            let name = plan.unit_place(unit).map_or_else(|| unit.clone(), |place| kind::unit_name(&plan, place));
            let named =
                |id: &String| known.iter().find(|one| one.id == *id).map_or_else(|| id.clone(), |one| one.name.clone());
            let said = outcomes.iter().map(named).collect::<Vec<_>>().join("、");
            let place = (*year, unit.clone());
            let told = name.clone();
            let year = *year;
            let remove = editable.then(|| {
                view! {
                    <button type="button" class="small" aria-label=move || fill(words::REMOVE_NAMED, &[&year, &told])
                        on:click=move |_| change(&|years| { years.remove(&place); })>{t(words::REMOVE)}</button>
                }
            });
            view! { <tr><td>{year}</td><th scope="row">{name}</th><td>{said}</td><td>{remove}</td></tr> }.into_any()
        };
        years.read().iter().map(line).collect_view()
    };
    let evidence_round = typed.round;
    view! {
        <section class="panel stack" aria-labelledby="years">
            <h2 id="years">{move || fill(words::HISTORY_LINES, &[&years.read().len()])}</h2>
            <Show when=move || years.read().is_empty()><p class="soft">{t(words::HISTORY_EMPTY)}</p></Show>
            <Show when=move || !years.read().is_empty()>
                <div class="scroll tall" tabindex="0" role="region" aria-label=t(words::HISTORY)>
                    <table>
                        <thead><tr>
                            <th scope="col">{t(words::YEAR)}</th><th scope="col">{t(words::UNIT)}</th>
                            <th scope="col">{t(words::OUTCOMES)}</th><td></td>
                        </tr></thead>
                        <tbody>{table}</tbody>
                    </table>
                </div>
            </Show>
            {editable.then(|| view! {
                <ErrorSummary faults=typed.faults />
                <form class="row ends" novalidate on:submit=add>
                    {move || {
                        typed.round.track();
                        FIELDS.iter().map(|(id, label)| line_field(typed, units, id, *label)).collect_view()
                    }}
                    <button type="submit">{t(words::ADD_LINE)}</button>
                </form>
                <p class="hint" id="outcomes-hint">{t(words::OTHER_OUTCOME)}</p>
            })}
        </section>
        {editable.then(|| view! {
            <PasteBox hint=words::PASTE_HISTORY columns=vec![words::YEAR, words::UNIT, words::OUTCOMES] pasting read accept />
            <section class="panel stack">
                {move || {
                    evidence_round.track();
                    evidence_field(typed, words::EVIDENCE_HINT)
                }}
                <Show when=move || changed.get()><p class="note warn">{t(words::HISTORY_CHANGED)}</p></Show>
                {said(note)}
                <p><button type="button" class="primary" disabled=move || !changed.get() || busy.get() on:click=save>{t(words::HISTORY_SAVE)}</button></p>
            </section>
        })}
        <LedgerList book kind=RecordKind::History fixed=Vec::new() rows struck />
    }
}

const FIELDS: [(&str, text::Text); 3] = [("year", words::YEAR), ("unit", words::UNIT), ("outcomes", words::OUTCOMES)];

fn browser_focus() {
    frame::browser::focus_soon("f-unit");
}

/// One field of a new line; units are found by typing.
fn line_field(typed: Typed, units: StoredValue<Vec<Choice>>, field: &'static str, label: text::Text) -> AnyView {
    let id = format!("f-{field}");
    let described = format!("{id}-error");
    let value = typed.texts.read_untracked().get(field).cloned().unwrap_or_default();
    let at = id.clone();
    let wrong = move || typed.faults.read().iter().any(|fault| fault.field == at).then_some("true");
    let list = (field == "unit").then(|| {
        let options = units.with_value(|units| {
            units.iter().map(|unit| view! { <option value=unit.name.clone()></option> }.into_any()).collect_view()
        });
        view! { <datalist id="units">{options}</datalist> }
    });
    let list_id = list.is_some().then_some("units");
    view! {
        <div class="field" class:grow=field != "year">
            <label for=id.clone()>{t(label)}</label>
            <FieldError faults=typed.faults field=id.clone() />
            <input id=id list=list_id autocomplete="off" aria-describedby=described aria-invalid=wrong prop:value=value
                on:input=move |event| typed.set(field, event_target_value(&event)) />
            {list}
        </div>
    }
    .into_any()
}
