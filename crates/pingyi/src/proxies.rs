//! Proxies in front of the server, and whose address a request has then.
//!
//! `X-Forwarded-For` is a list to which each proxy adds whom it was asked by, on the right; whatever stands further
//! left anybody may have written. So it is read from the right, and only as far as it was written by proxies that are
//! trusted.

use std::net::{IpAddr, Ipv6Addr};
use std::str::FromStr;

use axum::http::{HeaderMap, HeaderName};

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// Addresses that begin alike: `10.0.0.0/8`, `2001:db8::/32`, or one address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Network {
    /// In IPv6; IPv4 addresses are mapped.
    bits: u128,
    prefix: u32,
}

fn bits(address: IpAddr) -> u128 {
    let v6: Ipv6Addr = match address {
        IpAddr::V4(v4) => v4.to_ipv6_mapped(),
        IpAddr::V6(v6) => v6,
    };
    v6.to_bits()
}

impl Network {
    pub(crate) fn holds(&self, address: IpAddr) -> bool {
        let differ = self.bits ^ bits(address);
        self.prefix == 0 || differ >> (128 - self.prefix) == 0
    }
}

impl FromStr for Network {
    type Err = String;

    fn from_str(text: &str) -> Result<Network, String> {
        let wrong = || "应为网段，例如 10.0.0.0/8 / a network such as 10.0.0.0/8".to_owned();
        // A variable that is set to nothing names nobody: `::` is no peer's address.
        let text = if text.is_empty() { "::" } else { text };
        let (address, prefix) = match text.split_once('/') {
            Some((address, prefix)) => (address, Some(prefix.parse::<u32>().map_err(|_| wrong())?)),
            None => (text, None),
        };
        let address: IpAddr = address.parse().map_err(|_| wrong())?;
        let (longest, mapped) = if address.is_ipv4() { (32, 96) } else { (128, 0) };
        let prefix = prefix.unwrap_or(longest);
        if prefix > longest { Err(wrong()) } else { Ok(Network { bits: bits(address), prefix: prefix + mapped }) }
    }
}

/// The address of whoever made a request that `peer` handed on.
pub(crate) fn caller(peer: IpAddr, headers: &HeaderMap, trusted: &[Network]) -> IpAddr {
    let is_trusted = |address: IpAddr| trusted.iter().any(|network| network.holds(address));
    let mut caller = peer;
    // Several headers are one list. One that cannot be read was written by nobody who is trusted.
    let lists: Vec<&str> = headers.get_all(FORWARDED_FOR).iter().map(|list| list.to_str().unwrap_or("-")).collect();
    for hop in lists.iter().rev().flat_map(|list| list.rsplit(',')) {
        if !is_trusted(caller) {
            break;
        }
        match address(hop.trim()) {
            Some(address) => caller = address,
            None => break,
        }
    }
    caller
}

/// An address as proxies write it: some add a port.
fn address(text: &str) -> Option<IpAddr> {
    let socket = || text.parse::<std::net::SocketAddr>().ok().map(|socket| socket.ip());
    let bare = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text);
    bare.parse().ok().or_else(socket)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn network(text: &str) -> Network {
        text.parse().unwrap()
    }

    fn asked(peer: &str, lists: &[&str], trusted: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for list in lists {
            headers.append(FORWARDED_FOR, list.parse().unwrap());
        }
        let trusted: Vec<Network> = trusted.iter().map(|text| network(text)).collect();
        caller(peer.parse().unwrap(), &headers, &trusted).to_string()
    }

    #[test]
    fn a_network_holds_what_begins_alike() {
        for (text, inside, outside) in [
            ("10.0.0.0/8", "10.255.0.1", "11.0.0.0"),
            ("192.0.2.128/25", "192.0.2.255", "192.0.2.127"),
            ("192.0.2.7", "192.0.2.7", "192.0.2.6"),
            ("2001:db8::/32", "2001:db8:ffff::1", "2001:db9::"),
            ("::1", "::1", "::2"),
            ("127.0.0.0/8", "::ffff:127.0.0.1", "::1"),
        ] {
            assert!(network(text).holds(inside.parse().unwrap()), "{text} {inside}");
            assert!(!network(text).holds(outside.parse().unwrap()), "{text} {outside}");
        }
        assert!(network("0.0.0.0/0").holds("203.0.113.9".parse().unwrap()));
        assert!(!network("0.0.0.0/0").holds("2001:db8::1".parse().unwrap()));
        assert!(network("::/0").holds("203.0.113.9".parse().unwrap()));
        assert!(!network("").holds("127.0.0.1".parse().unwrap()));
        for wrong in ["10.0.0.0/33", "::/129", "10.0.0.0/", "10.0.0/8", "proxy.example", "10.0.0.0/-1"] {
            assert!(wrong.parse::<Network>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn only_a_trusted_peer_speaks_for_somebody_else() {
        assert_eq!(asked("198.51.100.4", &["203.0.113.9"], &["10.0.0.0/8"]), "198.51.100.4");
        assert_eq!(asked("10.0.0.1", &["203.0.113.9"], &[]), "10.0.0.1");
        assert_eq!(asked("10.0.0.1", &["203.0.113.9"], &["10.0.0.0/8"]), "203.0.113.9");
        assert_eq!(asked("10.0.0.1", &[], &["10.0.0.0/8"]), "10.0.0.1");
    }

    #[test]
    fn what_a_visitor_wrote_left_of_the_proxies_counts_for_nothing() {
        let trusted = ["10.0.0.0/8", "2001:db8::/32"];
        assert_eq!(asked("10.0.0.1", &["192.0.2.1, 203.0.113.9"], &trusted), "203.0.113.9");
        assert_eq!(asked("10.0.0.1", &["192.0.2.1, 203.0.113.9, 10.0.0.2"], &trusted), "203.0.113.9");
        assert_eq!(asked("10.0.0.1", &["192.0.2.1", "203.0.113.9", "[2001:db8::7]:443"], &trusted), "203.0.113.9");
        // All are proxies: the first of them asks for itself.
        assert_eq!(asked("10.0.0.1", &["10.0.0.3, 10.0.0.2"], &trusted), "10.0.0.3");
        // What is no address ends what can be trusted.
        assert_eq!(asked("10.0.0.1", &["203.0.113.9, unknown, 10.0.0.2"], &trusted), "10.0.0.2");
        assert_eq!(asked("10.0.0.1", &["203.0.113.9:4711"], &trusted), "203.0.113.9");
    }
}
