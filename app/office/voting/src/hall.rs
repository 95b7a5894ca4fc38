//! What a hall sees on its screen while it votes: the address as a large QR code and to be typed, how many have voted, and
//! how much time is left.
//!
//! Owns the screen. Refuses to show anything but counts of ballots: no code, no mark, no opinion.

use frame::words::{fill, joined, t};
use leptos::prelude::*;
use office_frame::{
    Office, asking,
    limits::AGAIN_AFTER,
    moment::{moment, now},
    names::name_of,
    plan_context::PlanContext,
    pointer,
};
use scoring::{Moment, json::Value};
use text::hall as words;
use wire::{
    code::{GroupTurnout, Turnout},
    open_code,
    plan::PlanState,
    round::{RoundList, RoundRow, RoundState},
};

use crate::codes::{
    base,
    posters::{Poster, picture, posters_of},
    short,
};

/// What the screen shows of the vote, as it was last read. A handle.
#[derive(Clone, Copy)]
struct Seen {
    turnout: RwSignal<Vec<GroupTurnout>>,
    rounds: RwSignal<Vec<RoundRow>>,
    /// When both were read; none yet.
    at: RwSignal<Option<i64>>,
    /// The last reading brought nothing.
    stale: RwSignal<bool>,
}

impl Seen {
    fn read(self, context: PlanContext) {
        leptos::task::spawn_local(async move {
            let turnout = asking::get::<Turnout>(&context.api("turnout")).await;
            let rounds = asking::get::<RoundList>(&context.api("rounds")).await;
            // The page may have been left meanwhile.
            let Ok(turnout) = turnout else {
                self.stale.try_set(true);
                return;
            };
            self.turnout.try_set(turnout.body.groups);
            // A draft has none.
            self.rounds.try_set(rounds.map(|rounds| rounds.body.rounds).unwrap_or_default());
            self.at.try_set(Some(now()));
            self.stale.try_set(false);
            // Its state may be another one by now.
            let _ = context.reload().await;
        });
    }
}

/// The page.
#[component]
pub fn HallPage() -> impl IntoView {
    let context = expect_context::<PlanContext>();
    expect_context::<Office>().title(words::TITLE);
    let plan = context.answer.get_untracked().plan;
    let seen = Seen {
        turnout: RwSignal::new(Vec::new()),
        rounds: RwSignal::new(Vec::new()),
        at: RwSignal::new(None),
        stale: RwSignal::new(false),
    };
    seen.read(context);
    let clock = RwSignal::new(now());
    let reading = set_interval_with_handle(move || seen.read(context), AGAIN_AFTER);
    let ticking = set_interval_with_handle(move || clock.set(now()), std::time::Duration::from_secs(1));
    on_cleanup(move || {
        for running in [reading, ticking].into_iter().flatten() {
            running.clear();
        }
    });
    let open = StoredValue::new(posters_of(&plan));
    // None: holders of codes.
    let chosen = RwSignal::new(first_choice(&plan, &open.read_value()));
    let base = base::known();
    let title = context.title();
    view! {
        <div class="hall" id="hall">
            {controls(context, plan.clone(), open, chosen, base)}
            <h1 id="title" tabindex="-1"><bdi>{title}</bdi></h1>
            <div class="hall-body">
                {move || leads_to(context, chosen.get().and_then(|place| open.read_value().get(place).cloned()), base)}
                <div class="stack">
                    {time_left(context, seen, clock)}
                    {counts(plan, seen)}
                </div>
            </div>
            <p class="soft small" role="status">{move || {
                let at = seen.at.get().map(moment)?;
                Some(fill(if seen.stale.get() { words::STALE } else { words::AS_OF }, &[&at]))
            }}</p>
        </div>
    }
}

/// The first open group where nobody holds a code.
fn first_choice(plan: &Value, open: &[Poster]) -> Option<usize> {
    let with_codes = pointer::list(plan, "/groups").iter().any(|group| pointer::text(group, "/ballot") != "open");
    (!with_codes && !open.is_empty()).then_some(0)
}

/// What is chosen before the screen is shown: they are small, and not in the way.
fn controls(
    context: PlanContext,
    plan: Value,
    open: StoredValue<Vec<Poster>>,
    chosen: RwSignal<Option<usize>>,
    base: RwSignal<Option<String>>,
) -> AnyView {
    let whole = move |_| {
        let screen = document().get_element_by_id("hall");
        // A browser that refuses shows the page as it is.
        drop(screen.map(|screen| screen.request_fullscreen()));
    };
    let several = pointer::list(&plan, "/periods").len() > 1;
    let choices: Vec<AnyView> = open.with_value(|open| {
        let choice = |(place, poster): (usize, &Poster)| {
            let group = name_of(&plan, "/groups", &poster.group);
            let period = several.then(|| name_of(&plan, "/periods", &poster.period));
            let name = joined([Some(group), period].into_iter().flatten(), " · ");
            let selected = chosen.get_untracked() == Some(place);
            view! { <option value=place.to_string() selected=selected>{fill(words::OPEN_GROUP, &[&name])}</option> }
                .into_any()
        };
        open.iter().enumerate().map(choice).collect()
    });
    let choice = (!choices.is_empty()).then(|| {
        view! {
            <label class="row tight-row">{t(words::SHOWS)}
                <select on:change=move |event| chosen.set(event_target_value(&event).parse().ok())>
                    <option value="" selected=chosen.get_untracked().is_none()>{t(words::WITH_CODES)}</option>
                    {choices}
                </select>
            </label>
        }
    });
    view! {
        <div class="row small">
            <a href=context.href("codes")>"← "{t(words::LEAVE)}</a>
            {choice}
            <button type="button" class="small" on:click=whole>{t(words::WHOLE)}</button>
            <details class="fold"><summary>{t(text::office_codes::LINK_BASE)}</summary><base::BaseField base /></details>
        </div>
    }
    .into_any()
}

