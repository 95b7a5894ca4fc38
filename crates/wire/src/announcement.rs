//! A result on public display (公示) before it is published, and the objections to it.

use std::ops::RangeInclusive;

use document::{document, open_ended};
use sha2::{Digest, Sha256};

use crate::open_code::{Challenge, Work};

/// Characters of an objection: two pages.
pub const OBJECTION_LENGTH: RangeInclusive<usize> = 1..=2000;

/// Most characters of how somebody can be reached.
pub const LONGEST_CONTACT: usize = 200;

document! {
    /// `POST /api/plans/{id}/announce`: puts the result of a closed plan on public display.
    #[derive(Eq, Debug)]
    pub struct AnnounceRequest {
        /// Until when objections are taken: RFC 3339 with an offset, such as `2026-12-05T18:00:00+08:00`.
        pub until: String,
        /// Whom to turn to, by telephone or in person: 1 to 200 characters.
        pub contact: String,
        /// As with publishing.
        pub allow_small: Vec<String> = default,
    }
}

document! {
    /// That a result is on public display, and not published yet.
    #[derive(Eq, Debug)]
    pub struct Announced {
        /// Since when, in seconds since 1970-01-01T00:00:00Z.
        pub at: i64,
        /// Until when objections are taken.
        pub until: i64,
        /// Whom to turn to.
        pub contact: String,
    }
    shape: open_ended;
}

document! {
    /// What public display brought, in a publication that had one.
    #[derive(Eq, Debug)]
    pub struct Publicity {
        /// Since when it was displayed, in seconds since 1970-01-01T00:00:00Z.
        pub at: i64,
        /// Until when objections were to be taken.
        pub until: i64,
        /// How many objections there were.
        pub objections: u64,
        /// How many of them were upheld.
        pub upheld: u64,
        /// Why it was published before the end; null where it was not.
        pub early: Option<String> = null,
    }
    shape: open_ended;
}

document! {
    /// `POST /api/public/{id}/objections` by anybody, `POST /api/plans/{id}/objections` by staff on somebody's behalf.
    /// Asked without work, anybody gets a challenge for just these words.
    #[derive(Eq, Debug)]
    pub struct ObjectionRequest {
        /// The unit that it is about; absent or null: the whole result.
        pub unit: Option<String>,
        /// 1 to 2,000 characters.
        pub text: String,
        /// How whoever objects can be reached: up to 200 characters; for staff alone.
        pub contact: String,
        /// A challenge and its solution; staff need none.
        pub work: Option<Work>,
    }
}

impl ObjectionRequest {
    /// What a challenge is for: SHA-256 of unit, text and contact, each ended by a zero byte.
    #[must_use]
    pub fn digest(&self) -> String {
        let mut sha = Sha256::new();
        for part in [self.unit.as_deref().unwrap_or_default(), &self.text, &self.contact] {
            sha.update(part.as_bytes());
            sha.update(b"\0");
        }
        crate::code::hex(&sha.finalize())
    }
}

document! {
    /// Answer to [`ObjectionRequest`]: its number, or work to be done first.
    #[derive(Eq, Debug)]
    pub struct ObjectionTaken {
        /// The objection's number; null while there is work to do.
        pub number: Option<u64> = null,
        /// The work.
        pub challenge: Option<Challenge> = null,
    }
    shape: open_ended;
}

document! {
    /// `GET /api/plans/{id}/objections`, in the order in which they came.
    #[derive(Eq, Debug)]
    pub struct Objections {
        /// One page of objections.
        pub objections: Vec<Objection>,
        /// Pass it as `?cursor=` for the next page; null at the end.
        pub next: Option<String> = null,
    }
    shape: open_ended;
}

document! {
    /// An objection to a result on public display.
    #[derive(Eq, Debug)]
    pub struct Objection {
        /// 1, 2, 3 …
        pub number: u64,
        /// The unit that it is about; null: the whole result.
        pub unit: Option<String> = null,
        /// Its words.
        pub text: String,
        /// How whoever objects can be reached.
        pub contact: String,
        /// When it came, in seconds since 1970-01-01T00:00:00Z.
        pub at: i64,
        /// The account that entered it on somebody's behalf; null: it came from outside.
        pub by: Option<String> = null,
        /// What became of it; null while it is open.
        pub answer: Option<ObjectionAnswer> = null,
    }
    shape: open_ended;
}

document! {
    /// What became of an objection.
    #[derive(Eq, Debug)]
    pub struct ObjectionAnswer {
        /// What is told to whoever objected.
        pub text: String,
        /// Whether they are right.
        pub upheld: bool,
        /// The account.
        pub by: String,
        /// When, in seconds since 1970-01-01T00:00:00Z.
        pub at: i64,
    }
    shape: open_ended;
}

document! {
    /// `POST /api/plans/{id}/objections/{number}/answer`.
    #[derive(Eq, Debug)]
    pub struct AnswerRequest {
        /// 1 to 2,000 characters.
        pub text: String,
        /// Whether the objection is right. What follows from it is corrected in the records, and announced anew.
        pub upheld: bool,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_challenge_is_for_just_these_words() {
        let request = |unit: Option<&str>, text: &str, contact: &str| ObjectionRequest {
            unit: unit.map(str::to_owned),
            text: text.to_owned(),
            contact: contact.to_owned(),
            work: None,
        };
        // By sha256sum, over "tax\0", "ab\0" and "c\0".
        let digest = request(Some("tax"), "ab", "c").digest();
        assert_eq!(digest, "e31dda9fa02830aac3b94b6dc6fb9ef4204aaf7743081a80c7c69e2d07bb9df8");
        assert_ne!(digest, request(Some("tax"), "a", "bc").digest());
        assert_ne!(digest, request(None, "ab", "c").digest());
    }
}
