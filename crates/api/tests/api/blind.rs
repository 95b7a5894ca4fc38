//! Blind groups: a code is exchanged for a token, the token casts the ballot.

use rand_core::{OsRng, RngCore};
use serde_json::{Value, json};
use voprf::{BlindedElement, EvaluationElement, Group, Proof, Ristretto255, VoprfClient, VoprfServer};
use wire::code::{hex, unhex};

use crate::client::Client;
use crate::served::{codes, draft, plan, served};

/// A plan whose leaders vote blind, open, with their codes.
pub async fn blind(client: &Client) -> (String, Vec<String>, Value) {
    let mut plan = plan();
    plan["groups"][0]["ballot"] = json!("blind");
    let id = draft(client, &plan).await;
    let leaders = codes(client, &id, "leaders", 5).await;
    // Some tests cast a ballot or two and look at the records.
    let opened = client.post(&format!("/api/plans/{id}/open"), &json!({ "allow_small": ["leaders"] })).await.ok(200);
    (id, leaders, opened["blind_keys"].clone())
}

/// What a voter's browser keeps between the two requests.
pub struct Browser {
    nonce: [u8; 32],
    state: VoprfClient<Ristretto255>,
    blinded: BlindedElement<Ristretto255>,
}

impl Browser {
    pub fn new() -> Browser {
        let mut nonce = [0; 32];
        OsRng.fill_bytes(&mut nonce);
        let blind = VoprfClient::<Ristretto255>::blind(&nonce, &mut OsRng).unwrap();
        Browser { nonce, state: blind.state, blinded: blind.message }
    }

    pub fn request(&self, plan: &str, code: &str) -> Value {
        json!({ "plan": plan, "code": code, "blinded": hex(&self.blinded.serialize()) })
    }

    /// The leaders' token.
    pub fn token(&self, answer: &Value, key: &str) -> Value {
        self.token_of("leaders", answer, key)
    }

    /// The token out of the answer; the proof must hold under the group's key.
    pub fn token_of(&self, group: &str, answer: &Value, key: &str) -> Value {
        let element = unhex::<32>(answer["evaluated"].as_str().unwrap()).unwrap();
        let proof = unhex::<64>(answer["proof"].as_str().unwrap()).unwrap();
        let key = Ristretto255::deserialize_elem(&unhex::<32>(key).unwrap()).unwrap();
        let output = self
            .state
            .finalize(
                &self.nonce,
                &EvaluationElement::<Ristretto255>::deserialize(&element).unwrap(),
                &Proof::<Ristretto255>::deserialize(&proof).unwrap(),
                key,
            )
            .unwrap();
        json!({ "period": "year", "group": group, "nonce": hex(&self.nonce), "output": hex(&output) })
    }
}

pub fn ballot(plan: &str, token: &Value, number: u64) -> Value {
    json!({ "plan": plan, "token": token, "ballot_id": format!("{number:032x}"), "marks": [
        { "component": "internal", "unit": "forestry", "criterion": null, "option": "good" }
    ] })
}

