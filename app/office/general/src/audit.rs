//! The audit trail of a plan, and whether its chain is whole.
//!
//! The hashes are computed again here, from what the server says happened, so that the page need not
//! take its word for the chain.

use frame::{
    server::Refusal,
    words::{fill, t},
};
use leptos::{prelude::*, task::spawn_local};
use office_frame::{Office, asking, download::download, limits::PAGE_ROWS, moment::moment, plan_context::PlanContext};
use text::{office as office_words, office_progress as words};
use wire::{
    audit::{CLOSING, Chain, line, opening},
    ledger::{AuditEvent, AuditPage as Events},
};

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

/// The page.
#[component]
pub fn AuditPage() -> impl IntoView {
    let office = expect_context::<Office>();
    let context = expect_context::<PlanContext>();
    office.title(words::AUDIT_TITLE);
    let events = RwSignal::new(Vec::<AuditEvent>::new());
    let next = RwSignal::new(None::<String>);
    let state = RwSignal::new(None::<Option<Refusal>>);
    let next_page = move || async move {
        let path = match next.get_untracked() {
            None => context.api(&format!("audit?limit={PAGE_ROWS}")),
            Some(cursor) => context.api(&format!("audit?limit={PAGE_ROWS}&cursor={cursor}")),
        };
        let page = asking::get::<Events>(&path).await?.body;
        let more = page.next.is_some();
        events.try_update(|events| events.extend(page.events));
        next.try_set(page.next);
        Ok::<bool, Refusal>(more)
    };
    let load = move || {
        state.set(None);
        spawn_local(async move {
            state.try_set(Some(next_page().await.err()));
        });
    };
    // The rest of the chain, then what is done with all of it.
    let load_all = move |then: fn(PlanContext, &[AuditEvent])| {
        state.set(None);
        spawn_local(async move {
            let mut told: Result<bool, Refusal> = Ok(next.get_untracked().is_some());
            while let Ok(true) = told {
                told = next_page().await;
            }
            if told.is_ok() {
                then(context, &events.get_untracked());
            }
            state.try_set(Some(told.err()));
        });
    };
    let save = |context: PlanContext, events: &[AuditEvent]| {
        let id = context.id();
        download(&format!("audit-{id}.json"), "application/json", &export(events, &id));
    };
    load();
    let chain = move || {
        let events = events.read();
        if events.is_empty() {
            return ().into_any();
        }
        match followed(&events, &context.id()) {
            Ok(chain) => {
                let head = next.read().is_none().then(|| {
                    let hash = chain.head().hash.clone();
                    view! { <p class="small">{t(words::AUDIT_HEAD)} <span class="mono">{hash}</span></p> }
                });
                view! { <div class="note good stack"><p>{fill(words::AUDIT_WHOLE, &[&events.len()])}</p>{head}</div> }
                    .into_any()
            }
            Err(broken) => {
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
        <Show when=move || matches!(state.get(), Some(None)) && !events.read().is_empty()>
            <p class="row">
                <Show when=move || next.read().is_some()>
                    <button type="button" on:click=move |_| load_all(|_, _| ())>{t(words::AUDIT_VERIFY_ALL)}</button>
                </Show>
                <button type="button" on:click=move |_| load_all(save)>{t(words::AUDIT_EXPORT)}</button>
            </p>
        </Show>
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
