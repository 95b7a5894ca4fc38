//! The simulation: move the weights, see the ranks shift, at once and on this page alone.
//!
//! Owns the page's state and its gestures. Rows hold still while a slider is dragged and settle when it
//! is let go.

use frame::words::{fill, t};
use leptos::prelude::*;
use office_frame::{Office, plan_context::PlanContext};
use office_scores::{
    appraisal::{self, Appraisal, NoAppraisal},
    nothing_yet::nothing_yet,
    period_choice::period_choice,
};
use scoring::ScenarioDocument;
use text::simulation as words;

use crate::{
    chances, compare, controls, on_paper, overtake, reach_view, saved, slope_view, state::Simulation, table, voters,
    weighing,
};

#[component]
pub fn SimulationPage() -> impl IntoView {
    expect_context::<Office>().title(words::TITLE);
    let context = expect_context::<PlanContext>();
    let read = RwSignal::new(None::<Result<Appraisal, NoAppraisal>>);
    let period = RwSignal::new(None::<String>);
    let moved = StoredValue::new(None::<ScenarioDocument>);
    let id = context.id();
    leptos::task::spawn_local(async move {
        let appraisal = appraisal::read(&id).await;
        read.try_set(Some(appraisal));
    });
    view! {
        <h1 id="title" tabindex="-1">{t(words::TITLE)}</h1>
        {move || match read.get() {
            Some(Ok(appraisal)) => {
                let choice = period_choice(&appraisal.plan, period);
                let base = match period.get() {
                    Some(period) => appraisal.alone(&period),
                    None => appraisal,
                };
                let Some(simulation) = Simulation::start(base) else { return nothing_yet(None) };
                // What was moved holds for every period.
                if let Some(scenario) = moved.get_value() {
                    simulation.load(&scenario);
                }
                Effect::new(move |_| {
                    simulation.settled.track();
                    simulation.adjustments.track();
                    moved.set_value(simulation.scenario());
                });
                view! { {choice.map(|choice| view! { <p class="no-print">{choice}</p> })} {page(simulation, context)} }.into_any()
            }
            other => nothing_yet(other.and_then(Result::err)),
        }}
    }
}

fn page(simulation: Simulation, context: PlanContext) -> AnyView {
    let refused =
        move || simulation.outcome.with(|outcome| outcome.refused.clone()).or_else(|| simulation.refused.get());
    let says = move || {
        refused().map(|problems| {
            let words: Vec<String> = problems
                .iter()
                .map(|problem| {
                    let text = frame::words::lang().get();
                    let words = problem.code.text().in_(text).to_owned();
                    problem.detail.as_ref().map_or(words.clone(), |detail| format!("{words} ({detail})"))
                })
                .collect();
            fill(words::CANNOT, &[&words.join(";")])
        })
    };
    view! {
        <p class="hint">{t(words::INTRO)}</p>
        <div class="simulation">
            <div class="stack sliders no-print">
                <controls::Controls simulation />
                <div role="alert" class="refusal">{move || says().map(|says| view! { <p class="note bad">{says}</p> })}</div>
                <saved::SavedScenarios simulation context />
            </div>
            <div class="stack" class:dragging=simulation.dragging>
                {on_paper::moved(simulation)}
                <table::Ranks simulation />
                {compare::compared(simulation)}
                {overtake::overtaking(simulation)}
                {slope_view::slopes(simulation)}
                {reach_view::reaching(simulation)}
                {chances::chances(simulation)}
                {voters::voters(simulation)}
                {weighing::weighing(simulation)}
            </div>
        </div>
    }
    .into_any()
}
