//! What became of a record that does not wait.

/// Why a record does not wait for a second person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settled {
    /// It counts: it was approved, or needs nobody.
    Counts,
    /// It was struck out or rejected.
    Struck,
}
