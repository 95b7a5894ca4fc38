//! What offices enter: points, incidents, adjustments, totals of other plans, decisions, verdicts, earlier
//! years, lots, and paper ballots.
//!
//! Owns the page that lists them and the way to each. Refuses to own any rule: what may be recorded is
//! checked by `scoring` under the plan, here and on the server.

use std::sync::Arc;

use frame::words::t;
use leptos::prelude::*;
use office_frame::{Office, plan_context::PlanContext};
use scoring::{Plan, Record, RecordKind};
use text::{Text, records as words};
use wire::staff::Role;

use crate::{
    book::Book,
    form, history, kind,
    ledger::{LedgerList, Rows},
    line_table, lots, overview, paper,
};

/// The page; `rest` is what stands behind it in the address.
#[component]
pub fn RecordsPage(rest: Vec<String>) -> impl IntoView {
    let context = expect_context::<PlanContext>();
    let office = expect_context::<Office>();
    let Ok(plan) = Plan::from_json(&context.answer.read_untracked().plan) else {
        office.title(words::TITLE);
        return view! {
            <h1 id="title" tabindex="-1">{t(words::TITLE)}</h1>
            <p class="note warn">{t(words::PLAN_INVALID)}</p>
        }
        .into_any();
    };
    let me = office.session.read_untracked().as_ref().map(|session| session.name.clone()).unwrap_or_default();
    let book = Book {
        context,
        plan: StoredValue::new(Arc::new(plan)),
        me: StoredValue::new(me),
        may: office.is(Role::Office),
        office: StoredValue::new(if office.reads_all() { None } else { office.kept_to() }),
    };
    let rest: Vec<&str> = rest.iter().map(String::as_str).collect();
    let kind = rest.first().and_then(|name| RecordKind::ALL.into_iter().find(|kind| kind.as_str() == *name));
    let place = match rest.as_slice() {
        [_, component, period] => {
            let plan = book.plan();
            plan.leaf_place(component).zip(plan.period_place(period))
        }
        _ => None,
    };
    match (kind, place, rest.as_slice()) {
        (Some(kind @ (RecordKind::Entry | RecordKind::Link)), Some((leaf, period)), _) => {
            office.title(kind::names(kind).0);
            view! { <line_table::LinesPage book kind leaf period /> }.into_any()
        }
        (Some(kind), _, [_]) if !matches!(kind, RecordKind::Entry | RecordKind::Link) => {
            let (title, note) = kind::names(kind);
            let page = match kind {
                RecordKind::History => view! { <history::HistoryPage book /> }.into_any(),
                RecordKind::Lot => view! { <lots::LotsPage book /> }.into_any(),
                _ => view! { <FormPage book kind /> }.into_any(),
            };
            under(book, office, title, view! { <p>{t(note)}</p> {page} }.into_any())
        }
        (_, _, ["paper", place @ ..]) => {
            let place: Vec<String> = place.iter().map(|part| (*part).to_owned()).collect();
            under(book, office, words::PAPER, view! { <paper::PaperPage book place /> }.into_any())
        }
        _ => {
            office.title(words::TITLE);
            view! { <overview::Overview book /> }.into_any()
        }
    }
}

/// A page below the list, with the way back.
fn under(book: Book, office: Office, title: Text, page: AnyView) -> AnyView {
    office.title(title);
    view! {
        <p><a href=book.context.href("records")>"← "{t(words::ALL)}</a></p>
        <h1 id="title" tabindex="-1">{t(title)}</h1>
        {page}
    }
    .into_any()
}

/// A kind whose records are given one by one.
#[component]
fn FormPage(book: Book, kind: RecordKind) -> impl IntoView {
    let rows = Rows::start(book, kind);
    let saved = Callback::new(move |()| rows.again());
    let closed = form::closed_note(book);
    view! {
        {match closed {
            Some(note) => note,
            None if kind::has_place(&book.plan(), kind) => view! { <form::RecordForm book kind saved /> }.into_any(),
            None => view! { <p class="note">{t(words::NO_PLACE)}</p> }.into_any(),
        }}
        <LedgerList book kind fixed=Vec::new() rows struck=Callback::new(|_: Option<Record>| ()) />
    }
}
