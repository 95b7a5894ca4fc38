//! A unit's own page: how the vote stands in a sentence, its result, its objections, its items, its profile.
//!
//! Owns the order of these. Refuses to own what a unit may read: the server gives it what is its own alone.

use frame::words::{fill, t};
use leptos::prelude::*;
use office_frame::{Office, asking, moment::moment, plan_context::PlanContext};
use text::{follow_up, own_unit as words};
use wire::plan::{PlanAnswer, PlanState};
use wire::rectification::{Rectification, Rectifications};
use wire::staff::Role;

use crate::hand::Hand;
use crate::item::item;
use crate::own_objections::OwnObjections;
use crate::own_place::own_place;
use crate::own_result::OwnResult;
use crate::paged::Paged;

/// The page.
#[component]
pub(crate) fn OwnUnitPage() -> impl IntoView {
    let context = expect_context::<PlanContext>();
    let office = expect_context::<Office>();
    office.title(words::TITLE);
    let answer = context.answer.get_untracked();
    let name = office.session.read_untracked().as_ref().and_then(|session| session.unit.clone());
    let Some(name) = name.filter(|_| office.is(Role::Unit)) else {
        return view! {
            <h1 id="title" tabindex="-1">{t(words::TITLE)}</h1>
            <p class="note">{t(words::NOT_YOURS)}</p>
        }
        .into_any();
    };
    let unit = own_place(&answer.plan, &name);
    let is_over = matches!(answer.state, PlanState::Closed | PlanState::Published);
    let named = name.clone();
    let of_unit = match unit {
        None => view! { <p class="note warn">{move || fill(words::NOT_IN_PLAN, &[&named])}</p> }.into_any(),
        Some(unit) => {
            let result = is_over.then(|| {
                view! { <OwnResult context unit=unit.clone() /><OwnObjections context unit=unit.clone() /> }
            });
            view! { {result}<OwnItems context office /> }.into_any()
        }
    };
    view! {
        <h1 id="title" tabindex="-1"><bdi>{name}</bdi></h1>
        {how_it_stands(context, answer)}
        {of_unit}
        <section class="panel stack" aria-labelledby="own-profile">
            <h2 id="own-profile">{t(words::PROFILE)}</h2>
            <p>{t(words::PROFILE_WHAT)}</p>
            <p><a href=context.href("profiles")>{t(words::PROFILE)}</a></p>
        </section>
    }
    .into_any()
}

/// In which state the vote is, in a sentence.
fn how_it_stands(context: PlanContext, answer: PlanAnswer) -> AnyView {
    let (state, correction) = (answer.state, answer.correction);
    let until = answer.announced.map(moment);
    let says = move || match (state, &correction, &until) {
        (PlanState::Draft, ..) => t(words::DRAFT)().to_owned(),
        (PlanState::Open, ..) => t(words::OPEN)().to_owned(),
        (PlanState::Closing, ..) => t(words::CLOSING)().to_owned(),
        (PlanState::Closed, _, Some(until)) => fill(words::DISPLAYED, &[until]),
        (PlanState::Closed, Some(reason), _) => fill(words::CORRECTED, &[reason]),
        (PlanState::Closed, ..) => t(words::CLOSED)().to_owned(),
        (PlanState::Published, ..) => t(words::PUBLISHED)().to_owned(),
    };
    let public = (state == PlanState::Published || answer.announced.is_some()).then(|| {
        let href = format!("/public/{}", context.id());
        view! { <p><a href=href rel="external">{t(words::PUBLIC_PAGE)}</a></p> }
    });
    view! { <p class="note">{says}</p>{public} }.into_any()
}

/// The unit's items, to be reported on.
#[component]
fn OwnItems(context: PlanContext, office: Office) -> impl IntoView {
    let paged = Paged::<Rectification>::new();
    let load = move |more: bool| {
        let split = |page: Rectifications| (page.items, page.next);
        paged.load(context, "rectifications", &[], more, split, async || {});
    };
    load(false);
    let again = Callback::new(move |()| load(false));
    let hand = Hand::of(office);
    let rows = move || {
        let rows = paged.rows.get();
        if rows.is_empty() {
            return view! { <p class="soft">{t(words::NO_ITEMS)}</p> }.into_any();
        }
        let rows = rows.into_iter().map(|one| item(context, one, hand, again));
        view! { <div class="stack">{rows.collect_view()}</div> }.into_any()
    };
    view! {
        <section class="stack" aria-labelledby="own-items">
            <h2 id="own-items">{t(words::ITEMS)}</h2>
            {move || paged.failed.get().map(|refusal| asking::refused(refusal, again))}
            {rows}
            <Show when=move || paged.next.read().is_some()>
                <p><button type="button" on:click=move |_| load(true)>{t(follow_up::MORE)}</button></p>
            </Show>
            <p><a href=context.href("rectification")>{t(words::ALL_ITEMS)}</a></p>
        </section>
    }
}
