//! HMAC-SHA-256 under a key of the store's own.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// The keyed hash of parts, each ended by a zero byte; none of them holds one.
pub(crate) fn keyed_hash(key: &[u8; 32], parts: &[&str]) -> [u8; 32] {
    // A key as long as a block: HMAC fills shorter ones with zeros itself.
    let mut block = [0; 64];
    block[..32].copy_from_slice(key);
    let mut mac = Hmac::<Sha256>::new(&block.into());
    for part in parts {
        mac.update(part.as_bytes());
        mac.update(b"\0");
    }
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::keyed_hash;

    #[test]
    fn it_is_hmac_over_the_parts() {
        // By Python: hmac.new(bytes(range(32)), b"a\0bc\0", "sha256").
        let key = std::array::from_fn(|place| place as u8);
        let expected = "c27dbe7b3f32dd5fb007a67188b63798683c8fd5cf98d4ecd54a65aa1d861e78";
        assert_eq!(hex::encode(keyed_hash(&key, &["a", "bc"])), expected);
    }
}