/// The address, as a code and to be typed.
fn leads_to(context: PlanContext, open: Option<Poster>, base: RwSignal<Option<String>>) -> AnyView {
    let says = if open.is_some() { words::SCAN_OPEN } else { words::SCAN };
    let fragment = open.as_ref().map(|open| format!("#{}", open_code::link(&open.period, &open.group)));
    let path = format!("/ballot/{}{}", context.id(), fragment.unwrap_or_default());
    let link = Memo::new(move |_| base.get().map(|base| format!("{base}{path}")));
    let short = short::of(context, open.map(|open| (open.period, open.group)), move || {
        context.answer.read().state != PlanState::Draft
    });
    let typed =
        move || base.get().and_then(|base| short::address(&base, short.get().as_deref())).or_else(|| link.get());
    view! {
        <div class="hall-code stack">
            {move || link.get().and_then(|link| picture(&link))}
            <p><strong>{t(says)}</strong></p>
            <p>{t(words::OR_TYPE)}<span class="mono block break">{typed}</span></p>
        </div>
    }
    .into_any()
}

/// How much time is left of what is open, by this device's clock.
fn time_left(context: PlanContext, seen: Seen, clock: RwSignal<i64>) -> impl Fn() -> AnyView {
    move || {
        let open: Vec<RoundRow> =
            seen.rounds.read().iter().filter(|round| round.state == RoundState::Open).cloned().collect();
        let says = match (open.is_empty(), context.state()) {
            (false, _) => None,
            (true, PlanState::Draft | PlanState::Open) => Some(words::NOT_OPEN),
            (true, _) => Some(words::OVER),
        };
        if let Some(says) = says {
            return view! { <p class="hall-figure">{t(says)}</p> }.into_any();
        }
        let ends = open.iter().filter_map(|round| round.closes.as_deref());
        let end = ends.filter_map(|text| Some((Moment::parse(text)?.seconds_after(clock.get()), text))).min();
        match end {
            None => view! { <p>{t(words::NO_END)}</p> }.into_any(),
            Some((left, text)) => {
                let until = Moment::said(text).unwrap_or_default();
                view! { <p>{t(words::LEFT)}<span class="hall-figure block">{span_of(left)}</span>{fill(words::UNTIL, &[&until])}</p> }.into_any()
            }
        }
    }
}

/// Seconds as people count them.
fn span_of(seconds: i64) -> String {
    let (minutes, hours) = (seconds / 60, seconds / 3600);
    match hours {
        0 => fill(words::MINUTES, &[&minutes, &format!("{:02}", seconds % 60)]),
        1..48 => fill(words::HOURS, &[&hours, &format!("{:02}", minutes % 60)]),
        _ => fill(words::DAYS, &[&(hours / 24), &(hours % 24)]),
    }
}

/// How many have voted, in all and by group and period.
fn counts(plan: Value, seen: Seen) -> impl Fn() -> AnyView {
    let several = pointer::list(&plan, "/periods").len() > 1;
    let is_open = |plan: &Value, id: &str| {
        let groups = pointer::list(plan, "/groups");
        groups.iter().any(|group| pointer::text(group, "/id") == id && pointer::text(group, "/ballot") == "open")
    };
    move || {
        let rows = seen.turnout.get();
        let cast: u64 = rows.iter().map(|row| row.cast).sum();
        let line = |row: &GroupTurnout| {
            let group = name_of(&plan, "/groups", &row.group);
            let name = if several { joined([group, name_of(&plan, "/periods", &row.period)], " · ") } else { group };
            // Whoever scanned an open group's code and went away has one, too: that is no measure.
            let said = match is_open(&plan, &row.group) {
                true => fill(words::CAST_ONLY, &[&row.cast]),
                false => fill(words::OF, &[&row.cast, &row.issued]),
            };
            view! { <tr><th scope="row">{name}</th><td class="figure">{said}</td></tr> }.into_any()
        };
        // Groups that nobody has a code of have nothing to say.
        let lines: Vec<AnyView> = rows.iter().filter(|row| row.issued + row.cast > 0).map(line).collect();
        view! {
            <p>{t(words::CAST)}<span class="hall-figure block">{fill(words::CAST_ONLY, &[&cast])}</span></p>
            <table>{lines}</table>
        }
        .into_any()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_screen_begins_with_the_open_group_where_nobody_holds_a_code() {
        let plan = |groups: &str| {
            let plan = format!(r#"{{ "periods": [{{ "id": "y" }}], "groups": [{groups}] }}"#);
            Value::parse(plan.as_bytes()).unwrap()
        };
        let choice = |plan: Value| first_choice(&plan, &posters_of(&plan));
        let (web, staff) = (r#"{ "id": "web", "ballot": "open" }"#, r#"{ "id": "staff", "ballot": "anonymous" }"#);
        assert_eq!(choice(plan(web)), Some(0));
        assert_eq!(choice(plan(&format!("{web}, {staff}"))), None);
        assert_eq!(choice(plan(staff)), None);
        assert_eq!(choice(plan("")), None);
    }
}
