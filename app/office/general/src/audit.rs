//! The audit trail of a plan, and whether its chain is whole.
//!
//! The hashes are computed again here, from what the server says happened, so that the page need not
//! take its word for the chain.

use frame::{
    server::Refusal,
    words::{fill, t},
};
use leptos::{prelude::*, task::spawn_local};
use office_frame::{Office, asking, moment::moment, plan_context::PlanContext};
use scoring::json::Value;
use sha2::{Digest, Sha256};
use text::{office as office_words, office_progress as words};
use wire::{
    code::hex,
    ledger::{AuditEvent, AuditPage as Events},
};

/// The hash that an event should have.
fn hash_of(event: &AuditEvent, log: &str) -> String {
    let text = |key: &str, value: &str| (key.to_owned(), Value::Text(value.to_owned()));
    let content = Value::Object(vec![
        text("action", &event.action),
        text("at", &event.at.to_string()),
        text("by", &event.by),
        ("detail".to_owned(), event.detail.clone()),
        text("previous", &event.previous),
        text("sequence", &event.sequence.to_string()),
    ]);
    let mut sha = Sha256::new();
    sha.update(b"pingyi-audit\0");
    sha.update(log.as_bytes());
    sha.update(b"\0");
    sha.update(content.canonical().as_bytes());
    hex(&sha.finalize())
}

/// The first event that does not fit, if any.
fn first_broken(events: &[AuditEvent], log: &str) -> Option<u64> {
    let mut before = (0, hex(&[0; 32]));
    for event in events {
        if event.sequence != before.0 + 1 || event.previous != before.1 || event.hash != hash_of(event, log) {
            return Some(event.sequence);
        }
        before = (event.sequence, event.hash.clone());
    }
    None
}

/// The page.
#[component]
pub fn AuditPage() -> impl IntoView {
    let office = expect_context::<Office>();
    let context = expect_context::<PlanContext>();
    office.title(words::AUDIT_TITLE);
    let events = RwSignal::new(Vec::<AuditEvent>::new());
    let next = RwSignal::new(None::<String>);
    let state = RwSignal::new(None::<Option<Refusal>>);
    let load = move || {
        state.set(None);
        let path = match next.get_untracked() {
            None => context.api("audit"),
            Some(cursor) => context.api(&format!("audit?cursor={cursor}")),
        };
        spawn_local(async move {
            match asking::get::<Events>(&path).await {
                Ok(answer) => {
                    let page = answer.body;
                    events.try_update(|events| events.extend(page.events));
                    next.try_set(page.next);
                    state.try_set(Some(None));
                }
                Err(refusal) => {
                    state.try_set(Some(Some(refusal)));
                }
            }
        });
    };
    load();
    let chain = move || {
        let events = events.read();
        if events.is_empty() {
            return ().into_any();
        }
        match first_broken(&events, &context.id()) {
            None => view! { <p class="note good">{fill(words::AUDIT_WHOLE, &[&events.len()])}</p> }.into_any(),
            Some(broken) => {
                view! { <p class="note bad" role="alert">{fill(words::AUDIT_BROKEN, &[&broken])}</p> }.into_any()
            }
        }
    };
    let rows = move || {
        events
            .get()
            .into_iter()
            .map(|event| {
                let known = words::ACTIONS.iter().find(|(name, _)| *name == event.action).map(|(_, text)| *text);
                let what = known.map_or_else(|| event.action.clone().into_any(), |text| t(text).into_any());
                let detail = event.detail.canonical();
                view! {
                    <tr>
                        <td class="figure" data-head=t(words::AUDIT_NUMBER)>{event.sequence}</td>
                        <td class="unbroken" data-head=t(words::AUDIT_AT)>{moment(event.at)}</td>
                        <td class="unbroken" data-head=t(words::AUDIT_BY)>{event.by}</td>
                        <td data-head=t(words::AUDIT_WHAT)>{what}</td>
                        <td data-head=t(words::AUDIT_DETAIL)><details><summary>{t(words::AUDIT_SHOW)}</summary><p class="mono small">{detail}</p></details></td>
                    </tr>
                }
            })
            .collect_view()
    };
    view! {
        <h1 id="title" tabindex="-1">{t(words::AUDIT_TITLE)}</h1>
        <p class="soft">{t(words::AUDIT_NOTE)}</p>
        {chain}
        <Show when=move || !events.read().is_empty()>
            <div class="panel scroll" tabindex="0" role="region" aria-label=t(words::AUDIT_TITLE)><table class="rows read">
                <thead><tr>
                    <th scope="col" class="figure">{t(words::AUDIT_NUMBER)}</th><th scope="col">{t(words::AUDIT_AT)}</th><th scope="col">{t(words::AUDIT_BY)}</th>
                    <th scope="col">{t(words::AUDIT_WHAT)}</th><th scope="col">{t(words::AUDIT_DETAIL)}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table></div>
        </Show>
        {move || match state.get() {
            None => asking::loading(),
            Some(Some(refusal)) => asking::refused(refusal, Callback::new(move |()| load())),
            Some(None) if next.read().is_some() => view! { <p><button type="button" on:click=move |_| load()>{t(office_words::MORE)}</button></p> }.into_any(),
            Some(None) if events.read().is_empty() => view! { <p class="note">{t(words::AUDIT_EMPTY)}</p> }.into_any(),
            Some(None) => ().into_any(),
        }}
    }
}
