//! The list of plans with their states.

use frame::{
    server::Refusal,
    words::{fill, t},
};
use leptos::{prelude::*, task::spawn_local};
use office_frame::{Office, asking, plan_state::state_tag, route::plan_href};
use text::{office as words, office_series as series};
use wire::{
    plan::{PlanList, PlanSaved, PlanState, PlanSummary},
    staff::Role,
};

/// Makes a draft of the next year, and goes there.
fn copy_button(office: Office, id: String, title: String, failed: RwSignal<Option<Refusal>>) -> AnyView {
    let busy = RwSignal::new(false);
    let act = move |_| {
        let path = format!("/api/plans?from={id}");
        asking::run(busy, async move {
            failed.set(None);
            match asking::post::<PlanSaved>(&path, &serde_json::Map::new()).await {
                Ok(made) => office.go(&plan_href(&made.body.id, "setup")),
                Err(refusal) => {
                    failed.try_set(Some(refusal));
                }
            }
        });
    };
    let label = move || fill(series::COPY_OF, &[&title]);
    view! { <button type="button" aria-label=label disabled=move || busy.get() on:click=act>{t(series::COPY)}</button> }
        .into_any()
}

#[component]
pub fn PlanListPage() -> impl IntoView {
    let office = expect_context::<Office>();
    office.title(words::PLANS);
    let plans = RwSignal::new(Vec::<PlanSummary>::new());
    let next = RwSignal::new(None::<String>);
    let state = RwSignal::new(None::<Option<Refusal>>);
    let failed = RwSignal::new(None::<Refusal>);
    let load = move || {
        state.set(None);
        let path = match next.get_untracked() {
            None => "/api/plans".to_owned(),
            Some(cursor) => format!("/api/plans?cursor={cursor}"),
        };
        spawn_local(async move {
            match asking::get::<PlanList>(&path).await {
                Ok(answer) => {
                    plans.try_update(|plans| plans.extend(answer.body.plans));
                    next.try_set(answer.body.next);
                    state.try_set(Some(None));
                }
                Err(refusal) => {
                    state.try_set(Some(Some(refusal)));
                }
            }
        });
    };
    load();
    let row = move |plan: PlanSummary| {
        let title = if plan.title.is_empty() { t(words::UNTITLED).into_any() } else { plan.title.clone().into_any() };
        let page = office.first_page(plan.state);
        let copied = matches!(plan.state, PlanState::Closed | PlanState::Published) && office.is(Role::Planner);
        let copy = copied.then(|| copy_button(office, plan.id.clone(), plan.title.clone(), failed));
        view! {
            <tr>
                <th scope="row"><a href=plan_href(&plan.id, page)>{title}</a></th>
                <td>{state_tag(plan.state)}</td>
                <td class="figure">{plan.revision}</td>
                <td>{copy}</td>
            </tr>
        }
    };
    view! {
        <div class="row between">
            <h1 id="title" tabindex="-1">{t(words::PLANS)}</h1>
            {office.is(Role::Planner).then(|| view! { <a class="button primary" href="/office/new">{t(words::NEW_PLAN)}</a> })}
        </div>
        {move || failed.get().map(|refusal| view! { <p class="note bad" role="alert">{move || refusal.phrase().say()}</p> })}
        <Show when=move || !plans.read().is_empty()>
            <div class="panel scroll" tabindex="0" role="region" aria-label=t(words::PLANS)>
                <table>
                    <thead><tr>
                        <th scope="col">{t(words::COLUMN_PLAN)}</th>
                        <th scope="col">{t(words::COLUMN_STATE)}</th>
                        <th scope="col" class="figure">{t(words::COLUMN_REVISION)}</th>
                        <td></td>
                    </tr></thead>
                    <tbody>{move || plans.get().into_iter().map(row).collect_view()}</tbody>
                </table>
            </div>
        </Show>
        {move || match state.get() {
            None => asking::loading(),
            Some(Some(refusal)) => asking::refused(refusal, Callback::new(move |()| load())),
            Some(None) if next.read().is_some() => {
                view! { <p><button type="button" on:click=move |_| load()>{t(words::MORE)}</button></p> }.into_any()
            }
            Some(None) if plans.read().is_empty() => view! { <p class="note">{t(words::PLANS_EMPTY)}</p> }.into_any(),
            Some(None) => ().into_any(),
        }}
    }
}
