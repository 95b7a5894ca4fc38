//! The final result before and after it is public: what is missing, ties without a lot, the table.

use frame::{
    server::Refusal,
    words::{fill, joined, t},
};
use leptos::prelude::*;
use office_frame::names::{component_name, name_of};
use office_frame::{asking, limits::MOST_MISSING, plan_context::PlanContext, pointer};
use scoring::{
    json::Value,
    result_document::{ResultDocument, UnitResult},
};
use text::office_progress as words;
use wire::{
    ErrorCode, Field,
    plan::{PlanState, PublishRequest},
};

use crate::progress::{
    announcing::{Announcing, Early, ObjectionList},
    confirmed::Confirmed,
    lot::Lots,
    reconciliation::Differences,
    small_groups::{PUBLISHING, small_groups},
    step::{move_on, second_person, step_refused},
    waiting_paper::WaitingPaper,
};

/// The page of a closed or published plan.
#[component]
pub fn FinalResult(
    context: PlanContext,
    /// Whether whoever is signed in may publish it.
    may_publish: bool,
    /// Whether they may record a draw.
    may_draw: bool,
) -> impl IntoView {
    let published = context.answer.with_untracked(|answer| answer.state == PlanState::Published);
    let note = if published { words::RESULT_NOTE_PUBLISHED } else { words::RESULT_NOTE };
    let path = context.api("result?mode=final");
    let result = asking::fetch::<ResultDocument>(path.clone());
    let again = Callback::new(move |()| asking::fetch_again(result, path.clone()));
    let retry = Callback::new(move |()| {
        result.set(None);
        again.run(());
    });
    view! {
        <section class="stack" aria-labelledby="result">
            <h2 id="result">{t(words::RESULT_TITLE)}</h2>
            {(!published).then(|| view! { <WaitingPaper context /> })}
            {move || match result.get() {
                None => asking::loading(),
                Some(Err(Refusal::Said(body))) if body.code == ErrorCode::Incomplete => missing(context, &body.fields),
                Some(Err(Refusal::Said(body))) if body.code == ErrorCode::SmallGroup && may_publish => {
                    view! { <Publishing context small=details(&body.fields) recorded=again /> }.into_any()
                }
                Some(Err(refusal)) => asking::refused(refusal, retry),
                Some(Ok(result)) => {
                    let ties = result.unresolved_ties.clone();
                    let next = if ties.is_empty() {
                        may_publish.then(|| view! { <Publishing context small=Vec::new() recorded=again /> }.into_any())
                    } else {
                        may_draw.then(|| view! { <Lots context ties recorded=again /> }.into_any())
                    };
                    view! {
                        <p class="soft">{t(note)}</p>
                        {next}
                        {table(&context.answer.get_untracked().plan, &result)}
                    }
                    .into_any()
                }
            }}
        </section>
    }
}

/// Where data are missing: the API's `missing_data` fields name period, component, unit and group.
fn missing(context: PlanContext, fields: &[Field]) -> AnyView {
    let plan = context.answer.get_untracked().plan;
    let count = fields.len();
    let lines: Vec<_> = fields
        .iter()
        .take(MOST_MISSING)
        .filter_map(|field| {
            let mut ids = field.detail.as_deref()?.split(' ');
            let (period, component, unit) = (ids.next()?, ids.next()?, ids.next()?);
            let (period, component, unit) =
                (name_of(&plan, "/periods", period), component_name(&plan, component), name_of(&plan, "/units", unit));
            let group = ids.next().map(|group| name_of(&plan, "/groups", group));
            let said = move || {
                let mut said = fill(words::MISSING_LINE, &[&unit, &component, &period]);
                if let Some(group) = &group {
                    said.push_str(&fill(words::MISSING_GROUP, &[group]));
                }
                said
            };
            Some(view! { <li>{said}</li> })
        })
        .collect();
    let more = count.saturating_sub(MOST_MISSING);
    view! {
        <div class="note warn stack" role="alert">
            <h3>{move || fill(words::MISSING_TITLE, &[&count])}</h3>
            <p>{t(words::MISSING_NOTE)}</p>
            <ul class="bullets">{lines}{(more > 0).then(|| view! { <li>{move || fill(words::MISSING_MORE, &[&more])}</li> })}</ul>
            <p><a class="button primary" href=context.href("records")>{t(words::GO_RECORDS)}</a></p>
        </div>
    }
    .into_any()
}

/// What the fields of a refusal name.
fn details(fields: &[Field]) -> Vec<String> {
    fields.iter().filter_map(|field| field.detail.clone()).collect()
}