#[tokio::test]
async fn a_blind_voter_exchanges_the_code_and_casts_with_the_token() {
    let client = served().await.client;
    let (id, leaders, keys) = blind(&client).await;
    let voter = client.stranger();
    let paper = voter.post("/api/ballot-paper", &json!({ "plan": id, "code": leaders[0] })).await.ok(200);
    assert_eq!(paper["group"]["ballot"], "blind");
    assert_eq!(paper["blind_keys"], keys);
    let key = keys[0]["key"].as_str().unwrap();
    let browser = Browser::new();
    let request = browser.request(&id, &leaders[0]);
    let token = browser.token(&voter.post("/api/tokens", &request).await.ok(200), key);
    // The same request is answered again, another one is not.
    assert_eq!(browser.token(&voter.post("/api/tokens", &request).await.ok(200), key), token);
    voter.post("/api/tokens", &Browser::new().request(&id, &leaders[0])).await.error(409, "code_used");
    // The page loaded again still finds its paper; the code itself casts nothing any more.
    voter.post("/api/ballot-paper", &json!({ "plan": id, "code": leaders[0] })).await.ok(200);
    let by_code = crate::served::ballot(&id, &leaders[0], 9, "good", "good");
    voter.post("/api/ballots", &by_code).await.error(409, "code_used");

    let receipt = voter.post("/api/ballots", &ballot(&id, &token, 1)).await.ok(201);
    assert_eq!(voter.post("/api/ballots", &ballot(&id, &token, 1)).await.ok(200), crate::served::repeated(&receipt));
    voter.post("/api/ballots", &ballot(&id, &token, 2)).await.error(409, "code_used");
    let turnout = client.get(&format!("/api/plans/{id}/turnout")).await.ok(200);
    assert!(
        turnout["groups"]
            .as_array()
            .unwrap()
            .contains(&json!({ "period": "year", "group": "leaders", "issued": 5, "cast": 1 }))
    );
    client.post(&format!("/api/plans/{id}/close"), &json!({})).await.ok(200);
    let records = client.get(&format!("/api/plans/{id}/records")).await.ok(200);
    assert_eq!(records["tallies"][0]["counts"]["good"], 1);
}

#[tokio::test]
async fn a_token_that_the_groups_key_did_not_make_is_worth_nothing() {
    let client = served().await.client;
    let (id, leaders, keys) = blind(&client).await;
    let voter = client.stranger();
    let browser = Browser::new();
    let answer = voter.post("/api/tokens", &browser.request(&id, &leaders[0])).await.ok(200);
    let token = browser.token(&answer, keys[0]["key"].as_str().unwrap());
    for (member, value) in [
        ("output", "00".repeat(64)),
        ("nonce", "00".repeat(32)),
        ("group", "staff".to_owned()),
        ("period", "x#y".to_owned()),
    ] {
        let mut forged = token.clone();
        forged[member] = json!(value);
        voter.post("/api/ballots", &ballot(&id, &forged, 1)).await.error(404, "unknown_code");
    }
    let mut short = token.clone();
    short["nonce"] = json!("00");
    let fields = voter.post("/api/ballots", &ballot(&id, &short, 1)).await.error(422, "invalid_body");
    assert_eq!(fields["/token/nonce"], "wrong_type");
    // Another key's token.
    let other = VoprfServer::<Ristretto255>::new(&mut OsRng).unwrap().evaluate(&browser.nonce).unwrap();
    let mut forged = token.clone();
    forged["output"] = json!(hex(&other));
    voter.post("/api/ballots", &ballot(&id, &forged, 1)).await.error(404, "unknown_code");
    voter.post("/api/ballots", &ballot(&id, &token, 1)).await.ok(201);
}

#[tokio::test]
async fn only_blind_codes_are_exchanged_and_only_for_elements_of_the_group() {
    let client = served().await.client;
    let (id, leaders, _) = blind(&client).await;
    let staff = codes(&client, &id, "staff", 5).await;
    let voter = client.stranger();
    let browser = Browser::new();
    let fields = voter.post("/api/tokens", &browser.request(&id, &staff[0])).await.error(422, "invalid_body");
    assert_eq!(fields["/code"], "not_applicable");
    for blinded in ["ff".repeat(32), "00".repeat(32), "00".to_owned()] {
        let request = json!({ "plan": id, "code": leaders[0], "blinded": blinded });
        let fields = voter.post("/api/tokens", &request).await.error(422, "invalid_body");
        assert_eq!(fields["/blinded"], "wrong_type");
    }
    voter.post("/api/tokens", &browser.request(&id, &wire::code::write([0; 10]))).await.error(404, "unknown_code");
    // A code that was not exchanged votes itself, as the ballot without scripts does.
    voter.post("/api/ballots", &crate::served::ballot(&id, &leaders[1], 1, "good", "good")).await.ok(201);
    voter.post("/api/tokens", &browser.request(&id, &leaders[1])).await.error(409, "code_used");
    client.post(&format!("/api/plans/{id}/close"), &json!({})).await.ok(200);
    voter.post("/api/tokens", &browser.request(&id, &leaders[0])).await.error(409, "plan_closed");
}

