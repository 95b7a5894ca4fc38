//! What a voter keeps of a ballot.

use std::fmt;

use sha2::{Digest, Sha256};

use crate::ids::{BallotId, unhex};

/// What a voter may keep: the first 128 bits of SHA-256 of `"pingyi-receipt\0"`, the plan's hash, `"\0"` and the
/// ballot's id. The marks are not in it, so it proves nothing about them to anyone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Receipt([u8; 16]);

impl Receipt {
    /// The receipt of a ballot of a plan. Anyone who knows the ballot's id can work it out.
    pub fn of(plan_sha256: &str, ballot: &BallotId) -> Receipt {
        let mut sha = Sha256::new();
        sha.update(b"pingyi-receipt\0");
        sha.update(plan_sha256.as_bytes());
        sha.update(b"\0");
        sha.update(ballot.to_string().as_bytes());
        let digest: [u8; 32] = sha.finalize().into();
        let mut receipt = [0; 16];
        receipt.copy_from_slice(&digest[..16]);
        Receipt(receipt)
    }

    /// Reads 32 hexadecimal digits.
    pub fn parse(text: &str) -> Option<Receipt> {
        unhex(text).map(Receipt)
    }

    pub(crate) fn bytes(&self) -> [u8; 16] {
        self.0
    }
}

impl From<[u8; 16]> for Receipt {
    fn from(bytes: [u8; 16]) -> Self {
        Receipt(bytes)
    }
}

/// 32 hexadecimal digits.
impl fmt::Display for Receipt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}
