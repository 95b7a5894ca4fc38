//! What earlier years gave: one list for the whole plan, changed here and saved as a whole.
//!
//! Owns the list until it is saved. Lines are added one by one or pasted.

use std::collections::{BTreeMap, BTreeSet};

use frame::{
    error_summary::{ErrorSummary, Fault, FieldError},
    words::{Phrase, fill, joined, t},
};
use leptos::prelude::*;
use office_frame::asking;
use scoring::{History, Plan, Record, RecordKind, is_id, json::Value, records_document::HistoryRecord};
use sheet::cells;
use text::records as words;
use wire::record::RecordKept;

use crate::{
    beside::{beside_fields, beside_of, with_beside},
    book::Book,
    form::{self, said},
    kind::{self, Choice},
    ledger::{LedgerList, Rows},
    paste::{PasteBox, PastedLine, Pasting, Verdict},
    typed::Typed,
};

/// A year, and a unit's id.
type YearOfUnit = (u64, String);

/// Outcomes by year and unit.
type Years = BTreeMap<YearOfUnit, BTreeSet<String>>;

/// The name under which the changed list is kept.
const LIST: &str = "list";

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
    match row.map(|row| &row.record) {
        Some(Record::History(history)) => years_of(history),
        _ => Years::new(),
    }
}

fn years_of(history: &History) -> Years {
    let mut years = Years::new();
    for line in &history.history {
        years.entry((line.year, line.unit.clone())).or_default().extend(line.outcomes.iter().cloned());
    }
    years
}

fn record_of(years: &Years) -> History {
    let line = |((year, unit), outcomes): (&YearOfUnit, &BTreeSet<String>)| HistoryRecord {
        year: *year,
        unit: unit.clone(),
        outcomes: outcomes.iter().cloned().collect(),
    };
    History { history: years.iter().map(line).collect() }
}

