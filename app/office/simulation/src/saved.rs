//! Scenarios kept with the plan: save, load, delete, and take away as CSV or JSON.

use frame::{
    error_summary::{ErrorSummary, Fault, FieldError},
    words::{Phrase, t},
};
use leptos::{prelude::*, task::spawn_local};
use office_frame::{asking, download::download, plan_context::PlanContext};
use text::simulation as words;
use wire::{
    ErrorCode,
    scenario::{SavedScenario, ScenarioList, ScenarioSaved, ScenarioSummary},
};

use crate::{compare, state::Simulation};

/// The list, and the form that adds to it.
#[component]
pub(super) fn SavedScenarios(simulation: Simulation, context: PlanContext) -> impl IntoView {
    let list = RwSignal::new(Vec::<ScenarioSummary>::new());
    let faults = RwSignal::new(Vec::<Fault>::new());
    let done = RwSignal::new(None::<Phrase>);
    let name = RwSignal::new(String::new());
    // The revision of the scenario that was loaded or saved last, by its name.
    let based_on = RwSignal::new(None::<(String, String)>);
    let path = move |name: &str| {
        let name: String = js_sys::encode_uri_component(name).into();
        context.api(&format!("scenarios/{name}"))
    };
    let refresh = move || {
        spawn_local(async move {
            if let Ok(answer) = asking::get::<ScenarioList>(&context.api("scenarios")).await {
                list.try_set(answer.body.scenarios);
            }
        });
    };
    refresh();
    let refuse = move |says: Phrase| {
        faults.try_set(vec![Fault::at("scenario-name", says)]);
    };
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        done.set(None);
        let wanted = name.get_untracked().trim().to_owned();
        if wanted.is_empty() {
            return refuse(words::NAME_NEEDED.into());
        }
        let Some(scenario) = simulation.scenario() else { return refuse(words::NOT_SAME.into()) };
        faults.set(Vec::new());
        spawn_local(async move {
            let known = based_on.get_untracked().filter(|(name, _)| *name == wanted);
            let saved = match &known {
                Some((_, etag)) => asking::put::<ScenarioSaved>(&path(&wanted), &scenario, Some(etag)).await,
                None => asking::put_new::<ScenarioSaved>(&path(&wanted), &scenario).await,
            };
            match saved {
                Ok(answer) => {
                    done.try_set(Some(Phrase::new(words::SAVED, [wanted.clone()])));
                    based_on.try_set(answer.etag.map(|etag| (wanted, etag)));
                    refresh();
                }
                Err(refusal) if refusal.code() == Some(ErrorCode::RevisionMismatch) => {
                    refuse(Phrase::new(words::NAME_TAKEN, [wanted]));
                }
                Err(refusal) => refuse(refusal.phrase()),
            }
        });
    };
    let load = move |wanted: String| {
        spawn_local(async move {
            match asking::get::<SavedScenario>(&path(&wanted)).await {
                Ok(answer) => {
                    name.try_set(wanted.clone());
                    based_on.try_set(answer.etag.map(|etag| (wanted, etag)));
                    faults.try_set(Vec::new());
                    simulation.load(&answer.body.scenario);
                }
                Err(refusal) => refuse(refusal.phrase()),
            }
        });
    };
    let delete = move |wanted: String| {
        spawn_local(async move {
            match asking::delete::<()>(&path(&wanted), &()).await {
                Ok(_) => refresh(),
                Err(refusal) => refuse(refusal.phrase()),
            }
        });
    };
    let line = move |summary: ScenarioSummary| {
        let (one, other) = (summary.name.clone(), summary.name.clone());
        view! {
            <li class="row">
                <strong>{summary.name}</strong><span class="soft small">{summary.by}</span>
                <button type="button" on:click=move |_| load(one.clone())>{t(words::LOAD)}</button>
                <button type="button" class="danger" on:click=move |_| delete(other.clone())>{t(words::DELETE)}</button>
            </li>
        }
        .into_any()
    };
    let names = Signal::derive(move || list.get().into_iter().map(|summary| summary.name).collect());
    view! {
        <section class="panel stack">
            <h2>{t(words::SCENARIOS)}</h2>
            <ErrorSummary faults />
            {move || done.get().map(|says| view! { <p class="note good" role="status">{says.say()}</p> })}
            <form class="field" on:submit=save>
                <label for="scenario-name">{t(words::NAME)}</label>
                <p class="hint" id="scenario-hint">{t(words::NAME_HINT)}</p>
                <FieldError faults field="scenario-name" />
                <input id="scenario-name" maxlength=wire::scenario::LONGEST_NAME aria-describedby="scenario-hint scenario-name-error"
                    prop:value=move || name.get() on:input=move |event| name.set(event_target_value(&event)) />
                <p class="row"><button type="submit">{t(words::SAVE)}</button>
                    <button type="button" on:click=move |_| download("simulation.csv", "text/csv;charset=utf-8", &compare::ranks_csv(simulation))>{t(words::EXPORT_CSV)}</button>
                    <button type="button" on:click=move |_| {
                        let scenario = simulation.scenario().and_then(|scenario| serde_json::to_string_pretty(&scenario).ok());
                        download("scenario.json", "application/json", &scenario.unwrap_or_default());
                    }>{t(words::EXPORT_JSON)}</button></p>
            </form>
            <ul class="plain">
                {move || list.get().into_iter().map(line).collect_view()}
                {move || list.read().is_empty().then(|| view! { <li class="soft">{t(words::NONE_SAVED)}</li> })}
            </ul>
            <p><button type="button" class="compare" hidden=move || list.read().is_empty()
                on:click=move |_| compare::fetch(simulation, context, names)>{t(words::COMPARE)}</button></p>
        </section>
    }
}
