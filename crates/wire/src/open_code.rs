//! Open groups: asking for a code, and the small work that is done for one. The ballot page does the work and the
//! server checks it, so both must agree on it to the byte.
//!
//! The work makes codes by the thousand cost something; it keeps nobody out who wants a few. It is the hash that the
//! ballot page has anyway, so that it costs the page no second bundle.

use document::{Path, Problem, Read, Tree, document, open_ended, wrong_type};
use serde::Serialize;
use sha2::{Digest, Sha256};

/// Zero bits that a solution's hash begins with: 65,536 tries on average, a fraction of a second on a phone.
pub const WORK_BITS: u32 = 16;

/// Ways to name an open group behind a ballot page's `#`.
const LINK: &str = "open/";

document! {
    /// `POST /api/open-codes`: a code for this browser, of an open group. The browser is known by a cookie that the answer
    /// sets. Asked without work, a browser that has no code gets a challenge; with the work done it gets its code, and
    /// the same one whenever it asks again.
    #[derive(Eq, Debug)]
    pub struct OpenCodeRequest {
        /// The plan's id.
        pub plan: String,
        /// The period's id.
        pub period: String,
        /// The group's id.
        pub group: String,
        /// A challenge and its solution.
        pub work: Option<Work>,
    }
}

document! {
    /// A challenge and its solution.
    #[derive(Eq, Debug)]
    pub struct Work {
        /// As the server gave it.
        pub challenge: String,
        /// Which number solves it: see [`solves`].
        pub number: u64,
    }
}

/// Answer to [`OpenCodeRequest`]: a code or a challenge.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum OpenCodeAnswer {
    /// This browser's code, used or not.
    Code(String),
    /// Work to be done first.
    Challenge(Challenge),
}

impl Read for OpenCodeAnswer {
    fn blank() -> Self {
        OpenCodeAnswer::Code(String::new())
    }

    fn read(value: &Tree<'_>, path: &Path<'_>, problems: &mut Vec<Problem>) -> Option<Self> {
        match (value.get("code"), value.get("challenge")) {
            (Some(code), _) => String::read(&code, &Path::Key(path, "code"), problems).map(OpenCodeAnswer::Code),
            (None, Some(challenge)) => {
                let path = Path::Key(path, "challenge");
                <Challenge as Read>::read(&challenge, &path, problems).map(OpenCodeAnswer::Challenge)
            }
            (None, None) => {
                wrong_type(path, problems);
                None
            }
        }
    }
}

document! {
    /// Work to be done: a number for which SHA-256 of `"pingyi-work\0"`, the challenge's text, `"\0"` and the number's
    /// eight bytes, most significant first, begins with so many zero bits.
    #[derive(Eq, Debug)]
    pub struct Challenge {
        /// The challenge.
        pub text: String,
        /// How many zero bits.
        pub bits: u32,
    }
    shape: open_ended;
}

/// What stands behind a ballot page's `#` for an open group in a period.
pub fn link(period: &str, group: &str) -> String {
    format!("{LINK}{period}/{group}")
}

/// Period and group of a [`link`].
pub fn read_link(fragment: &str) -> Option<(&str, &str)> {
    fragment.strip_prefix(LINK)?.split_once('/')
}

fn begun(challenge: &str) -> Sha256 {
    let mut sha = Sha256::new();
    sha.update(b"pingyi-work\0");
    sha.update(challenge.as_bytes());
    sha.update(b"\0");
    sha
}

fn is_solved(begun: &Sha256, number: u64, bits: u32) -> bool {
    let mut sha = begun.clone();
    sha.update(number.to_be_bytes());
    let hash: [u8; 32] = sha.finalize().into();
    let front = hash.iter().take(8).fold(0, |front, byte| front << 8 | u64::from(*byte));
    front.leading_zeros() >= bits
}

/// Whether a number solves a challenge.
pub fn solves(challenge: &str, number: u64, bits: u32) -> bool {
    is_solved(&begun(challenge), number, bits)
}

/// The first solution among some numbers.
pub fn search(challenge: &Challenge, mut numbers: std::ops::Range<u64>) -> Option<u64> {
    let begun = begun(&challenge.text);
    numbers.find(|number| is_solved(&begun, *number, challenge.bits))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_solution_is_one_by_the_bits_of_its_hash() {
        // By Python's hashlib over b"pingyi-work\0", b"abc", b"\0" and the eight bytes: 254 is the first
        // whose hash begins with 12 zero bits (0007e9…: 13).
        let challenge = Challenge { text: "abc".to_owned(), bits: 12 };
        assert_eq!(search(&challenge, 0..254), None);
        assert_eq!(search(&challenge, 0..100_000), Some(254));
        assert!(solves("abc", 254, 12));
        assert!(!solves("abc", 254, 14));
        assert!(!solves("abd", 254, 12));
    }

    #[test]
    fn a_link_names_period_and_group_and_a_code_is_none() {
        assert_eq!(read_link(&link("year", "wechat")), Some(("year", "wechat")));
        for fragment in ["", "open/", "open/year", "7K3M-Q2RD-9XTA-0B5C"] {
            assert_eq!(read_link(fragment), None, "{fragment}");
        }
    }
}
