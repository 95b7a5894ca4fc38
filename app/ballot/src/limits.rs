//! The limits of the ballot's page. What a ballot may hold is `wire`'s and `scoring`'s.

/// Quota counts that stand in the bar itself: as many as fit a narrow phone. More stand at their sections.
pub const MOST_COUNTS: usize = 4;

/// Seconds for which a device keeps an unfinished ballot.
pub const DRAFT_LIFE: u64 = 24 * 60 * 60;

/// Seconds for which a shared tablet does: long enough to fetch one's glasses.
pub const KIOSK_DRAFT_LIFE: u64 = 10 * 60;

/// Seconds for which a token is kept: longer than voting goes on.
pub const TOKEN_LIFE: u64 = 90 * DRAFT_LIFE;

/// Seconds without a touch after which a shared tablet warns that it will begin again: time to read a long paper.
pub const KIOSK_QUIET: u64 = 120;

/// Seconds between that warning and the beginning.
pub const KIOSK_WARNED: u64 = 60;

/// Seconds between two looks at how long nobody has touched it.
pub const KIOSK_LOOKS: u64 = 5;

/// Characters of a typed code. Far more than a code has, since people type the whole address of the card.
pub const LONGEST_CODE: usize = 300;

/// Tries of a challenge's work between two looks at what else there is to do: a few milliseconds.
pub const TRIES_AT_ONCE: u64 = 1024;

/// Rounds of challenge and work. A second one follows a challenge that grew old while a phone slept.
pub const ROUNDS: usize = 2;
