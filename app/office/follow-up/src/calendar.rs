//! The calendar of a plan: when rounds open and close, what each office has to enter until when, and what is late.
//!
//! Owns the table. Refuses to own its order (`calendar_weeks`) and what is late (the server).

use frame::words::{fill, t};
use leptos::prelude::*;
use office_frame::{Office, asking, names::name_of, plan_context::PlanContext};
use scoring::Moment;
use text::{Text, calendar as words};
use wire::{
    calendar::{Calendar, Due, DueKind},
    plan::PlanState,
    staff::Role,
};

use crate::calendar_weeks::{Day, Line, Week, Weeks, day_of, weeks};

/// The page.
#[component]
pub(crate) fn CalendarPage() -> impl IntoView {
    let context = expect_context::<PlanContext>();
    expect_context::<Office>().title(words::TITLE);
    let path = context.api("calendar");
    let kept = asking::fetch::<Calendar>(path.clone());
    view! {
        <h1 id="title" tabindex="-1">{t(words::TITLE)}</h1>
        {asking::when_here(kept, path, move |told| page(context, told))}
    }
}

fn page(context: PlanContext, told: Calendar) -> AnyView {
    let office = expect_context::<Office>();
    if told.due.is_empty() {
        let may = context.state() == PlanState::Draft && office.is(Role::Planner);
        let write = may.then(|| {
            let href = context.href("setup/basics#/schedule");
            view! { <p><a href=href>{t(words::WRITE)}</a></p> }
        });
        return view! { <p class="note">{t(words::NONE)}</p>{write} }.into_any();
    }
    let Weeks { late, weeks, today } = weeks(told.due, told.now);
    let rows = Rows { context, today, now: told.now, reads_all: office.reads_all() };
    let late = (!late.is_empty()).then(|| {
        let count = late.len();
        let head = view! { <span class="tag bad">{move || fill(words::LATE, &[&count])}</span> }.into_any();
        rows.body(head, late.into_iter().map(|due| rows.due(due, 0)).collect())
    });
    let weeks: Vec<_> = weeks.into_iter().map(|week| rows.week(week)).collect();
    view! {
        <p class="hint">{t(words::BY_CLOCK)}</p>
        <table class="calendar">
            <thead><tr>
                <th scope="col">{t(words::WHEN)}</th>
                <th scope="col">{t(words::WHAT)}</th>
                <th scope="col">{t(words::STANDS)}</th>
            </tr></thead>
            {late}
            {weeks}
        </table>
    }
    .into_any()
}

/// What the lines are drawn with.
#[derive(Clone, Copy)]
struct Rows {
    context: PlanContext,
    today: Day,
    /// By the server's clock, in seconds.
    now: i64,
    reads_all: bool,
}

impl Rows {
    /// Lines under a head.
    fn body(self, head: AnyView, lines: Vec<AnyView>) -> AnyView {
        view! {
            <tbody>
                <tr class="calendar-head"><th colspan="3" scope="rowgroup">{head}</th></tr>
                {lines}
            </tbody>
        }
        .into_any()
    }

    fn week(self, week: Week) -> AnyView {
        let (from, to) = (week.monday.said(), week.monday.sunday().said());
        let this = week.is_this.then(|| view! { " "<span class="tag info">{t(words::THIS_WEEK)}</span> });
        let head = view! { {move || fill(words::WEEK, &[&from, &to])}{this} }.into_any();
        let line = |line: Line| match line {
            Line::Due(due, left) => self.due(due, left),
            Line::Today => self.today(),
        };
        self.body(head, week.lines.into_iter().map(line).collect())
    }

    fn today(self) -> AnyView {
        let today = self.today;
        let said = move || {
            let date = format!("{} {}", day_name(today), today.said());
            fill(words::NOW, &[&date])
        };
        view! { <tr class="calendar-today" aria-current="date"><td colspan="3"><strong>{said}</strong></td></tr> }
            .into_any()
    }

