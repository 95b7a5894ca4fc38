//! Places inside one ranking. Places in the plan are `scoring`'s.

scoring::indices! {
    /// A unit's place among those that are ranked against each other.
    RivalIndex
    /// A weight's place among those of a field.
    SlotIndex
    /// A rank, counted from 0.
    RankIndex
}
