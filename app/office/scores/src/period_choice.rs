//! The choice of one period, where a plan has several.

use frame::words::t;
use leptos::prelude::*;
use scoring::Plan;
use text::ranking as words;

/// The periods to choose from, all of them or one alone; `chosen` is the id of the one. Follows what is chosen.
pub fn period_choice(plan: &Plan, chosen: RwSignal<Option<String>>) -> Option<AnyView> {
    let periods = plan.periods();
    if periods.len() < 2 {
        return None;
    }
    let chip = |id: Option<String>, name: AnyView| {
        let own = id.clone();
        let pressed = move || (*chosen.read() == own).to_string();
        view! { <button type="button" class="chip" aria-pressed=pressed on:click=move |_| chosen.set(id.clone())>{name}</button> }
            .into_any()
    };
    let all = chip(None, view! { {t(words::ALL_PERIODS)} }.into_any());
    let each: Vec<_> =
        periods.iter().map(|period| chip(Some(period.id.clone()), period.name.clone().into_any())).collect();
    Some(view! { <span class="chips" role="group" aria-label=t(words::PERIOD)>{all}{each}</span> }.into_any())
}
