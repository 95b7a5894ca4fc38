//! A voter's code: how it is written, normalised and hashed. The office's browser, the ballot page
//! and the server must agree on this to the byte.

use document::{document, open_ended};
use sha2::{Digest, Sha256};

/// The 32 digits of Crockford's base 32: no I, L, O or U.
pub const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// A code has 16 characters of 5 bits: 80 bits.
pub const LENGTH: usize = 16;

/// Most hashes in one call of `POST /api/plans/{id}/codes`.
pub const MOST_PER_CALL: usize = 1000;

/// Ten random bytes written as a code.
pub fn write(random: [u8; 10]) -> String {
    let bits = random.iter().fold(0u128, |bits, byte| bits << 8 | u128::from(*byte));
    (0..LENGTH).map(|place| char::from(ALPHABET[(bits >> (75 - 5 * place) & 31) as usize])).collect()
}

/// The one spelling of a typed code: upper case, no spaces, hyphens or other separators, and
/// Crockford's readings of the letters people confuse (O is 0, I and L are 1). `None` if what is
/// left is not 16 of the 32 digits.
pub fn normalise(typed: &str) -> Option<String> {
    let mut code = String::with_capacity(LENGTH);
    for typed in typed.chars() {
        // Full-width letters and digits come from Chinese input methods.
        let plain = match typed {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(typed as u32 - 0xfee0)?,
            other => other,
        };
        let digit = match plain.to_ascii_uppercase() {
            ' '
            | '\u{3000}'
            | '\u{a0}'
            | '\t'
            | '\r'
            | '\n'
            | '-'
            | '_'
            | '.'
            | '·'
            | '\u{2010}'..='\u{2015}'
            | '\u{2212}'
            | '\u{200b}' => continue,
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        };
        if code.len() == LENGTH || !digit.is_ascii() || !ALPHABET.contains(&(digit as u8)) {
            return None;
        }
        code.push(digit);
    }
    (code.len() == LENGTH).then_some(code)
}

/// A normalised code in groups of four, as it is printed on a card.
pub fn grouped(code: &str) -> String {
    let mut grouped = String::with_capacity(code.len() + code.len() / 4);
    for (place, digit) in code.chars().enumerate() {
        if place > 0 && place % 4 == 0 {
            grouped.push('-');
        }
        grouped.push(digit);
    }
    grouped
}

/// SHA-256 of `"pingyi-code\0" + plan id + "\0" + normalised code`.
pub fn hash(plan: &str, code: &str) -> [u8; 32] {
    let mut sha = Sha256::new();
    sha.update(b"pingyi-code\0");
    sha.update(plan.as_bytes());
    sha.update(b"\0");
    sha.update(code.as_bytes());
    sha.finalize().into()
}

/// [`hash`] in lower-case hexadecimal: what `POST .../codes` takes.
pub fn hash_hex(plan: &str, code: &str) -> String {
    hex(&hash(plan, code))
}

/// Bytes in lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        text.push(char::from(DIGITS[usize::from(byte >> 4)]));
        text.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
    text
}

/// Exactly `N` bytes out of hexadecimal digits of either case.
pub fn unhex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let text = text.as_bytes();
    if text.len() != 2 * N {
        return None;
    }
    let digit = |byte: u8| char::from(byte).to_digit(16).map(|digit| digit as u8);
    let mut bytes = [0; N];
    for (byte, pair) in bytes.iter_mut().zip(text.chunks(2)) {
        *byte = digit(pair[0])? << 4 | digit(pair[1])?;
    }
    Some(bytes)
}

document! {
    /// `POST /api/plans/{id}/codes`: more codes for one group in one period.
    #[derive(Eq, Debug)]
    pub struct CodesRequest {
        /// The period's id.
        pub period: String,
        /// The group's id.
        pub group: String,
        /// Hashes of the codes, 64 hexadecimal digits each, at most 1,000.
        pub hashes: Vec<String>,
        /// Narrows the paper to these units; absent or null: all units.
        pub units: Option<Vec<String>>,
        /// The voters' own unit; absent or null: none.
        pub unit: Option<String>,
        /// Who gets the codes, by id, one for each hash: of `blind`, `named` and `per_unit` groups.
        pub voters: Option<Vec<String>>,
    }
}

document! {
    /// Answer to [`CodesRequest`].
    #[derive(Eq, Debug)]
    pub struct CodesAdded {
        /// How many codes the call stands for.
        pub added: u64,
        /// Their batch: the same hashes for the same paper are the same batch.
        pub batch: String,
    }
    shape: open_ended;
}

document! {
    /// `GET /api/plans/{id}/codes`: by period, group and batch.
    #[derive(Eq, Debug)]
    pub struct BatchPage {
        /// One page of batches.
        pub batches: Vec<CodeBatch>,
        /// Pass it as `?cursor=` for the next page; null at the end.
        pub next: Option<String> = null,
    }
    shape: open_ended;
}

