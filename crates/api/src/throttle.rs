//! Throttling: failures are counted, successes never are.
//!
//! An office shares one address, so a right code always gets through: only a wrong one is told to
//! wait. A password is guessed against one name, so there even the right one has to wait.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use store::{Scope, Store};
use wire::ErrorCode;

use crate::refusal::Refusal;
use crate::state::ClientAddress;

/// Wrong passwords for one name within 15 minutes.
pub(crate) const MOST_WRONG_PASSWORDS: u64 = 10;

/// Wrong codes from one address within 15 minutes. A code has 80 bits: the limit spares the
/// database, not the codes.
pub(crate) const MOST_WRONG_CODES: u64 = 60;

/// Who is asked to wait: the caller's address, or everyone without one.
pub(crate) struct Caller(String);

impl<S: Send + Sync> FromRequestParts<S> for Caller {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        let address = parts.extensions.get::<ClientAddress>().map_or("", |address| &address.0);
        Ok(Caller(network(address)))
    }
}

/// An IPv4 address as it is, an IPv6 address by its /64: one caller has them all.
fn network(address: &str) -> String {
    match address.parse::<std::net::Ipv6Addr>() {
        Ok(v6) => match v6.to_ipv4_mapped() {
            Some(v4) => v4.to_string(),
            None => v6.segments()[..4].iter().map(|part| format!("{part:x}:")).collect(),
        },
        Err(_) => address.to_owned(),
    }
}

/// Counts a wrong code; the refusal is [`ErrorCode::TooManyAttempts`] when there were too many.
pub(crate) async fn wrong_code(store: &Store, caller: &Caller, refusal: Refusal) -> Refusal {
    if refusal.code != ErrorCode::UnknownCode {
        return refusal;
    }
    match store.count_failure(Scope::Code, &caller.0).await {
        Ok(failures) if failures > MOST_WRONG_CODES => ErrorCode::TooManyAttempts.into(),
        // Throttling that fails must not keep anybody from voting.
        _ => refusal,
    }
}

#[cfg(test)]
mod tests {
    use super::network;

    #[test]
    fn an_ipv6_caller_is_its_network() {
        assert_eq!(network("2001:db8:1:2:3:4:5:6"), network("2001:db8:1:2::9"));
        assert_ne!(network("2001:db8:1:2::"), network("2001:db8:1:3::"));
        assert_eq!(network("::ffff:192.0.2.7"), "192.0.2.7");
        assert_eq!(network("192.0.2.7"), "192.0.2.7");
    }
}
