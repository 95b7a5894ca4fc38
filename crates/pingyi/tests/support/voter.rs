//! Voters of every kind of group, over HTTP: with a code, with a blinded token, with an open group's link.

use axum::http::header::SET_COOKIE;
use rand_core::{OsRng, RngCore};
use serde_json::{Value, json};
use voprf::{BlindedElement, EvaluationElement, Group, Proof, Ristretto255, VoprfClient};
use wire::code::{hex, unhex};
use wire::open_code::{Challenge, search};

use crate::client::Client;

/// A ballot with one mark for each of two units, on the component that its group marks.
pub fn ballot(plan: &str, group: &str, credential: Value, (forestry, building): (&str, &str)) -> Value {
    let component = if ["clients", "visitors"].contains(&group) { "service" } else { "internal" };
    let mark =
        |unit: &str, option: &str| json!({ "component": component, "unit": unit, "criterion": null, "option": option });
    let mut number = [0; 16];
    OsRng.fill_bytes(&mut number);
    let mut sent = credential;
    sent["plan"] = json!(plan);
    sent["ballot_id"] = json!(hex(&number));
    sent["marks"] = json!([mark("forestry", forestry), mark("building", building)]);
    sent
}

/// A blind group's voter, between the code and the token.
pub struct BlindVoter {
    nonce: [u8; 32],
    state: VoprfClient<Ristretto255>,
    blinded: BlindedElement<Ristretto255>,
}

impl BlindVoter {
    pub fn new() -> BlindVoter {
        let mut nonce = [0; 32];
        OsRng.fill_bytes(&mut nonce);
        let blind = VoprfClient::<Ristretto255>::blind(&nonce, &mut OsRng).unwrap();
        BlindVoter { nonce, state: blind.state, blinded: blind.message }
    }

    pub fn request(&self, plan: &str, code: &str) -> Value {
        json!({ "plan": plan, "code": code, "blinded": hex(&self.blinded.serialize()) })
    }

    /// The token out of the answer; its proof must hold under the key.
    pub fn token(&self, (period, group): (&str, &str), answer: &Value, key: &str) -> Value {
        let evaluated = unhex::<32>(answer["evaluated"].as_str().unwrap()).unwrap();
        let evaluated = EvaluationElement::<Ristretto255>::deserialize(&evaluated).unwrap();
        let proof = unhex::<64>(answer["proof"].as_str().unwrap()).unwrap();
        let proof = Proof::<Ristretto255>::deserialize(&proof).unwrap();
        let key = Ristretto255::deserialize_elem(&unhex::<32>(key).unwrap()).unwrap();
        let output = self.state.finalize(&self.nonce, &evaluated, &proof, key).unwrap();
        json!({ "period": period, "group": group, "nonce": hex(&self.nonce), "output": hex(&output) })
    }
}

/// The code that a browser has or is given, `browser` being the cookie of one that asked before.
pub async fn open_code(client: &Client, browser: Option<&str>, (plan, period, group): (&str, &str, &str)) -> String {
    let mut asked = json!({ "plan": plan, "period": period, "group": group });
    let mut cookie = browser.unwrap_or_default().to_owned();
    loop {
        let headers = [("content-type", "application/json"), ("cookie", cookie.as_str())];
        let answer = client.send("POST", "/api/open-codes", &headers, asked.to_string()).await;
        let given = answer.json();
        if let Some(code) = given["code"].as_str() {
            return code.to_owned();
        }
        assert_eq!((answer.status.as_u16(), browser), (200, None), "{given}");
        let challenge: Challenge = serde_json::from_value(given["challenge"].clone()).unwrap();
        asked["work"] = json!({ "challenge": challenge.text, "number": search(&challenge, 0..10_000_000).unwrap() });
        if let Some(set) = answer.headers.get(SET_COOKIE) {
            cookie = set.to_str().unwrap().split(';').next().unwrap().to_owned();
        }
    }
}
