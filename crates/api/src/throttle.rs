//! Throttling: failures are counted, and codes that are issued on demand; ballots never are.
//!
//! An office shares one address, so a right code always gets through: only a wrong one is told to wait. A password is
//! guessed against one name, so there even the right one has to wait, but only on the network that guessed.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use store::{PlanId, Scope, Store};
use wire::ErrorCode;

use crate::limits::{MOST_ISSUED, MOST_ISSUED_TO_ANYONE, MOST_OBJECTIONS, MOST_OBJECTIONS_OF_ANYONE, MOST_WRONG_CODES};
use crate::refusal::Refusal;
use crate::state::ClientAddress;

/// Who is asked to wait: the caller's address, or everyone without one.
pub(crate) struct Caller(String);

impl<S: Send + Sync> FromRequestParts<S> for Caller {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        let address = parts.extensions.get::<ClientAddress>().map_or("", |address| &address.0);
        Ok(Caller(network(address)))
    }
}

impl Caller {
    /// Where they call from.
    pub(crate) fn network(&self) -> &str {
        &self.0
    }

    /// What tries to sign in are counted under: name, network, and the password that was tried against. A stranger
    /// elsewhere uses up none of the office's tries, and a new password begins with none used.
    pub(crate) fn signing_in(&self, name: &str, password_version: u64) -> String {
        format!("{} {password_version} {name}", self.0)
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

/// Counts a wrong code, or work that was not done; the refusal is [`ErrorCode::TooManyAttempts`] when there were too many.
pub(crate) async fn wrong_code(store: &Store, caller: &Caller, refusal: Refusal) -> Refusal {
    if !matches!(refusal.code, ErrorCode::UnknownCode | ErrorCode::ChallengeFailed) {
        return refusal;
    }
    match store.count_up_to(Scope::Code, &caller.0, MOST_WRONG_CODES).await {
        Ok(false) => ErrorCode::TooManyAttempts.into(),
        // Throttling that fails must not keep anybody from voting.
        _ => refusal,
    }
}

/// Codes of an open group of a plan, on demand.
pub(crate) struct Issuing<'a> {
    pub(crate) plan: &'a PlanId,
    pub(crate) group: &'a str,
    /// How many the plan lets one network have in a day, if it says so.
    pub(crate) per_network: Option<u64>,
}

impl Issuing<'_> {
    fn to(&self, caller: &Caller) -> String {
        format!("{} {} {}", self.plan, self.group, caller.0)
    }

    fn most(&self, caller: &Caller) -> u64 {
        let most = self.per_network.unwrap_or(MOST_ISSUED);
        if caller.0.is_empty() { most.max(MOST_ISSUED_TO_ANYONE) } else { most }
    }
}

/// Counts a code that is issued on demand, before it is issued: of requests side by side no more are let through than of
/// requests one by one.
pub(crate) async fn count_issuing(store: &Store, issuing: &Issuing<'_>, caller: &Caller) -> Result<(), Refusal> {
    let most = issuing.most(caller);
    // Throttling that fails must not keep anybody from voting.
    let more = store.count_up_to(Scope::Issue, &issuing.to(caller), most).await.unwrap_or(true);
    if more { Ok(()) } else { Err(ErrorCode::ChannelBusy.into()) }
}

/// Gives back what was counted for a code that another request of the same browser had issued by then.
pub(crate) async fn give_back_issuing(store: &Store, issuing: &Issuing<'_>, caller: &Caller) {
    // As above.
    let _ = store.count_one_less(Scope::Issue, &issuing.to(caller)).await;
}

/// Counts an objection from a network, unless there were as many today as one may make.
pub(crate) async fn count_objection(store: &Store, plan: &PlanId, caller: &Caller) -> Result<(), Refusal> {
    let most = if caller.0.is_empty() { MOST_OBJECTIONS_OF_ANYONE } else { MOST_OBJECTIONS };
    if store.count_up_to(Scope::Objection, &format!("{plan} {}", caller.0), most).await? {
        Ok(())
    } else {
        Err(ErrorCode::TooManyObjections.into())
    }
}

#[cfg(test)]
mod tests {
    use engine::Engine;
    use store::{PlanId, Store};
    use wire::ErrorCode;

    use super::{Caller, Issuing, count_issuing, give_back_issuing, network};

    #[tokio::test]
    async fn one_network_gets_three_hundred_codes_a_day_or_what_the_plan_says_and_anyone_many_without_an_address() {
        let store = Store::embedded(Engine::memory().http_client());
        store.create_tables().await.unwrap();
        let [plan, other] = ["0000000000000001", "0000000000000002"].map(|id| PlanId::parse(id).unwrap());
        let [caller, neighbour, unknown] = ["192.0.2.1", "192.0.2.2", ""].map(|address| Caller(address.to_owned()));
        let issuing = |plan, group, per_network| Issuing { plan, group, per_network };
        let usual = issuing(&plan, "all", None);
        for _ in 0..300 {
            count_issuing(&store, &usual, &caller).await.unwrap();
            count_issuing(&store, &usual, &unknown).await.unwrap();
        }
        for per_network in [None, Some(2), Some(300)] {
            let refused = count_issuing(&store, &issuing(&plan, "all", per_network), &caller).await.unwrap_err();
            assert_eq!(refused.code, ErrorCode::ChannelBusy);
        }
        let one_more = issuing(&plan, "all", Some(301));
        count_issuing(&store, &one_more, &caller).await.unwrap();
        assert!(count_issuing(&store, &one_more, &caller).await.is_err());
        give_back_issuing(&store, &one_more, &caller).await;
        count_issuing(&store, &one_more, &caller).await.unwrap();
        for (plan, group, caller) in
            [(&plan, "all", &neighbour), (&other, "all", &caller), (&plan, "guests", &caller), (&plan, "all", &unknown)]
        {
            count_issuing(&store, &issuing(plan, group, None), caller).await.unwrap();
        }
    }

    #[test]
    fn an_ipv6_caller_is_its_network() {
        assert_eq!(network("2001:db8:1:2:3:4:5:6"), network("2001:db8:1:2::9"));
        assert_ne!(network("2001:db8:1:2::"), network("2001:db8:1:3::"));
        assert_eq!(network("::ffff:192.0.2.7"), "192.0.2.7");
        assert_eq!(network("192.0.2.7"), "192.0.2.7");
    }
}
