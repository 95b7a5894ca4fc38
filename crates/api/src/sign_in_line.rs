//! The line of those who sign in: a few are let through at a time, and no network's guesses keep another waiting.
//!
//! Guesses that arrive faster than passwords can be hashed wait for each other, and neither the database nor a person
//! with the right password waits for all of them. Nobody can tell a guess from a right password, or a known name from an
//! unknown one, before the password is hashed; what can be told is where it comes from. Every other turn goes to the
//! network that has waited longest for one, every other to the one that came last, and inside a network to the newest.
//! So a flood from one network costs others two turns at most, and one from many networks does not bury who came first.
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
    /// The network that has waited longest for a turn stands first; none of them is empty.
    networks: VecDeque<Network>,
    /// Whether the next turn goes to the network that came last.
    to_the_last: bool,
}

/// Those of one network who wait.
struct Network {
    name: String,
    /// The newest stands last.
    waiting: VecDeque<oneshot::Sender<Turn>>,
}

impl Line {
    /// Whoever is next, of those who have not gone away.
    fn next(&mut self) -> Option<oneshot::Sender<Turn>> {
        for network in &mut self.networks {
            network.waiting.retain(|call| !call.is_closed());
        }
        self.networks.retain(|network| !network.waiting.is_empty());
        self.to_the_last = !self.to_the_last;
        let mut network = if self.to_the_last { self.networks.pop_back() } else { self.networks.pop_front() }?;
        let newest = network.waiting.pop_back();
        if !network.waiting.is_empty() {
            // It has had a turn, so all others have waited longer for one.
            self.networks.push_back(network);
        }
        newest
    }

    fn put(&mut self, name: &str, call: oneshot::Sender<Turn>) {
        let length: usize = self.networks.iter().map(|network| network.waiting.len()).sum();
        if length >= MOST_IN_LINE
            && let Some(longest) = self.networks.iter_mut().max_by_key(|network| network.waiting.len())
        {
            longest.waiting.pop_front();
        }
        match self.networks.iter_mut().find(|network| network.name == name) {
            Some(network) => network.waiting.push_back(call),
            None => self.networks.push_back(Network { name: name.to_owned(), waiting: VecDeque::from([call]) }),
        }
    }
}

/// That it is one's turn, until it is dropped.
pub(crate) struct Turn(SignInLine);

impl Default for SignInLine {
    fn default() -> SignInLine {
        let line = Line { free: SIGN_INS_AT_ONCE, networks: VecDeque::new(), to_the_last: false };
        SignInLine(Arc::new(Mutex::new(line)))
    }
}

impl SignInLine {
    /// Waits for one's turn. `None`: so many came that this one was given up.
    pub(crate) async fn turn(&self, network: &str) -> Option<Turn> {
        let called = {
            let mut line = self.lock();
            if line.free > 0 {
                line.free -= 1;
                return Some(Turn(self.clone()));
            }
            let (call, called) = oneshot::channel();
            line.put(network, call);
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
        let next = {
            let mut line = self.0.lock();
            let next = line.next();
            line.free += usize::from(next.is_none());
            next
        };
        // If they have gone away just now, the turn comes back, is dropped, and goes to the next.
        let _ = next.map(|call| call.send(Turn(self.0.clone())));
    }
}

#[cfg(test)]
mod tests {
    use std::task::{Context, Poll, Waker};

    use super::*;

    type Waiting<'a> = std::pin::Pin<Box<dyn Future<Output = Option<Turn>> + 'a>>;

    /// Asks for a turn and stands in line.
    fn ask(line: &SignInLine) -> Waiting<'_> {
        ask_from(line, "192.0.2.1")
    }

    fn ask_from<'l>(line: &'l SignInLine, network: &'l str) -> Waiting<'l> {
        let mut waiting: Waiting<'_> = Box::pin(line.turn(network));
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
            turns.push(line.turn("192.0.2.1").await.unwrap());
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
    async fn a_flood_from_one_network_costs_others_two_turns_at_most() {
        let line = SignInLine::default();
        let mut turns = full(&line).await;
        let mut right = ask_from(&line, "198.51.100.7");
        let _flood: Vec<Waiting<'_>> = (0..100).map(|_| ask(&line)).collect();
        turns.pop();
        let first = answer(&mut right).flatten();
        turns.pop();
        assert!(first.or_else(|| answer(&mut right).flatten()).is_some());
    }

    #[tokio::test]
    async fn networks_that_come_later_do_not_bury_who_came_first() {
        let line = SignInLine::default();
        let mut turns = full(&line).await;
        let names: Vec<String> = (0..100).map(|n| format!("203.0.113.{n}")).collect();
        let mut first = ask_from(&line, "198.51.100.7");
        let mut flood: Vec<Waiting<'_>> = Vec::new();
        let mut given = 0;
        // For each turn that is given another network comes.
        for name in &names {
            flood.push(ask_from(&line, name));
            turns.pop();
            given += 1;
            if let Some(turn) = answer(&mut first) {
                assert!(turn.is_some() && given <= 2, "after {given} turns");
                return;
            }
            turns.extend(flood.iter_mut().filter_map(|waiting| answer(waiting).flatten()));
            flood.pop();
        }
        panic!("buried under {given} networks");
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
