//! Totals out of other published plans, offered to the paste box of a table.
//!
//! Owns which plans are chosen and matching units by their ids. What is taken goes through the preview,
//! as if it had been pasted.

use std::collections::BTreeMap;

use frame::{
    error_summary::{Fault, FieldError},
    words::{Phrase, fill, t},
};
use leptos::prelude::*;
use office_frame::asking;
use scoring::{Decimal, json::Value};
use text::records as words;
use wire::plan::{PlanList, PlanState, PlanSummary};

use crate::{book::Book, paste::Pasting};

/// Chooses published plans and takes their totals.
#[component]
pub(super) fn LinkedTotals(book: Book, pasting: Pasting) -> impl IntoView {
    let plans = RwSignal::new(None::<Result<Vec<PlanSummary>, Phrase>>);
    let chosen = RwSignal::new(Vec::<String>::new());
    let faults = RwSignal::new(Vec::<Fault>::new());
    let busy = RwSignal::new(false);
    let taken = RwSignal::new(None::<usize>);
    let own = book.context.id();
    let look = move || {
        if plans.get_untracked().is_some_and(|plans| plans.is_ok()) {
            return;
        }
        let own = own.clone();
        leptos::task::spawn_local(async move {
            let found = published().await;
            plans.try_set(Some(found.map(|found| found.into_iter().filter(|plan| plan.id != own).collect())));
        });
    };
    let take = move |_| {
        let wanted = chosen.get_untracked();
        if wanted.is_empty() {
            faults.set(vec![Fault::at("plans", words::CHOOSE_PLAN)]);
            return;
        }
        faults.set(Vec::new());
        asking::run(busy, async move {
            match totals(&wanted).await {
                Ok(totals) => {
                    taken.try_set(Some(totals.len()));
                    let lines: Vec<String> =
                        totals.into_iter().map(|(unit, totals)| format!("{unit}\t{totals}")).collect();
                    pasting.offer(lines.join("\n"), 0);
                }
                Err(says) => {
                    faults.try_set(vec![Fault::at("plans", says)]);
                }
            }
        });
    };
    let list = move |plans: Vec<PlanSummary>| {
        if plans.is_empty() {
            return view! { <p class="soft">{t(words::NO_PLANS)}</p> }.into_any();
        }
        let ticks = plans.into_iter().map(|plan| {
            let id = format!("plan-{}", plan.id);
            let target = id.clone();
            view! {
                <p class="tick">
                    <input type="checkbox" id=id on:change=move |event| {
                        let id = plan.id.clone();
                        chosen.update(|chosen| match event_target_checked(&event) {
                            true => chosen.push(id),
                            false => chosen.retain(|one| *one != id),
                        });
                    } />
                    <label for=target>{plan.title}</label>
                </p>
            }
            .into_any()
        });
        view! {
            <fieldset class="stack" id="plans" aria-describedby="plans-hint plans-error">
                <legend>{t(words::WHICH_PLANS)}</legend>
                <p class="hint" id="plans-hint">{t(words::FROM_PLANS_HINT)}</p>
                <FieldError faults field="plans" />
                {ticks.collect_view()}
            </fieldset>
            <p><button type="button" aria-disabled=move || busy.get().to_string() on:click=take>{t(words::TAKE)}</button></p>
            <div role="status">{move || taken.get().map(|count| view! {
                <p class="note good">{fill(words::TAKEN, &[&count])}</p>
            })}</div>
        }
        .into_any()
    };
    view! {
        <details class="panel" on:toggle=move |_| look()>
            <summary>{t(words::FROM_PLANS)}</summary>
            <div class="stack">{move || match plans.get() {
                None => asking::loading(),
                Some(Err(says)) => view! { <p class="note bad">{says.say()}</p> }.into_any(),
                Some(Ok(plans)) => list(plans),
            }}</div>
        </details>
    }
}

/// All published plans.
async fn published() -> Result<Vec<PlanSummary>, Phrase> {
    let plans = asking::all::<PlanList>("/api/plans").await.map_err(|refusal| refusal.phrase())?;
    Ok(plans.into_iter().filter(|plan| plan.state == PlanState::Published).collect())
}

/// The totals of every unit, a column for each plan.
async fn totals(plans: &[String]) -> Result<BTreeMap<String, String>, Phrase> {
    let mut totals = BTreeMap::<String, String>::new();
    for plan in plans {
        let answer = asking::get::<Value>(&format!("/api/public/{plan}")).await.map_err(|refusal| refusal.phrase())?;
        let Some(Value::List(units)) = answer.body.get("result").and_then(|result| result.get("units")) else {
            continue;
        };
        for unit in units {
            let text = |key: &str| unit.get(key).and_then(Value::as_str);
            if let (Some(id), Some(total)) = (text("unit"), text("total")) {
                let cell = totals.entry(id.to_owned()).or_default();
                if !cell.is_empty() {
                    cell.push('\t');
                }
                // 91.200000 is 91.2.
                cell.push_str(&total.parse::<Decimal>().map_or_else(|_| total.to_owned(), |total| total.to_string()));
            }
        }
    }
    Ok(totals)
}
