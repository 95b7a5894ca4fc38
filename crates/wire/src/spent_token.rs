//! Spent tokens of blind groups as they are published: a nonce, and what the group's key made of it.
//!
//! Owns their order and the hash over a list of them, so that whoever publishes and whoever checks make the same. Both follow
//! from the tokens alone: neither a ballot, nor a code, nor a moment has a part in them.

use document::{document, open_ended};
use sha2::{Digest, Sha256};

/// Bytes of a nonce.
pub const NONCE: usize = 32;

/// Bytes of what the key makes of it.
pub const OUTPUT: usize = 64;

/// Tokens that stand in a publication itself; more are at an address of their own.
pub const MOST_INSIDE: usize = 5_000;

/// Tokens of one part at that address.
pub const MOST_IN_PART: usize = 10_000;

document! {
    /// The spent tokens of a group in a period, as they are settled with an edition. Groups whose number of ballots is not
    /// told have none.
    #[derive(Eq, Debug)]
    pub struct TokenList {
        /// The period's id.
        pub period: String,
        /// The group's id.
        pub group: String,
        /// How many are listed. Fewer than were spent where some were spent before tokens were kept.
        pub listed: u64,
        /// SHA-256 over nonce and output of each, 96 bytes, in their order.
        pub sha256: String,
    }
    shape: open_ended;
}

document! {
    /// A token that cast a ballot.
    #[derive(Eq, Debug)]
    pub struct SpentToken {
        /// The period's id.
        pub period: String,
        /// The group's id.
        pub group: String,
        /// What the voter's browser drew, 64 hexadecimal digits.
        pub nonce: String,
        /// What the group's key made of it, 128 hexadecimal digits.
        pub output: String,
    }
    shape: open_ended;
}

document! {
    /// `GET /api/public/{id}/tokens`: a part of an edition's spent tokens.
    #[derive(Eq, Debug)]
    pub struct TokensPart {
        /// By group in the order of the publication's `tokens`, then by the hash of period, group and nonce.
        pub tokens: Vec<SpentToken>,
        /// Pass it as `?from=` for the next part; null at the end.
        pub next: Option<u64> = null,
    }
    shape: open_ended;
}

/// What puts the tokens of a group in order, and what keeps a token from being spent twice: SHA-256 of `"pingyi-token\0"`,
/// period, a zero byte, group, a zero byte, and the nonce.
pub fn order(period: &str, group: &str, nonce: &[u8; NONCE]) -> [u8; 32] {
    let mut sha = Sha256::new();
    for part in ["pingyi-token\0", period, "\0", group, "\0"] {
        sha.update(part.as_bytes());
    }
    sha.update(nonce);
    sha.finalize().into()
}

/// The hash over tokens in their order: `bytes` are nonce and output of each.
pub fn list_sha256(bytes: &[u8]) -> String {
    crate::code::hex(&Sha256::digest(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_is_that_of_a_hash_of_period_group_and_nonce() {
        // By printf 'pingyi-token\0h1\0staff\0' and 32 zero bytes, to sha256sum.
        let expected = "e2fec7ff983cbd24006dbbc24833d5077ed0fcfdd2ec46851e80897872f3140a";
        assert_eq!(crate::code::hex(&order("h1", "staff", &[0; 32])), expected);
        assert_ne!(order("h1", "staff", &[0; 32]), order("h2", "staff", &[0; 32]));
    }
}
