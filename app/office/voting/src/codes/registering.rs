//! Registering what was drawn: how far it is, stopping it, and going on.
//!
//! Owns that a stop loses nothing: what the server knows stays, and the rest is registered later or not at all. Refuses to
//! own what a batch is (`draw`).

use frame::words::{Phrase, fill, t};
use leptos::prelude::*;
use office_frame::asking;
use text::office_codes as words;

use crate::codes::draw::{self, Draw};

/// What is registered of the page's draws. A handle: copies are the same.
#[derive(Clone, Copy)]
pub(crate) struct Registering {
    pub(crate) draws: RwSignal<Vec<Draw>>,
    /// Why it broke off.
    failed: RwSignal<Option<Phrase>>,
    /// Somebody stopped it.
    halted: RwSignal<bool>,
    busy: RwSignal<bool>,
}

/// Where it stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// Nothing is left to register.
    Done,
    Running,
    Halted,
    Failed,
}

impl Registering {
    /// Of draws that the page has.
    pub(crate) fn of(draws: RwSignal<Vec<Draw>>) -> Registering {
        let (failed, halted, busy) = (RwSignal::new(None), RwSignal::new(false), RwSignal::new(false));
        Registering { draws, failed, halted, busy }
    }

    /// Registers what is left; `then` when it ends in any way.
    pub(crate) fn run(self, plan: String, then: Callback<()>) {
        if self.busy.get_untracked() {
            return;
        }
        self.failed.set(None);
        self.halted.set(false);
        asking::run(self.busy, async move {
            if let Err(refusal) = draw::register(&plan, self.draws, self.halted).await {
                self.failed.try_set(Some(refusal.phrase()));
            }
            then.try_run(());
        });
    }

    /// How many the server knows, of how many; following.
    fn counts(self) -> (usize, usize) {
        self.draws.with(|draws| {
            let registered = draws.iter().map(|draw| draw.registered).sum();
            (registered, draws.iter().map(Draw::count).sum())
        })
    }

    fn state(self) -> State {
        let (registered, all) = self.counts();
        match (self.failed.read().is_some(), self.busy.get()) {
            (true, _) => State::Failed,
            (false, true) => State::Running,
            (false, false) if registered < all && self.halted.get() => State::Halted,
            (false, false) => State::Done,
        }
    }

    /// How far it is, with what can be done about it.
    pub(crate) fn view(self, go_on: Callback<()>) -> AnyView {
        let state = Memo::new(move |_| self.state());
        let said = move |text| {
            move || {
                let (registered, all) = self.counts();
                fill(text, &[&registered, &all])
            }
        };
        let again = move || {
            view! {
                <p>{t(words::SEND_FAILED_NEXT)}</p>
                <p><button type="button" class="primary" on:click=move |_| go_on.run(())>{t(words::SEND_AGAIN)}</button></p>
            }
        };
        (move || match state.get() {
            State::Done => ().into_any(),
            State::Running => view! {
                <p class="row">
                    <progress aria-label=t(words::REGISTERING) max=move || self.counts().1.to_string() value=move || self.counts().0.to_string()></progress>
                    <span>{said(words::SENDING)}</span>
                    <button type="button" class="small" aria-disabled=move || self.halted.get().to_string() on:click=move |_| self.halted.set(true)>{t(words::HALT)}</button>
                </p>
            }
            .into_any(),
            State::Halted => view! { <div class="note warn stack"><p>{said(words::HALTED)}</p>{again()}</div> }.into_any(),
            State::Failed => view! {
                <div class="note bad stack" role="alert">
                    <p>{said(words::SEND_FAILED)}{move || self.failed.get().map(|why| why.say())}</p>
                    {again()}
                </div>
            }
            .into_any(),
        })
        .into_any()
    }
}
