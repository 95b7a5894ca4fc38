//! When this process looks whether live tallies have a step to make.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::limits::MOST_LOOKS;

/// How many ballots this process may take, group by group, before it looks again whether a step is due: looking costs
/// more reads than a ballot. Ballots that other processes take make the look late, never wrong; readers always look.
#[derive(Debug, Default)]
pub(crate) struct Looks(Mutex<HashMap<String, u64>>);

impl Looks {
    fn left(&self) -> MutexGuard<'_, HashMap<String, u64>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts a ballot; whether it is time to look.
    pub(crate) fn are_due(&self, partition: &str) -> bool {
        match self.left().get_mut(partition) {
            Some(left) if *left > 1 => {
                *left -= 1;
                false
            }
            _ => true,
        }
    }

    /// Looked: the next step is due in so many ballots.
    pub(crate) fn note(&self, partition: String, ballots: u64) {
        let mut left = self.left();
        if left.len() >= MOST_LOOKS {
            left.clear();
        }
        left.insert(partition, ballots);
    }
}
