//! The record that typed texts make, what is wrong with it, and its members in words.
//!
//! The rules are `scoring`'s: every record is read and checked under the plan exactly as the server will.

use frame::words::{Phrase, fill, joined, t};
use scoring::{Plan, ProblemCode, Record, RecordKind, Records, RecordsDocument, json::Value};
use sheet::figure::plain;
use text::records as words;

use crate::{
    figure,
    kept::Texts,
    kind::{Choice, Control, Field, asked, fields, resolve, sign_of, text_of},
};

/// What is wrong with one of several records.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct RowFault {
    /// Which of them.
    pub(super) row: usize,
    /// Which member; empty where it is none of them.
    pub(super) field: String,
    pub(super) says: Phrase,
}

/// The record that typed texts make.
///
/// # Errors
/// What is wrong, at the fields, by the rules that the server checks too.
pub(super) fn record(kind: RecordKind, plan: &Plan, texts: &Texts) -> Result<Record, Vec<RowFault>> {
    let mut members = Vec::new();
    let mut wrong = Vec::new();
    let mut seen = texts.clone();
    for field in fields(kind) {
        let typed = text_of(texts, field.id).trim();
        let mut fault = |says: Phrase| wrong.push(RowFault { row: 0, field: field.id.to_owned(), says });
        if !asked(field, plan, &seen) {
            // A factor of one: the record says no.
            if matches!(field.control, Control::Flag(_)) {
                members.push((field.id.to_owned(), Value::Bool(false)));
            }
            continue;
        }
        let value = match field.control {
            Control::Choice(_) if typed.is_empty() => Err(words::CHOOSE_ONE.into()),
            Control::Choice(choices) => resolve(&choices(plan, &seen), typed).map(|id| {
                seen.insert(field.id.to_owned(), id.clone());
                Value::Text(id)
            }),
            Control::Flag(_) => Ok(Value::Bool(typed == "true")),
            Control::Count => match plain(typed).parse::<u32>() {
                Ok(count) => Ok(Value::Int(i64::from(count))),
                Err(_) => Err(words::NOT_A_COUNT.into()),
            },
            _ if typed.is_empty() => Err(words::FILL.into()),
            Control::Figure(_) => figure::read(typed).map(|figure| Value::Text(figure.unwrap_or_default())),
            Control::Reason | Control::List(_) => Ok(Value::Text(typed.to_owned())),
        };
        match value {
            Ok(value) => members.push((field.id.to_owned(), value)),
            Err(says) => fault(says),
        }
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let record = Record::read(kind, &Value::Object(members)).map_err(|problems| told(problems, 0))?;
    let wrong = faults(plan, vec![record.clone()]);
    if wrong.is_empty() { Ok(record) } else { Err(wrong) }
}

/// What is wrong with records under a plan.
pub(super) fn faults(plan: &Plan, rows: Vec<Record>) -> Vec<RowFault> {
    let mut document = RecordsDocument::default();
    rows.into_iter().for_each(|row| document.add(row));
    told(Records::new(plan, &document).err().unwrap_or_default(), 2)
}

/// Problems as faults of rows; so many tokens of their pointers stand before the field.
fn told(problems: Vec<scoring::Problem>, before: usize) -> Vec<RowFault> {
    let fault = |problem: scoring::Problem| {
        let mut parts = problem.path.split('/').skip(before);
        let row = parts.next().and_then(|row| row.parse().ok()).unwrap_or_default();
        let field = parts.next().unwrap_or_default().to_owned();
        let range = problem.detail.as_deref().and_then(|detail| detail.split_once(": "));
        let says = match (problem.code, range) {
            (ProblemCode::OutOfRange, Some((_, range))) => Phrase::new(words::WITHIN, [range]),
            (ProblemCode::BadDecimal, _) => words::NOT_A_FIGURE.into(),
            (code, _) => code.text().into(),
        };
        RowFault { row, field, says }
    };
    problems.into_iter().map(fault).collect()
}

/// A member of a record in words.
pub(super) fn shown(plan: &Plan, field: &Field, record: &Record) -> String {
    let record = Value::of(record);
    let mut texts = Texts::new();
    for key in ["component", "rule"] {
        if let Some(id) = record.get(key).and_then(Value::as_str) {
            texts.insert(key.to_owned(), id.to_owned());
        }
    }
    let named = |choices: &[Choice], id: &str| {
        choices.iter().find(|choice| choice.id == id).map_or_else(|| id.to_owned(), |choice| choice.name.clone())
    };
    match (record.get(field.id), field.control) {
        (Some(Value::Text(id)), Control::Choice(choices)) => named(&choices(plan, &texts), id),
        (None | Some(Value::Null), Control::Choice(_)) if field.id == "category" => t(words::ACROSS)().to_owned(),
        (Some(Value::Text(text)), Control::Figure(_)) if field.id == "points" => {
            format!("{}{text}", sign_of(plan, &texts))
        }
        (Some(Value::Text(text)), _) => text.clone(),
        (Some(Value::Int(figure)), _) => figure.to_string(),
        (Some(Value::Bool(true)), _) => t(words::YES)().to_owned(),
        (Some(Value::List(list)), Control::List(choices)) => {
            if list.iter().all(|item| item.as_str().is_none()) {
                return fill(words::LINES, &[&list.len()]);
            }
            let choices = choices(plan, &texts);
            let items = list.iter().filter_map(Value::as_str).map(|id| named(&choices, id));
            joined(items, " · ")
        }
        _ => words::NONE.zh.to_owned(),
    }
}
