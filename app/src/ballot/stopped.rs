//! The pages on which the way ends: each says what happened and what to do next.

use leptos::prelude::*;
use text::{Text, ballot as words};
use wire::ErrorCode;

use super::code_form::CodeForm;
use crate::{
    server::Refusal,
    words::{Phrase, t},
};

/// Why there is no ballot to fill in.
#[derive(Clone, PartialEq, Debug)]
pub enum Stop {
    /// The code has cast another ballot.
    Used,
    /// The plan has no such code.
    UnknownCode,
    /// Voting is over.
    Closed,
    /// Voting has not begun.
    NotOpen,
    /// Too many wrong codes from here.
    Throttled,
    /// There is no such plan.
    NoPlan,
    /// Anything else: no network, a failing server.
    Failed(Phrase),
}

impl Stop {
    /// What a refusal means for the voter.
    pub fn of(refusal: &Refusal) -> Stop {
        match refusal.code() {
            Some(ErrorCode::CodeUsed) => Stop::Used,
            Some(ErrorCode::UnknownCode) => Stop::UnknownCode,
            Some(ErrorCode::PlanClosed) => Stop::Closed,
            Some(ErrorCode::PlanNotOpen) => Stop::NotOpen,
            Some(ErrorCode::TooManyAttempts) => Stop::Throttled,
            Some(ErrorCode::NotFound) => Stop::NoPlan,
            _ => Stop::Failed(refusal.phrase()),
        }
    }

    /// The page's heading.
    pub fn title(&self) -> Text {
        match self {
            Stop::Used => words::USED_TITLE,
            Stop::UnknownCode => words::UNKNOWN_TITLE,
            Stop::Closed => words::CLOSED_TITLE,
            Stop::NotOpen => words::NOT_OPEN_TITLE,
            Stop::Throttled => words::THROTTLED_TITLE,
            Stop::NoPlan => words::NO_PLAN_TITLE,
            Stop::Failed(_) => words::FAILED_TITLE,
        }
    }

    fn notes(&self) -> Vec<Phrase> {
        match self {
            Stop::Used => vec![words::USED_NOTE.into(), words::USED_NEXT.into()],
            Stop::UnknownCode => vec![words::UNKNOWN_NOTE.into()],
            Stop::Closed => vec![words::CLOSED_NOTE.into()],
            Stop::NotOpen => vec![words::NOT_OPEN_NOTE.into()],
            Stop::Throttled => vec![words::THROTTLED_NOTE.into()],
            Stop::NoPlan => vec![words::NO_PLAN_NOTE.into()],
            Stop::Failed(why) => vec![why.clone()],
        }
    }
}

/// One of these pages.
#[component]
pub fn Stopped(
    /// Why.
    stop: Stop,
    /// The plan's title, if it is known.
    title: String,
    /// The plain ballot's address.
    plain: String,
    /// Another code was typed.
    on_code: Callback<String>,
    /// The same again.
    on_retry: Callback<()>,
) -> impl IntoView {
    let notes = stop.notes();
    let (retry, form, simple) = match stop {
        Stop::Used | Stop::UnknownCode => (false, true, false),
        Stop::NotOpen | Stop::Throttled => (true, false, false),
        Stop::Closed | Stop::NoPlan => (false, false, false),
        Stop::Failed(_) => (true, false, true),
    };
    view! {
        <p class="soft">{title}</p>
        <div class="note stack" class:warn=!matches!(stop, Stop::Failed(_) | Stop::UnknownCode) class:bad=matches!(stop, Stop::Failed(_) | Stop::UnknownCode)>
            <h1 id="title" tabindex="-1">{t(stop.title())}</h1>
            {notes.into_iter().map(|note| view! { <p>{move || note.say()}</p> }).collect_view()}
        </div>
        {retry.then(|| view! { <p><button type="button" class="primary" on:click=move |_| on_retry.run(())>{t(text::shell::RETRY)}</button></p> })}
        {simple.then(|| view! { <p><a href=plain>{t(words::PLAIN)}</a></p> })}
        {form.then(|| view! {
            <section class="panel stack" aria-labelledby="other">
                <h2 id="other">{t(words::OTHER_CODE)}</h2>
                <CodeForm on_code />
            </section>
        })}
    }
}