/// Publishing what holds. Of whom too few voted is asked for by name first; their result was seen by nobody, so its ties
/// show only now.
#[component]
fn Publishing(
    /// The open plan.
    context: PlanContext,
    /// Groups of whom too few voted, as far as the server has named them.
    small: Vec<String>,
    /// Called when lots are recorded.
    recorded: Callback<()>,
) -> impl IntoView {
    let busy = RwSignal::new(false);
    let failed = RwSignal::new(None::<Refusal>);
    let small = RwSignal::new(small);
    let ties = RwSignal::new(Vec::<Vec<String>>::new());
    let different = RwSignal::new(false);
    let early = RwSignal::new(false);
    let waiting = RwSignal::new(false);
    let publish = move |(allow_small, early_for): (Vec<String>, Option<String>)| {
        asking::run(busy, async move {
            failed.set(None);
            match move_on(context, "publish", &PublishRequest { allow_small, early: early_for }).await {
                Ok(awaited) => {
                    waiting.try_set(awaited);
                }
                Err(Refusal::Said(body)) if body.code == ErrorCode::SmallGroup => {
                    small.try_set(details(&body.fields));
                    frame::browser::focus_soon("small");
                }
                Err(Refusal::Said(body)) if body.code == ErrorCode::UnresolvedTies => {
                    let tie = |units: &String| units.split(' ').map(str::to_owned).collect();
                    ties.try_set(details(&body.fields).iter().map(tie).collect());
                }
                Err(Refusal::Said(body)) if body.code == ErrorCode::StillAnnounced => {
                    early.try_set(true);
                    frame::browser::focus_soon("early");
                }
                Err(Refusal::Said(body)) if body.code == ErrorCode::CountMismatch => {
                    different.try_set(true);
                    frame::browser::focus_soon("differences");
                }
                Err(refusal) => {
                    failed.try_set(Some(refusal));
                }
            }
        });
    };
    // What was allowed by name on the way to a reason for publishing early.
    let allowed_small = StoredValue::new(Vec::<String>::new());
    let act = Callback::new(move |()| publish((Vec::new(), None)));
    let allow = Callback::new(move |groups: Vec<String>| {
        allowed_small.set_value(groups.clone());
        publish((groups, None));
    });
    let publish_early = Callback::new(move |why: String| publish((allowed_small.get_value(), Some(why))));
    let allowed = move || small_groups(&context.answer.get_untracked().plan, small.get(), PUBLISHING, allow);
    let drawn = Callback::new(move |()| {
        ties.set(Vec::new());
        recorded.run(());
    });
    let accepted = Callback::new(move |()| different.set(false));
    view! {
        <Announcing context allow_small=small.get_untracked() />
        <ObjectionList context may_answer=true />
        {move || different.get().then(|| view! { <Differences context accepted /> })}
        {move || early.get().then(|| view! { <Early busy act=publish_early /> })}
        <div class="panel stack">
            <h3>{t(words::PUBLISH_TITLE)}</h3>
            {second_person(waiting)}
            {move || failed.get().map(|refusal| step_refused(context, refusal))}
            <Show when=move || small.read().is_empty()>
                <Confirmed label=words::PUBLISH_BUTTON confirm=words::PUBLISH_CONFIRM busy act what=move || view! { <p>{t(words::PUBLISH_WHAT)}</p> } />
            </Show>
        </div>
        {move || (!small.read().is_empty()).then(allowed)}
        {move || (!ties.read().is_empty()).then(|| view! { <Lots context ties=ties.get() recorded=drawn /> })}
    }
}

fn table(plan: &Value, result: &ResultDocument) -> AnyView {
    let graded = result.units.iter().any(|unit| unit.grade.is_some());
    pointer::list(plan, "/categories")
        .iter()
        .map(|category| {
            let id = pointer::text(category, "/id");
            let mut units: Vec<&UnitResult> = result.units.iter().filter(|unit| unit.category == id).collect();
            units.sort_by_key(|unit| unit.rank);
            let rows: Vec<_> = units
                .into_iter()
                .map(|unit| {
                    let outcomes: Vec<String> =
                        unit.outcomes.iter().map(|outcome| name_of(plan, "/outcomes", outcome)).collect();
                    let grade = graded.then(|| {
                        let grade = unit.grade.as_ref().map(|grade| name_of(plan, "/grading/grades", grade));
                        view! { <td data-head=t(words::GRADE)>{grade}</td> }
                    });
                    view! {
                        <tr>
                            <td class="figure" data-head=t(words::RANK)>{unit.rank}</td>
                            <th scope="row" data-head=t(words::UNIT)>{name_of(plan, "/units", &unit.unit)}</th>
                            <td class="figure" data-head=t(words::TOTAL)>{unit.published.clone()}</td>
                            {grade}
                            <td data-head=t(words::OUTCOMES)>{joined(outcomes, "、")}</td>
                        </tr>
                    }
                })
                .collect();
            let name = pointer::text(category, "/name").to_owned();
            view! {
                <div class="panel stack">
                    <h3>{name.clone()}</h3>
                    <div class="scroll" tabindex="0" role="region" aria-label=name><table class="rows read">
                        <thead><tr>
                            <th scope="col" class="figure">{t(words::RANK)}</th><th scope="col">{t(words::UNIT)}</th>
                            <th scope="col" class="figure">{t(words::TOTAL)}</th>
                            {graded.then(|| view! { <th scope="col">{t(words::GRADE)}</th> })}
                            <th scope="col">{t(words::OUTCOMES)}</th>
                        </tr></thead>
                        <tbody>{rows}</tbody>
                    </table></div>
                </div>
            }
        })
        .collect_view()
        .into_any()
}
