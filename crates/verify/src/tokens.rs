//! Blind groups: that the published keys are those which were pinned before the vote, and that every token that cast a ballot
//! was made by its group's key, once, as many as the books have.

use std::collections::BTreeMap;

use document::Value;
use scoring::plan_document::BallotKind;
use text::verify as words;
use voprf::{Group as _, Ristretto255, VoprfServer};
use wire::ballot::BlindKey;
use wire::blind_key::{PinnedKey, fingerprint};
use wire::code::{hex, unhex};
use wire::reconciliation::Reconciliation;
use wire::spent_token::{NONCE, OUTPUT, SpentToken, TokenList, TokensPart, list_sha256, order};

use crate::Publication;
use crate::report::{Line, Report};

/// A key with its secret half.
type Key = VoprfServer<Ristretto255>;

/// Period and group.
type Place<'a> = (&'a str, &'a str);

/// Reads a part of the spent tokens, as `GET /api/public/{id}/tokens` answers it.
///
/// # Errors
/// What is wrong with it.
pub fn read_tokens(text: &[u8]) -> Result<TokensPart, Vec<Line>> {
    let value = crate::read(text).map_err(|line| vec![line])?;
    let mut problems = Vec::new();
    let part = <TokensPart as document::Read>::read(&value.tree(), &document::Path::Root, &mut problems);
    let lines = || problems.iter().map(|problem| Line::problem("", problem)).collect();
    part.filter(|_| problems.is_empty()).ok_or_else(lines)
}

/// The key of 64 hexadecimal digits.
fn secret_key(digits: &str) -> Option<Key> {
    VoprfServer::new_with_key(&unhex::<32>(digits)?).ok()
}

fn public_half(key: &Key) -> String {
    hex(&Ristretto255::serialize_elem(key.get_public_key()))
}