#[tokio::test]
async fn a_publication_reveals_the_secret_keys_and_nothing_does_before() {
    let client = served().await.client;
    let (id, leaders, keys) = blind(&client).await;
    assert!(keys[0].get("secret").is_none());
    let staff = codes(&client, &id, "staff", 5).await;
    let voter = client.stranger();
    let browser = Browser::new();
    let answer = voter.post("/api/tokens", &browser.request(&id, &leaders[0])).await.ok(200);
    let token = browser.token(&answer, keys[0]["key"].as_str().unwrap());
    for (number, code) in leaders[1..].iter().chain(&staff).enumerate() {
        voter.post("/api/ballots", &crate::served::ballot(&id, code, number as u64, "good", "poor")).await.ok(201);
    }
    for unit in ["forestry", "building"] {
        client.put(&format!("/api/plans/{id}/entries/year/hotline/{unit}"), &json!({ "value": "20" })).await.ok(200);
    }
    client.post(&format!("/api/plans/{id}/close"), &json!({})).await.ok(200);
    assert!(client.get(&format!("/api/plans/{id}")).await.ok(200)["blind_keys"][0].get("secret").is_none());
    client.post(&format!("/api/plans/{id}/publish"), &json!({ "allow_small": ["leaders"] })).await.ok(200);
    let public = voter.get(&format!("/api/public/{id}")).await.ok(200);
    // Anybody can now see that the token was good, and that no other key made it.
    let secret = unhex::<32>(public["blind_keys"][0]["secret"].as_str().unwrap()).unwrap();
    let server = VoprfServer::<Ristretto255>::new_with_key(&secret).unwrap();
    assert_eq!(hex(&server.evaluate(&browser.nonce).unwrap()), token["output"].as_str().unwrap());
    assert_eq!(hex(&Ristretto255::serialize_elem(server.get_public_key())), keys[0]["key"].as_str().unwrap());
}

/// Three units; staff mark `internal` in stage 1, leaders, who are blind, mark `second` in stage 2, for the best and the
/// last unit.
fn two_stages() -> Value {
    let mut plan = plan();
    plan["groups"][0]["ballot"] = json!("blind");
    plan["units"].as_array_mut().unwrap().push(json!({ "id": "water", "name": "水务站", "category": "dept" }));
    let survey = |group: &str| json!({ "kind": "survey", "scale": "satisfaction", "out_of": "100", "groups": [{ "group": group, "weight": "1" }] });
    plan["components"][0]["method"] = survey("staff");
    plan["components"][2] =
        json!({ "id": "second", "name": "复评", "points": "10", "stage": 2, "method": survey("leaders") });
    plan["shortlist"] = json!({ "top": 1, "bottom": 1, "carry": "last" });
    plan
}

