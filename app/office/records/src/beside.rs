//! What stands beside a record: where it comes from in words, the clause, the day, and the files that show it.
//!
//! Owns the fields and what they give. Refuses to own which kinds of records have a day (`wire`).

use std::collections::BTreeSet;

use frame::{
    drawing::{Drawing, Drawn, classed, el, said as said_in},
    error_summary::{Fault, field_error},
    words::fill,
};
use leptos::{prelude::*, task::spawn_local};
use office_evidence::{Files, file_links, files_field};
use office_frame::{asking, moment::now, plan_context::title_of, template_memory::template_of};
use scoring::{Record, RecordKind};
use text::{Text, evidence as words, records};
use wire::{
    ledger::LedgerRow,
    plan::TemplateNote,
    record::{Beside, MOST_WORDS, RecordRequest},
};

use crate::{book::Book, kept::Texts, typed::Typed};

/// The fields of this module in a draft.
const EVIDENCE: &str = "evidence";
const CLAUSE: &str = "clause";
const DATE: &str = "date";
const FILES: &str = "files";

/// Most characters of a clause that is proposed: what the server takes.
const LONGEST_CLAUSE: usize = 200;

/// Whether a record of a kind has a day.
fn has_day(kind: Option<RecordKind>) -> bool {
    kind.is_some_and(|kind| wire::record::beside(kind).contains(&DATE))
}

/// The fields. `kind` is that of the record, none for a batch of paper ballots.
pub(super) fn beside_fields(book: Book, typed: Typed, kind: Option<RecordKind>, hint: Text) -> AnyView {
    let files = Files::of_text(typed.texts.read_untracked().get(FILES).map_or("", String::as_str));
    // As it began, nothing is written.
    Effect::new(move |before: Option<String>| {
        let text = files.text();
        if before.is_some_and(|before| before != text) {
            typed.set(FILES, text.clone());
        }
        text
    });
    Effect::new(move |_| typed.sending.set(files.busy()));
    let mut fields = classed("div", "contents").add(line(typed, EVIDENCE, records::EVIDENCE, Some(hint), MOST_WORDS));
    if has_day(kind) {
        let day = line(typed, DATE, words::DATE, None, MOST_WORDS);
        fields = fields.add(day);
    }
    let clauses = clauses(book);
    let proposed = el("datalist")
        .attr("id", "clauses")
        .live_all(move || clauses.get().iter().map(|clause| el("option").attr("value", clause)).collect());
    let clause = line(typed, CLAUSE, words::CLAUSE, Some(words::CLAUSE_HINT), LONGEST_CLAUSE).add(proposed);
    let files = files_field(book.context.api("files"), files, "f-files".to_owned());
    view! { <Drawing drawn=fields.add(clause).add(files) /> }.into_any()
}

/// A field of one line, or of a day, that begins with what the draft says.
fn line(typed: Typed, field: &'static str, label: Text, hint: Option<Text>, longest: usize) -> Drawn {
    let (id, wrong) = (format!("f-{field}"), format!("f-{field}"));
    let mut drawn = classed("div", "field").add(said_in("label", label).attr("for", &id));
    if let Some(hint) = hint {
        drawn = drawn.add(said_in("p", hint).attr("class", "hint").attr("id", &format!("{id}-hint")));
    }
    let mut input = el("input").attr("id", &id).attr("autocomplete", "off").attr("maxlength", &longest.to_string());
    match field {
        DATE => input = input.attr("type", "date").attr("class", "short"),
        CLAUSE => input = input.attr("list", "clauses"),
        _ => {}
    }
    let input = input
        .attr("aria-describedby", &format!("{id}-hint {id}-error"))
        .attr("value", &typed.texts.read_untracked().get(field).cloned().unwrap_or_default())
        .live_attr("aria-invalid", move || {
            typed.faults.read().iter().any(|fault| fault.field == wrong).then(|| "true".to_owned())
        })
        .on("input", move |event| typed.set(field, event_target_value(&event)));
    drawn.add(field_error(typed.faults.into(), id)).add(input)
}

/// What the fields say.
///
/// # Errors
/// A day that is none or is to come, and files that are still on their way, at their fields.
pub(super) fn beside_of(typed: Typed, kind: Option<RecordKind>) -> Result<Beside, Vec<Fault>> {
    let texts = typed.texts.get_untracked();
    let date = said(&texts, DATE).filter(|_| has_day(kind));
    let mut faults = Vec::new();
    if date.as_ref().is_some_and(|date| !wire::day::is_day(date) || *date > wire::day::of(now())) {
        faults.push(Fault::at("f-date", words::DATE_BAD));
    }
    if typed.sending.get_untracked() {
        faults.push(Fault::at("f-files", words::STILL_SENDING));
    }
    let files = Files::of_text(texts.get(FILES).map_or("", String::as_str)).hashes();
    let beside = Beside { evidence: said(&texts, EVIDENCE), files, clause: said(&texts, CLAUSE), date };
    if faults.is_empty() { Ok(beside) } else { Err(faults) }
}

/// A record as the routes take it.
pub(super) fn with_beside(record: impl Into<Record>, beside: Beside) -> RecordRequest {
    RecordRequest { what: record.into(), beside }
}

/// A record with the evidence and the files that many lines share.
pub(super) fn with_common(record: Record, evidence: &str, files: Files) -> RecordRequest {
    let evidence = Some(evidence.trim().to_owned()).filter(|text| !text.is_empty());
    with_beside(record, Beside { evidence, files: files.hashes(), ..Beside::default() })
}

/// The members of a kept record that stand beside it, as a draft has them.
pub(super) fn beside_texts(evidence: Option<&str>, clause: Option<&str>, files: &[String]) -> Texts {
    // A kept file's name is not told; its number is.
    let files: Vec<String> = files
        .iter()
        .enumerate()
        .map(|(place, file)| format!("{file} {}", fill(words::FILE, &[&(place + 1)])))
        .collect();
    let texts = [
        (EVIDENCE, evidence.unwrap_or_default().to_owned()),
        (CLAUSE, clause.unwrap_or_default().to_owned()),
        (FILES, files.join("\n")),
    ];
    texts.into_iter().map(|(name, text)| (name.to_owned(), text)).collect()
}

/// What stands beside a kept record, in a cell of a table.
pub(super) fn beside_cell(book: Book, row: &LedgerRow) -> AnyView {
    let words = [row.evidence.clone(), row.clause.clone(), row.date.clone()];
    let words = words.into_iter().flatten().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" · ");
    view! { {words}{file_links(&book.context.api("files"), &row.files)} }.into_any()
}

/// What a text of a draft says; nothing where it is blank.
pub(super) fn said(texts: &Texts, field: &str) -> Option<String> {
    texts.get(field).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// The clauses of the plan's source, where it was made of a template, once they are here.
fn clauses(book: Book) -> RwSignal<BTreeSet<String>> {
    let found = RwSignal::new(BTreeSet::new());
    spawn_local(async move {
        let title = book.context.answer.with_untracked(|answer| title_of(&answer.plan));
        let id = book.context.id();
        let Some(template) = template_of(&id, &title).await else { return };
        // Without them the field can be filled in all the same.
        if let Ok(notes) = asking::get::<Vec<TemplateNote>>(&format!("/api/templates/{template}/notes")).await {
            let clauses = notes.body.into_iter().map(|note| note.clause);
            found.try_set(clauses.filter(|clause| clause.chars().count() <= LONGEST_CLAUSE).collect());
        }
    });
    found
}
