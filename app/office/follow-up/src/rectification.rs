//! The page of rectification: how far all is, the form for one more, and the list with its filters.

use std::collections::BTreeSet;

use frame::{
    error_summary::Fault,
    server::Refusal,
    words::{fill, t},
};
use leptos::{prelude::*, task::spawn_local};
use office_frame::{Office, asking, names::named, plan_context::PlanContext};
use text::follow_up as words;
use wire::rectification::{Rectification, RectificationState, RectificationSummary, Rectifications};
use wire::staff::Role;

use crate::choosing::{choice, said};
use crate::item::{item, state_name};
use crate::item_form::ItemForm;

/// Rows of the list that are asked for at once.
const ROWS: usize = 50;

/// The list as far as it was asked for, and how far all is. A handle.
#[derive(Clone, Copy)]
struct List {
    context: PlanContext,
    unit: RwSignal<String>,
    state: RwSignal<String>,
    rows: RwSignal<Vec<Rectification>>,
    next: RwSignal<Option<String>>,
    failed: RwSignal<Option<Refusal>>,
    summary: RwSignal<Option<RectificationSummary>>,
    /// Which asking is the latest: an answer to an earlier one is thrown away.
    asked: RwSignal<u32>,
}

impl List {
    fn load(self, more: bool) {
        let mut path = self.context.api(&format!("rectifications?limit={ROWS}"));
        for (name, value) in [("unit", said(self.unit)), ("state", said(self.state))] {
            if !value.is_empty() {
                path.push_str(&format!("&{name}={value}"));
            }
        }
        if let Some(next) = self.next.get_untracked().filter(|_| more) {
            path.push_str(&format!("&cursor={next}"));
        }
        self.asked.update(|asked| *asked += 1);
        let mine = self.asked.get_untracked();
        spawn_local(async move {
            let answer = asking::get::<Rectifications>(&path).await;
            if self.asked.try_get_untracked() != Some(mine) {
                return;
            }
            match answer {
                Ok(page) => {
                    self.failed.set(None);
                    self.next.set(page.body.next);
                    self.rows.update(|rows| {
                        if !more {
                            rows.clear();
                        }
                        rows.extend(page.body.items);
                    });
                }
                Err(refusal) => self.failed.set(Some(refusal)),
            }
            if let Ok(summary) = asking::get::<RectificationSummary>(&self.context.api("rectifications/summary")).await
            {
                self.summary.try_set(Some(summary.body));
            }
        });
    }
}

/// The page.
#[component]
pub(crate) fn RectificationPage() -> impl IntoView {
    let context = expect_context::<PlanContext>();
    let office = expect_context::<Office>();
    office.title(words::RECTIFICATION);
    let may = office.is(Role::Office) && office.kept_to().is_none();
    let list = List {
        context,
        unit: RwSignal::new(String::new()),
        state: RwSignal::new(String::new()),
        rows: RwSignal::new(Vec::new()),
        next: RwSignal::new(None),
        failed: RwSignal::new(None),
        summary: RwSignal::new(None),
        asked: RwSignal::new(0),
    };
    list.load(false);
    let again = Callback::new(move |()| list.load(false));
    let used = Signal::derive(move || {
        let rows = list.rows.read();
        rows.iter().flat_map(|row| row.comments.iter().cloned()).collect::<BTreeSet<String>>()
    });
    let summary = move || {
        list.summary.get().map(|summary| {
            let all = summary.all;
            let figures: [u64; 6] = [all.total, all.open, all.reported, all.accepted, all.overdue, all.returned];
            let said = move || {
                fill(words::SUMMARY, &[&figures[0], &figures[1], &figures[2], &figures[3], &figures[4], &figures[5]])
            };
            view! { <p role="status">{said}</p> }
        })
    };
    view! {
        <h1 id="title" tabindex="-1">{t(words::RECTIFICATION)}</h1>
        {summary}
        <p class="row">
            <a href=context.api("rectifications.csv") download>{t(words::DOWNLOAD)}</a>
            <a href=format!("/public/{}/rectification", context.id()) rel="external">{t(words::PUBLIC_PAGE)}</a>
        </p>
        {may.then(|| view! { <details><summary>{t(words::NEW_ITEM)}</summary><ItemForm context used saved=again /></details> })}
        <Filters list />
        {move || list.failed.get().map(|refusal| asking::refused(refusal, again))}
        {move || {
            let rows = list.rows.get();
            if rows.is_empty() {
                return view! { <p class="soft">{t(words::NONE_YET)}</p> }.into_any();
            }
            let rows: Vec<AnyView> = rows.into_iter().map(|one| item(context, one, may, again)).collect();
            view! { <div class="stack">{rows}</div> }.into_any()
        }}
        <Show when=move || list.next.read().is_some()>
            <p><button type="button" on:click=move |_| list.load(true)>{t(words::MORE)}</button></p>
        </Show>
    }
}

#[component]
fn Filters(list: List) -> impl IntoView {
    let plan = list.context.answer.get_untracked().plan;
    let faults = RwSignal::new(Vec::<Fault>::new());
    // Said once, in the language of now: a choice is no running text.
    let states = RectificationState::ALL.map(|state| (state.as_str().to_owned(), t(state_name(state))().to_owned()));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        list.load(false);
    };
    view! {
        <form class="row ends" novalidate on:submit=submit>
            {choice("list-unit", words::UNIT, words::ALL_UNITS, named(&plan, "/units"), list.unit, faults)}
            {choice("list-state", words::STATE, words::ALL_STATES, Vec::from(states), list.state, faults)}
            <button type="submit">{t(words::SHOW)}</button>
        </form>
    }
}
