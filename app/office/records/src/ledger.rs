//! What is recorded: rows with evidence, who and when, and those struck out.
//!
//! Owns reading the ledger of one kind, its table, and striking out with a reason. Refuses to own what a
//! record's members mean: that is [`super::kind`]'s.

use std::sync::Arc;

use frame::{
    error_summary::{ErrorSummary, Fault, FieldError},
    server::Refusal,
    words::{Phrase, fill, t},
};
use leptos::{prelude::*, task::spawn_local};
use office_frame::{
    asking,
    limits::LEDGER_ROWS,
    moment::{moment, now},
};
use scoring::{Record, RecordKind};
use text::records as words;
use wire::{
    ledger::{Ledger, LedgerRow},
    plan::PlanState,
    record::{RecordKept, StrikeRequest},
};

use crate::{beside::beside_cell, book::Book, kind, typed_record};

/// The rows of one kind, as last read. A handle.
#[derive(Clone, Copy)]
pub(super) struct Rows {
    pub(super) last: RwSignal<Option<Result<Arc<Vec<LedgerRow>>, Refusal>>>,
    read_at: RwSignal<i64>,
    path: StoredValue<String>,
}

impl Rows {
    /// Starts reading.
    pub(super) fn start(book: Book, kind: RecordKind) -> Rows {
        let path = book.context.api(&format!("ledger?kind={}", kind.as_str()));
        let rows = Rows { last: RwSignal::new(None), read_at: RwSignal::new(0), path: StoredValue::new(path) };
        rows.again();
        rows
    }

    /// Reads once more; what is here stays until the answer comes.
    pub(super) fn again(self) {
        let Some(path) = self.path.try_get_value() else { return };
        spawn_local(async move {
            let read = asking::all::<Ledger>(&path).await.map(Arc::new);
            self.read_at.try_set(now());
            self.last.try_set(Some(read));
        });
    }
}

/// The members that a row must have to belong to a page: a component and a period, say.
pub(super) type Fixed = Vec<(&'static str, String)>;

/// Whether a record belongs to a page.
pub(super) fn belongs(record: &Record, fixed: &Fixed) -> bool {
    let place = record.place();
    let is_at = |(name, id): &(&str, String)| {
        record.kind().place().iter().zip(&place).any(|(known, at)| known == name && *at == Some(id.as_str()))
    };
    fixed.iter().all(is_at)
}

/// The table of what is recorded.
#[component]
pub(super) fn LedgerList(
    /// Whose lists these are.
    book: Book,
    /// Which list.
    kind: RecordKind,
    /// Which rows of it.
    fixed: Fixed,
    rows: Rows,
    /// Called when a row was struck out.
    struck: Callback<Option<Record>>,
) -> impl IntoView {
    let most = RwSignal::new(LEDGER_ROWS);
    let open = RwSignal::new(None::<String>);
    let fields = kind::fields(kind);
    let here = Memo::new(move |_| {
        let last = rows.last.get()?.ok()?;
        Some(last.iter().filter(|row| belongs(&row.record, &fixed)).cloned().collect::<Vec<_>>())
    });
    let left = move || here.read().as_ref().map_or(0, |rows| rows.len().saturating_sub(most.get()));
    let done = Callback::new(move |record: Option<Record>| {
        rows.again();
        struck.run(record);
    });
    let table = move |list: Vec<LedgerRow>| {
        let head = fields.iter().map(|field| {
            let figure = matches!(field.control, kind::Control::Figure(_) | kind::Control::Count);
            view! { <th scope="col" class:figure=figure>{t(field.label)}</th> }.into_any()
        });
        view! {
            <table class="cards">
                <thead><tr>
                    {head.collect_view()}
                    <th scope="col">{t(words::EVIDENCE)}</th>
                    <th scope="col">{t(words::BY_AT)}</th>
                    <th scope="col">{t(words::STATE)}</th>
                </tr></thead>
                <tbody>{list.into_iter().map(|row| ledger_row(book, kind, row, open, done)).collect_view()}</tbody>
            </table>
        }
        .into_any()
    };
    view! {
        <div class="stack">
            <h2>{t(words::LIST)}</h2>
            {move || match rows.last.get() {
                None => asking::loading(),
                Some(Err(refusal)) => asking::refused(refusal, Callback::new(move |()| rows.again())),
                Some(Ok(_)) if here.read().as_ref().is_none_or(Vec::is_empty) => {
                    view! { <p class="soft">{t(words::LIST_EMPTY)}</p> }.into_any()
                }
                Some(Ok(_)) => {
                    let list = here.get().unwrap_or_default().into_iter().take(most.get()).collect();
                    view! {
                        <div class="panel scroll" tabindex="0" role="region" aria-label=t(words::LIST)>{table(list)}</div>
                        <p class="soft small">{move || fill(words::AS_OF, &[&moment(rows.read_at.get())])}</p>
                    }
                    .into_any()
                }
            }}
            <Show when=move || left() != 0>
                <p><button type="button" on:click=move |_| most.update(|most| *most += LEDGER_ROWS)>
                    {move || fill(words::MORE, &[&left().min(LEDGER_ROWS)])}
                </button></p>
            </Show>
        </div>
    }
}

/// One row, and below it the form that strikes it out.
fn ledger_row(
    book: Book,
    kind: RecordKind,
    row: LedgerRow,
    open: RwSignal<Option<String>>,
    done: Callback<Option<Record>>,
) -> AnyView {
    let plan = book.plan();
    let record = row.record.clone();
    let cell = |field: &'static kind::Field| {
        let (plan, record) = (plan.clone(), record.clone());
        let label = move || t(field.label)();
        let figure = matches!(field.control, kind::Control::Figure(_) | kind::Control::Count);
        view! { <td data-label=label class:figure=figure>{move || typed_record::shown(&plan, field, &record)}</td> }
            .into_any()
    };
    let fields = kind::fields(kind);
    let cells = fields.iter().map(cell).collect_view();
    let first = fields.first().map(|field| typed_record::shown(&plan, field, &record)).unwrap_or_default();
    let name = fields
        .iter()
        .find(|field| field.id == "unit")
        .map_or(first, |field| typed_record::shown(&plan, field, &record));
    let is_struck = row.struck.is_some();
    // What is published stays as it is.
    let may = book.may && !is_struck && book.context.answer.read_untracked().state != PlanState::Published;
    let id = row.id.clone();
    let is_open = Memo::new(move |_| open.read().as_deref() == Some(id.as_str()));
    let id = row.id.clone();
    let told = name.clone();
    let columns = fields.len() + 3;
    let beside = beside_cell(book, &row);
    let state = match row.struck {
        Some(struck) => view! {
            <span class="tag bad">{t(words::STRUCK)}</span>
            <span class="small block">{move || fill(words::STRUCK_WHY, &[&struck.reason, &struck.by, &moment(struck.at)])}</span>
        }
        .into_any(),
        None if row.pending => view! { <span class="tag warn">{t(words::PENDING)}</span> }.into_any(),
        None => view! { <span class="tag good">{t(words::COUNTS)}</span> }.into_any(),
    };
    let late = row.late.then(|| view! { <span class="tag warn">{t(words::LATE)}</span> });
    let button = may.then(|| {
        view! {
            <button type="button" class="danger small" aria-expanded=move || is_open.get().to_string()
                aria-label=move || fill(words::STRIKE_NAMED, &[&told])
                on:click=move |_| open.set((!is_open.get_untracked()).then(|| id.clone()))>{t(words::STRIKE)}</button>
        }
    });
    let (strike_id, strike_record) = (row.id, row.record);
    view! {
        <tr class:struck=is_struck>
            {cells}
            <td data-label=move || t(words::EVIDENCE)()>{beside}</td>
            <td data-label=move || t(words::BY_AT)() class="unbroken">{row.by}<span class="small soft block">{moment(row.at)}</span></td>
            <td data-label=move || t(words::STATE)() class="plain"><div class="row">{state}{late}{button}</div></td>
        </tr>
        {move || is_open.get().then(|| view! {
            <tr class="below"><td colspan=columns>
                <Strike book id=strike_id.clone() name=name.clone() record=Some(strike_record.clone()) open done />
            </td></tr>
        })}
    }
    .into_any()
}

