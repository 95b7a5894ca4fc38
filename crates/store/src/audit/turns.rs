//! Turn-taking inside this process, so that offices that write at once do not all but one lose a round.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::OwnedMutexGuard;

use crate::limits::MOST_TURNS;

/// A lock for each log that somebody writes to.
#[derive(Debug, Default)]
pub(crate) struct Turns(Mutex<HashMap<String, Arc<tokio::sync::Mutex<()>>>>);

impl Turns {
    /// Waits until nobody else of this process changes the log.
    pub(crate) async fn take(&self, log: &str) -> OwnedMutexGuard<()> {
        let turn = {
            let mut turns = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            if turns.len() >= MOST_TURNS {
                turns.retain(|_, turn| Arc::strong_count(turn) > 1);
            }
            Arc::clone(turns.entry(log.to_owned()).or_default())
        };
        turn.lock_owned().await
    }
}
