//! What offices enter: points, incidents, adjustments, totals of other plans, decisions, verdicts, earlier
//! years, lots, and paper ballots.
//!
//! Owns the page that lists them and the way to each. Refuses to own any rule: what may be recorded is
//! checked by `scoring` under the plan, here and on the server.

use std::sync::Arc;

use frame::words::{fill, t};
use leptos::prelude::*;
use office_frame::{Office, asking, plan_context::PlanContext};
use scoring::{Method, Plan, Record, RecordKind, RecordsDocument};
use text::{Text, records as words};
use wire::staff::Role;

use crate::{
    book::Book,
    form, history, kept, kind,
    ledger::{LedgerList, Rows},
    line_table, lots, paper,
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
        may: office.is(Role::Office) || office.is(Role::Planner),
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
            let page = view! { <line_table::LinesPage book kind leaf period /> };
            under(book, office, kind::names(kind).0, page.into_any())
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
            view! { <Overview book /> }.into_any()
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

/// The list of everything that can be entered, with how much of it there is.
#[component]
fn Overview(book: Book) -> impl IntoView {
    let path = book.context.api("records");
    let records = asking::fetch::<RecordsDocument>(path);
    // In a draft there is nothing to ask for.
    let known = move || records.get().and_then(Result::ok).unwrap_or_default();
    let plan = book.plan();
    let row = move |name: String, note: AnyView, href: String, said: AnyView| {
        view! {
            <li class="kind">
                <div><a href=href>{name}</a><div class="soft small">{note}</div></div>
                <div class="row">{said}</div>
            </li>
        }
        .into_any()
    };
    let mut lists: Vec<AnyView> = Vec::new();
    for kind in [RecordKind::Entry, RecordKind::Link] {
        if !kind::has_place(&plan, kind) {
            continue;
        }
        let (name, note) = kind::names(kind);
        let mut lines = Vec::new();
        for (place, leaf) in plan.leaves().enumerated() {
            let wanted = match leaf.method {
                Method::Entered => kind == RecordKind::Entry,
                Method::Linked(_) => kind == RecordKind::Link,
                _ => false,
            };
            if !wanted {
                continue;
            }
            let applies = plan.unit_indices().filter(|unit| plan.applies(place, *unit)).count();
            for period in plan.periods() {
                let id = plan.leaf_id(place).to_owned();
                let period_id = period.id.clone();
                let address = format!("{}/{id}/{period_id}", kind.as_str());
                let unsaved = unsaved(book, &address);
                let said = move || {
                    let document = known();
                    let here = |component: &str, period: &str| component == id && period == period_id;
                    let count = match kind {
                        RecordKind::Entry => {
                            document.entries.iter().filter(|one| here(&one.component, &one.period)).count()
                        }
                        _ => document.links.iter().filter(|one| here(&one.component, &one.period)).count(),
                    };
                    let class = if count == applies { "tag good" } else { "tag" };
                    view! { <span class=class>{fill(words::OF_UNITS, &[&count, &applies])}</span> }
                };
                let href = book.context.href(&format!("records/{address}"));
                let name = format!("{} · {}", plan.nodes()[leaf.node].name, period.name);
                lines.push(row(name, ().into_any(), href, view! { {unsaved} {said} }.into_any()));
            }
        }
        lists.push(
            view! {
                <section class="panel stack">
                    <h2>{t(name)}</h2>
                    <p class="soft small">{t(note)}</p>
                    <ul class="kinds">{lines}</ul>
                </section>
            }
            .into_any(),
        );
    }
    let rest = [
        RecordKind::Incident,
        RecordKind::Adjustment,
        RecordKind::Decision,
        RecordKind::Verdict,
        RecordKind::History,
        RecordKind::Lot,
    ];
    let others = rest.into_iter().map(|kind| {
        let (name, note) = kind::names(kind);
        if !kind::has_place(&plan, kind) {
            return view! {
                <li class="kind"><div><span class="soft">{t(name)}</span><div class="soft small">{t(words::NO_PLACE)}</div></div></li>
            }
            .into_any();
        }
        let unsaved = unsaved(book, kind.as_str());
        let said = move || {
            let document = known();
            let count = match kind {
                RecordKind::Incident => document.incidents.len(),
                RecordKind::Adjustment => document.adjustments.len(),
                RecordKind::Decision => document.decisions.len(),
                RecordKind::Verdict => document.verdicts.len(),
                RecordKind::History => document.history.len(),
                _ => document.lots.len(),
            };
            view! { <span class="tag">{fill(words::RECORDED, &[&count])}</span> }
        };
        view! {
            <li class="kind">
                <div><a href=book.context.href(&format!("records/{}", kind.as_str()))>{t(name)}</a><div class="soft small">{t(note)}</div></div>
                <div class="row">{unsaved}{said}</div>
            </li>
        }
        .into_any()
    });
    let others = others.collect_view();
    let paper = paper::has_place(&plan).then(|| {
        view! {
            <li class="kind">
                <div><a href=book.context.href("records/paper")>{t(words::PAPER)}</a><div class="soft small">{t(words::PAPER_NOTE)}</div></div>
            </li>
        }
    });
    view! {
        <h1 id="title" tabindex="-1">{t(words::TITLE)}</h1>
        <p>{t(words::INTRO)}</p>
        <p class="hint">{t(words::METHOD)}</p>
        {form::closed_note(book)}
        {lists}
        <section class="panel"><ul class="kinds">{paper}{others}</ul></section>
    }
}

/// Says so where a page holds something that is not saved.
fn unsaved(book: Book, place: &str) -> Option<AnyView> {
    kept::holds(&book.context.id(), place)
        .then(|| view! { <span class="tag warn">{t(words::UNSAVED_HERE)}</span> }.into_any())
}