    /// What is due, with how it stands; `left` days are left.
    fn due(self, due: Due, left: i64) -> AnyView {
        let day = day_of(&due);
        let said = Moment::said(&due.time).unwrap_or_else(|| due.time.clone());
        let today = (day == self.today).then(|| view! { " "<span class="tag info">{t(words::TODAY)}</span> });
        let stands = stands(&due, due.at <= self.now, left);
        let what = self.what(due.clone());
        let what = match self.place(due.what) {
            Some(page) => view! { <a href=self.context.href(page)>{what}</a> }.into_any(),
            None => view! { <span>{what}</span> }.into_any(),
        };
        view! {
            <tr>
                <td class="calendar-when"><span class="unbroken">{move || day_name(day)}" "{said}</span>{today}</td>
                <td>{what}</td>
                <td>{stands}</td>
            </tr>
        }
        .into_any()
    }

    fn what(self, due: Due) -> impl Fn() -> String + Send + 'static {
        let period = name_of(&self.context.answer.get_untracked().plan, "/periods", &due.period);
        move || {
            let round = if due.stage == 2 { fill(words::STAGE_2, &[&period]) } else { period.clone() };
            match (due.what, &due.office) {
                (DueKind::Opens, _) => fill(words::OPENS, &[&round]),
                (DueKind::Closes, _) => fill(words::CLOSES, &[&round]),
                (DueKind::Entries, Some(office)) => fill(words::ENTRIES, &[&round, office]),
                (DueKind::Entries, None) => fill(words::ENTRIES_OF_NONE, &[&round]),
                (DueKind::Rectification, _) => t(words::RECTIFICATION)().to_owned(),
                (DueKind::Cases, _) => t(words::CASES)().to_owned(),
            }
        }
    }

    /// The page where the work is done, for whoever may go there.
    fn place(self, what: DueKind) -> Option<&'static str> {
        match what {
            DueKind::Entries => Some("records"),
            DueKind::Rectification => Some("rectification"),
            DueKind::Cases => Some("cases"),
            _ if !self.reads_all => None,
            _ if self.context.state() == PlanState::Draft => Some("setup/basics#/schedule"),
            _ => Some("progress"),
        }
    }
}

fn day_name(day: Day) -> &'static str {
    words::DAYS.get(day.of_week()).map_or("", |text| t(*text)())
}

fn tag(class: &'static str, text: Text) -> AnyView {
    view! { <span class=class>{t(text)}</span> }.into_any()
}

/// Of today the line itself says so.
fn days_left(left: i64) -> AnyView {
    (left > 0).then(|| view! { <span class="soft">{move || fill(words::IN_DAYS, &[&left])}</span> }).into_any()
}

fn stands(due: &Due, is_over: bool, left: i64) -> AnyView {
    match due.what {
        DueKind::Opens if due.late => tag("tag bad", words::OPENS_LATE),
        DueKind::Closes if due.late => tag("tag bad", words::CLOSES_LATE),
        DueKind::Opens if is_over => tag("tag good", words::OPENED),
        DueKind::Closes if is_over => tag("tag good", words::CLOSED),
        DueKind::Opens | DueKind::Closes => days_left(left),
        DueKind::Rectification | DueKind::Cases => {
            let (count, class) = (due.count.unwrap_or_default(), if due.late { "tag bad" } else { "tag" });
            let left = (!due.late).then(|| view! { " "{days_left(left)} });
            view! { <span class=class>{move || fill(words::ITEMS, &[&count])}</span>{left} }.into_any()
        }
        DueKind::Entries => {
            let (given, places) = (due.given.unwrap_or_default(), due.places.unwrap_or_default());
            let late = due.given_late.unwrap_or_default();
            let class = match given >= places {
                true => "tag good",
                false if due.late => "tag bad",
                false => "tag",
            };
            let came_late = (late > 0).then(|| {
                view! { " "<span class="tag warn">{move || fill(words::GIVEN_LATE, &[&late])}</span> }
            });
            let left = (given < places && !due.late).then(|| view! { " "{days_left(left)} });
            view! { <span class=class>{move || fill(words::GIVEN, &[&given, &places])}</span>{came_late}{left} }
                .into_any()
        }
    }
}
