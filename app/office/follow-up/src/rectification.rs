//! The page of rectification: how far all is, the form for one more, and the list with its filters.

use std::collections::BTreeSet;

use frame::{
    error_summary::Fault,
    words::{fill, t},
};
use leptos::prelude::*;
use office_frame::{Office, asking, names::named, plan_context::PlanContext};
use text::follow_up as words;
use wire::rectification::{Rectification, RectificationState, RectificationSummary, Rectifications};
use wire::staff::Role;

use crate::beside::beside;
use crate::choosing::choice;
use crate::hand::Hand;
use crate::item::{item, state_name, version};
use crate::item_form::ItemForm;
use crate::overdue::HowFar;
use crate::paged::Paged;
use crate::revisit::Revisit;

/// The list as far as it was asked for, and how far all is. A handle.
#[derive(Clone, Copy)]
struct List {
    context: PlanContext,
    unit: RwSignal<String>,
    state: RwSignal<String>,
    paged: Paged<Rectification>,
    summary: RwSignal<Option<RectificationSummary>>,
}

impl List {
    fn load(self, more: bool) {
        let filters = [("unit", self.unit), ("state", self.state)];
        let split = |page: Rectifications| (page.items, page.next);
        self.paged.load(self.context, "rectifications", &filters, more, split, async move || {
            let path = self.context.api("rectifications/summary");
            if let Ok(summary) = asking::get::<RectificationSummary>(&path).await {
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
    let hand = Hand::of(office);
    let list = List {
        context,
        unit: RwSignal::new(String::new()),
        state: RwSignal::new(String::new()),
        paged: Paged::new(),
        summary: RwSignal::new(None),
    };
    list.load(false);
    let again = Callback::new(move |()| list.load(false));
    let used = Signal::derive(move || {
        let rows = list.paged.rows.read();
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
    let (of_all, may_plan) = (office.reads_all(), office.is(Role::Planner) && office.reads_all());
    let how_far = move || {
        let summary = list.summary.get().filter(|_| of_all)?;
        let revisit =
            (may_plan && summary.all.total > 0).then(|| view! { <Revisit context summary=summary.clone() /> });
        Some(view! { <HowFar context summary />{revisit} })
    };
    let making = (hand == Hand::Reviews).then(|| {
        view! { <details><summary>{t(words::NEW_ITEM)}</summary><ItemForm context used saved=again /></details> }
    });
    view! {
        <h1 id="title" tabindex="-1">{t(words::RECTIFICATION)}</h1>
        {beside(context, office, "rectification")}
        {summary}
        <p class="row">
            <a href=context.api("rectifications.csv") download>{t(words::DOWNLOAD)}</a>
            <a href=format!("/public/{}/rectification", context.id()) rel="external">{t(words::PUBLIC_PAGE)}</a>
        </p>
        {how_far}
        {making}
        <Filters list of_all />
        {move || list.paged.failed.get().map(|refusal| asking::refused(refusal, again))}
        {move || list.paged.rows.read().is_empty().then(|| view! { <p class="soft">{t(words::NONE_YET)}</p> })}
        // What is typed at one item stays when another changes.
        <div class="stack"><For each=move || list.paged.rows.get() key=version children=move |one| item(context, one, hand, again) /></div>
        <Show when=move || list.paged.next.read().is_some()>
            <p><button type="button" on:click=move |_| list.load(true)>{t(words::MORE)}</button></p>
        </Show>
    }
}

#[component]
fn Filters(list: List, of_all: bool) -> impl IntoView {
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
            {of_all.then(|| choice("list-unit", words::UNIT, words::ALL_UNITS, named(&plan, "/units"), list.unit, faults))}
            {choice("list-state", words::STATE, words::ALL_STATES, Vec::from(states), list.state, faults)}
            <button type="submit">{t(words::SHOW)}</button>
        </form>
    }
}
