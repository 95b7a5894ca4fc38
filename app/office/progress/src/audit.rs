//! The audit trail of a plan, newest first, each event in a sentence; and whether its chain is whole, over all of it.

use frame::{
    server::Refusal,
    words::{fill, t},
};
use leptos::{prelude::*, task::spawn_local};
use office_frame::{
    Office, asking, download::download, limits::LEDGER_ROWS, moment::moment, plan_context::PlanContext,
};
use text::{office as office_words, office_audit as words};
use wire::{
    audit::{CLOSING, Chain, line, opening},
    ledger::{AuditEvent, AuditPage as Events},
};

use crate::audit_words::sentence;

/// The chain of the events, or the first event that does not fit.
fn followed(events: &[AuditEvent], log: &str) -> Result<Chain, u64> {
    let mut chain = Chain::of(log);
    for event in events {
        chain.follow(event).map_err(|_| event.sequence)?;
    }
    Ok(chain)
}

/// The events as the document that `pingyi audit` checks.
fn export(events: &[AuditEvent], log: &str) -> String {
    let lines = events.iter().enumerate().map(|(place, event)| line(event, place == 0));
    format!("{}{}{CLOSING}", opening(log), lines.collect::<String>())
}

/// An event as a line says it.
#[derive(Clone, PartialEq)]
struct Line {
    event: AuditEvent,
    what: String,
    says: String,
}

impl Line {
    /// Whether what is looked for stands in it.
    fn has(&self, find: &str) -> bool {
        find.is_empty() || [&self.what, &self.says, &self.event.by].iter().any(|text| text.contains(find))
    }
}

#[component]
pub fn AuditPage() -> impl IntoView {
    let office = expect_context::<Office>();
    let context = expect_context::<PlanContext>();
    office.title(words::AUDIT_TITLE);
    let events = RwSignal::new(None::<Result<Vec<AuditEvent>, Refusal>>);
    let load = move || {
        let path = context.api("audit");
        spawn_local(async move {
            // Oldest first: the chain is checked from its beginning.
            let found = asking::all::<Events>(&path).await;
            events.try_set(Some(found));
        });
    };
    load();
    let retry = Callback::new(move |()| {
        events.set(None);
        load();
    });
    move || match events.get() {
        None => asking::loading(),
        Some(Err(refusal)) => asking::refused(refusal, retry),
        Some(Ok(events)) => view! { <Trail context events /> }.into_any(),
    }
}

#[component]
fn Trail(context: PlanContext, events: Vec<AuditEvent>) -> impl IntoView {
    let count = events.len();
    let chain = match followed(&events, &context.id()) {
        _ if count == 0 => view! { <p class="note">{t(words::AUDIT_EMPTY)}</p> }.into_any(),
        Ok(chain) => {
            let hash = chain.head().hash.clone();
            view! {
                <div class="note good stack">
                    <p>{move || fill(words::AUDIT_WHOLE, &[&count])}</p>
                    <p class="small">{t(words::AUDIT_HEAD)} <span class="mono">{hash}</span></p>
                </div>
            }
            .into_any()
        }
        Err(broken) => {
            view! { <p class="note bad" role="alert">{move || fill(words::AUDIT_BROKEN, &[&broken])}</p> }.into_any()
        }
    };
    let events = StoredValue::new(events);
    let save = move |_| {
        let id = context.id();
        let file = events.with_value(|events| export(events, &id));
        download(&format!("audit-{id}.json"), "application/json", &file);
    };
    let find = RwSignal::new(String::new());
    let most = RwSignal::new(LEDGER_ROWS);
    // In the language of the moment.
    let lines = Memo::new(move |_| {
        let plan = &context.answer.read().plan;
        let said = |event: &AuditEvent| {
            let known = words::ACTIONS.iter().find(|(name, _)| *name == event.action).map(|(_, text)| *text);
            let what = known.map_or_else(|| event.action.clone(), |text| t(text)().to_owned());
            Line { event: event.clone(), what, says: sentence(plan, &event.detail) }
        };
        events.with_value(|events| events.iter().rev().map(said).collect::<Vec<_>>())
    });
    let found = Memo::new(move |_| {
        let find = find.read();
        lines.read().iter().filter(|line| line.has(&find)).cloned().collect::<Vec<_>>()
    });
    let rows = move || found.read().iter().take(most.get()).map(row).collect_view();
    let left = move || found.read().len().saturating_sub(most.get());
    view! {
        <div class="work-bar">
            <h1 id="title" tabindex="-1">{t(words::AUDIT_TITLE)}</h1>
            <span class="grow"></span>
            <input type="search" id="find" aria-label=t(office_words::AUDIT_FIND) placeholder=t(office_words::AUDIT_FIND) autocomplete="off"
                on:input=move |event| find.set(event_target_value(&event).trim().to_owned()) />
            <button type="button" on:click=save>{t(words::AUDIT_EXPORT)}</button>
            <span role="status">{move || fill(office_words::AUDIT_FOUND, &[&found.read().len(), &count])}</span>
        </div>
        <p class="soft">{t(words::AUDIT_NOTE)}</p>
        {chain}
        <Show when=move || !found.read().is_empty()>
            <div class="panel scroll" tabindex="0" role="region" aria-label=t(words::AUDIT_TITLE)><table class="rows read">
                <thead><tr>
                    <th scope="col" class="figure">{t(words::AUDIT_NUMBER)}</th><th scope="col">{t(words::AUDIT_AT)}</th><th scope="col">{t(words::AUDIT_BY)}</th>
                    <th scope="col">{t(words::AUDIT_WHAT)}</th><th scope="col">{t(words::AUDIT_DETAIL)}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table></div>
        </Show>
        <Show when=move || { left() > 0 }>
            <p><button type="button" on:click=move |_| most.update(|most| *most += LEDGER_ROWS)>{t(office_words::MORE)}</button></p>
        </Show>
    }
}

fn row(line: &Line) -> AnyView {
    let Line { event, what, says } = line.clone();
    let detail = event.detail.canonical();
    view! {
        <tr>
            <td class="figure" data-head=t(words::AUDIT_NUMBER)>{event.sequence}</td>
            <td class="unbroken" data-head=t(words::AUDIT_AT)>{moment(event.at)}</td>
            <td class="unbroken" data-head=t(words::AUDIT_BY)><bdi>{event.by}</bdi></td>
            <td data-head=t(words::AUDIT_WHAT)><strong>{what}</strong>" "{says}</td>
            <td data-head=t(words::AUDIT_DETAIL)><details><summary>{t(words::AUDIT_SHOW)}</summary><p class="mono small">{detail}</p></details></td>
        </tr>
    }
    .into_any()
}
