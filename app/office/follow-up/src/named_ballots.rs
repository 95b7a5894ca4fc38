//! The inspector's page: the ballots of named groups, read on a button, one fold for each.
//!
//! Owns that nothing is asked for before somebody asks: each asking is an event in the audit trail. Refuses to own who may
//! read them and from when on (the server).

use std::time::Duration;

use frame::{
    server::Refusal,
    words::{fill, joined, t},
};
use leptos::prelude::*;
use office_frame::{Office, asking, names::name_of, plan_context::PlanContext, pointer};
use scoring::json::Value;
use scoring::names::folded;
use text::named_ballots as words;
use wire::{
    named_ballot::{NamedBallot, NamedBallots},
    plan::PlanState,
    staff::Role,
};

use crate::named_marks::by_unit;

/// Ballots that are drawn before more is asked for.
const ROWS: usize = 50;

/// The names of the groups whose ballots name their voters.
fn named_groups(plan: &Value) -> Vec<String> {
    let groups = pointer::list(plan, "/groups").iter().filter(|group| pointer::text(group, "/ballot") == "named");
    groups.map(|group| pointer::text(group, "/name").to_owned()).collect()
}

/// Those whose voter's name has what was typed in it; of nothing typed all.
fn found<'b>(ballots: &'b [NamedBallot], typed: &str) -> Vec<&'b NamedBallot> {
    let typed = folded(typed);
    let fits = |ballot: &&NamedBallot| {
        typed.is_empty() || ballot.name.as_ref().is_some_and(|name| folded(name).contains(&typed))
    };
    ballots.iter().filter(fits).collect()
}

/// How long what was read is shown.
const SHOWN: Duration = Duration::from_secs(15 * 60);

/// What was read. A handle.
#[derive(Clone, Copy)]
struct Reading {
    context: PlanContext,
    busy: RwSignal<bool>,
    read: RwSignal<Option<Vec<NamedBallot>>>,
    failed: RwSignal<Option<Refusal>>,
}

impl Reading {
    /// Reads all of them. What was read before stays until all are here.
    fn start(self) {
        asking::run(self.busy, async move {
            let path = self.context.api("named-ballots");
            match asking::all::<NamedBallots>(&path).await {
                Ok(ballots) => {
                    self.failed.try_set(None);
                    self.read.try_set(Some(ballots));
                    // Whoever leaves the desk leaves no names on the screen.
                    let forget = move || {
                        self.read.try_set(None);
                    };
                    set_timeout(forget, SHOWN);
                }
                Err(refusal) => {
                    self.failed.try_set(Some(refusal));
                }
            }
        });
    }
}

/// The page.
#[component]
pub(crate) fn NamedBallotsPage() -> impl IntoView {
    let context = expect_context::<PlanContext>();
    let office = expect_context::<Office>();
    office.title(words::TITLE);
    let groups = named_groups(&context.answer.get_untracked().plan);
    let is_over = matches!(context.answer.get_untracked().state, PlanState::Closed | PlanState::Published);
    let stands = match (office.is(Role::Inspector), groups.is_empty(), is_over) {
        (false, ..) => view! { <p class="note">{t(words::NOT_YOURS)}</p> }.into_any(),
        (_, true, _) => view! { <p class="note">{t(words::NO_GROUP)}</p> }.into_any(),
        (_, _, false) => view! { <p class="note">{t(words::NOT_YET)}</p> }.into_any(),
        (true, false, true) => view! { <ToRead context groups /> }.into_any(),
    };
    view! {
        <h1 id="title" tabindex="-1">{t(words::TITLE)}</h1>
        <p>{t(words::WHAT)}</p>
        {stands}
    }
}

#[component]
fn ToRead(context: PlanContext, groups: Vec<String>) -> impl IntoView {
    let reading =
        Reading { context, busy: RwSignal::new(false), read: RwSignal::new(None), failed: RwSignal::new(None) };
    Effect::new(move |_| {
        if asking::ended().get() {
            reading.read.set(None);
        }
    });
    let groups = joined(groups, "、");
    let says = move || if reading.busy.get() { t(words::READING)() } else { t(words::READ)() };
    let retry = Callback::new(move |()| reading.start());
    view! {
        <p>{move || fill(words::GROUPS, &[&groups])}</p>
        <p class="note warn">{t(words::RECORDED)}</p>
        <p><button type="button" class="primary" aria-disabled=move || reading.busy.get().to_string() on:click=move |_| reading.start()>{says}</button></p>
        {move || reading.failed.get().map(|refusal| asking::refused(refusal, retry))}
        <Show when=move || reading.read.read().is_some()><Ballots reading /></Show>
    }
}

