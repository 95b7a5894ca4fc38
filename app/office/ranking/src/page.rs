//! The ranking as it stands: turnout, ranks, what is missing, refreshed while voting is open.

use frame::words::{fill, joined, t};
use leptos::prelude::*;
use office_frame::{Office, asking, limits::MOST_MISSING_KINDS, plan_context::PlanContext};
use office_scores::{appraisal::Appraisal, nothing_yet::nothing_yet, period_choice::period_choice};
use scoring::{GroupIndex, LeafIndex, Mode, PeriodIndex};
use text::ranking as words;
use wire::{code::Turnout, plan::PlanState};

use crate::{export, figures, last_year::LastYear, reading::Reading, table, unit, view::View};

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
    let how = View::new(LastYear::start(context));
    Effect::new(move |_| {
        reading.last.track();
        let path = context.api("turnout");
        leptos::task::spawn_local(async move {
            if let Ok(answer) = asking::get::<Turnout>(&path).await {
                turnout.try_set(Some(answer.body));
            }
        });
    });
    let appraisal = Memo::new(move |_| {
        let whole = reading.last.get().and_then(Result::ok)?;
        Some(match how.period.get() {
            Some(period) => whole.alone(&period),
            None => whole,
        })
    });
    let is_here = Memo::new(move |_| appraisal.read().is_some());
    move || match is_here.get() {
        false => nothing_yet(reading.last.get().and_then(Result::err)),
        true => view! {
            <Bar reading appraisal turnout how />
            {table::table(appraisal, how)}
            {how.last_year.chooser()}
            {notes(reading, appraisal)}
            <TurnoutTable turnout appraisal />
            {move || appraisal.with(|appraisal| appraisal.as_ref().and_then(missing))}
        }
        .into_any(),
    }
}

/// What is shown, how it stands, and the tools: one line above the table.
#[component]
fn Bar(
    reading: Reading,
    appraisal: Memo<Option<Appraisal>>,
    turnout: RwSignal<Option<Turnout>>,
    how: View,
) -> impl IntoView {
    let last = move || appraisal.get();
    let open = Memo::new(move |_| last().is_some_and(|a| matches!(a.state, PlanState::Open | PlanState::Closing)));
    let title = move || match last().map(|a| a.standing.mode()) {
        Some(Mode::Final) => t(words::FINAL)(),
        _ => t(words::PROVISIONAL)(),
    };
    let votes = move || {
        let turnout = turnout.get().filter(|turnout| !turnout.groups.is_empty())?;
        let sum = |count: fn(&wire::code::GroupTurnout) -> u64| turnout.groups.iter().map(count).sum::<u64>();
        Some(view! { <span>{fill(words::VOTES, &[&sum(|group| group.cast), &sum(|group| group.issued)])}</span> })
    };
    let lacks = Memo::new(move |_| last().map_or(0, |a| figures::lacking(&a.standing)));
    let ties = Memo::new(move |_| last().map_or(0, |a| a.standing.unresolved_ties().len()));
    let tag = |count: usize| if count > 0 { "tag warn" } else { "tag" };
    let only = move |_| how.only_missing.update(|only| *only = !*only);
    let save = move |_| {
        if let Some(appraisal) = appraisal.get_untracked() {
            export::save(&appraisal, how);
        }
    };
    // A browser that cannot print offers nothing either way; the file is beside it.
    let print = move |_| drop(window().print());
    view! {
        <div class="work-bar">
            <h1 id="title" tabindex="-1">{title}</h1>
            {move || appraisal.with(|appraisal| period_choice(&appraisal.as_ref()?.plan, how.period))}
            {move || categories(appraisal, how)}
            {votes}
            <span class=move || tag(lacks.get())>{move || fill(words::LACKING, &[&lacks.get()])}</span>
            <span class=move || tag(ties.get())>{move || fill(words::TIES, &[&ties.get()])}</span>
            <span class="soft small">{move || last().map(|a| fill(words::AS_OF_SHORT, &[&time_of(&a.read_at)]))}</span>
            <span class="grow"></span>
            <input type="search" class="no-print" aria-label=t(words::FIND) placeholder=t(words::FIND) autocomplete="off"
                on:input=move |event| how.find.set(event_target_value(&event).trim().to_owned()) />
            <button type="button" class="no-print" aria-pressed=move || how.only_missing.get().to_string() on:click=only>{t(words::ONLY_LACKING)}</button>
            <Show when=move || open.get()>
                <button type="button" class="no-print" on:click=move |_| reading.again()>
                    {move || if reading.busy.get() { t(words::REFRESHING)() } else { t(words::REFRESH)() }}
                </button>
            </Show>
            <button type="button" class="no-print" on:click=save>{t(words::EXPORT)}</button>
            <button type="button" class="no-print" on:click=print>{t(words::PRINT)}</button>
        </div>
    }
}

