//! The pages on which the way ends: each says what happened and what to do next.

use frame::{
    drawing::{Drawn, button, classed, el, said},
    server::Refusal,
    words::Phrase,
};
use text::{Text, ballot as words};
use wire::ErrorCode;

use crate::{address::Card, code_form::code_form};

/// Why there is no ballot to fill in.
#[derive(Clone, PartialEq, Debug)]
pub enum Stop {
    /// The code has cast another ballot.
    Used,
    /// The office has voided the code.
    Voided,
    /// This browser has voted by this public link.
    Voted,
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
    /// The server gave another key than the one on the card or in the public list, or used another.
    OtherKey(Text),
    /// Anything else: no network, a failing server.
    Failed(Phrase),
}

impl Stop {
    /// What a refusal means for the voter.
    pub fn of(refusal: &Refusal) -> Stop {
        match refusal.code() {
            Some(ErrorCode::CodeUsed) => Stop::Used,
            Some(ErrorCode::CodeVoided) => Stop::Voided,
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
            Stop::Voided => words::VOIDED_TITLE,
            Stop::Voted => words::VOTED_TITLE,
            Stop::UnknownCode => words::UNKNOWN_TITLE,
            Stop::Closed => words::CLOSED_TITLE,
            Stop::NotOpen => words::NOT_OPEN_TITLE,
            Stop::Throttled => words::THROTTLED_TITLE,
            Stop::NoPlan => words::NO_PLAN_TITLE,
            Stop::OtherKey(_) => words::OTHER_KEY_TITLE,
            Stop::Failed(_) => words::FAILED_TITLE,
        }
    }

    fn notes(&self) -> Vec<Phrase> {
        match self {
            Stop::Used => vec![words::USED_NOTE.into(), words::USED_NEXT.into()],
            Stop::Voided => vec![words::VOIDED_NOTE.into()],
            Stop::Voted => vec![words::VOTED_NOTE.into()],
            Stop::UnknownCode => vec![words::UNKNOWN_NOTE.into()],
            Stop::Closed => vec![words::CLOSED_NOTE.into()],
            Stop::NotOpen => vec![words::NOT_OPEN_NOTE.into()],
            Stop::Throttled => vec![words::THROTTLED_NOTE.into()],
            Stop::NoPlan => vec![words::NO_PLAN_NOTE.into()],
            // Then the code was exchanged already.
            Stop::OtherKey(why) if *why == words::WRONG_KEY => vec![(*why).into()],
            Stop::OtherKey(why) => vec![(*why).into(), words::OTHER_KEY_NEXT.into()],
            Stop::Failed(why) => vec![why.clone()],
        }
    }
}

/// What can be done on one of these pages.
pub struct WaysOn<Code, Retry> {
    /// Another code was typed.
    pub on_code: Code,
    /// The same again.
    pub on_retry: Retry,
    /// The plain ballot's address, where it is a way on.
    pub plain: Option<String>,
    /// The published result's address.
    pub result: String,
}

/// One of these pages, under the plan's title.
pub fn stopped<C, R>(stop: &Stop, title: &str, ways: WaysOn<C, R>) -> Vec<Drawn>
where
    C: Fn(Card) + 'static,
    R: Fn() + 'static,
{
    let (class, retry, form, simple) = match stop {
        Stop::Used | Stop::Voided => ("note warn stack", false, true, false),
        Stop::UnknownCode => ("note bad stack", false, true, false),
        Stop::NotOpen | Stop::Throttled => ("note warn stack", true, false, false),
        Stop::Voted | Stop::Closed | Stop::NoPlan => ("note warn stack", false, false, false),
        // The page without scripts would vote under the code itself.
        Stop::OtherKey(_) => ("note bad stack", false, false, false),
        Stop::Failed(_) => ("note bad stack", true, false, true),
    };
    let heading = said("h1", stop.title()).attr("id", "title").attr("tabindex", "-1");
    let notes = stop.notes().into_iter().map(|note| el("p").live(move || note.say()));
    let mut page = vec![classed("p", "soft").text(title), classed("div", class).add(heading).all(notes)];
    if retry {
        let again = button(text::shell::RETRY, move |_| (ways.on_retry)()).attr("class", "primary");
        page.push(el("p").add(again));
    }
    if let Some(plain) = ways.plain.filter(|_| simple) {
        page.push(el("p").add(said("a", words::PLAIN).attr("href", &plain)));
    }
    if *stop == Stop::Closed {
        page.push(el("p").add(said("a", words::TO_RESULT).attr("href", &ways.result)));
    }
    if form {
        let other = said("h2", words::OTHER_CODE).attr("id", "other");
        let panel = classed("section", "panel stack").attr("aria-labelledby", "other");
        page.push(panel.add(other).add(code_form(None, ways.on_code)));
    }
    page
}