/// Five of five say 满意 of the forestry station (54 of 60), 基本满意 of the building office (42), 不满意 of the water station
/// (30); each has 30 for the hotline. The first and the last are on the list.
#[tokio::test]
async fn in_stage_2_a_blind_paper_has_the_shortlist_alone_and_is_the_same_for_all() {
    let client = served().await.client;
    let voter = client.stranger();
    let id = draft(&client, &two_stages()).await;
    let at = |rest: &str| format!("/api/plans/{id}/{rest}");
    let (leaders, staff) = (codes(&client, &id, "leaders", 5).await, codes(&client, &id, "staff", 5).await);
    let both = json!({ "rounds": [{ "period": "year", "stage": 1 }, { "period": "year", "stage": 2 }] });
    let fields = client.post(&at("open"), &both).await.error(409, "shortlist_pending");
    assert_eq!(fields["/rounds/1/stage"], "shortlist_pending");
    let rounds = json!({ "rounds": [{ "period": "year", "stage": 1 }] });
    let opened = client.post(&at("open"), &rounds).await.ok(200);
    let key = opened["blind_keys"][0]["key"].as_str().unwrap();
    voter.post("/api/tokens", &Browser::new().request(&id, &leaders[0])).await.error(409, "plan_not_open");
    for (number, code) in staff.iter().enumerate() {
        let marks = [("forestry", "good"), ("building", "fair"), ("water", "poor")].map(
            |(unit, option)| json!({ "component": "internal", "unit": unit, "criterion": null, "option": option }),
        );
        let ballot = json!({ "plan": id, "code": code, "ballot_id": format!("{number:032x}"), "marks": marks });
        voter.post("/api/ballots", &ballot).await.ok(201);
    }
    for unit in ["forestry", "building", "water"] {
        client.put(&at(&format!("entries/year/hotline/{unit}")), &json!({ "value": "30" })).await.ok(200);
    }
    let fields = client.post(&at("rounds/year/2/open"), &json!({})).await.error(409, "shortlist_pending");
    assert_eq!(fields["/stage"], "shortlist_pending");
    let lists = async || client.get(&format!("/api/plans/{id}")).await.ok(200)["shortlist"].clone();
    assert_eq!(lists().await, Value::Null);
    client.post(&at("rounds/year/1/close"), &json!({})).await.ok(200);
    assert_eq!(lists().await, json!({ "top": ["forestry"], "bottom": ["water"] }));
    client.post(&at("rounds/year/2/open"), &json!({})).await.ok(200);
    let paper = async |code: &str| voter.post("/api/ballot-paper", &json!({ "plan": id, "code": code })).await.ok(200);
    let first = paper(&leaders[0]).await;
    let units = first["sections"][0]["units"].as_array().unwrap().iter().map(|unit| unit["id"].as_str().unwrap());
    assert_eq!(units.collect::<Vec<_>>(), ["forestry", "water"]);
    for code in &leaders {
        assert_eq!(paper(code).await, first);
    }
    let browser = Browser::new();
    let token = browser.token(&voter.post("/api/tokens", &browser.request(&id, &leaders[0])).await.ok(200), key);
    let sent = |unit: &str| {
        json!({ "plan": id, "token": token, "ballot_id": "f".repeat(32), "marks": [
            { "component": "second", "unit": unit, "criterion": null, "option": "good" }] })
    };
    let fields = voter.post("/api/ballots", &sent("building")).await.error(422, "invalid_ballot");
    assert_eq!(fields["/marks/0/unit"], "not_on_paper");
    voter.post("/api/ballots", &sent("water")).await.ok(201);
    // A batch of paper ballots of stage 2 has the listed units alone, and all of them.
    let batch = |units: &[&str]| {
        let counts = units.iter().map(|unit| json!({ "unit": unit, "counts": { "good": 6 }, "blank": 0 }));
        json!({ "label": "信封", "period": "year", "group": "leaders", "component": "second", "collected": 6, "void": 0,
            "counts": counts.collect::<Vec<_>>() })
    };
    let lacking = client.post(&at("paper-tallies"), &batch(&["forestry"])).await.error(422, "invalid_record");
    assert_eq!(lacking["/counts"], "missing_data");
    client.post(&at("paper-tallies"), &batch(&["forestry", "water"])).await.ok(201);
    // The building office stands between the lists, by whatever totals.
    let why = client.get(&at("explanation/building")).await.ok(200);
    assert_eq!([&why["above"]["unit"], &why["below"]["unit"]], ["forestry", "water"]);
    assert_eq!([&why["above"]["by_list"], &why["below"]["by_list"]], [true, true]);
}
