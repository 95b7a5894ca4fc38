//! The list of everything that can be entered, with how much of it there is.

use frame::words::{fill, joined, t};
use leptos::prelude::*;
use office_frame::asking::{self, Fetched};
use scoring::{LeafIndex, Method, Plan, RecordKind, RecordsDocument};
use text::{calendar, records as words};

use crate::{book::Book, form, kept, kind, paper};

/// The page.
#[component]
pub(super) fn Overview(book: Book) -> impl IntoView {
    let recorded = Recorded { book, records: asking::fetch::<RecordsDocument>(book.context.api("records")) };
    let plan = book.plan();
    let lists = [RecordKind::Entry, RecordKind::Link].map(|kind| recorded.of_lines(&plan, kind));
    let rest = [
        RecordKind::Incident,
        RecordKind::Adjustment,
        RecordKind::Decision,
        RecordKind::Verdict,
        RecordKind::History,
        RecordKind::Lot,
    ];
    let others = rest.into_iter().filter(|kind| kind::is_given_by(book, &plan, *kind));
    let others = others.map(|kind| recorded.of_forms(&plan, kind)).collect_view();
    let paper = (paper::has_place(&plan) && book.of_all_offices()).then(|| {
        view! {
            <li class="kind">
                <div><a href=book.context.href("records/paper")>{t(words::PAPER)}</a><div class="soft small">{t(words::PAPER_NOTE)}</div></div>
            </li>
        }
    });
    view! {
        <h1 id="title" tabindex="-1">{t(words::TITLE)}</h1>
        <p>{t(words::INTRO)}" "<a href=book.context.href("calendar")>{t(calendar::TITLE)}</a></p>
        <p class="hint">{t(words::METHOD)}</p>
        {form::closed_note(book)}
        {(!book.of_all_offices()).then(|| {
            let office = book.office.get_value().unwrap_or_default();
            view! { <p class="note">{move || fill(words::ENTERS_FOR, &[&office])}</p> }
        })}
        {lists.into_iter().collect_view()}
        <section class="panel"><ul class="kinds">{paper}{others}</ul></section>
    }
}

/// What is recorded, to be counted. A handle.
#[derive(Clone, Copy)]
struct Recorded {
    book: Book,
    records: Fetched<RecordsDocument>,
}

impl Recorded {
    /// Counts in what is recorded; following. In a draft there is nothing to ask for.
    fn count(self, count: impl FnOnce(&RecordsDocument) -> usize) -> usize {
        self.records.with(|records| match records {
            Some(Ok(document)) => count(document),
            _ => 0,
        })
    }

    /// Entries or linked totals: a line for each component and period.
    fn of_lines(self, plan: &Plan, kind: RecordKind) -> Option<AnyView> {
        if !kind::has_place(plan, kind) {
            return None;
        }
        let (name, note) = kind::names(kind);
        let mut lines = Vec::new();
        for (place, leaf) in plan.leaves().enumerated() {
            let wanted = match leaf.method {
                Method::Entered => kind == RecordKind::Entry,
                Method::Linked(_) => kind == RecordKind::Link,
                _ => false,
            };
            if wanted && self.book.is_own(plan.office_of_component(plan.leaf_id(place))) {
                lines.extend(
                    plan.periods().iter().map(|period| self.of_leaf(plan, kind, place, &period.id, &period.name)),
                );
            }
        }
        (!lines.is_empty()).then(|| {
            view! {
                <section class="panel stack">
                    <h2>{t(name)}</h2>
                    <p class="soft small">{t(note)}</p>
                    <ul class="kinds">{lines}</ul>
                </section>
            }
            .into_any()
        })
    }

    fn of_leaf(self, plan: &Plan, kind: RecordKind, leaf: LeafIndex, period: &str, period_name: &str) -> AnyView {
        let applies = plan.unit_indices().filter(|unit| plan.applies(leaf, *unit)).count();
        let (id, period) = (plan.leaf_id(leaf).to_owned(), period.to_owned());
        let address = format!("{}/{id}/{period}", kind.as_str());
        let href = self.book.context.href(&format!("records/{address}"));
        let name = joined([&plan.nodes()[plan.leaves()[leaf].node].name, period_name], " · ");
        let said = move || {
            let here = |component: &str, of: &str| component == id && of == period;
            let count = self.count(|document| match kind {
                RecordKind::Entry => document.entries.iter().filter(|one| here(&one.component, &one.period)).count(),
                _ => document.links.iter().filter(|one| here(&one.component, &one.period)).count(),
            });
            let class = if count == applies { "tag good" } else { "tag" };
            view! { <span class=class>{fill(words::OF_UNITS, &[&count, &applies])}</span> }
        };
        let said = view! { {self.unsaved(&address)} {said} }.into_any();
        line(name.into_any(), ().into_any(), href, said)
    }

    /// A kind that is given record by record.
    fn of_forms(self, plan: &Plan, kind: RecordKind) -> AnyView {
        let (name, note) = kind::names(kind);
        if !kind::has_place(plan, kind) {
            return view! {
                <li class="kind"><div><span class="soft">{t(name)}</span><div class="soft small">{t(words::NO_PLACE)}</div></div></li>
            }
            .into_any();
        }
        let said = move || {
            let count = self.count(|document| match kind {
                RecordKind::Incident => document.incidents.len(),
                RecordKind::Adjustment => document.adjustments.len(),
                RecordKind::Decision => document.decisions.len(),
                RecordKind::Verdict => document.verdicts.len(),
                RecordKind::History => document.history.len(),
                _ => document.lots.len(),
            });
            view! { <span class="tag">{fill(words::RECORDED, &[&count])}</span> }
        };
        let href = self.book.context.href(&format!("records/{}", kind.as_str()));
        let said = view! { {self.unsaved(kind.as_str())}{said} }.into_any();
        line(t(name).into_any(), t(note).into_any(), href, said)
    }

    /// Says so where a page holds something that is not saved.
    fn unsaved(self, place: &str) -> Option<AnyView> {
        kept::holds(&self.book.context.id(), place)
            .then(|| view! { <span class="tag warn">{t(words::UNSAVED_HERE)}</span> }.into_any())
    }
}

fn line(name: AnyView, note: AnyView, href: String, said: AnyView) -> AnyView {
    view! {
        <li class="kind">
            <div><a href=href>{name}</a><div class="soft small">{note}</div></div>
            <div class="row">{said}</div>
        </li>
    }
    .into_any()
}
