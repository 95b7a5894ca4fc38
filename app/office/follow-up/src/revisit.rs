//! Asking once more (回访): which units, and the draft that is made for it.
//!
//! Refuses to own the plan (`revisit_plan`), and what becomes of the draft: it is set up and opened as any other.

use std::collections::BTreeSet;

use frame::{
    error_summary::{Fault, FieldError},
    words::t,
};
use leptos::{ev, prelude::*};
use office_frame::{asking, names::name_of, plan_context::PlanContext, route::plan_href};
use scoring::json::Value;
use text::rectification_desk as words;
use wire::plan::{PlanList, PlanSaved};
use wire::rectification::RectificationSummary;

use crate::choosing::is_open;
use crate::revisit_plan::{made_before, revisit_plan, title};

/// The units that have put something right, as far as they say so, or the office does: ids and names.
fn asked_about(plan: &Value, summary: &RectificationSummary) -> Vec<(String, String)> {
    let has = summary.units.iter().filter(|one| one.items.reported + one.items.accepted > 0);
    has.map(|one| (one.unit.clone(), name_of(plan, "/units", &one.unit))).collect()
}

/// The section, folded, for whoever writes plans.
#[component]
pub(crate) fn Revisit(context: PlanContext, summary: RectificationSummary) -> impl IntoView {
    let plan = context.answer.get_untracked().plan;
    let units = asked_about(&plan, &summary);
    let chosen = RwSignal::new(units.iter().map(|(id, _)| id.clone()).collect::<BTreeSet<_>>());
    let made = RwSignal::new(Vec::<(String, String)>::new());
    let (busy, faults) = (RwSignal::new(false), RwSignal::new(Vec::<Fault>::new()));
    let kept = StoredValue::new(plan);
    let before = move |event: ev::Event| {
        if is_open(&event) && made.read_untracked().is_empty() {
            leptos::task::spawn_local(async move {
                if let Ok(plans) = asking::all::<PlanList>("/api/plans").await {
                    made.try_set(kept.with_value(|plan| made_before(plan, &plans)));
                }
            });
        }
    };
    let make = move |_| {
        let ids = chosen.get_untracked();
        let wrong = if ids.is_empty() { words::REVISIT_CHOOSE } else { words::REVISIT_NO_GROUPS };
        let Some(survey) = kept.with_value(|plan| revisit_plan(plan, &ids)) else {
            faults.set(vec![Fault::at("revisit-units", wrong)]);
            return;
        };
        faults.set(Vec::new());
        asking::run(busy, async move {
            match asking::post::<PlanSaved>("/api/plans?draft=1", &survey).await {
                Ok(saved) => {
                    let called = kept.with_value(title);
                    made.try_update(|made| made.push((called, plan_href(&saved.body.id, "setup"))));
                }
                Err(refusal) => {
                    faults.try_set(vec![Fault::at("revisit-units", refusal.phrase())]);
                }
            }
        });
    };
    let is_nobody = units.is_empty();
    let boxes = units.into_iter().map(|(id, name)| {
        let own = id.clone();
        let tick = move |event: ev::Event| {
            let on = event_target_checked(&event);
            chosen.update(|chosen| {
                if on {
                    chosen.insert(id.clone())
                } else {
                    chosen.remove(&id)
                };
            });
        };
        view! {
            <label class="tickbox">
                <input type="checkbox" prop:checked=move || chosen.read().contains(&own) on:change=tick />
                <span><bdi>{name}</bdi></span>
            </label>
        }
        .into_any()
    });
    let boxes: Vec<AnyView> = boxes.collect();
    let links = move || {
        made.get()
            .into_iter()
            .map(|(name, href)| {
                view! { <p class="note good">{t(words::REVISIT_MADE)}<a href=href>{name}</a></p> }.into_any()
            })
            .collect_view()
    };
    let form = if is_nobody {
        view! { <p class="soft">{t(words::REVISIT_NONE)}</p> }.into_any()
    } else {
        view! {
            <fieldset class="stack tight" id="revisit-units">
                <legend class="label">{t(words::REVISIT_UNITS)}</legend>
                <FieldError faults field="revisit-units" />
                <div class="ticks">{boxes}</div>
            </fieldset>
            <p><button type="button" aria-disabled=move || busy.get().to_string() on:click=make>{t(words::REVISIT_MAKE)}</button></p>
        }
        .into_any()
    };
    view! {
        <details on:toggle=before>
            <summary>{t(words::REVISIT)}</summary>
            <div class="panel stack">
                <p>{t(words::REVISIT_WHAT)}</p>
                {form}
                <div role="status">{links}</div>
            </div>
        </details>
    }
}

#[cfg(test)]
mod tests {
    use wire::rectification::{RectificationCounts, UnitRectifications};

    use super::*;

    #[test]
    fn units_are_asked_about_that_have_put_something_right() {
        let counts = |reported, accepted, open| RectificationCounts {
            total: reported + accepted + open,
            open,
            reported,
            accepted,
            ..RectificationCounts::default()
        };
        let of = |unit: &str, items| UnitRectifications { unit: unit.to_owned(), items };
        let units = vec![of("a", counts(1, 0, 0)), of("b", counts(0, 0, 3)), of("c", counts(0, 2, 1))];
        let summary =
            RectificationSummary { today: "2018-12-31".to_owned(), all: RectificationCounts::default(), units };
        let plan = Value::parse(br#"{ "units": [{ "id": "a", "name": "A" }, { "id": "c", "name": "C" }] }"#).unwrap();
        let pair = |id: &str, name: &str| (id.to_owned(), name.to_owned());
        assert_eq!(asked_about(&plan, &summary), [pair("a", "A"), pair("c", "C")]);
    }
}
