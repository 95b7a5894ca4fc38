//! The address that opened the ballot, as messengers leave it: `#` written as `%23` or as the full-width `＃`, a slash
//! before it, `&nsukey=…` or `?from=…` behind it.
//!
//! Owns which part of an address is the plan and which the code or the public link. Refuses to own what a code is
//! (`wire::code`), and what a fingerprint (`wire::blind_key`).

use wire::blind_key;

/// What an address says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Address {
    /// The plan's id.
    pub plan: String,
    /// The code or the public link; empty where there is none.
    pub fragment: String,
    /// The fingerprint of its group's key that a card's link names.
    pub pin: Option<String>,
}

/// What a card says: a code, and the fingerprint of its group's key where it is in the link.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Card {
    /// The code, normalised.
    pub code: String,
    /// The fingerprint.
    pub pin: Option<String>,
}

impl Card {
    /// As a tab remembers it.
    pub fn kept(&self) -> String {
        format!("{}{}", self.code, self.pin.as_deref().map(blind_key::in_link).unwrap_or_default())
    }

    /// As it was remembered.
    pub fn of_kept(text: &str) -> Card {
        Card { code: without_additions(text).to_owned(), pin: blind_key::of_link(text) }
    }
}

impl Address {
    /// Reads the path and what stands behind `#` in the address bar.
    pub fn read(path: &str, hash: &str) -> Address {
        let path = decoded(path);
        let (before, after) = path.split_once(['#', '＃']).unwrap_or((&path, ""));
        let before = before.split(['&', '?', '=']).next().unwrap_or_default();
        let plan = before.trim_end_matches('/').rsplit('/').next().unwrap_or_default().to_owned();
        let hash = decoded(hash);
        let hash = hash.trim_start_matches(['#', '＃', '/']);
        let fragment = if hash.is_empty() { after } else { hash };
        Address { plan, fragment: without_additions(fragment).to_owned(), pin: blind_key::of_link(fragment) }
    }

    /// The address to show and to ask from: without the code, and without what was added to it.
    pub fn plain(&self) -> String {
        format!("/ballot/{}", self.plan)
    }
}

/// The code in a text that somebody pasted, a whole link or the code alone, and the fingerprint that came with it.
pub fn code_in(text: &str) -> (String, Option<String>) {
    let text = decoded(text);
    let fragment = text.rsplit(['#', '＃']).next().unwrap_or_default();
    (without_additions(fragment).to_owned(), blind_key::of_link(fragment))
}

/// What messengers append to a link ends it.
fn without_additions(text: &str) -> &str {
    text.split(['&', '?', '=']).next().unwrap_or_default().trim_matches('/')
}

/// Percent signs undone, as far as they spell text.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [byte, after @ ..] = rest {
        let two = after.get(..2).and_then(|two| std::str::from_utf8(two).ok());
        match two.filter(|_| *byte == b'%').and_then(|two| u8::from_str_radix(two, 16).ok()) {
            Some(undone) => {
                bytes.push(undone);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*byte);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_read_as_messengers_leave_them() {
        let code = "7K3M-Q2RD-9XTA-0B5C";
        for (path, hash) in [
            ("/ballot/p1", "7K3M-Q2RD-9XTA-0B5C"),
            ("/ballot/p1/", "7K3M-Q2RD-9XTA-0B5C"),
            ("/ballot/p1", "/7K3M-Q2RD-9XTA-0B5C"),
            ("/ballot/p1%237K3M-Q2RD-9XTA-0B5C", ""),
            ("/ballot/p1%EF%BC%837K3M-Q2RD-9XTA-0B5C", ""),
            ("/ballot/p1＃7K3M-Q2RD-9XTA-0B5C", ""),
            ("/ballot/p1/%237K3M-Q2RD-9XTA-0B5C", ""),
            ("/ballot/p1", "7K3M-Q2RD-9XTA-0B5C&nsukey=abc%2F"),
            ("/ballot/p1", "7K3M-Q2RD-9XTA-0B5C?from=singlemessage"),
            ("/ballot/p1%237K3M-Q2RD-9XTA-0B5C&nsukey=abc", ""),
            ("/ballot/p1", "%237K3M-Q2RD-9XTA-0B5C"),
            ("/ballot/p1&nsukey=a", "7K3M-Q2RD-9XTA-0B5C"),
            ("/ballot/p1%3Ffrom=x", "7K3M-Q2RD-9XTA-0B5C"),
            ("/ballot/p1/?from=x%237K3M-Q2RD-9XTA-0B5C", ""),
        ] {
            let read = Address::read(path, hash);
            assert_eq!((read.plan.as_str(), read.fragment.as_str()), ("p1", code), "{path} {hash}");
            assert_eq!(read.plain(), "/ballot/p1");
        }
        assert_eq!(code_in("https://x.cn/ballot/p1%237K3M-Q2RD-9XTA-0B5C&nsukey=a"), (code.to_owned(), None));
        assert_eq!(code_in(code), (code.to_owned(), None));
        let link = Address::read("/ballot/p1", "open/year/citizens?from=timeline");
        assert_eq!(link.fragment, "open/year/citizens");
        assert_eq!(Address::read("/ballot/p1", "").fragment, "");
        assert_eq!(Address::read("/ballot/p1", "").pin, None);
        assert_eq!(Address::read("/ballot/100%", "").plan, "100%");
    }

    #[test]
    fn the_fingerprint_of_a_cards_link_is_read_however_the_link_came() {
        let pin = "66687aadf862bd776c8fc18b8e9f8e2008971485";
        for (path, hash) in [
            ("/ballot/p1", format!("7K3M-Q2RD-9XTA-0B5C&key={pin}")),
            ("/ballot/p1", format!("7K3M-Q2RD-9XTA-0B5C%26key%3D{pin}&nsukey=abc")),
            (&*format!("/ballot/p1%237K3M-Q2RD-9XTA-0B5C&key={pin}"), String::new()),
        ] {
            let read = Address::read(path, &hash);
            assert_eq!(read.fragment, "7K3M-Q2RD-9XTA-0B5C");
            assert_eq!(read.pin.as_deref(), Some(pin), "{path} {hash}");
        }
        // A link that was cut is no link without a fingerprint.
        assert_eq!(Address::read("/ballot/p1", "7K3M-Q2RD-9XTA-0B5C&key=6668").pin.as_deref(), Some(""));
        let card = Card { code: "7K3MQ2RD9XTA0B5C".to_owned(), pin: Some(pin.to_owned()) };
        assert_eq!(Card::of_kept(&card.kept()), card);
        let plain = Card { pin: None, ..card };
        assert_eq!(Card::of_kept(&plain.kept()), plain);
    }
}