/// Year, unit and outcomes as typed or pasted; the number of the cell that is wrong, and why.
fn line_of(plan: &Plan, units: &[Choice], cells: &[String]) -> Result<(YearOfUnit, BTreeSet<String>), (usize, Phrase)> {
    let cell = |place: usize| cells.get(place).map(String::as_str).unwrap_or_default().trim();
    let year = sheet::figure::plain(cell(0).trim_end_matches('年'));
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

/// The list being changed. A handle.
#[derive(Clone, Copy)]
struct Editing {
    book: Book,
    rows: Rows,
    typed: Typed,
    years: RwSignal<Years>,
    units: StoredValue<Vec<Choice>>,
    /// What came of saving.
    note: RwSignal<Option<(bool, Phrase)>>,
    busy: RwSignal<bool>,
}

impl Editing {
    fn start(book: Book, rows: Rows) -> Editing {
        let typed = Typed::at(book, "history");
        let kept = typed.texts.read_untracked().get(LIST).and_then(|text| Value::parse(text.as_bytes()).ok());
        let kept = kept.and_then(|kept| History::read(&kept).ok());
        Editing {
            book,
            rows,
            typed,
            years: RwSignal::new(kept.map_or_else(|| living(rows), |kept| years_of(&kept))),
            units: StoredValue::new(kind::units(&book.plan(), &crate::kept::Texts::new())),
            note: RwSignal::new(None),
            busy: RwSignal::new(false),
        }
    }

    fn change(self, with: &dyn Fn(&mut Years)) {
        self.years.update(|years| with(years));
        self.typed.set(LIST, self.years.with_untracked(|years| Value::of(&record_of(years)).canonical()));
        self.note.set(None);
    }

    fn line_of(self, cells: &[String]) -> Result<(YearOfUnit, BTreeSet<String>), (usize, Phrase)> {
        self.units.with_value(|units| line_of(&self.book.plan(), units, cells))
    }

    /// Adds the line that is typed.
    fn add(self) {
        let texts = self.typed.texts.get_untracked();
        let cells = FIELDS.map(|(id, _)| texts.get(id).cloned().unwrap_or_default());
        match self.line_of(&cells) {
            Ok((place, outcomes)) => {
                self.typed.faults.set(Vec::new());
                self.change(&|years| years.entry(place.clone()).or_default().extend(outcomes.iter().cloned()));
                for (id, _) in &FIELDS[1..] {
                    self.typed.set(id, String::new());
                }
                self.typed.round.update(|round| *round += 1);
                frame::browser::focus_soon("f-unit");
            }
            Err((cell, says)) => self.typed.faults.set(vec![Fault::at(format!("f-{}", FIELDS[cell].0), says)]),
        }
    }

    /// What the lines of a pasted text would do.
    fn read(self, text: &str) -> Vec<PastedLine> {
        let mut lines = Vec::new();
        for (index, cells) in cells(text).into_iter().enumerate() {
            let verdict = match self.line_of(&cells) {
                Ok(_) => Verdict::Accepted,
                // A heading.
                Err((0, _)) if index == 0 && cells.len() > 1 => continue,
                Err(_) if cells.iter().all(String::is_empty) => Verdict::Empty,
                Err((cell, says)) => Verdict::Wrong(cell, says),
            };
            lines.push(PastedLine { number: index + 1, cells, target: 0, verdict });
        }
        lines
    }

    /// Takes pasted lines in the place of what their years and units had.
    fn accept(self, lines: &[PastedLine]) {
        let taken: Vec<_> = lines.iter().filter_map(|line| self.line_of(&line.cells).ok()).collect();
        self.change(&|years| years.extend(taken.iter().cloned()));
    }

    fn save(self) {
        let beside = match beside_of(self.typed, Some(RecordKind::History)) {
            Ok(beside) => beside,
            Err(faults) => return self.typed.faults.set(faults),
        };
        self.typed.faults.set(Vec::new());
        let body = with_beside(record_of(&self.years.read_untracked()), beside);
        let path = self.book.context.api("history");
        asking::run(self.busy, async move {
            match asking::put::<RecordKept>(&path, &body, None).await {
                Ok(_) => {
                    self.typed.next(&[]);
                    self.note.try_set(Some((true, words::HISTORY_SAVED.into())));
                    self.rows.again();
                }
                Err(refusal) => {
                    self.note.try_set(Some((false, Phrase::new(words::NOT_SAVED, [refusal.phrase().say()]))));
                }
            }
        });
    }

    /// The list as a table.
    fn table(self, editable: bool) -> AnyView {
        let plan = self.book.plan();
        let known = kind::outcome_choices(&plan);
        let line = |((year, unit), outcomes): (&YearOfUnit, &BTreeSet<String>)| {
            let name = plan.unit_place(unit).map_or_else(|| unit.clone(), |place| kind::unit_name(&plan, place));
            let named =
                |id: &String| known.iter().find(|one| one.id == *id).map_or_else(|| id.clone(), |one| one.name.clone());
            let said = joined(outcomes.iter().map(named), "、");
            let place = (*year, unit.clone());
            let told = name.clone();
            let year = *year;
            let remove = editable.then(|| {
                view! {
                    <button type="button" class="small" aria-label=move || fill(words::REMOVE_NAMED, &[&year, &told])
                        on:click=move |_| self.change(&|years| { years.remove(&place); })>{t(words::REMOVE)}</button>
                }
            });
            view! { <tr><td>{year}</td><th scope="row">{name}</th><td>{said}</td><td>{remove}</td></tr> }.into_any()
        };
        self.years.read().iter().map(line).collect_view().into_any()
    }
}

#[component]
fn Editor(book: Book, rows: Rows, editable: bool) -> impl IntoView {
    let editing = Editing::start(book, rows);
    let Editing { typed, years, note, busy, .. } = editing;
    let changed = Memo::new(move |_| {
        rows.last.track();
        *years.read() != living(rows)
    });
    form::guard(move || changed.get());
    let add = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        editing.add();
    };
    let read = Callback::new(move |(text, _): (String, usize)| editing.read(&text));
    let accept = Callback::new(move |lines: Vec<PastedLine>| editing.accept(&lines));
    let struck = Callback::new(move |_: Option<Record>| {
        years.set(Years::new());
        typed.next(&[]);
    });
    let pasting = Pasting::new();
    let arrange = Callback::new(|text: String| text);
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
                        <tbody>{move || editing.table(editable)}</tbody>
                    </table>
                </div>
            </Show>
            {editable.then(|| view! {
                <ErrorSummary faults=typed.faults />
                <form class="row ends" novalidate on:submit=add>
                    {move || {
                        typed.round.track();
                        FIELDS.iter().map(|(id, label)| line_field(typed, editing.units, id, *label)).collect_view()
                    }}
                    <button type="submit">{t(words::ADD_LINE)}</button>
                </form>
                <p class="hint" id="outcomes-hint">{t(words::OTHER_OUTCOME)}</p>
            })}
        </section>
        {editable.then(|| view! {
            <PasteBox hint=words::PASTE_HISTORY columns=vec![words::YEAR, words::UNIT, words::OUTCOMES] pasting arrange read accept />
            <section class="panel stack">
                {move || {
                    typed.round.track();
                    beside_fields(book, typed, Some(RecordKind::History), words::EVIDENCE_HINT)
                }}
                <Show when=move || changed.get()><p class="note warn">{t(words::HISTORY_CHANGED)}</p></Show>
                {said(note)}
                <p><button type="button" class="primary" disabled=move || !changed.get() || busy.get() on:click=move |_| editing.save()>{t(words::HISTORY_SAVE)}</button></p>
            </section>
        })}
        <LedgerList book kind=RecordKind::History fixed=Vec::new() rows struck />
    }
}

const FIELDS: [(&str, text::Text); 3] = [("year", words::YEAR), ("unit", words::UNIT), ("outcomes", words::OUTCOMES)];

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