/// The time of a moment, without its date.
fn time_of(moment: &str) -> &str {
    moment.split_once(' ').map_or(moment, |(_, time)| time)
}

/// The categories to choose from, where there are several.
fn categories(appraisal: Memo<Option<Appraisal>>, how: View) -> Option<AnyView> {
    appraisal.with(|appraisal| {
        let plan = &appraisal.as_ref()?.plan;
        let now = how.category_of(plan)?;
        let filled: Vec<_> = plan.category_indices().filter(|category| !plan.units_of(*category).is_empty()).collect();
        if filled.len() < 2 {
            return None;
        }
        let buttons: Vec<AnyView> = filled
            .into_iter()
            .map(|category| {
                let (id, name) = (plan.category(category).id.clone(), plan.category(category).name.clone());
                let said = format!("{name} {}", plan.units_of(category).len());
                let pressed = (category == now).to_string();
                let press = move |_| how.category.set(Some(id.clone()));
                view! { <button type="button" class="chip" aria-pressed=pressed on:click=press>{said}</button> }
                    .into_any()
            })
            .collect();
        Some(view! { <span class="chips" role="group" aria-label=t(words::CATEGORIES)>{buttons}</span> }.into_any())
    })
}

/// What has to be known about the figures above.
fn notes(reading: Reading, appraisal: Memo<Option<Appraisal>>) -> AnyView {
    let last = move || appraisal.get();
    let is_open = |a: &Appraisal| matches!(a.state, PlanState::Open | PlanState::Closing);
    let hides = move || {
        let unseen = |a: &Appraisal| a.plan.groups().iter().any(|group| a.plan.is_unseen_while_open(group));
        last().is_some_and(|a| is_open(&a) && unseen(&a))
    };
    let ties = move || last().map_or(0, |a| a.standing.unresolved_ties().len());
    view! {
        {move || reading.stale.get().map(|why| view! {
            <p class="note warn" role="status">{fill(words::STALE, &[&why.say()])}</p>
        })}
        <Show when=hides><p class="note">{t(words::TURNOUT_ONLY)}</p></Show>
        <Show when=move || ties() != 0>
            <p class="note warn">{move || fill(words::OPEN_TIES, &[&ties()])}</p>
        </Show>
        <p class="hint">{t(words::METHOD)}" "{move || last().map(|a| fill(words::AS_OF, &[&a.read_at]))}" "{move || last().map(|a| fill(words::VERSION, &[&a.sha256.get(..16).unwrap_or_default()]))}</p>
    }
    .into_any()
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
            <details class="panel">
                <summary>{t(words::TURNOUT)}</summary>
                <div class="scroll" tabindex="0" role="region" aria-label=t(words::TURNOUT)>
                    <table>
                        <caption class="sr">{t(words::TURNOUT)}</caption>
                        <thead><tr>
                            <th scope="col">{t(words::GROUP)}</th>
                            {periods.then(|| view! { <th scope="col">{t(words::PERIOD)}</th> })}
                            <th scope="col" class="figure">{t(words::CAST)}</th><td class="bar-cell"></td>
                        </tr></thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            </details>
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
            <details class="panel">
                <summary>{move || fill(words::MISSING_TITLE, &[&count])}</summary>
                <p class="hint">{t(words::MISSING_NOTE)}</p>
                <ul class="plain">{listed}</ul>
                {(more > 0).then(|| view! { <p class="hint">{move || fill(words::MISSING_MORE, &[&more])}</p> })}
            </details>
        }
        .into_any(),
    )
}
