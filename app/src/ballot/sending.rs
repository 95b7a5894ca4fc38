//! Submitting: visible while it goes on, repeated while the connection is bad, and never twice in the
//! box, because every attempt carries the same ballot id.

use gloo_timers::future::TimeoutFuture;
use leptos::{prelude::*, task::spawn_local};
use text::ballot as words;
use wire::ballot::{BallotRequest, Receipt};

use crate::{
    server::{self, Refusal},
    words::{Phrase, fill, t},
};

/// Waits between attempts, in seconds; the last one repeats.
const PAUSES: [u32; 5] = [1, 2, 4, 8, 15];

/// How a try to submit ended.
#[derive(Clone, Debug)]
pub enum Sent {
    /// In the box; `again` where it had been there before.
    Receipt {
        /// The receipt.
        receipt: String,
        /// Whether the server had this ballot already.
        again: bool,
    },
    /// Refused for a reason that no retry changes.
    Refused(Refusal),
}

/// Sends until there is an answer that stands, and hands it over.
#[component]
pub fn Sending(
    /// What is sent, the same each time.
    request: BallotRequest,
    /// Called once.
    on_end: Callback<Sent>,
) -> impl IntoView {
    let failed = RwSignal::new(None::<(usize, Phrase)>);
    let wait = RwSignal::new(0u32);
    let online = window_event_listener(leptos::ev::online, move |_| wait.set(0));
    on_cleanup(move || online.remove());
    spawn_local(async move {
        for attempt in 1usize.. {
            let refusal = match server::post::<Receipt>("/api/ballots", &request).await {
                Ok(answer) => {
                    let again = answer.status == 200;
                    return on_end.run(Sent::Receipt { receipt: answer.body.receipt, again });
                }
                Err(refusal) if refusal.passes() => refusal,
                Err(refusal) => return on_end.run(Sent::Refused(refusal)),
            };
            let pause = PAUSES.get(attempt - 1).or(PAUSES.last()).copied().unwrap_or(1);
            if failed.try_set(Some((attempt, refusal.phrase()))).is_some() {
                // The page is gone; the draft stays.
                return;
            }
            wait.set(pause);
            while wait.try_get_untracked().is_some_and(|left| left > 0) {
                TimeoutFuture::new(1000).await;
                wait.try_update(|left| *left = left.saturating_sub(1));
            }
        }
    });
    view! {
        <h1 id="title" tabindex="-1">{t(words::SENDING)}</h1>
        <div class="panel stack">
            <div class="progress" aria-hidden="true"><span></span></div>
            <p role="status">{move || failed.get().map(|(attempt, why)| fill(words::SENDING_FAILED, &[&attempt, &why.say()]))}</p>
            <Show when=move || { wait.get() > 0 }>
                <p class="row">
                    <span>{move || fill(words::SENDING_AGAIN, &[&wait.get()])}</span>
                    <button type="button" on:click=move |_| wait.set(0)>{t(words::SEND_NOW)}</button>
                </p>
            </Show>
            <p class="soft">{t(words::SENDING_SAFE)}</p>
        </div>
    }
}
