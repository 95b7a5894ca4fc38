//! A plan's pages: the plan, loaded anew for each area that one comes to, with the tabs around them.
//!
//! Refuses to own unsaved changes: those are the setup's draft, which lives as long as one stays in that area.

use frame::{
    server::Refusal,
    words::{fill, t},
};
use leptos::{prelude::*, task::spawn_local};
use text::{Text, office as words};
use wire::{plan::PlanAnswer, staff::Role};

use crate::{
    area::Area,
    areas::Areas,
    asking,
    office_context::Office,
    plan_context::{PlanContext, api},
    plan_state::state_tag,
    pointer,
    route::PlanPage,
};

/// Loads a plan and shows the page of it that `page` names.
#[component]
pub fn PlanFrame(
    /// The plan's id.
    id: String,
    page: Memo<Option<PlanPage>>,
) -> impl IntoView {
    let kept = RwSignal::new(None::<Result<PlanContext, Refusal>>);
    let load = move || {
        kept.set(None);
        let path = api(&id, "");
        spawn_local(async move {
            let answer = asking::get::<PlanAnswer>(&path).await;
            kept.try_set(Some(answer.map(PlanContext::new)));
        });
    };
    load();
    let retry = Callback::new(move |()| load());
    move || match kept.get() {
        None => asking::loading(),
        Some(Err(refusal)) => asking::refused(refusal, retry),
        Some(Ok(context)) => view! { <OpenPlan context page /> }.into_any(),
    }
}

/// Who sees a tab.
enum Who {
    Everybody,
    ReadsAll,
    ReadsRecords,
    /// Those, and units, which read their own.
    ReadsItems,
    IsUnit,
    /// Inspectors, where a group votes by name.
    Inspects,
}

/// The tabs of a plan: the addresses of their first pages.
const TABS: &[(&str, Text, Who)] = &[
    ("setup", words::TAB_SETUP, Who::Everybody),
    ("unit", words::TAB_UNIT, Who::IsUnit),
    ("codes", words::TAB_CODES, Who::ReadsAll),
    ("progress", words::TAB_PROGRESS, Who::ReadsAll),
    ("records", words::TAB_RECORDS, Who::ReadsRecords),
    ("findings", words::TAB_FINDINGS, Who::ReadsRecords),
    ("named", words::TAB_NAMED, Who::Inspects),
    ("rectification", words::TAB_RECTIFICATION, Who::ReadsItems),
    ("ranking", words::TAB_RANKING, Who::ReadsAll),
    ("simulation", words::TAB_SIMULATION, Who::ReadsAll),
    ("documents", words::TAB_DOCUMENTS, Who::ReadsAll),
    ("audit", words::TAB_AUDIT, Who::ReadsAll),
];

/// A plan with its tabs.
#[component]
fn OpenPlan(context: PlanContext, page: Memo<Option<PlanPage>>) -> impl IntoView {
    provide_context(context);
    let office = expect_context::<Office>();
    let current = Memo::new(move |_| page.read().as_ref().map(PlanPage::tab));
    let votes_by_name = context.answer.with_untracked(|answer| {
        pointer::list(&answer.plan, "/groups").iter().any(|group| pointer::text(group, "/ballot") == "named")
    });
    let tab = |(name, text, who): &(&'static str, Text, Who)| {
        let (name, text) = (*name, *text);
        let may = match who {
            Who::Everybody => true,
            Who::ReadsAll => office.reads_all(),
            Who::ReadsRecords => office.reads_records(),
            Who::ReadsItems => office.reads_all() || office.is(Role::Unit),
            Who::Inspects => office.is(Role::Inspector) && votes_by_name,
            Who::IsUnit => office.is(Role::Unit),
        };
        may.then(|| {
            let current = move || (current.get() == Some(name)).then_some("page");
            view! { <li><a href=context.href(name) aria-current=current>{t(text)}</a></li> }.into_any()
        })
    };
    let tabs: Vec<AnyView> = TABS.iter().filter_map(tab).collect();
    let title = move || {
        let title = context.title();
        if title.is_empty() { t(words::UNTITLED)().to_owned() } else { title }
    };
    let area = Memo::new(move |_| page.read().as_ref().map(Area::of_plan_page));
    let came = StoredValue::new(false);
    view! {
        // Cards and posters say whose they are; every other sheet is headed by its plan.
        <div class="plan-head stack" class:no-print=move || current.get() == Some("codes")>
            <div>
                <p class="row"><strong class="plan-title">{title}</strong>{move || state_tag(context.state())}</p>
                <p class="soft small row">
                    <span>{move || fill(words::REVISION, &[&context.answer.read().revision])}</span>
                    <span class="mono">{move || fill(words::FINGERPRINT, &[&context.answer.read().plan_sha256.get(..12).unwrap_or_default()])}</span>
                </p>
            </div>
            <nav class="tabs" aria-label=t(words::PLAN_MENU)><ul>{tabs}</ul></nav>
        </div>
        {move || area.get().map(|area| {
            let as_asked = !came.try_update_value(|came| std::mem::replace(came, true)).unwrap_or_default();
            view! { <PagesOfArea area as_asked context page /> }
        })}
    }
}

/// The plan's pages in one area.
#[component]
fn PagesOfArea(
    area: Area,
    /// Whether the plan is as the server has just given it. Otherwise it is asked for again: somebody else may have changed it.
    as_asked: bool,
    context: PlanContext,
    page: Memo<Option<PlanPage>>,
) -> impl IntoView {
    let areas = expect_context::<Areas>();
    let known = RwSignal::new(as_asked.then_some(Ok(())));
    let ask = move || {
        known.set(None);
        spawn_local(async move {
            let answer = context.reload().await;
            known.try_set(Some(answer));
        });
    };
    if !as_asked {
        ask();
    }
    let retry = Callback::new(move |()| ask());
    move || match known.get() {
        None => asking::loading(),
        Some(Err(refusal)) => asking::refused(refusal, retry),
        Some(Ok(())) => areas.shown(area, move |pages| {
            (pages.on_plan)(context);
            (move || page.get().map(pages.plan_page)).into_any()
        }),
    }
}
