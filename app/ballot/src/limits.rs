//! The limits of the ballot's page. What a ballot may hold is `wire`'s and `scoring`'s.

/// Quota counts that stand in the bar itself: as many as fit a narrow phone. More stand at their sections.
pub const MOST_COUNTS: usize = 4;

/// Characters of a typed code. Far more than a code has, since people type the whole address of the card.
pub const LONGEST_CODE: usize = 300;

/// Tries of a challenge's work between two looks at what else there is to do: a few milliseconds.
pub const TRIES_AT_ONCE: u64 = 1024;

/// Rounds of challenge and work. A second one follows a challenge that grew old while a phone slept.
pub const ROUNDS: usize = 2;
