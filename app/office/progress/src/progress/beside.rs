//! The result beside that of another plan: last year's ranks and scores, and the sanctions that are still running.

use frame::words::{fill, joined, t};
use leptos::prelude::*;
use office_frame::{asking, plan_context::PlanContext};
use text::office_series as words;
use wire::{
    comparison::{ComparedUnit, Comparison},
    plan::{PlanList, PlanState, PlanSummary},
};

/// Choosing the other plan, and the table.
#[component]
pub fn Beside(
    /// The open plan.
    context: PlanContext,
) -> impl IntoView {
    let plans = RwSignal::new(Vec::<PlanSummary>::new());
    let with = RwSignal::new(String::new());
    leptos::task::spawn_local(async move {
        if let Ok(all) = asking::all::<PlanList>("/api/plans").await {
            let own = context.id();
            let done = |plan: &PlanSummary| matches!(plan.state, PlanState::Published | PlanState::Closed);
            plans.try_set(all.into_iter().filter(|plan| done(plan) && plan.id != own).collect());
        }
    });
    let option = |plan: PlanSummary| view! { <option value=plan.id>{plan.title}</option> };
    view! {
        <details class="panel stack">
            <summary>{t(words::BESIDE_TITLE)}</summary>
            <div class="field">
                <label for="beside">{t(words::BESIDE_PLAN)}</label>
                <select id="beside" on:change=move |event| with.set(event_target_value(&event))>
                    <option value="">{t(words::CHOOSE)}</option>
                    {move || plans.get().into_iter().map(option).collect_view()}
                </select>
            </div>
            {move || {
                let with = with.get();
                (!with.is_empty()).then(|| {
                    let path = context.api(&format!("compare?with={with}"));
                    asking::when_here(asking::fetch::<Comparison>(path.clone()), path, table)
                })
            }}
        </details>
    }
}

/// How a unit moved, in words.
fn moved(up: Option<i64>) -> String {
    match up {
        None => String::new(),
        Some(0) => t(words::SAME)().to_owned(),
        Some(up) if up > 0 => fill(words::UP_BY, &[&up]),
        Some(down) => fill(words::DOWN_BY, &[&-down]),
    }
}

fn table(told: Comparison) -> AnyView {
    let row = |unit: ComparedUnit| {
        let (was_rank, was_total) = match unit.was {
            Some(was) => (was.rank.to_string(), was.published),
            None => ("—".to_owned(), "—".to_owned()),
        };
        view! {
            <tr>
                <th scope="row" data-head=t(words::UNIT)>{unit.name}</th>
                <td class="figure" data-head=t(words::RANK)>{unit.now.rank}</td>
                <td class="figure" data-head=t(words::TOTAL)>{unit.now.published}</td>
                <td class="figure" data-head=t(words::WAS_RANK)>{was_rank}</td>
                <td class="figure" data-head=t(words::WAS_TOTAL)>{was_total}</td>
                <td data-head=t(words::UP)>{move || moved(unit.up)}</td>
            </tr>
        }
    };
    let gone = joined(told.gone.iter().map(|unit| &unit.name), "、");
    let of_case = |case: &wire::case::Case| {
        let named = told.units.iter().find(|unit| unit.was.as_ref().is_some_and(|was| was.unit == case.unit));
        let name = named.map_or(&case.unit, |unit| &unit.name);
        format!("{name} {} {}", case.text, case.due)
    };
    let running = joined(told.running.iter().flatten().map(of_case), "；");
    let title = told.with.title.clone();
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=title><table class="rows read">
            <thead><tr>
                <th scope="col">{t(words::UNIT)}</th>
                <th scope="col" class="figure">{t(words::RANK)}</th><th scope="col" class="figure">{t(words::TOTAL)}</th>
                <th scope="col" class="figure">{t(words::WAS_RANK)}</th>
                <th scope="col" class="figure">{t(words::WAS_TOTAL)}</th><th scope="col">{t(words::UP)}</th>
            </tr></thead>
            <tbody>{told.units.into_iter().map(row).collect_view()}</tbody>
        </table></div>
        {(!gone.is_empty()).then(|| view! { <p>{move || fill(words::GONE, &[&gone])}</p> })}
        {(!running.is_empty()).then(|| view! { <p class="note warn">{move || fill(words::RUNNING, &[&running])}</p> })}
    }
    .into_any()
}
