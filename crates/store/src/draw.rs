//! The one source of chance: plan ids, record ids, session tokens, tally shards, jitter.

use crate::error::StoreError;

/// Draws from the operating system's generator.
#[derive(Debug, Clone, Default)]
pub(crate) struct Draw(());

impl Draw {
    pub(crate) fn new() -> Draw {
        Draw(())
    }

    /// Random bytes.
    pub(crate) fn bytes<const N: usize>(&self) -> Result<[u8; N], StoreError> {
        let mut bytes = [0; N];
        getrandom::fill(&mut bytes).map_err(|_| StoreError::Unavailable)?;
        Ok(bytes)
    }

    /// A number below `bound`. The bias of the remainder is below 2⁻⁴⁸ for the bounds in use.
    pub(crate) fn below(&self, bound: u64) -> Result<u64, StoreError> {
        Ok(u64::from_be_bytes(self.bytes()?) % bound.max(1))
    }
}
