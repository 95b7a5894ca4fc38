//! The ranking as it stands: turnout, ranks, what is missing, refreshed while voting is open.

mod reading;
mod table;
mod unit;

use frame::words::{fill, joined, t};
use leptos::prelude::*;
use office_frame::{Office, asking, limits::MOST_MISSING_KINDS, plan_context::PlanContext};
use office_scores::{appraisal::Appraisal, nothing_yet::nothing_yet};
use scoring::{GroupIndex, LeafIndex, PeriodIndex};
use text::ranking as words;
use wire::{code::Turnout, plan::PlanState};

use crate::ranking::reading::Reading;

/// The ranking of a plan, or behind it in the address a unit: why its score.
#[component]
pub fn RankingPage(rest: Vec<String>) -> impl IntoView {
    expect_context::<Office>().title(words::TITLE);
    match rest.into_iter().next() {
        Some(unit_id) => view! { <unit::UnitPage unit_id /> }.into_any(),
        None => view! { <Ranking /> }.into_any(),
    }
}

#[component]
fn Ranking() -> impl IntoView {
    let context = expect_context::<PlanContext>();
    let turnout = RwSignal::new(None::<Turnout>);
    let reading = Reading::start(context.id());
    Effect::new(move |_| {
        reading.last.track();
        let path = context.api("turnout");
        leptos::task::spawn_local(async move {
            if let Ok(answer) = asking::get::<Turnout>(&path).await {
                turnout.try_set(Some(answer.body));
            }
        });
    });
    let appraisal = Memo::new(move |_| reading.last.get().and_then(Result::ok));
    move || match appraisal.read().is_some() {
        false => nothing_yet(reading.last.get().and_then(Result::err)),
        true => view! {
            <Heading reading appraisal />
            <TurnoutTable turnout appraisal />
            {move || appraisal.get().map(|appraisal| table::categories(&appraisal))}
            {move || appraisal.get().map(|appraisal| missing(&appraisal))}
        }
        .into_any(),
    }
}

/// State, time and fingerprint of what is shown, and how to read it again.
#[component]
fn Heading(reading: Reading, appraisal: Memo<Option<Appraisal>>) -> impl IntoView {
    let last = move || appraisal.get();
    let is_open = |a: &Appraisal| matches!(a.state, PlanState::Open | PlanState::Closing);
    let open = move || last().is_some_and(|a| is_open(&a));
    let hides = move || {
        let unseen = |a: &Appraisal| a.plan.groups().iter().any(|group| a.plan.is_unseen_while_open(group));
        last().is_some_and(|a| is_open(&a) && unseen(&a))
    };
    let ties = move || last().map_or(0, |a| a.standing.unresolved_ties().len());
    let title = move || match last().map(|a| a.standing.mode()) {
        Some(scoring::Mode::Final) => t(words::FINAL)(),
        _ => t(words::PROVISIONAL)(),
    };
    view! {
        <div class="stack">
            <h1 id="title" tabindex="-1">{title}</h1>
            <p class="hint">{t(words::METHOD)}</p>
            <p class="row hint">
                <span>{move || last().map(|a| fill(words::AS_OF, &[&a.read_at]))}</span>
                <span>{move || last().map(|a| fill(words::VERSION, &[&a.sha256.get(..16).unwrap_or_default()]))}</span>
                <Show when=open>
                    <button type="button" class="no-print" on:click=move |_| reading.again()>
                        {move || if reading.busy.get() { t(words::REFRESHING)() } else { t(words::REFRESH)() }}
                    </button>
                </Show>
            </p>
            {move || reading.stale.get().map(|why| view! {
                <p class="note warn" role="status">{fill(words::STALE, &[&why.say()])}</p>
            })}
            <Show when=hides><p class="note">{t(words::TURNOUT_ONLY)}</p></Show>
            <Show when=move || ties() != 0>
                <p class="note warn">{move || fill(words::OPEN_TIES, &[&ties()])}</p>
            </Show>
        </div>
    }
}

/// How many of the issued codes were used, group by group.
#[component]
fn TurnoutTable(turnout: RwSignal<Option<Turnout>>, appraisal: Memo<Option<Appraisal>>) -> impl IntoView {
    let name = move |id: &str, group: bool| {
        appraisal.with(|appraisal| {
            let Some(plan) = appraisal.as_ref().map(|a| &a.plan) else { return id.to_owned() };
            let found = if group {
                plan.groups().iter().find(|g| g.id == id).map(|g| g.name.clone())
            } else {
                plan.periods().iter().find(|p| p.id == id).map(|p| p.name.clone())
            };
            found.unwrap_or_else(|| id.to_owned())
        })
    };
    move || {
        let turnout = turnout.get().filter(|turnout| !turnout.groups.is_empty())?;
        let periods = appraisal.with(|appraisal| appraisal.as_ref().is_some_and(|a| a.plan.periods().len() > 1));
        let rows: Vec<AnyView> = turnout
            .groups
            .iter()
            .map(|line| {
                view! {
                    <tr>
                        <th scope="row">{name(&line.group, true)}</th>
                        {periods.then(|| view! { <td>{name(&line.period, false)}</td> })}
                        <td class="figure">{line.cast}" / "{line.issued}</td>
                        <td class="bar-cell"><progress max=line.issued.max(1) value=line.cast aria-label=name(&line.group, true)></progress></td>
                    </tr>
                }
                .into_any()
            })
            .collect();
        Some(view! {
            <section class="panel">
                <div class="scroll" tabindex="0" role="region" aria-label=t(words::TURNOUT)>
                    <table>
                        <caption>{t(words::TURNOUT)}</caption>
                        <thead><tr>
                            <th scope="col">{t(words::GROUP)}</th>
                            {periods.then(|| view! { <th scope="col">{t(words::PERIOD)}</th> })}
                            <th scope="col" class="figure">{t(words::CAST)}</th><td class="bar-cell"></td>
                        </tr></thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            </section>
        })
    }
}

/// What is missing, by component and group.
fn missing(appraisal: &Appraisal) -> Option<AnyView> {
    let (plan, places) = (&appraisal.plan, appraisal.standing.missing());
    if places.is_empty() {
        return None;
    }
    let mut lines: std::collections::BTreeMap<(PeriodIndex, LeafIndex, Option<GroupIndex>), usize> = Default::default();
    for place in places {
        *lines.entry((place.period, place.leaf, place.group)).or_default() += 1;
    }
    let more = lines.len().saturating_sub(MOST_MISSING_KINDS);
    let listed: Vec<AnyView> = lines
        .into_iter()
        .take(MOST_MISSING_KINDS)
        .map(|((period, leaf, group), units)| {
            let node = &plan.nodes()[plan.leaves()[leaf].node];
            let what = match group {
                Some(group) => joined([&node.name, &plan.group(group).name], " · "),
                None => node.name.clone(),
            };
            let period = plan.period(period).name.clone();
            view! { <li>{move || fill(words::MISSING_LINE, &[&period, &what, &units])}</li> }.into_any()
        })
        .collect();
    let count = places.len();
    Some(
        view! {
            <section class="panel stack">
                <h2>{move || fill(words::MISSING_TITLE, &[&count])}</h2>
                <p class="hint">{t(words::MISSING_NOTE)}</p>
                <ul class="plain">{listed}</ul>
                {(more > 0).then(|| view! { <p class="hint">{move || fill(words::MISSING_MORE, &[&more])}</p> })}
            </section>
        }
        .into_any(),
    )
}
