//! The bytes that large bodies may take together: those that anybody may send, and those of staff, which nobody else's
//! keep waiting.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::limits::LARGE_BODIES;

/// A budget, in KiB; clones are one budget.
#[derive(Clone)]
pub(crate) struct LargeBodies(Arc<Semaphore>);

/// The two budgets.
#[derive(Default)]
pub(crate) struct Budgets {
    pub(crate) of_anybody: LargeBodies,
    pub(crate) of_staff: LargeBodies,
}

/// A body's part of the budget, for as long as it is there.
pub(crate) struct Share {
    _permit: OwnedSemaphorePermit,
}

impl Default for LargeBodies {
    fn default() -> Self {
        LargeBodies(Arc::new(Semaphore::new(LARGE_BODIES / 1024)))
    }
}

impl LargeBodies {
    /// Waits until so many bytes are free, in the order of asking.
    pub(crate) async fn share(&self, bytes: usize) -> Option<Share> {
        let permits = u32::try_from(bytes.div_ceil(1024)).ok()?;
        let permit = Arc::clone(&self.0).acquire_many_owned(permits).await.ok()?;
        Some(Share { _permit: permit })
    }
}
