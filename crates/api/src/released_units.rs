//! Units of which something is public, for the ballots that show it beside them.
//!
//! Owns how long one look at the list of profiles serves. The list is the same for all plans and all voters, so nothing of
//! a code or a ballot is asked with it.

use std::collections::BTreeSet;
use std::future::Future;
use std::sync::Arc;
use std::time::Instant;

use store::{ProfileRow, StoreError};
use tokio::sync::Mutex;

use crate::limits::RELEASED_FOR;

/// The units by their names as names are compared, and when they were looked at.
#[derive(Default)]
struct Look {
    units: Arc<BTreeSet<String>>,
    at: Option<Instant>,
}

/// One list of rows is read a minute, by one request while others wait for it, however many ballots are opened.
#[derive(Default)]
pub(crate) struct ReleasedUnits(Mutex<Look>);

impl ReleasedUnits {
    /// The units that are known, or what is read now. Where nothing can be read, what was known serves on: no ballot waits
    /// for what stands beside it.
    pub(crate) async fn of(
        &self,
        read: impl Future<Output = Result<Vec<ProfileRow>, StoreError>>,
    ) -> Arc<BTreeSet<String>> {
        let mut look = self.0.lock().await;
        if look.at.is_none_or(|at| at.elapsed() >= RELEASED_FOR) {
            if let Ok(rows) = read.await {
                look.units = Arc::new(rows.into_iter().filter(|row| row.is_shown).map(|row| row.unit).collect());
            }
            look.at = Some(Instant::now());
        }
        Arc::clone(&look.units)
    }

    /// A profile was written by this process: the next ballot looks anew. Others do within a minute.
    pub(crate) async fn forget(&self) {
        self.0.lock().await.at = None;
    }
}

#[cfg(test)]
mod tests {
    use store::{Revision, Timestamp};

    use super::*;

    fn row(unit: &str, is_shown: bool) -> ProfileRow {
        let (unit, by) = (unit.to_owned(), "office".to_owned());
        ProfileRow { unit, revision: Revision(1), public: Vec::new(), is_shown, by, at: Timestamp(0) }
    }

    #[tokio::test]
    async fn one_look_serves_many_ballots_until_a_profile_is_written() {
        let units = ReleasedUnits::default();
        let rows = vec![row("林业站", true), row("村建所", false)];
        let known = BTreeSet::from(["林业站".to_owned()]);
        assert_eq!(*units.of(async { Ok(rows) }).await, known);
        assert_eq!(*units.of(async { panic!("read again") }).await, known);
        units.forget().await;
        // A read that fails keeps what was known, and is not tried by the next ballot.
        assert_eq!(*units.of(async { Err(StoreError::Unavailable) }).await, known);
        assert_eq!(*units.of(async { panic!("read again") }).await, known);
        units.forget().await;
        assert_eq!(*units.of(async { Ok(Vec::new()) }).await, BTreeSet::new());
    }
}