/// Asks for the reason and strikes a record out.
#[component]
pub(super) fn Strike(
    /// Whose record it is.
    book: Book,
    /// The record's id.
    id: String,
    /// What to call it.
    name: String,
    /// The record itself, handed over once it is struck out; a batch of paper ballots is none.
    record: Option<Record>,
    /// Closed by setting it to nothing.
    open: RwSignal<Option<String>>,
    /// Called when it was struck out.
    done: Callback<Option<Record>>,
) -> impl IntoView {
    let faults = RwSignal::new(Vec::<Fault>::new());
    let busy = RwSignal::new(false);
    let reason = RwSignal::new(String::new());
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let said = reason.get_untracked().trim().to_owned();
        if said.is_empty() {
            faults.set(vec![Fault::at("strike-reason", words::FILL)]);
            return;
        }
        faults.set(Vec::new());
        let path = book.context.api(&format!("ledger/{id}"));
        let record = record.clone();
        asking::run(busy, async move {
            match asking::delete::<RecordKept>(&path, &StrikeRequest { reason: said }).await {
                Ok(_) => {
                    open.try_set(None);
                    done.try_run(record);
                }
                Err(refusal) => {
                    let why = Phrase::new(words::NOT_SAVED, [refusal.phrase().say()]);
                    faults.try_set(vec![Fault::at("strike-reason", why)]);
                }
            }
        });
    };
    frame::browser::focus_soon("strike-reason");
    view! {
        <form class="stack record-form" novalidate on:submit=submit>
            <ErrorSummary faults />
            <div class="field">
                <label for="strike-reason">{move || fill(words::STRIKE_TITLE, &[&name])}</label>
                <p class="hint" id="strike-hint">{t(words::STRIKE_HINT)}</p>
                <FieldError faults field="strike-reason" />
                <input id="strike-reason" maxlength=wire::record::MOST_WORDS autocomplete="off" aria-describedby="strike-hint strike-reason-error"
                    aria-invalid=move || (!faults.read().is_empty()).then_some("true")
                    on:input=move |event| reason.set(event_target_value(&event)) />
            </div>
            <p class="row">
                <button type="submit" class="danger" aria-disabled=move || busy.get().to_string()>{t(words::STRIKE_NOW)}</button>
                <button type="button" on:click=move |_| open.set(None)>{t(words::CANCEL)}</button>
            </p>
        </form>
    }
}
