//! Fingerprints of blind groups' keys: how they are made, shown, written behind a card's link and compared. The office's
//! browser, the ballot page, the server and a verifier must agree on this to the byte.
//!
//! A server that gave one voter another key than the others could tell that voter's token apart. So the fingerprint of the
//! one key of a group stands on the cards, in the public list and in the audit chain before anybody votes. Refuses to own
//! the keys themselves and the arithmetic with them.

use document::{document, open_ended};
use sha2::{Digest, Sha256};

use crate::code::{hex, unhex};

/// Digits of a fingerprint that paper shows and links carry: 160 bits. Whoever makes the keys could look for two of one
/// fingerprint, and would need 2^80 tries.
pub const SHOWN: usize = 40;

/// What stands before it behind a card's link.
const IN_LINK: &str = "&key=";

document! {
    /// `GET /api/public/{id}/keys`: the keys of a plan's blind groups, from the first code on.
    #[derive(Eq, Debug)]
    pub struct PublicKeys {
        /// The plan's id.
        pub id: String,
        /// Its title.
        pub title: String,
        /// One for each period and blind group that has codes; once the plan is open, for each. In plan order.
        pub keys: Vec<PublicKey>,
    }
    shape: open_ended;
}

document! {
    /// The one key of a blind group in a period.
    #[derive(Eq, Debug)]
    pub struct PublicKey {
        /// The period's id.
        pub period: String,
        /// The period's name.
        pub period_name: String,
        /// The group's id.
        pub group: String,
        /// The group's name.
        pub group_name: String,
        /// The public key: an element of ristretto255, 64 hexadecimal digits.
        pub key: String,
        /// SHA-256 of its 32 bytes.
        pub fingerprint: String,
    }
    shape: open_ended;
}

document! {
    /// The fingerprint of a key, as a publication has it.
    #[derive(Eq, Debug)]
    pub struct PinnedKey {
        /// The period's id.
        pub period: String,
        /// The group's id.
        pub group: String,
        /// SHA-256 of the public key's 32 bytes.
        pub fingerprint: String,
    }
    shape: open_ended;
}

/// SHA-256 of a public key's 32 bytes, in hexadecimal; `None` for what is no 64 digits.
pub fn fingerprint(key: &str) -> Option<String> {
    Some(hex(&Sha256::digest(unhex::<32>(key)?)))
}

/// A fingerprint as it is shown: its first [`SHOWN`] digits in groups of four.
pub fn shown(fingerprint: &str) -> String {
    let digits: Vec<char> = fingerprint.chars().take(SHOWN).collect();
    digits.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

/// What a card's link says behind the code. It stays behind `#`, and so out of every request.
pub fn in_link(fingerprint: &str) -> String {
    let digits: String = fingerprint.chars().take(SHOWN).collect();
    format!("{IN_LINK}{digits}")
}

/// The fingerprint that the part of a link behind `#` carries; messengers may have added something behind it. `Some` of an
/// empty text where what stands there is no fingerprint: it then agrees with no key.
pub fn of_link(fragment: &str) -> Option<String> {
    let (_, rest) = fragment.split_once(IN_LINK)?;
    let digits: String = rest.chars().take_while(char::is_ascii_hexdigit).collect();
    Some(if digits.len() == SHOWN { digits.to_ascii_lowercase() } else { String::new() })
}

/// Is it this key that a card's link names?
pub fn agrees(of_link: &str, fingerprint: &str) -> bool {
    of_link.len() == SHOWN && fingerprint.starts_with(of_link)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By `printf '%064d' 0 | xxd -r -p | sha256sum`.
    const OF_ZEROS: &str = "66687aadf862bd776c8fc18b8e9f8e20089714856ee233b3902a591d0d5f2925";

    #[test]
    fn a_fingerprint_is_the_hash_of_the_keys_bytes() {
        assert_eq!(fingerprint(&"0".repeat(64)).as_deref(), Some(OF_ZEROS));
        assert_eq!(fingerprint(&"0".repeat(63)), None);
        assert_eq!(fingerprint("x"), None);
    }

    #[test]
    fn people_compare_ten_groups_of_four() {
        assert_eq!(shown(OF_ZEROS), "6668 7aad f862 bd77 6c8f c18b 8e9f 8e20 0897 1485");
    }

    #[test]
    fn what_a_link_carries_is_read_back_whatever_stands_behind_it() {
        let link = format!("7K3M-Q2RD-9XTA-0B5C{}", in_link(OF_ZEROS));
        assert_eq!(link, "7K3M-Q2RD-9XTA-0B5C&key=66687aadf862bd776c8fc18b8e9f8e2008971485");
        for added in ["", "&nsukey=abc", "?from=singlemessage", "/"] {
            let read = of_link(&format!("{link}{added}")).unwrap();
            assert!(agrees(&read, OF_ZEROS), "{added}");
            assert!(!agrees(&read, &OF_ZEROS.replacen('6', "7", 1)), "{added}");
        }
        assert_eq!(of_link("7K3M-Q2RD-9XTA-0B5C&nsukey=1"), None);
    }

    #[test]
    fn a_fingerprint_that_was_cut_agrees_with_no_key() {
        for cut in ["&key=", "&key=6668", "&key=66687aadf862bd776c8fc18b8e9f8e2008971485f", "&key=评"] {
            let read = of_link(cut).unwrap();
            assert!(!agrees(&read, OF_ZEROS), "{cut}");
        }
    }
}
