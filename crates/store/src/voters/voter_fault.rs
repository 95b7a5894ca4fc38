//! What may be wrong with voters.

/// What is wrong with a voter of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VoterFault {
    /// An earlier one of the call, by its place, is the same person.
    SameAsEarlier(usize),
    /// One on the list, by id, is the same person.
    SameAsListed(String),
    /// There is no such voter.
    Unknown,
    /// The voter is of another group.
    OtherGroup,
    /// The voter has a code already; void it first.
    HasCode,
}
