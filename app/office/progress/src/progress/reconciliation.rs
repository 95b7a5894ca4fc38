//! Figures that should agree and do not: where, and how two people let the count stand.

use frame::{
    server::Refusal,
    words::{Phrase, fill, t},
};
use leptos::prelude::*;
use office_frame::{asking, names::name_of, plan_context::PlanContext};
use scoring::json::Value;
use text::{Text, office_progress as words};
use wire::reconciliation::{AcceptDifferences, AcceptanceAnswer, Difference, DifferenceKind, Reconciliation};

use crate::progress::{reason::ReasonForm, step::step_refused};

/// What a kind of difference says; {0} period, {1} group, {2} and {3} the figures.
fn says(kind: DifferenceKind) -> Text {
    match kind {
        DifferenceKind::Issued => words::DIFFERENT_ISSUED,
        DifferenceKind::Cast => words::DIFFERENT_CAST,
        DifferenceKind::Tokens => words::DIFFERENT_TOKENS,
        DifferenceKind::Counters => words::DIFFERENT_COUNTERS,
        DifferenceKind::Exported => words::DIFFERENT_EXPORTED,
        DifferenceKind::Tallied => words::DIFFERENT_TALLIED,
    }
}

fn phrase(plan: &Value, found: &Difference) -> Phrase {
    let figure = |figure: Option<u64>| figure.map(|figure| figure.to_string()).unwrap_or_default();
    let (period, group) = (name_of(plan, "/periods", &found.period), name_of(plan, "/groups", &found.group));
    Phrase::new(says(found.kind), [period, group, figure(found.left), figure(found.right)])
}

/// The differences of a plan that cannot be published for them, and the way on.
#[component]
pub fn Differences(
    /// The open plan.
    context: PlanContext,
    /// Called when two people have said so.
    accepted: Callback<()>,
) -> impl IntoView {
    let path = context.api("reconciliation");
    let kept = asking::fetch::<Reconciliation>(path.clone());
    asking::when_here(kept, path.clone(), move |found: Reconciliation| {
        let plan = context.answer.get_untracked().plan;
        let lines: Vec<_> = found
            .differences
            .iter()
            .map(|difference| {
                let told = phrase(&plan, difference);
                view! { <li>{move || told.say()}</li> }
            })
            .collect();
        let waits = found.accepted.as_ref().is_some_and(|accepted| accepted.at.is_none());
        let first = found.accepted.map(|accepted| {
            view! { <p>{move || fill(words::DIFFERENT_FIRST, &[&accepted.reason])}</p> }
        });
        let path = path.clone();
        let again = Callback::new(move |()| asking::fetch_again(kept, path.clone()));
        let form = (!found.differences.is_empty()).then(|| view! { <Accepting context waits accepted again /> });
        view! {
            <section class="note bad stack" id="differences" tabindex="-1" aria-labelledby="differences-title">
                <h3 id="differences-title">{t(words::DIFFERENT_TITLE)}</h3>
                <ul class="bullets">{lines}</ul>
                <p>{t(words::DIFFERENT_NEXT)}</p>
                {first}
                {form}
            </section>
        }
        .into_any()
    })
}

/// The form by which one of two people says that the count stands.
#[component]
fn Accepting(context: PlanContext, waits: bool, accepted: Callback<()>, again: Callback<()>) -> impl IntoView {
    let busy = RwSignal::new(false);
    let failed = RwSignal::new(None::<Refusal>);
    let act = Callback::new(move |reason: String| {
        asking::run(busy, async move {
            failed.set(None);
            match asking::post::<AcceptanceAnswer>(&context.api("reconciliation"), &AcceptDifferences { reason }).await
            {
                Ok(answer) if answer.body.waiting => again.try_run(()).unwrap_or_default(),
                Ok(_) => accepted.try_run(()).unwrap_or_default(),
                Err(refusal) => {
                    failed.try_set(Some(refusal));
                }
            }
        });
    });
    let button = if waits { words::DIFFERENT_SECOND_BUTTON } else { words::DIFFERENT_BUTTON };
    view! {
        <ReasonForm id="why-different" label=words::DIFFERENT_REASON hint=words::DIFFERENT_REASON_HINT button busy act>
            {move || failed.get().map(|refusal| step_refused(context, refusal))}
        </ReasonForm>
    }
}