impl Publication<'_> {
    /// The keys that blind groups voted under.
    pub(crate) fn keys(&self, report: &mut Report) {
        let before = report.faults.len();
        let Some(keys) = self.strict::<Vec<BlindKey>>("blind_keys", report).filter(|keys| !keys.is_empty()) else {
            // Without blind groups there are no keys on either side.
            let pins = self
                .member("pinned_keys")
                .is_some_and(|pinned| !matches!(pinned, Value::List(none) if none.is_empty()));
            if pins {
                report.faults.push(Line::at("/blind_keys", words::MISSING));
            }
            return;
        };
        let on_display = matches!(self.member("edition"), Some(Value::Int(0)));
        for (place, key) in keys.iter().enumerate() {
            let path = format!("/blind_keys/{place}");
            match &key.secret {
                None if on_display => {}
                None => report.faults.push(Line::at(format!("{path}/secret"), words::MISSING)),
                Some(secret) if secret_key(secret).map(|key| public_half(&key)).as_ref() == Some(&key.key) => {}
                Some(_) => report.faults.push(Line::at(format!("{path}/secret"), words::SECRET_DIFFERS)),
            }
        }
        let Some(pinned) = self.document::<Vec<PinnedKey>>("pinned_keys", report) else {
            report.unchecked.push(Line::at("/blind_keys", words::BLIND_KEYS));
            return;
        };
        for (place, key) in keys.iter().enumerate() {
            let is_it = |one: &&PinnedKey| one.period == key.period && one.group == key.group;
            let found = fingerprint(&key.key);
            if pinned.iter().find(is_it).map(|one| &one.fingerprint) != found.as_ref() {
                report.faults.push(Line::at(format!("/blind_keys/{place}"), words::KEY_DIFFERS));
            }
        }
        if keys.len() != pinned.len() {
            report.faults.push(Line::with("/blind_keys", words::KEY_DIFFERS, pinned.len()));
        }
        if report.faults.len() == before {
            report.checked.push(Line::with("/blind_keys", words::KEYS_HOLD, keys.len()));
        }
    }

    /// The tokens that cast ballots.
    pub(crate) fn tokens(&self, report: &mut Report) {
        let before = report.faults.len();
        let Some(lists) = self.document::<Vec<TokenList>>("tokens", report) else { return self.no_tokens(report) };
        self.numbers(&lists, report);
        let inside = self.strict::<Vec<SpentToken>>("spent_tokens", report).unwrap_or_default();
        let elsewhere = self.member("tokens_at").is_some();
        if elsewhere && self.elsewhere.is_empty() {
            for member in ["tokens_at", "spent_tokens"] {
                report.unchecked.push(Line::at(format!("/{member}"), words::TOKENS_ELSEWHERE));
            }
            return;
        }
        if elsewhere {
            report.unchecked.push(Line::at("/tokens_at", words::TOKENS_ELSEWHERE));
        }
        let tokens = if elsewhere { &self.elsewhere } else { &inside };
        let found = self.each_token(&lists, tokens, report);
        for (place, list) in lists.iter().enumerate() {
            let bytes = found.get(&place).map(Vec::as_slice).unwrap_or_default();
            let number = (bytes.len() / (NONCE + OUTPUT)) as u64;
            if number != list.listed {
                report.faults.push(Line::with(format!("/tokens/{place}"), words::TOKENS_NUMBER, number));
            } else if list_sha256(bytes) != list.sha256 {
                report.faults.push(Line::at(format!("/tokens/{place}/sha256"), words::FINGERPRINT_DIFFERS));
            }
        }
        if report.faults.len() == before {
            report.checked.push(Line::with("/tokens", words::TOKENS_HOLD, tokens.len()));
        }
    }

    /// Where no lists were published.
    fn no_tokens(&self, report: &mut Report) {
        for member in ["spent_tokens", "tokens_at"].into_iter().filter(|member| self.member(member).is_some()) {
            report.faults.push(Line::at(format!("/{member}"), words::MISSING));
        }
        let Some(Ok(books)) = self.member("reconciliation").map(Reconciliation::read) else { return };
        let spent = |group: &wire::reconciliation::GroupBooks| group.tokens.is_some_and(|tokens| tokens > 0);
        // On public display there are none yet.
        if books.groups.iter().any(spent) && self.member("announced").is_none() {
            let pinned = self.member("pinned_keys").is_some();
            let line = Line::at("/tokens", if pinned { words::MISSING } else { words::NO_TOKENS });
            if pinned { &mut report.faults } else { &mut report.unchecked }.push(line);
        }
    }

    /// Their numbers, held against the books.
    fn numbers(&self, lists: &[TokenList], report: &mut Report) {
        let books = match self.member("reconciliation").map(Reconciliation::read) {
            Some(Ok(books)) => books,
            _ => Reconciliation { groups: Vec::new(), differences: Vec::new(), accepted: None },
        };
        // All tokens of a plan whose keys were pinned were kept.
        let kept = self.member("pinned_keys").is_some();
        let mut seen: Vec<Place<'_>> = Vec::new();
        for (place, list) in lists.iter().enumerate() {
            let path = format!("/tokens/{place}");
            let at = (list.period.as_str(), list.group.as_str());
            let of = books.groups.iter().find(|books| (books.period.as_str(), books.group.as_str()) == at);
            let spent = of.and_then(|books| books.tokens);
            if seen.contains(&at) || spent.is_none_or(|spent| list.listed > spent || kept && list.listed < spent) {
                report.faults.push(Line::with(path, words::TOKENS_IN_BOOKS, list.listed));
            } else if let Some(lacking) = spent.and_then(|spent| spent.checked_sub(list.listed)).filter(|n| *n > 0) {
                report.unchecked.push(Line::with(path, words::NO_TOKENS, lacking));
            }
            seen.push(at);
        }
        for (place, group) in books.groups.iter().enumerate() {
            let blind = self.plan.groups().iter().any(|one| one.id == group.group && one.ballot == BallotKind::Blind);
            let at = (group.period.as_str(), group.group.as_str());
            match group.tokens {
                _ if !blind || seen.contains(&at) => {}
                None => {
                    let path = format!("/reconciliation/groups/{place}/tokens");
                    report.unchecked.push(Line::at(path, words::TOKENS_FEW));
                }
                Some(_) => report.faults.push(Line::at("/tokens", words::MISSING)),
            }
        }
    }

    /// Checks each token, and answers those of each list, one behind the other.
    fn each_token(&self, lists: &[TokenList], tokens: &[SpentToken], report: &mut Report) -> BTreeMap<usize, Vec<u8>> {
        let keys: Vec<BlindKey> = self.member("blind_keys").and_then(Value::to).unwrap_or_default();
        let key_of = |list: &TokenList| {
            let key = keys.iter().find(|key| key.period == list.period && key.group == list.group)?;
            secret_key(key.secret.as_deref()?)
        };
        let of_lists: Vec<Option<Key>> = lists.iter().map(key_of).collect();
        let mut found: BTreeMap<usize, Vec<u8>> = BTreeMap::new();
        let mut last: Option<(usize, [u8; 32])> = None;
        for (number, token) in tokens.iter().enumerate() {
            let path = format!("/spent_tokens/{number}");
            let list = lists.iter().position(|list| list.period == token.period && list.group == token.group);
            let both = written::<NONCE>(&token.nonce).zip(written::<OUTPUT>(&token.output));
            let (Some(list), Some((nonce, output))) = (list, both) else {
                report.faults.push(Line::at(path, words::NO_TOKEN));
                continue;
            };
            let here = (list, order(&token.period, &token.group, &nonce));
            if last.is_some_and(|last| last >= here) {
                report.faults.push(Line::at(path.clone(), words::TOKEN_TWICE));
            }
            last = Some(here);
            let made = of_lists.get(list).and_then(Option::as_ref).and_then(|key| key.evaluate(&nonce).ok());
            if made.is_none_or(|made| made[..] != output[..]) {
                report.faults.push(Line::at(path, words::TOKEN_DIFFERS));
            }
            let bytes = found.entry(list).or_default();
            bytes.extend_from_slice(&nonce);
            bytes.extend_from_slice(&output);
        }
        found
    }
}

/// Bytes, where they are written in the one way.
fn written<const N: usize>(digits: &str) -> Option<[u8; N]> {
    unhex::<N>(digits).filter(|bytes| hex(bytes) == digits)
}
