//! What is due within a week, across plans, and what is late: above the list, one line each, with the page where it is done.
//!
//! Nothing where nothing is due.

use frame::words::{fill, joined, t};
use leptos::prelude::*;
use office_frame::{moment::moment, route::plan_href};
use scoring::Moment;
use text::calendar as words;
use wire::desk::{DeskDue, DeskDueKind, DeskLine};

use super::acts::{Desk, title_of};

/// Lines that are shown before all are asked for.
const MOST_SHOWN: usize = 8;

/// What is due, of all plans, the earliest first; what is late is earlier than all else.
fn all(lines: &[DeskLine]) -> Vec<(&DeskLine, &DeskDue)> {
    let mut all: Vec<_> = lines.iter().flat_map(|line| line.due.iter().map(move |due| (line, due))).collect();
    all.sort_by_key(|(_, due)| (!due.late, due.at));
    all
}

/// The page of the plan where it is done.
const fn page(what: DeskDueKind) -> &'static str {
    match what {
        DeskDueKind::Entries => "records",
        DeskDueKind::Rectification => "rectification",
        DeskDueKind::Cases => "cases",
        DeskDueKind::Opens | DeskDueKind::Closes | DeskDueKind::Display => "progress",
    }
}

fn what(due: &DeskDue) -> String {
    let count = due.count.unwrap_or_default();
    let says = match (due.what, &due.office) {
        (DeskDueKind::Opens, _) => t(words::DUE_OPENS)().to_owned(),
        (DeskDueKind::Closes, _) => t(words::DUE_CLOSES)().to_owned(),
        (DeskDueKind::Entries, Some(office)) => fill(words::DUE_ENTRIES, &[office, &count]),
        (DeskDueKind::Entries, None) => fill(words::DUE_ENTRIES_OF_NONE, &[&count]),
        (DeskDueKind::Rectification, _) => fill(words::DUE_RECTIFICATION, &[&count]),
        (DeskDueKind::Cases, _) => fill(words::DUE_CASES, &[&count]),
        (DeskDueKind::Display, _) if count > 0 => fill(words::DUE_OBJECTIONS, &[&count]),
        (DeskDueKind::Display, _) => t(words::DUE_DISPLAY)().to_owned(),
    };
    let period = due.period.as_ref().map(|period| match due.stage {
        2 => fill(words::STAGE_2, &[period]),
        _ => period.clone(),
    });
    joined(period.into_iter().chain([says]), " · ")
}

/// A moment as the plan writes it, a last day, or a moment by this device's clock.
fn when(due: &DeskDue) -> String {
    match &due.time {
        Some(time) => Moment::said(time).unwrap_or_else(|| time.clone()),
        None => moment(due.at),
    }
}

fn row(line: &DeskLine, due: &DeskDue) -> AnyView {
    let href = plan_href(&line.id, page(due.what));
    let late = due.late.then(|| view! { <span class="tag bad">{t(words::DUE_LATE)}</span>" " });
    let (said, due) = (when(due), due.clone());
    view! {
        <tr>
            <td class="calendar-when">{late}<span class="unbroken">{said}</span></td>
            <td><a href=href>{move || what(&due)}</a></td>
            <td class="soft">{title_of(line)}</td>
        </tr>
    }
    .into_any()
}

/// The section.
#[component]
pub fn DueThisWeek(desk: Desk) -> impl IntoView {
    let whole = RwSignal::new(false);
    let title = if desk.office.reads_all() { words::DUE_TITLE } else { words::DUE_MINE };
    move || {
        let lines = desk.lines.read();
        let due = all(&lines);
        let count = due.len();
        let shown = if whole.get() { count } else { MOST_SHOWN };
        let rows: Vec<AnyView> = due.into_iter().take(shown).map(|(line, due)| row(line, due)).collect();
        let more = (count > shown).then(|| {
            view! { <p><button type="button" on:click=move |_| whole.set(true)>{move || fill(words::DUE_ALL, &[&count])}</button></p> }
        });
        (count > 0).then(|| {
            view! {
                <section class="stack tight" aria-labelledby="due">
                    <h2 id="due">{t(title)}</h2>
                    <table class="calendar due">
                        <thead class="sr"><tr>
                            <th scope="col">{t(words::WHEN)}</th>
                            <th scope="col">{t(words::WHAT)}</th>
                            <th scope="col">{t(words::PLAN)}</th>
                        </tr></thead>
                        <tbody>{rows}</tbody>
                    </table>
                    {more}
                </section>
            }
        })
    }
}