document! {
    /// The codes of one call.
    #[derive(Eq, Debug)]
    pub struct CodeBatch {
        /// Its id.
        pub batch: String,
        /// The period's id.
        pub period: String,
        /// The group's id.
        pub group: String,
        /// The units that the paper is narrowed to; null: all.
        pub units: Option<Vec<String>> = null,
        /// The voters' own unit; null: none.
        pub unit: Option<String> = null,
        /// Codes issued, the voided ones among them.
        pub count: u64,
        /// Codes voided.
        pub voided: u64,
    }
    shape: open_ended;
}

document! {
    /// `POST /api/plans/{id}/codes/void`: a batch, a voter or hashes, one of them.
    #[derive(Eq, Debug)]
    pub struct VoidRequest {
        /// All codes of this batch.
        pub batch: Option<String>,
        /// The codes of this voter.
        pub voter: Option<String>,
        /// The codes with these hashes, at most 1,000.
        pub hashes: Option<Vec<String>>,
        /// Why; the audit keeps it.
        pub reason: String,
        /// Anonymous or blind groups of which, without these codes, only 1 to 4 may mark a unit.
        pub allow_small: Vec<String> = default,
    }
}

document! {
    /// Answer to [`VoidRequest`].
    #[derive(Eq, Debug)]
    pub struct CodesVoided {
        /// Codes that are void now, those voided before among them.
        pub voided: u64,
        /// Codes that were used before, or exchanged: what was cast with them counts.
        pub used: u64,
    }
    shape: open_ended;
}

document! {
    /// `GET /api/plans/{id}/turnout`.
    #[derive(Eq, Debug)]
    pub struct Turnout {
        /// One for each period and group that has codes or votes, in plan order.
        pub groups: Vec<GroupTurnout>,
    }
    shape: open_ended;
}

document! {
    /// How many codes one group has in one period, and how many of them voted.
    #[derive(Eq, Debug)]
    pub struct GroupTurnout {
        /// The period's id.
        pub period: String,
        /// The group's id.
        pub group: String,
        /// Codes issued and not voided, on demand as well.
        pub issued: u64,
        /// Ballots cast.
        pub cast: u64,
        /// Of an open group: the codes issued on demand, hour by hour, the hours without any left out.
        pub hours: Vec<IssuedHour> = omitted,
    }
    shape: open_ended;
}

document! {
    /// Codes issued on demand in one hour. They are counted apart from the ballots, and when they are issued, not when
    /// they are used.
    #[derive(Copy, Eq, Debug)]
    pub struct IssuedHour {
        /// When the hour began, in seconds since 1970-01-01T00:00:00Z.
        pub from: i64,
        /// Codes issued in it.
        pub issued: u64,
    }
    shape: open_ended;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_typed_with_spaces_lower_case_and_lookalikes_is_the_same_code() {
        for typed in [
            "0123-4567-89AB-CDEF",
            "0123 4567 89ab cdef",
            " o123456789abcdef\n",
            "０１２３４５６７８９ＡＢＣＤＥＦ",
            "oi23·4567·89ab·cdef",
        ] {
            assert_eq!(normalise(typed).as_deref(), Some("0123456789ABCDEF"), "{typed}");
        }
    }

    #[test]
    fn what_is_not_sixteen_digits_is_no_code() {
        for typed in [
            "",
            "0123",
            "0123456789ABCDEFG",
            "0123456789ABCDEU",
            "投票码投票码投票码投票码投票码验",
            "0123456789ABCDE!",
        ] {
            assert_eq!(normalise(typed), None, "{typed}");
        }
    }

    #[test]
    fn ten_bytes_make_sixteen_digits_most_significant_first() {
        assert_eq!(write([0; 10]), "0000000000000000");
        assert_eq!(write([255; 10]), "ZZZZZZZZZZZZZZZZ");
        // 00001 00010 00011 … : the digits 1, 2, 3, 4, 5, 6, 7, 8 twice.
        // 00001000 10000110 01000010 10011000 11101000
        assert_eq!(write([0x08, 0x86, 0x42, 0x98, 0xe8, 0x08, 0x86, 0x42, 0x98, 0xe8]), "1234567812345678");
    }

    #[test]
    fn the_hash_is_that_of_the_specification() {
        // By sha256sum, over the bytes "pingyi-code\0", "p1\0" and the code.
        assert_eq!(
            hash_hex("p1", "0123456789ABCDEF"),
            "878f1184aa628182dd0576466fb5e900eb723f88e63e22bb48b02c4a9c7c75ce"
        );
    }

    #[test]
    fn hexadecimal_is_read_back() {
        assert_eq!(unhex::<2>("0aFF"), Some([10, 255]));
        assert_eq!(unhex::<2>("0aF"), None);
        assert_eq!(unhex::<2>("0aFg"), None);
        assert_eq!(unhex::<1>("评"), None);
    }

    #[test]
    fn a_printed_code_stands_in_groups_of_four() {
        assert_eq!(grouped("0123456789ABCDEF"), "0123-4567-89AB-CDEF");
    }
}
