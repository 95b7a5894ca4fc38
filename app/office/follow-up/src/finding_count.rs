//! A finding that costs nothing yet, made an incident.

use frame::{
    error_summary::{Fault, FieldError},
    words::t,
};
use leptos::{ev, prelude::*};
use office_frame::{asking, names::named, plan_context::PlanContext};
use text::follow_up as words;
use wire::finding::{Finding, FindingCounts, FindingKept};

use crate::finding_form::costs;

/// The form, folded: what it costs, as it was noted or to be chosen; nothing where the plan has no such component. `done`
/// is called when it counts.
pub(crate) fn counting(context: PlanContext, finding: &Finding, done: Callback<()>) -> Option<AnyView> {
    let plan = context.answer.get_untracked().plan;
    let (choices, periods) = (costs(&plan), named(&plan, "/periods"));
    if choices.is_empty() {
        return None;
    }
    let noted = finding.counts.as_ref();
    let cost = noted.map(|counts| format!("{} {}", counts.component, counts.level)).unwrap_or_default();
    let serious = RwSignal::new(noted.is_some_and(|counts| counts.serious));
    let period = noted.and_then(|counts| counts.period.clone()).unwrap_or_default();
    let (cost, period) = (RwSignal::new(cost), RwSignal::new(period));
    let faults = RwSignal::new(Vec::<Fault>::new());
    let busy = RwSignal::new(false);
    let id = format!("count-{}", finding.id.replace('.', "-"));
    let field = StoredValue::new(id.clone());
    let path = context.api(&format!("findings/{}/count", finding.id));
    let several = periods.len() > 1;
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let chosen = cost.get_untracked();
        let Some((component, level)) =
            chosen.split_once(' ').filter(|_| !several || !period.read_untracked().is_empty())
        else {
            faults.set(vec![Fault::at(field.get_value(), words::FILL)]);
            return;
        };
        let counts = FindingCounts {
            period: Some(period.get_untracked()).filter(|period| !period.is_empty()),
            component: component.to_owned(),
            level: level.to_owned(),
            serious: serious.get_untracked(),
        };
        let path = path.clone();
        asking::run(busy, async move {
            match asking::post::<FindingKept>(&path, &counts).await {
                Ok(_) => done.try_run(()).unwrap_or_default(),
                Err(refusal) => {
                    faults.try_set(vec![Fault::at(field.get_value(), refusal.phrase())]);
                }
            }
        });
    };
    let options = |choices: Vec<(String, String)>, now: RwSignal<String>| {
        let option = move |(id, name): (String, String)| {
            let selected = now.get_untracked() == id;
            view! { <option value=id selected=selected>{name}</option> }.into_any()
        };
        choices.into_iter().map(option).collect_view()
    };
    let of_period = several.then(|| {
        view! {
            <select aria-label=t(words::PERIOD) on:change=move |event| period.set(event_target_value(&event))>
                <option value="">{t(words::CHOOSE)}</option>
                {options(periods, period)}
            </select>
        }
    });
    Some(
        view! {
            <details>
                <summary>{t(words::COUNT_IT)}</summary>
                <form class="stack record-form" novalidate on:submit=submit>
                    <div class="field">
                        <label for=id.clone()>{t(words::COSTS)}</label>
                        <FieldError faults field=id.clone() />
                        <select id=id.clone() aria-describedby=format!("{id}-error") on:change=move |event| cost.set(event_target_value(&event))>
                            <option value="">{t(words::CHOOSE)}</option>
                            {options(choices, cost)}
                        </select>
                        {of_period}
                    </div>
                    <label class="tickbox"><input type="checkbox" prop:checked=serious on:change=move |event| serious.set(event_target_checked(&event)) /><span>{t(words::SERIOUS)}</span></label>
                    <p><button type="submit" aria-disabled=move || busy.get().to_string()>{t(words::COUNT_IT)}</button></p>
                </form>
            </details>
        }
        .into_any(),
    )
}
