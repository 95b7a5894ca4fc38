//! The line of those who sign in: a few are let through at a time, the newest first.
//!
//! Guesses that arrive faster than passwords can be hashed then wait for each other, and neither the database nor a
//! person with the right password waits for all of them: who comes now is the next. Nobody can tell a guess from a
//! right password, or a known name from an unknown one, before the password is hashed, so nothing else orders them.
//! Owns the order and the length of the line. Refuses to own how often one caller may try (`throttle.rs`).

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::oneshot;

use crate::limits::{MOST_IN_LINE, SIGN_INS_AT_ONCE};

/// The line; clones are of one line.
#[derive(Clone)]
pub(crate) struct SignInLine(Arc<Mutex<Line>>);

struct Line {
    free: usize,
    /// The newest stands last.
    waiting: VecDeque<oneshot::Sender<Turn>>,
}

/// That it is one's turn, until it is dropped.
pub(crate) struct Turn(SignInLine);

impl Default for SignInLine {
    fn default() -> SignInLine {
        SignInLine(Arc::new(Mutex::new(Line { free: SIGN_INS_AT_ONCE, waiting: VecDeque::new() })))
    }
}

impl SignInLine {
    /// Waits for one's turn. `None`: so many newer ones came that this one was given up.
    pub(crate) async fn turn(&self) -> Option<Turn> {
        let called = {
            let mut line = self.lock();
            if line.free > 0 {
                line.free -= 1;
                return Some(Turn(self.clone()));
            }
            if line.waiting.len() >= MOST_IN_LINE {
                line.waiting.pop_front();
            }
            let (call, called) = oneshot::channel();
            line.waiting.push_back(call);
            called
        };
        called.await.ok()
    }

    fn lock(&self) -> MutexGuard<'_, Line> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let newest = {
            let mut line = self.0.lock();
            // Whoever has gone away needs no turn.
            line.waiting.retain(|call| !call.is_closed());
            let newest = line.waiting.pop_back();
            line.free += usize::from(newest.is_none());
            newest
        };
        // If they have gone away just now, the turn comes back, is dropped, and goes to the next.
        let _ = newest.map(|call| call.send(Turn(self.0.clone())));
    }
}

#[cfg(test)]
mod tests {
    use std::task::{Context, Poll, Waker};

    use super::*;

    type Waiting<'a> = std::pin::Pin<Box<dyn Future<Output = Option<Turn>> + 'a>>;

    /// Asks for a turn and stands in line.
    fn ask(line: &SignInLine) -> Waiting<'_> {
        let mut waiting: Waiting<'_> = Box::pin(line.turn());
        assert!(answer(&mut waiting).is_none());
        waiting
    }

    fn answer(waiting: &mut Waiting<'_>) -> Option<Option<Turn>> {
        match waiting.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(answer) => Some(answer),
            Poll::Pending => None,
        }
    }

    async fn full(line: &SignInLine) -> Vec<Turn> {
        let mut turns = Vec::new();
        for _ in 0..SIGN_INS_AT_ONCE {
            turns.push(line.turn().await.unwrap());
        }
        turns
    }

    #[tokio::test]
    async fn the_newest_is_next_and_who_went_away_is_passed_over() {
        let line = SignInLine::default();
        let mut turns = full(&line).await;
        let (mut first, mut second, third) = (ask(&line), ask(&line), ask(&line));
        drop(third);
        turns.pop();
        assert!(answer(&mut first).is_none());
        let turn = answer(&mut second).flatten().unwrap();
        drop(turn);
        assert!(answer(&mut first).flatten().is_some());
    }

    #[tokio::test]
    async fn a_turn_that_was_called_and_not_taken_goes_to_the_next() {
        let line = SignInLine::default();
        let mut turns = full(&line).await;
        let (mut first, second) = (ask(&line), ask(&line));
        turns.pop();
        drop(second);
        assert!(answer(&mut first).flatten().is_some());
        drop((first, turns));
        full(&line).await;
    }

    #[tokio::test]
    async fn a_line_that_is_too_long_gives_up_the_oldest() {
        let line = SignInLine::default();
        let _turns = full(&line).await;
        let mut waiting: Vec<Waiting<'_>> = (0..=MOST_IN_LINE).map(|_| ask(&line)).collect();
        assert!(answer(&mut waiting[0]).unwrap().is_none());
        assert!(answer(&mut waiting[1]).is_none());
    }
}
