//! A long piece of work of an assistant: started, followed by a bar, cancelled.

use frame::words::{fill, t};
use js_sys::Float64Array;
use leptos::prelude::*;
use simulator::{Answer, Question};
use text::{Text, simulation as words};

use crate::{
    state::Simulation,
    worker::{Assistant, Heard},
};

/// How far it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Stage {
    Idle,
    Running(u64, u64),
    Cancelled,
    Failed,
}

/// Work that a worker of its own does. A handle: copies are the same.
#[derive(Clone, Copy)]
pub struct Job {
    simulation: Simulation,
    assistant: Assistant,
    stage: RwSignal<Stage>,
}

impl Job {
    /// No work yet.
    pub fn new(simulation: Simulation) -> Job {
        let document = simulation.base.with_value(|base| base.document.clone());
        Job { simulation, assistant: Assistant::new(document), stage: RwSignal::new(Stage::Idle) }
    }

    /// Asks about what is settled now.
    pub fn start(self, question: Question, mut done: impl FnMut(Answer, Float64Array) + 'static) {
        let case = untrack(|| self.simulation.case());
        self.stage.set(Stage::Running(0, 0));
        let stage = self.stage;
        self.assistant.ask(case, question, move |heard| match heard {
            Heard::Progress(done, of) => {
                stage.try_set(Stage::Running(done, of));
            }
            Heard::Answer(answer, figures) => {
                stage.try_set(Stage::Idle);
                done(answer, figures);
            }
            Heard::Failed => {
                stage.try_set(Stage::Failed);
            }
        });
    }

    fn cancel(self) {
        self.assistant.cancel();
        self.stage.set(Stage::Cancelled);
    }

    fn runs(self) -> bool {
        matches!(self.stage.get(), Stage::Running(..))
    }

    /// The button that starts it; while it runs a bar and the button that cancels it.
    pub fn bar(self, start: Text, begin: impl Fn() + Copy + Send + Sync + 'static) -> AnyView {
        let (done, of) = (
            move || if let Stage::Running(done, _) = self.stage.get() { done } else { 0 },
            move || if let Stage::Running(_, of) = self.stage.get() { of.max(1) } else { 1 },
        );
        let says = move || match self.stage.get() {
            Stage::Failed => t(words::JOB_FAILED)().to_owned(),
            Stage::Cancelled => t(words::JOB_CANCELLED)().to_owned(),
            Stage::Idle | Stage::Running(..) => String::new(),
        };
        view! {
            <div class="row">
                <button type="button" class="primary start" hidden=move || self.runs() on:click=move |_| begin()>{t(start)}</button>
                <span class="row" hidden=move || !self.runs()>
                    <progress aria-label=t(start) max=move || of().to_string() prop:value=move || done().to_string()></progress>
                    <span class="small">{move || fill(words::JOB_DONE, &[&done(), &of()])}</span>
                    <button type="button" class="cancel" on:click=move |_| self.cancel()>{t(words::JOB_CANCEL)}</button>
                </span>
                <span role="status" class="small">{says}</span>
            </div>
        }
        .into_any()
    }
}

/// A choice among a few numbers.
pub(super) fn number_choice(label: Text, choice: RwSignal<u32>, numbers: &'static [u32]) -> AnyView {
    let option = |number: &u32| {
        let number = *number;
        view! { <option value=number.to_string() prop:selected=move || choice.get() == number>{number}</option> }
            .into_any()
    };
    let options: Vec<AnyView> = numbers.iter().map(option).collect();
    let set = move |event: leptos::ev::Event| {
        if let Ok(number) = event_target_value(&event).parse() {
            choice.set(number);
        }
    };
    view! { <label class="field"><span>{t(label)}</span><select on:change=set>{options}</select></label> }.into_any()
}

/// The seed of a drawing: whoever repeats it with the same one gets the same digits.
pub(super) fn seed_field(seed: RwSignal<u32>) -> AnyView {
    let set = move |event: leptos::ev::Event| {
        let typed = event_target_value(&event).trim().parse();
        seed.update(|seed| *seed = typed.unwrap_or(*seed));
    };
    view! {
        <label class="field"><span>{t(words::SEED)}</span>
            <input type="text" inputmode="numeric" prop:value=move || seed.get().to_string() on:change=set /></label>
    }
    .into_any()
}

/// A share of draws in hundredths.
pub(super) fn percent(share: f64) -> String {
    format!("{:.1}%", share * 100.0)
}
