//! A blind group's code becomes a token before the first mark: the server evaluates what it cannot read,
//! and when the ballot comes it cannot tell whose it is.
//!
//! What was drawn is kept on the phone before anything is asked: if the answer is lost, the same question
//! brings it again, and a code is never exchanged for a token that nobody holds.

use frame::{
    part::{self, Part},
    server::{self, Refusal},
};
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};
use wire::{
    ballot::{BallotToken, BlindKey, TokenAnswer, TokenRequest},
    blind_key::{self, PublicKey, PublicKeys},
    code::hex,
};

use crate::draft::{Draft, Key};

const BLIND: Part = Part { named_by: "data-blind", offered_as: "pingyiBlind", event: "pingyi-blind" };
/// Bytes sent, at the end of what `blind` draws.
const BLINDED: usize = 32;
/// Bytes of the nonce, at the front of what `unblind` gives.
const NONCE: usize = 32;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = pingyiBlind, catch)]
    fn blind() -> Result<Vec<u8>, JsValue>;
    #[wasm_bindgen(js_namespace = pingyiBlind, catch)]
    fn unblind(kept: &[u8], evaluated: &[u8], proof: &[u8], key: &[u8]) -> Result<Vec<u8>, JsValue>;
}

/// Why a code did not become a token.
pub enum NoToken {
    /// The server refused, or was not reached.
    Refused(Refusal),
    /// The bundle did not load, or the browser draws no keys.
    NoTool,
    /// The server answered with another key than the group's: it could tell voters apart.
    WrongKey,
    /// The key of the paper is not the one whose fingerprint the card names.
    NotOnCard,
    /// The key of the paper is not the one in the public list.
    NotInList,
}

/// Holds the key that the paper names against the card and against the public list, before anything is exchanged: a server
/// that gave one voter another key could tell that voter's ballot from the others. What the card says is not sent anywhere,
/// and the list is asked for as anybody asks for it.
pub async fn compare(plan: &str, group: &BlindKey, pin: Option<&str>) -> Result<(), NoToken> {
    let found = blind_key::fingerprint(&group.key).ok_or(NoToken::WrongKey)?;
    if pin.is_some_and(|pin| !blind_key::agrees(pin, &found)) {
        return Err(NoToken::NotOnCard);
    }
    let listed = match server::get::<PublicKeys>(&format!("/api/public/{plan}/keys")).await {
        Ok(answer) => answer.body.keys,
        Err(refusal) if refusal.passes() => return Err(NoToken::Refused(refusal)),
        Err(_) => return Err(NoToken::NotInList),
    };
    let is_it = |key: &PublicKey| key.period == group.period && key.group == group.group && key.fingerprint == found;
    if listed.iter().any(is_it) { Ok(()) } else { Err(NoToken::NotInList) }
}

/// Gives the draft its token, unless it has one. The draft is kept at each step.
pub async fn exchange(plan: &str, code: &str, key: &Key, group: &BlindKey, draft: &mut Draft) -> Result<(), NoToken> {
    if draft.token.is_some() {
        return Ok(());
    }
    if !part::load(&BLIND).await {
        return Err(NoToken::NoTool);
    }
    if draft.blinding.is_none() {
        let made = blind().map_err(|_| NoToken::NoTool)?;
        if made.len() <= BLINDED {
            return Err(NoToken::NoTool);
        }
        draft.blinding = Some(hex(&made));
        draft.keep(key);
    }
    let made = draft.blinding.as_deref().and_then(bytes).ok_or(NoToken::NoTool)?;
    let (kept, blinded) = made.split_at(made.len().saturating_sub(BLINDED));
    let request = TokenRequest { plan: plan.to_owned(), code: code.to_owned(), blinded: hex(blinded) };
    let answer = server::post::<TokenAnswer>("/api/tokens", &request).await.map_err(NoToken::Refused)?.body;
    let part = |text: &str| bytes(text).ok_or(NoToken::WrongKey);
    let (evaluated, proof, public) = (part(&answer.evaluated)?, part(&answer.proof)?, part(&group.key)?);
    let token = unblind(kept, &evaluated, &proof, &public).map_err(|_| NoToken::NoTool)?;
    let (nonce, output) = token.split_at_checked(NONCE).ok_or(NoToken::WrongKey)?;
    draft.token = Some(BallotToken {
        period: group.period.clone(),
        group: group.group.clone(),
        nonce: hex(nonce),
        output: hex(output),
    });
    draft.blinding = None;
    draft.keep(key);
    Ok(())
}

/// Bytes of hexadecimal digits.
fn bytes(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> =
        text.chars().map(|digit| digit.to_digit(16).and_then(|digit| u8::try_from(digit).ok())).collect();
    let digits = digits.filter(|digits| digits.len() % 2 == 0)?;
    Some(digits.chunks(2).map(|pair| pair.iter().fold(0, |byte, digit| byte << 4 | digit)).collect())
}

#[cfg(test)]
mod tests {
    use super::bytes;

    #[test]
    fn hexadecimal_digits_are_read_as_bytes_and_nothing_else_is() {
        assert_eq!(bytes("00ff1A"), Some(vec![0, 255, 26]));
        assert_eq!(bytes("0"), None);
        assert_eq!(bytes("0g"), None);
        assert_eq!(bytes("验证"), None);
    }
}
