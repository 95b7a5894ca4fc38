//! Fingerprints of a publication: what was settled on the day of its edition, member by member.
//!
//! Owns which members are settled and how their hashes are made, so that whoever publishes and whoever checks make the
//! same. Refuses to own what stands in the members.

use document::{Value, document, open_ended};

/// Members of a publication that are settled once an edition is out. The others may change: the list of editions grows, a
/// public display ends, keys are read from where they are kept.
pub const SETTLED: [&str; 15] = [
    "plan",
    "plan_sha256",
    "result",
    "shortlist",
    "receipts",
    "publicity",
    "edition",
    "correction",
    "audit",
    "reconciliation",
    "records",
    "withheld",
    "records_sha256",
    "pinned_keys",
    "tokens",
];

document! {
    /// The hash of a settled member.
    #[derive(Eq, Debug)]
    pub struct Fingerprint {
        /// Its name.
        pub member: String,
        /// SHA-256 of its RFC 8785 form without null members.
        pub sha256: String,
    }
    shape: open_ended;
}

/// The fingerprints of those among some members that are settled, in the order of [`SETTLED`]; a null has none.
#[must_use]
pub fn fingerprints<'a>(members: impl IntoIterator<Item = (&'a str, &'a Value)>) -> Vec<Fingerprint> {
    let place = |name: &str| SETTLED.iter().position(|settled| *settled == name);
    let settled = members.into_iter().filter(|(_, value)| !matches!(value, Value::Null));
    let mut found: Vec<(usize, Fingerprint)> = settled
        .filter_map(|(name, value)| {
            Some((place(name)?, Fingerprint { member: name.to_owned(), sha256: value.sha256() }))
        })
        .collect();
    found.sort_by_key(|(place, _)| *place);
    found.into_iter().map(|(_, fingerprint)| fingerprint).collect()
}

/// One hash for all of them: that of the list as JSON. The event of publishing holds it in the plan's audit chain.
#[must_use]
pub fn publication_sha256(fingerprints: &[Fingerprint]) -> String {
    Value::of(fingerprints).sha256()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fingerprints_stand_in_one_order_and_are_of_what_is_settled() {
        let one = Value::parse(b"{\"b\":1,\"a\":null}").unwrap();
        let other = Value::parse(b"{\"b\":1}").unwrap();
        let members = [("result", &one), ("editions", &one), ("plan", &other), ("audit", &Value::Null)];
        let found = fingerprints(members);
        let names: Vec<&str> = found.iter().map(|one| one.member.as_str()).collect();
        assert_eq!(names, ["plan", "result"]);
        // Nulls say nothing: sha256 of {"b":1}, by `printf '{"b":1}' | sha256sum`.
        assert_eq!(found[0].sha256, "eb8ed3ccb5023093b56f490a46501e88d09736687e609fdbc1c71b3df8b9ccd3");
        assert_eq!(found[0].sha256, found[1].sha256);
    }
}
