//! The form that makes an item of rectification, out of opinions of one unit or by hand.
//!
//! Owns which opinions are offered: those of the chosen unit, once they may be read. Refuses to own their secrecy: the
//! server keeps their words beside the item and tells them to the office alone.

use std::collections::BTreeSet;

use frame::{
    error_summary::{ErrorSummary, Fault},
    words::t,
};
use leptos::{ev, prelude::*, task::spawn_local};
use office_frame::{asking, names::named, plan_context::PlanContext};
use text::follow_up as words;
use wire::comment::{Comments, KeptComment};
use wire::finding::LONGEST_WORDS;
use wire::rectification::{LONGEST_MATTER, LONGEST_MEASURES, RectificationKept, RectificationRequest};

use crate::choosing::{choice, key, line, lines, said, said_or_none};

/// The form; `used` are opinions that items are made of already, `saved` is called when one more was made.
#[component]
pub(crate) fn ItemForm(context: PlanContext, used: Signal<BTreeSet<String>>, saved: Callback<()>) -> impl IntoView {
    let plan = context.answer.get_untracked().plan;
    let text = || RwSignal::new(String::new());
    let (unit, matter, source, measures) = (text(), text(), text(), text());
    let (leader, department, deadline, term) = (text(), text(), text(), text());
    let ticked = RwSignal::new(BTreeSet::<String>::new());
    let opinions = RwSignal::new(Vec::<KeptComment>::new());
    spawn_local(async move {
        // Before closing there are none to be read.
        if let Ok(all) = asking::all::<Comments>(&context.api("comments")).await {
            opinions.try_set(all);
        }
    });
    // What is ticked is of the unit that is chosen.
    Effect::new(move |_| {
        unit.track();
        ticked.set(BTreeSet::new());
    });
    let request_key = StoredValue::new(key());
    let faults = RwSignal::new(Vec::<Fault>::new());
    let busy = RwSignal::new(false);
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let request = RectificationRequest {
            key: request_key.get_value(),
            unit: said(unit),
            matter: said(matter),
            source: said(source),
            measures: said(measures),
            leader: said(leader),
            department: said(department),
            deadline: said(deadline),
            term: said_or_none(term),
            comments: ticked.get_untracked().into_iter().collect(),
            findings: Vec::new(),
        };
        let empty = [
            (request.unit.is_empty(), "item-unit"),
            (request.matter.is_empty(), "item-matter"),
            (request.source.is_empty(), "item-source"),
            (!wire::day::is_day(&request.deadline), "item-deadline"),
        ];
        let empty: Vec<Fault> =
            empty.into_iter().filter(|(wrong, _)| *wrong).map(|(_, field)| Fault::at(field, words::FILL)).collect();
        let clean = empty.is_empty();
        faults.set(empty);
        if !clean {
            return;
        }
        asking::run(busy, async move {
            match asking::post::<RectificationKept>(&context.api("rectifications"), &request).await {
                Ok(_) => {
                    request_key.try_set_value(key());
                    for field in [matter, measures] {
                        field.try_set(String::new());
                    }
                    ticked.try_set(BTreeSet::new());
                    saved.try_run(());
                }
                Err(refusal) => {
                    faults.try_set(vec![Fault::at("item-matter", refusal.phrase())]);
                }
            }
        });
    };
    let offered = move || offered(&unit.get(), opinions.get(), used, ticked);
    view! {
        <ErrorSummary faults />
        <form class="panel stack record-form" novalidate on:submit=submit>
            <h2>{t(words::NEW_ITEM)}</h2>
            <p>{t(words::NEW_ITEM_WHAT)}</p>
            {choice("item-unit", words::UNIT, words::CHOOSE, named(&plan, "/units"), unit, faults)}
            {offered}
            {lines("item-matter", words::MATTER, LONGEST_MATTER, matter, faults)}
            {line("item-source", words::SOURCE, "text", LONGEST_WORDS, source, faults)}
            {lines("item-measures", words::MEASURES, LONGEST_MEASURES, measures, faults)}
            {line("item-leader", words::LEADER, "text", LONGEST_WORDS, leader, faults)}
            {line("item-department", words::DEPARTMENT, "text", LONGEST_WORDS, department, faults)}
            {line("item-deadline", words::DEADLINE, "date", 10, deadline, faults)}
            {line("item-term", words::TERM, "text", LONGEST_WORDS, term, faults)}
            <p><button type="submit" class="primary" aria-disabled=move || busy.get().to_string()>{t(words::SAVE)}</button></p>
        </form>
    }
}

/// Opinions on a unit, to be ticked; nothing where there are none.
fn offered(
    unit: &str,
    opinions: Vec<KeptComment>,
    used: Signal<BTreeSet<String>>,
    ticked: RwSignal<BTreeSet<String>>,
) -> Option<AnyView> {
    let of_unit = opinions.into_iter().filter(|opinion| opinion.unit == unit).map(|opinion| {
        let (id, own) = (opinion.id.clone(), opinion.id);
        let is_used = used.read().contains(&id).then(|| t(words::OPINION_USED));
        let tick = move |event: ev::Event| {
            let on = event_target_checked(&event);
            ticked.update(|ticked| {
                if on {
                    ticked.insert(id.clone())
                } else {
                    ticked.remove(&id)
                };
            });
        };
        view! {
            <label class="tickbox">
                <input type="checkbox" prop:checked=move || ticked.read().contains(&own) on:change=tick />
                <span class="opinion">{opinion.text}{is_used}</span>
            </label>
        }
        .into_any()
    });
    let boxes: Vec<AnyView> = of_unit.collect();
    (!boxes.is_empty()).then(|| {
        view! { <fieldset class="stack tight"><legend class="label">{t(words::OPINIONS)}</legend>{boxes}</fieldset> }
            .into_any()
    })
}
