//! The pause before a write is tried again.

use std::time::Duration;

use crate::draw::Draw;
use crate::error::StoreError;

/// Longer each time, and different for each writer.
#[derive(Debug, Clone)]
pub(crate) struct Pause {
    draw: Draw,
}

impl Pause {
    pub(crate) fn new(draw: Draw) -> Pause {
        Pause { draw }
    }

    pub(crate) async fn before_retry(&self, attempt: u32) -> Result<(), StoreError> {
        // The last pauses are longer than the second in which DynamoDB gives a partition its next 1,000 write units.
        let most = 10u64 << attempt.min(7);
        tokio::time::sleep(Duration::from_millis(self.draw.below(most)? + 1)).await;
        Ok(())
    }
}
