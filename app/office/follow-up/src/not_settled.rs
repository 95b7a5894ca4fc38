//! Which refusals say that there is no settled result yet, and not that something went wrong.

use frame::server::Refusal;
use wire::ErrorCode;

/// Whether a final result cannot be had yet: before closing, or while something is missing, waits or is not decided.
pub(crate) fn is_not_settled(refusal: &Refusal) -> bool {
    matches!(
        refusal.code(),
        Some(
            ErrorCode::WrongState
                | ErrorCode::Incomplete
                | ErrorCode::PendingRecords
                | ErrorCode::SmallGroup
                | ErrorCode::InvalidRecord
                | ErrorCode::UnresolvedTies
        )
    )
}
