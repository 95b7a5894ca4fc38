//! The address in the QR codes: what may stand there, and the one that this device used last.

use frame::saved::{self, For};
use text::{Text, office_codes as words};

const KEPT: &str = "pingyi-card-address";

/// The address without what is too much at its ends, if a phone's browser can open it.
pub fn read(typed: &str) -> Result<String, Text> {
    let base = typed.trim().trim_end_matches('/');
    let lower = base.to_ascii_lowercase();
    let Some(rest) = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://")) else {
        return Err(words::LINK_BASE_SCHEME);
    };
    let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
    let (host, port) = match authority.rsplit_once(':') {
        // The colons of an address in brackets are its own.
        Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
        _ => (authority, None),
    };
    let bracketed = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
    let is_host = bracketed.map_or_else(
        || {
            host.split('.')
                .all(|part| !part.is_empty() && part.chars().all(|sign| sign.is_alphanumeric() || sign == '-'))
        },
        |host| host.parse::<std::net::Ipv6Addr>().is_ok(),
    );
    let is_port = port.is_none_or(|port| port.parse::<u16>().is_ok_and(|port| port > 0));
    let is_path =
        !path.contains(|sign: char| sign.is_whitespace() || matches!(sign, '?' | '#' | '\\' | '"' | '<' | '>'));
    if is_host && is_port && is_path { Ok(base.to_owned()) } else { Err(words::LINK_BASE_BAD) }
}

/// Does the address lead to the device itself?
pub fn is_local(base: &str) -> bool {
    ["localhost", "127.0.0.1", "[::1]"].iter().any(|host| base.contains(host))
}

/// The address that cards were last made with on this device.
pub fn remembered() -> Option<String> {
    saved::read(For::Longer, KEPT).filter(|base| read(base).is_ok())
}

/// Keeps the address for the next cards.
pub fn remember(base: &str) {
    saved::write(For::Longer, KEPT, base);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_of_the_web_is_taken_without_its_last_slash() {
        assert_eq!(read(" https://pingyi.example.cn/ "), Ok("https://pingyi.example.cn".into()));
        assert_eq!(read("http://192.168.1.5:3000"), Ok("http://192.168.1.5:3000".into()));
        assert_eq!(read("http://[::1]:3000"), Ok("http://[::1]:3000".into()));
        assert_eq!(read("https://评议.中国/a"), Ok("https://评议.中国/a".into()));
    }

    #[test]
    fn what_no_phone_can_open_is_refused() {
        for typed in ["", "https://", "pingyi.example.cn", "ftp://a.cn", "javascript:alert(1)"] {
            assert_eq!(read(typed), Err(words::LINK_BASE_SCHEME), "{typed}");
        }
        for typed in [
            "https://a b.cn",
            "https://a..cn",
            "https://a.cn:0",
            "https://a.cn:x",
            "https://a.cn/#x",
            "https://me@a.cn",
        ] {
            assert_eq!(read(typed), Err(words::LINK_BASE_BAD), "{typed}");
        }
    }
}
