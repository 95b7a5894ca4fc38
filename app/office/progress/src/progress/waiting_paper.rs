//! Batches of paper ballots that do not count: one person entered them, or two disagree.

use std::collections::BTreeMap;

use frame::{
    server::Refusal,
    words::{fill, joined, t},
};
use leptos::{prelude::*, task::spawn_local};
use office_frame::names::{component_name, name_of};
use office_frame::{asking, plan_context::PlanContext};
use text::office_progress as words;
use wire::paper_tally::{PaperTallies, PaperTallyBatch};

/// An envelope of paper ballots: period, group, component, and the label.
type Envelope = (String, String, String, Option<String>);

/// The envelopes that wait, and how many do: more than one where two people disagree.
fn waiting(batches: &[PaperTallyBatch]) -> BTreeMap<Envelope, usize> {
    let mut places = BTreeMap::new();
    for batch in batches.iter().filter(|batch| batch.struck.is_none() && batch.second_by.is_none()) {
        let PaperTallyBatch { period, group, component, label, .. } = batch.clone();
        *places.entry((period, group, component, label)).or_default() += 1;
    }
    places
}

/// What waits, with the way to where it is put right; nothing where all counts.
#[component]
pub fn WaitingPaper(context: PlanContext) -> impl IntoView {
    let kept = RwSignal::new(None::<Result<Vec<PaperTallyBatch>, Refusal>>);
    let again = Callback::new(move |()| {
        spawn_local(async move {
            let answer = asking::all::<PaperTallies>(&context.api("paper-tallies")).await;
            kept.try_set(Some(answer));
        });
    });
    again.run(());
    move || match kept.get() {
        None => ().into_any(),
        Some(Err(refusal)) => asking::refused(refusal, again),
        Some(Ok(batches)) => note(context, waiting(&batches)),
    }
}

fn note(context: PlanContext, places: BTreeMap<Envelope, usize>) -> AnyView {
    if places.is_empty() {
        return ().into_any();
    }
    let count: usize = places.values().sum();
    let plan = context.answer.get_untracked().plan;
    let lines: Vec<_> = places
        .into_iter()
        .map(|((period, group, component, label), entries)| {
            let names = [
                component_name(&plan, &component),
                name_of(&plan, "/groups", &group),
                name_of(&plan, "/periods", &period),
            ];
            let place = joined(names.into_iter().chain(label), " · ");
            let text = if entries > 1 { words::PAPER_DISAGREES } else { words::PAPER_WAITS };
            view! { <li>{move || fill(text, &[&place, &entries])}</li> }
        })
        .collect();
    view! {
        <div class="note warn stack">
            <p><strong>{move || fill(words::PAPER_TITLE, &[&count])}</strong></p>
            <ul class="bullets">{lines}</ul>
            <p><a href=context.href("records/paper")>{t(words::GO_PAPER)}</a></p>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use wire::ledger::Struck;

    fn batch(id: &str, group: &str, second_by: Option<&str>, struck: bool) -> PaperTallyBatch {
        PaperTallyBatch {
            id: id.into(),
            period: "p".into(),
            group: group.into(),
            component: "c".into(),
            label: Some(format!("{group}箱")),
            first_by: "甲".into(),
            second_by: second_by.map(str::to_owned),
            tally: None,
            struck: struck.then(|| Struck { reason: "重复".into(), by: "乙".into(), at: 0 }),
        }
    }

    #[test]
    fn a_batch_waits_until_a_second_person_agrees_or_it_is_struck_out() {
        let batches = [
            batch("1", "counted", Some("乙"), false),
            batch("2", "alone", None, false),
            batch("3", "gone", None, true),
            batch("4", "disagree", None, false),
            batch("5", "disagree", None, false),
        ];
        let found: Vec<(String, usize)> =
            waiting(&batches).into_iter().map(|((_, group, ..), entries)| (group, entries)).collect();
        assert_eq!(found, [("alone".to_owned(), 1), ("disagree".to_owned(), 2)]);
    }
}