/// What was read, with the field that finds a voter.
#[component]
fn Ballots(reading: Reading) -> impl IntoView {
    let (typed, most) = (RwSignal::new(String::new()), RwSignal::new(ROWS));
    let plan = StoredValue::new(reading.context.answer.get_untracked().plan);
    let several = plan.with_value(|plan| pointer::list(plan, "/periods").len() > 1);
    let typing = move |event| {
        typed.set(event_target_value(&event));
        most.set(ROWS);
    };
    let count = move || {
        reading.read.with(|read| {
            let ballots = read.as_deref().unwrap_or_default();
            let listed = found(ballots, &typed.read()).len().min(most.get());
            match ballots.len() {
                0 => t(words::NONE)().to_owned(),
                count => fill(words::COUNT, &[&count, &listed]),
            }
        })
    };
    let rows = move || {
        reading.read.with(|read| {
            let found = found(read.as_deref().unwrap_or_default(), &typed.read());
            if found.is_empty() && !typed.read().is_empty() {
                return view! { <p class="soft">{t(words::NOBODY_FITS)}</p> }.into_any();
            }
            let rows = found.into_iter().take(most.get()).map(|one| ballot(plan, one.clone(), several));
            view! { <div class="stack tight">{rows.collect_view()}</div> }.into_any()
        })
    };
    let is_more =
        move || reading.read.with(|read| found(read.as_deref().unwrap_or_default(), &typed.read()).len() > most.get());
    view! {
        <div class="field">
            <label for="find-voter">{t(words::FIND)}</label>
            <input id="find-voter" type="search" autocomplete="off" prop:value=typed on:input=typing />
        </div>
        <p role="status">{count}</p>
        {rows}
        <Show when=is_more>
            <p><button type="button" on:click=move |_| most.update(|most| *most += ROWS)>{t(text::follow_up::MORE)}</button></p>
        </Show>
    }
}

/// One ballot. Its marks are drawn when it is unfolded: of hundreds few are.
fn ballot(plan: StoredValue<Value>, one: NamedBallot, several: bool) -> AnyView {
    let is_open = RwSignal::new(false);
    let group = plan.with_value(|plan| name_of(plan, "/groups", &one.group));
    let period = several.then(|| plan.with_value(|plan| name_of(plan, "/periods", &one.period)));
    let beside = joined([group].into_iter().chain(period), " · ");
    let (count, marks) = (one.marks.len(), StoredValue::new(one.marks));
    let name = one.name.map_or_else(
        || view! { <em>{t(words::GONE)}</em> }.into_any(),
        |name| view! { <strong><bdi>{name}</bdi></strong> }.into_any(),
    );
    let told = move || {
        is_open.get().then(|| {
            let units = plan.with_value(|plan| marks.with_value(|marks| by_unit(plan, marks)));
            let rows = units.into_iter().map(|(unit, marks)| {
                let marks = marks.into_iter().map(|(what, how)| {
                    view! { <li><bdi>{what}</bdi>"："<strong><bdi>{how}</bdi></strong></li> }
                });
                view! { <tr><th scope="row">{unit}</th><td><ul class="plain">{marks.collect_view()}</ul></td></tr> }
            });
            view! {
                <div class="scroll" tabindex="0"><table>
                    <thead><tr><th scope="col">{t(words::UNIT)}</th><th scope="col">{t(words::MARKED)}</th></tr></thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table></div>
            }
        })
    };
    view! {
        <details class="panel" on:toggle=move |_| is_open.set(true)>
            <summary><span>{name}" "<bdi class="soft">{beside}</bdi>" "<span class="soft small">{move || fill(words::MARKS, &[&count])}</span></span></summary>
            {told}
        </details>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::{NamedBallot, Value, found, named_groups};

    #[test]
    fn a_voter_is_found_by_a_part_of_the_name_however_it_is_typed() {
        let of = |name: Option<&str>| NamedBallot {
            voter: "v".to_owned(),
            name: name.map(str::to_owned),
            period: "year".to_owned(),
            group: "delegates".to_owned(),
            marks: Vec::new(),
        };
        let ballots = [of(Some("张三")), of(Some("Li Si")), of(None)];
        let names = |typed: &str| {
            found(&ballots, typed).into_iter().map(|one| one.name.as_deref().unwrap_or("-")).collect::<Vec<_>>()
        };
        assert_eq!(names(""), ["张三", "Li Si", "-"]);
        assert_eq!(names(" 三"), ["张三"]);
        assert_eq!(names("ｌｉ"), ["Li Si"]);
        assert_eq!(names("王"), Vec::<&str>::new());
    }

    #[test]
    fn groups_that_vote_by_name_are_told() {
        let plan = r#"{ "groups": [{ "id": "a", "name": "班子", "ballot": "anonymous" }, { "id": "b", "name": "代表", "ballot": "named" }] }"#;
        assert_eq!(named_groups(&Value::parse(plan.as_bytes()).unwrap()), ["代表"]);
    }
}
