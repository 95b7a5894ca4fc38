//! Submitting: visible while it goes on, repeated while the connection is bad, and never twice in the
//! box, because every attempt carries the same ballot id.

use frame::{
    drawing::{Drawn, button, classed, el, said},
    server::{self, Refusal},
    words::{Phrase, fill},
};
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use text::ballot as words;
use wire::ballot::{BallotRequest, Receipt};

/// Waits between attempts, in seconds; the last one repeats.
const PAUSES: [u32; 5] = [1, 2, 4, 8, 15];

/// How submitting ended.
pub enum Sent {
    /// In the box; `again` where it had been there before.
    Receipt {
        receipt: String,
        /// Whether the box held a ballot with this id already.
        again: bool,
    },
    /// Refused for a reason that no retry changes.
    Refused(Refusal),
}

/// How submitting goes.
#[derive(Clone, Copy)]
pub struct Progress {
    failed: RwSignal<Option<(usize, Phrase)>>,
    /// Seconds until the next attempt; 0 ends the wait.
    wait: RwSignal<u32>,
}

impl Progress {
    /// Nothing has failed yet.
    pub fn new() -> Progress {
        Progress { failed: RwSignal::new(None), wait: RwSignal::new(0) }
    }

    /// Ends the wait, if there is one.
    pub fn hurry(self) {
        self.wait.set(0);
    }
}

/// Sends until there is an answer that stands.
pub async fn deliver(request: &BallotRequest, progress: Progress) -> Sent {
    let mut attempt = 0;
    loop {
        let refusal = match server::post::<Receipt>("/api/ballots", request).await {
            Ok(answer) => return Sent::Receipt { receipt: answer.body.receipt, again: answer.body.repeated },
            Err(refusal) if refusal.passes() => refusal,
            Err(refusal) => return Sent::Refused(refusal),
        };
        let pause = PAUSES.get(attempt).or(PAUSES.last()).copied().unwrap_or(1);
        attempt += 1;
        progress.wait.set(pause);
        progress.failed.set(Some((attempt, refusal.phrase())));
        while progress.wait.get_untracked() > 0 {
            TimeoutFuture::new(1000).await;
            progress.wait.update(|left| *left = left.saturating_sub(1));
        }
    }
}

/// The page while it goes on.
pub fn sending(progress: Progress) -> Vec<Drawn> {
    let failed =
        move || progress.failed.get().map(|(attempt, why)| fill(words::SENDING_FAILED, &[&attempt, &why.say()]));
    let waits = Memo::new(move |_| progress.wait.get() > 0);
    let next = move || {
        if !waits.get() {
            return Vec::new();
        }
        let left = el("span").live(move || fill(words::SENDING_AGAIN, &[&progress.wait.get()]));
        vec![classed("p", "row").add(left).add(button(words::SEND_NOW, move |_| progress.hurry()))]
    };
    let panel = classed("div", "panel stack")
        .add(classed("div", "progress").attr("aria-hidden", "true").add(el("span")))
        .add(el("p").attr("role", "status").live(move || failed().unwrap_or_default()))
        .add(el("div").live_all(next))
        .add(said("p", words::SENDING_SAFE).attr("class", "soft"));
    vec![said("h1", words::SENDING).attr("id", "title").attr("tabindex", "-1"), panel]
}
