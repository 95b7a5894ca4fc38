//! The list of plans as a desk: what is due this week, then one line a plan, the newest first; those in the archive apart.

mod acts;
mod due;
mod line;
mod next_words;

use frame::words::{fill, t};
use leptos::prelude::*;
use office_frame::{Office, asking};
use text::{office as words, office_desk};
use wire::{desk::DeskLine, staff::Role};

use acts::{Desk, Doings, title_of};
use due::DueThisWeek;
use line::row;

#[component]
pub fn DeskPage() -> impl IntoView {
    let office = expect_context::<Office>();
    office.title(words::PLANS);
    let found = RwSignal::new(None);
    let load = move || {
        leptos::task::spawn_local(async move {
            found.try_set(Some(asking::all::<wire::desk::Desk>("/api/desk").await));
        });
    };
    load();
    let retry = Callback::new(move |()| {
        found.set(None);
        load();
    });
    move || match found.get() {
        None => view! { <h1 id="title" tabindex="-1">{t(words::PLANS)}</h1>{asking::loading()} }.into_any(),
        Some(Err(refusal)) => asking::refused(refusal, retry),
        Some(Ok(lines)) => view! { <Plans desk=Desk::new(office, lines) /> }.into_any(),
    }
}

/// Whether what is looked for stands in a plan's title or is its year.
fn has(line: &DeskLine, find: &str) -> bool {
    let find = find.to_lowercase();
    title_of(line).to_lowercase().contains(&find) || line.year.is_some_and(|year| year.to_string().contains(&find))
}

/// What tells a line from the same plan's before: a line that changed is another line.
fn as_it_stands(line: &DeskLine) -> (String, u64, bool, Option<u64>, Option<u64>, Option<i64>) {
    let changed = line.changed.as_ref().map(|changed| changed.at);
    (line.id.clone(), line.revision, line.archived, line.issued, line.cast, changed)
}

#[component]
fn Plans(desk: Desk) -> impl IntoView {
    let office = desk.office;
    let archive = RwSignal::new(false);
    let find = RwSignal::new(String::new());
    let count = move |archived: bool| desk.lines.read().iter().filter(|line| line.archived == archived).count();
    let shown = Memo::new(move |_| {
        let (archive, find) = (archive.get(), find.read());
        let shown = |line: &&DeskLine| line.archived == archive && has(line, &find);
        desk.lines.read().iter().filter(shown).cloned().collect::<Vec<_>>()
    });
    let chip = move |archived: bool, text: text::Text| {
        view! {
            <button type="button" class="chip" aria-pressed=move || (archive.get() == archived).to_string() on:click=move |_| archive.set(archived)>
                {move || fill(text, &[&count(archived)])}
            </button>
        }
    };
    // With nothing in the archive and few plans there is nothing to choose from.
    let chips = move || {
        (count(true) > 0 || archive.get()).then(|| {
            view! { <span class="chips">{chip(false, office_desk::DAILY)}{chip(true, office_desk::ARCHIVE)}</span> }
        })
    };
    let finds = move || {
        (desk.lines.read().len() > 1).then(|| {
            let label = t(office_desk::FIND);
            view! {
                <input type="search" id="find" aria-label=label placeholder=label autocomplete="off"
                    on:input=move |event| find.set(event_target_value(&event).trim().to_owned()) />
            }
        })
    };
    let none = move || {
        let says = match (shown.read().is_empty(), find.read().is_empty(), archive.get(), count(true)) {
            (false, ..) => return None,
            (_, false, ..) => fill(office_desk::FOUND_NONE, &[&*find.read()]),
            (_, _, true, _) => t(office_desk::ARCHIVE_EMPTY)().to_owned(),
            (_, _, false, 0) => t(words::PLANS_EMPTY)().to_owned(),
            (_, _, false, _) => t(office_desk::DAILY_EMPTY)().to_owned(),
        };
        Some(view! { <p class="note">{says}</p> })
    };
    let reads_all = office.reads_all();
    let heads = reads_all.then(|| {
        view! {
            <th scope="col" class="figure">{t(office_desk::CAST)}</th>
            <th scope="col">{t(office_desk::NEXT)}</th>
            <th scope="col">{t(office_desk::CHANGED)}</th>
        }
    });
    let planner = office.is(Role::Planner);
    let may = planner.then(|| view! { <td></td> });
    view! {
        <div class="work-bar">
            <h1 id="title" tabindex="-1">{t(words::PLANS)}</h1>
            {chips}
            <span class="grow"></span>
            {finds}
            {planner.then(|| view! { <a class="button primary" href="/office/new">{t(words::NEW_PLAN)}</a> })}
        </div>
        <Doings desk />
        <DueThisWeek desk />
        <table class="desk" hidden=move || shown.read().is_empty()>
            <thead><tr>
                <th scope="col">{t(words::COLUMN_PLAN)}</th>
                <th scope="col">{t(office_desk::STEP)}</th>
                {heads}
                {may}
            </tr></thead>
            <tbody><For each=move || shown.get() key=as_it_stands children=move |line| row(office, desk, &line) /></tbody>
        </table>
        {none}
    }
}
