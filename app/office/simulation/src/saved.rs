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

/// The scenarios of a plan, and which of them the page stands on. A handle.
#[derive(Clone, Copy)]
struct Scenarios {
    simulation: Simulation,
    context: PlanContext,
    list: RwSignal<Vec<ScenarioSummary>>,
    faults: RwSignal<Vec<Fault>>,
    done: RwSignal<Option<Phrase>>,
    /// The name as it is typed.
    name: RwSignal<String>,
    /// The revision of the scenario that was loaded or saved last, by its name.
    based_on: RwSignal<Option<(String, String)>>,
}

impl Scenarios {
    fn start(simulation: Simulation, context: PlanContext) -> Scenarios {
        let scenarios = Scenarios {
            simulation,
            context,
            list: RwSignal::new(Vec::new()),
            faults: RwSignal::new(Vec::new()),
            done: RwSignal::new(None),
            name: RwSignal::new(String::new()),
            based_on: RwSignal::new(None),
        };
        scenarios.refresh();
        scenarios
    }

    fn path(self, name: &str) -> String {
        let name: String = js_sys::encode_uri_component(name).into();
        self.context.api(&format!("scenarios/{name}"))
    }

    fn refresh(self) {
        spawn_local(async move {
            if let Ok(answer) = asking::get::<ScenarioList>(&self.context.api("scenarios")).await {
                self.list.try_set(answer.body.scenarios);
            }
        });
    }

    fn refuse(self, says: Phrase) {
        self.faults.try_set(vec![Fault::at("scenario-name", says)]);
    }

    /// Saves what is on the page under the typed name.
    fn save(self) {
        self.done.set(None);
        let wanted = self.name.get_untracked().trim().to_owned();
        if wanted.is_empty() {
            return self.refuse(words::NAME_NEEDED.into());
        }
        let Some(scenario) = self.simulation.scenario() else { return self.refuse(words::NOT_SAME.into()) };
        self.faults.set(Vec::new());
        spawn_local(async move {
            let known = self.based_on.get_untracked().filter(|(name, _)| *name == wanted);
            let saved = match &known {
                Some((_, etag)) => asking::put::<ScenarioSaved>(&self.path(&wanted), &scenario, Some(etag)).await,
                None => asking::put_new::<ScenarioSaved>(&self.path(&wanted), &scenario).await,
            };
            match saved {
                Ok(answer) => {
                    self.done.try_set(Some(Phrase::new(words::SAVED, [wanted.clone()])));
                    self.based_on.try_set(answer.etag.map(|etag| (wanted, etag)));
                    self.refresh();
                }
                Err(refusal) if refusal.code() == Some(ErrorCode::RevisionMismatch) => {
                    self.refuse(Phrase::new(words::NAME_TAKEN, [wanted]));
                }
                Err(refusal) => self.refuse(refusal.phrase()),
            }
        });
    }

    /// Puts a saved scenario on the page.
    fn load(self, wanted: String) {
        spawn_local(async move {
            match asking::get::<SavedScenario>(&self.path(&wanted)).await {
                Ok(answer) => {
                    self.name.try_set(wanted.clone());
                    self.based_on.try_set(answer.etag.map(|etag| (wanted, etag)));
                    self.faults.try_set(Vec::new());
                    self.simulation.load(&answer.body.scenario);
                }
                Err(refusal) => self.refuse(refusal.phrase()),
            }
        });
    }

    fn delete(self, wanted: String) {
        spawn_local(async move {
            match asking::delete::<()>(&self.path(&wanted), &()).await {
                Ok(_) => self.refresh(),
                Err(refusal) => self.refuse(refusal.phrase()),
            }
        });
    }

    fn line(self, summary: ScenarioSummary) -> AnyView {
        let (one, other) = (summary.name.clone(), summary.name.clone());
        view! {
            <li class="row">
                <strong>{summary.name}</strong><span class="soft small">{summary.by}</span>
                <button type="button" on:click=move |_| self.load(one.clone())>{t(words::LOAD)}</button>
                <button type="button" class="danger" on:click=move |_| self.delete(other.clone())>{t(words::DELETE)}</button>
            </li>
        }
        .into_any()
    }
}

/// The list, and the form that adds to it.
#[component]
pub(super) fn SavedScenarios(simulation: Simulation, context: PlanContext) -> impl IntoView {
    let scenarios = Scenarios::start(simulation, context);
    let Scenarios { list, faults, done, name, .. } = scenarios;
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        scenarios.save();
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
                {move || list.get().into_iter().map(|summary| scenarios.line(summary)).collect_view()}
                {move || list.read().is_empty().then(|| view! { <li class="soft">{t(words::NONE_SAVED)}</li> })}
            </ul>
            <p><button type="button" class="compare" hidden=move || list.read().is_empty()
                on:click=move |_| compare::fetch(simulation, context, names)>{t(words::COMPARE)}</button></p>
        </section>
    }
}
