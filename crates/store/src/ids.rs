//! The ids that the store hands out or takes, each a type of its own, and the time.

use std::fmt;

use crate::draw::Draw;
use crate::error::StoreError;
use crate::limits::LONGEST_SORT_KEY;

/// The digits of plan ids and record ids: no letter that looks like another.
const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// A plan's id: 16 digits drawn by the server. The first nine tell the time in milliseconds, so that plans list in
/// the order in which they were made.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlanId(String);

impl PlanId {
    /// Reads an id. What cannot be one is `None`: there is no such plan.
    pub fn parse(text: &str) -> Option<PlanId> {
        is_digits(text).then(|| PlanId(text.to_owned()))
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn draw(now: Timestamp, draw: &Draw) -> Result<PlanId, StoreError> {
        let millis = u128::from(now.0.unsigned_abs()) * 1000;
        let random = u128::from(u64::from_be_bytes(draw.bytes()?));
        let bits = (millis & ((1 << 45) - 1)) << 35 | random & ((1 << 35) - 1);
        Ok(PlanId(digits(bits, 16)))
    }
}

impl fmt::Display for PlanId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether a text is 16 of the digits.
pub(crate) fn is_digits(text: &str) -> bool {
    text.len() == 16 && text.bytes().all(|byte| DIGITS.contains(&byte))
}

/// Writes the low bits of a number, five to a digit.
pub(crate) fn digits(bits: u128, length: usize) -> String {
    (0..length).rev().map(|place| char::from(DIGITS[(bits >> (5 * place) & 31) as usize])).collect()
}

/// How often a plan's document was written: 1, 2, 3 ….
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Revision(pub u64);

/// Seconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(pub i64);

impl Timestamp {
    pub(crate) fn plus(self, seconds: i64) -> Timestamp {
        Timestamp(self.0.saturating_add(seconds))
    }
}

/// SHA-256 of `"pingyi-code\0" + plan id + "\0" + code`: all that the store ever knows of a code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CodeHash([u8; 32]);

impl CodeHash {
    /// Reads 64 hexadecimal digits.
    pub fn parse(text: &str) -> Option<CodeHash> {
        unhex(text).map(CodeHash)
    }
}

impl From<[u8; 32]> for CodeHash {
    fn from(hash: [u8; 32]) -> Self {
        CodeHash(hash)
    }
}

impl fmt::Display for CodeHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

/// Never the hash itself: what is printed may end in a log, next to an address.
impl fmt::Debug for CodeHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CodeHash(..)")
    }
}

/// The id that a voter's browser drew for a ballot: 128 bits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BallotId([u8; 16]);

impl BallotId {
    /// Reads 32 hexadecimal digits.
    pub fn parse(text: &str) -> Option<BallotId> {
        unhex(text).map(BallotId)
    }
}

impl From<[u8; 16]> for BallotId {
    fn from(id: [u8; 16]) -> Self {
        BallotId(id)
    }
}

impl fmt::Display for BallotId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

/// Never the id itself, as with [`CodeHash`].
impl fmt::Debug for BallotId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BallotId(..)")
    }
}

/// Where a page of a list goes on. Opaque, safe in an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor(pub(crate) String);

impl Cursor {
    /// Reads a cursor that an earlier page gave.
    pub fn parse(text: &str) -> Option<Cursor> {
        let key = String::from_utf8(hex::decode(text).ok()?).ok()?;
        (!key.is_empty() && key.len() <= LONGEST_SORT_KEY).then_some(Cursor(key))
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0.as_bytes()))
    }
}

/// One page of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Page<T> {
    /// The rows.
    pub items: Vec<T>,
    /// Where the next page begins; `None` at the end.
    pub next: Option<Cursor>,
}

/// The staff account on whose behalf a change is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Actor<'a> {
    /// The account's name, as it stands in the audit chain.
    pub name: &'a str,
}

/// Reads hexadecimal digits of either case into exactly `N` bytes.
pub(crate) fn unhex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    hex::decode_to_slice(text, &mut bytes).ok()?;
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plan_ids_are_sixteen_digits_and_order_by_time() {
        let draw = Draw::new();
        let early = PlanId::draw(Timestamp(1_700_000_000), &draw).unwrap();
        let late = PlanId::draw(Timestamp(1_700_000_001), &draw).unwrap();
        assert_eq!(PlanId::parse(early.as_str()), Some(early.clone()));
        assert!(early < late);
    }

    #[test]
    fn what_cannot_be_a_plan_id_is_none() {
        for text in ["", "abc", "0123456789ABCDEF", "0123456789abcde#", "0123456789abcdefg"] {
            assert_eq!(PlanId::parse(text), None, "{text}");
        }
    }

    #[test]
    fn hexadecimal_of_either_case_is_read_and_other_lengths_are_not() {
        assert_eq!(unhex::<2>("0aFf"), Some([0x0a, 0xff]));
        assert_eq!(unhex::<2>("0aF"), None);
        assert_eq!(unhex::<2>("0aFf00"), None);
        assert_eq!(unhex::<2>("0aGf"), None);
        assert_eq!(hex::encode([0x0a, 0xff]), "0aff");
    }

    #[test]
    fn a_cursor_survives_an_address() {
        let cursor = Cursor("entry#a#b".to_owned());
        assert_eq!(Cursor::parse(&cursor.to_string()), Some(cursor));
        assert_eq!(Cursor::parse(""), None);
        assert_eq!(Cursor::parse("zz"), None);
    }
}
