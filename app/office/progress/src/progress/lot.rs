//! The recorded lot: units that nothing else tells apart, put in the order that was drawn.
//!
//! Owns how the ties of one category become one lot (a category has one), on top of what was recorded
//! before. Refuses to draw: that is done in public, by people.

use frame::{
    error_summary::{ErrorSummary, Fault, FieldError},
    inputs::value_of,
    server::Refusal,
    words::{fill, t},
};
use leptos::{html::Input, prelude::*};
use office_frame::names::name_of;
use office_frame::{asking, plan_context::PlanContext, pointer};
use scoring::{RecordsDocument, json::Value, records_document::LotRecord};
use text::office_progress as words;
use wire::record::{ACROSS, Beside, RecordKept, RecordRequest};

/// The lots that record these ties: category (or [`ACROSS`]) and order. What an earlier lot of the same
/// category says about other units stays.
pub fn lots_of(plan: &Value, earlier: &[(String, Vec<String>)], ties: &[Vec<String>]) -> Vec<(String, Vec<String>)> {
    let category_of = |unit: &str| {
        let found = pointer::list(plan, "/units").iter().find(|known| pointer::text(known, "/id") == unit);
        found.map(|unit| pointer::text(unit, "/category").to_owned()).unwrap_or_default()
    };
    let mut lots: Vec<(String, Vec<String>)> = Vec::new();
    for tie in ties {
        let mut categories: Vec<String> = tie.iter().map(|unit| category_of(unit)).collect();
        categories.dedup();
        let category = match &categories[..] {
            [one] => one.clone(),
            _ => ACROSS.to_owned(),
        };
        match lots.iter_mut().find(|(known, _)| *known == category) {
            Some((_, order)) => order.extend(tie.iter().cloned()),
            None => lots.push((category, tie.clone())),
        }
    }
    for (category, order) in &mut lots {
        if let Some((_, before)) = earlier.iter().find(|(known, _)| known == category) {
            let kept: Vec<String> = before.iter().filter(|unit| !order.contains(unit)).cloned().collect();
            order.extend(kept);
        }
    }
    lots
}

/// The form.
#[component]
pub fn Lots(
    /// The open plan.
    context: PlanContext,
    /// The ties, each in plan order.
    ties: Vec<Vec<String>>,
    /// Called when all lots are recorded.
    recorded: Callback<()>,
) -> impl IntoView {
    let plan = StoredValue::new(context.answer.get_untracked().plan);
    let orders = RwSignal::new(ties);
    let faults = RwSignal::new(Vec::<Fault>::new());
    let busy = RwSignal::new(false);
    let evidence = NodeRef::<Input>::new();
    let shift = move |tie: usize, place: usize, down: bool| {
        orders.update(|orders| {
            let other = if down { place + 1 } else { place.wrapping_sub(1) };
            if let Some(order) = orders.get_mut(tie).filter(|order| other < order.len()) {
                order.swap(place, other);
            }
        });
    };
    let lists = move || {
        orders
            .get()
            .into_iter()
            .enumerate()
            .map(|(tie, order)| {
                let count = order.len();
                let units: Vec<_> = order
                    .into_iter()
                    .enumerate()
                    .map(|(place, unit)| {
                        let name = plan.with_value(|plan| name_of(plan, "/units", &unit));
                        let (up, down) = (name.clone(), name.clone());
                        view! {
                            <li class="row between lot">
                                <span>{name}</span>
                                <span class="row-buttons">
                                    {(place > 0).then(|| view! { <button type="button" class="small-button" aria-label=move || fill(words::LOT_UP, &[&up]) on:click=move |_| shift(tie, place, false)>"↑"</button> })}
                                    {(place + 1 < count).then(|| view! { <button type="button" class="small-button" aria-label=move || fill(words::LOT_DOWN, &[&down]) on:click=move |_| shift(tie, place, true)>"↓"</button> })}
                                </span>
                            </li>
                        }
                    })
                    .collect();
                let number = tie + 1;
                view! { <h4>{move || fill(words::LOT_TIE, &[&number])}</h4><ol class="lines lot-order">{units}</ol> }
            })
            .collect_view()
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let said = value_of(evidence).trim().to_owned();
        if said.is_empty() {
            faults.set(vec![Fault::at("evidence", words::LOT_EVIDENCE_EMPTY)]);
            return;
        }
        faults.set(Vec::new());
        let orders = orders.get_untracked();
        asking::run(busy, async move {
            match record(context, &orders, said).await {
                Ok(()) => recorded.try_run(()).unwrap_or_default(),
                Err(refusal) => faults.set(vec![Fault::at("evidence", refusal.phrase())]),
            }
        });
    };
    view! {
        <ErrorSummary faults />
        <section class="panel stack" aria-labelledby="lots">
            <h3 id="lots">{t(words::LOT_TITLE)}</h3>
            <p>{t(words::LOT_NOTE)}</p>
            <p class="hint">{t(words::LOT_FIRST)}</p>
            <form class="stack" novalidate on:submit=submit>
                {lists}
                <div class="field">
                    <label for="evidence">{t(words::LOT_EVIDENCE)}</label>
                    <FieldError faults field="evidence" />
                    <input id="evidence" type="text" node_ref=evidence autocomplete="off" aria-describedby="evidence-error" />
                </div>
                <p><button type="submit" class="primary" aria-disabled=move || busy.get().to_string()>{t(words::LOT_BUTTON)}</button></p>
            </form>
        </section>
    }
}

async fn record(context: PlanContext, orders: &[Vec<String>], evidence: String) -> Result<(), Refusal> {
    let records = asking::get::<RecordsDocument>(&context.api("records")).await?.body;
    let earlier: Vec<(String, Vec<String>)> =
        records.lots.into_iter().map(|lot| (lot.category.unwrap_or_else(|| ACROSS.to_owned()), lot.order)).collect();
    let lots = context.answer.with_untracked(|answer| lots_of(&answer.plan, &earlier, orders));
    for (category, order) in lots {
        let lot = LotRecord { category: Some(category).filter(|category| category != ACROSS), order };
        let request = RecordRequest { what: lot.into(), beside: Beside::evidence(Some(&evidence)) };
        asking::put::<RecordKept>(&context.api(&request.address()), &request, None).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(text: &str) -> Vec<String> {
        text.split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn ties_of_a_category_are_one_lot_and_earlier_units_stay_behind_them() {
        let plan = Value::parse(br#"{"units":[{"id":"a","category":"x"},{"id":"b","category":"x"},{"id":"c","category":"x"},{"id":"d","category":"x"},{"id":"e","category":"x"},{"id":"f","category":"y"}]}"#).unwrap();
        let earlier = [("x".to_owned(), ids("e b"))];
        let lots = lots_of(&plan, &earlier, &[ids("b a"), ids("d c"), ids("a f")]);
        assert_eq!(lots, [("x".to_owned(), ids("b a d c e")), (ACROSS.to_owned(), ids("a f"))]);
    }
}
