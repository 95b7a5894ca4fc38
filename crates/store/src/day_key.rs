//! The key under which addresses are hashed today.
//!
//! All addresses can be tried in minutes, so a hash alone would hide none. The next day's key is written over this
//! one, in the table that has no backups, and from then on the counts that are left lead back to no address.

use std::sync::{Mutex, PoisonError};

#[derive(Clone, Copy)]
pub(crate) struct DayKey {
    /// Days since 1970.
    pub(crate) day: u64,
    pub(crate) secret: [u8; 32],
}

/// The day's key in memory.
#[derive(Default)]
pub(crate) struct KnownDayKey(Mutex<Option<DayKey>>);

impl KnownDayKey {
    pub(crate) fn of(&self, day: u64) -> Option<DayKey> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).filter(|known| known.day == day)
    }

    pub(crate) fn set(&self, key: DayKey) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(key);
    }
}
