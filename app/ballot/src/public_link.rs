//! A public link's ballot: its code comes from the server, one for each browser, after a little work.
//!
//! Owns the asking and the pace of the work. Refuses to own the work itself and the link (`wire::open_code`). The
//! cookie by which the server knows the browser is out of this page's sight.

use frame::server::{self, Refusal};
use gloo_timers::future::TimeoutFuture;
use wire::{
    ErrorCode,
    open_code::{Challenge, OpenCodeAnswer, OpenCodeRequest, Work, search},
};

use crate::limits::{ROUNDS, TRIES_AT_ONCE};

/// This browser's code for an open group in a period.
pub async fn code(plan: &str, period: &str, group: &str) -> Result<String, Refusal> {
    let ask =
        |work| OpenCodeRequest { plan: plan.to_owned(), period: period.to_owned(), group: group.to_owned(), work };
    let mut round = 0;
    let mut work = None;
    loop {
        match server::post::<OpenCodeAnswer>("/api/open-codes", &ask(work.take())).await {
            Ok(answer) => match answer.body {
                OpenCodeAnswer::Code(code) => return Ok(code),
                OpenCodeAnswer::Challenge(challenge) => {
                    round += 1;
                    let number = solve(&challenge).await;
                    work = Some(Work { challenge: challenge.text, number });
                }
            },
            Err(refusal) if refusal.code() == Some(ErrorCode::ChallengeFailed) && round < ROUNDS => {}
            Err(refusal) => return Err(refusal),
        }
    }
}

/// Does the work, giving way to the page in between.
async fn solve(challenge: &Challenge) -> u64 {
    let mut from = 0;
    loop {
        if let Some(number) = search(challenge, from..from + TRIES_AT_ONCE) {
            return number;
        }
        from += TRIES_AT_ONCE;
        TimeoutFuture::new(0).await;
    }
}
