//! `/api/public/{id}/keys`: a blind group's key is one for all, from the first card to the publication, and what is spent
//! under it is published.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use verify::Publication;
use voprf::{Ristretto255, VoprfServer};
use wire::code::{hex, unhex};

use crate::blind::Browser;
use crate::client::Client;
use crate::served::{codes, draft, plan, served};

/// A draft whose leaders vote blind.
async fn blind_draft(client: &Client) -> String {
    let mut plan = plan();
    plan["groups"][0]["ballot"] = json!("blind");
    draft(client, &plan).await
}

#[tokio::test]
async fn the_key_is_public_from_the_first_card_on_and_opening_freezes_it() {
    let client = served().await.client;
    let id = blind_draft(&client).await;
    let stranger = client.stranger();
    let (keys, page) = (format!("/api/public/{id}/keys"), format!("/public/{id}/keys"));
    // Nobody outside knows of a draft.
    stranger.get(&keys).await.error(404, "not_found");
    codes(&client, &id, "staff", 5).await;
    stranger.get(&keys).await.error(404, "not_found");
    codes(&client, &id, "leaders", 5).await;
    let first = stranger.get(&keys).await.ok(200);
    let key = &first["keys"][0];
    assert_eq!(first["keys"].as_array().unwrap().len(), 1);
    assert_eq!(
        (&key["period"], &key["group"], &key["group_name"]),
        (&json!("year"), &json!("leaders"), &plan()["groups"][0]["name"])
    );
    let fingerprint = hex(&Sha256::digest(unhex::<32>(key["key"].as_str().unwrap()).unwrap()));
    assert_eq!(key["fingerprint"], fingerprint.as_str());
    assert!(!first.to_string().contains("secret"));
    // The office's page has it for the cards.
    assert_eq!(client.get(&format!("/api/plans/{id}")).await.ok(200)["blind_keys"][0]["key"], key["key"]);
    let shown = stranger.get(&page).await.text();
    let groups = [&fingerprint[..4], &fingerprint[4..8], &fingerprint[8..12]].join(" ");
    assert!(shown.contains(&groups) && shown.contains(&fingerprint[36..40]), "{shown}");

    // More cards, and opening: the same key for all.
    codes(&client, &id, "leaders", 7).await;
    let opened = client.post(&format!("/api/plans/{id}/open"), &json!({})).await.ok(200);
    assert_eq!(opened["blind_keys"][0]["key"], key["key"]);
    assert_eq!(stranger.get(&keys).await.ok(200), first);
    let events = client.get(&format!("/api/plans/{id}/audit")).await.ok(200);
    let events = events["events"].as_array().unwrap();
    let of = |action: &str| events.iter().filter(|event| event["action"] == action).collect::<Vec<_>>();
    let drawn: Vec<&Value> = of("codes_added").into_iter().map(|event| &event["detail"]["key"]).collect();
    assert_eq!(drawn.iter().filter(|key| ***key == fingerprint.as_str()).count(), 2);
    assert_eq!(of("plan_opened")[0]["detail"]["blind_keys"], json!([format!("year leaders {fingerprint}")]));
}

#[tokio::test]
async fn a_plan_without_blind_groups_has_no_keys_and_none_of_that_is_an_error() {
    let client = served().await.client;
    let id = draft(&client, &plan()).await;
    codes(&client, &id, "staff", 5).await;
    let stranger = client.stranger();
    stranger.get(&format!("/api/public/{id}/keys")).await.error(404, "not_found");
    client.post(&format!("/api/plans/{id}/open"), &json!({})).await.ok(200);
    assert_eq!(stranger.get(&format!("/api/public/{id}/keys")).await.ok(200)["keys"], json!([]));
    stranger.get("/api/public/0000000000000000/keys").await.error(404, "not_found");
}

/// A ballot with a mark on each unit.
fn with_token(plan: &str, token: &Value, number: usize, option: &str) -> Value {
    let mark = |unit: &str, option: &str| json!({ "component": "internal", "unit": unit, "criterion": null, "option": option });
    json!({ "plan": plan, "token": token, "ballot_id": format!("{:032x}", 500 + number),
        "marks": [mark("forestry", option), mark("building", "fair")] })
}

/// Twelve leaders vote with tokens, and twelve of the staff with cards.
async fn published(client: &Client) -> (String, Vec<Value>) {
    let id = blind_draft(client).await;
    let (leaders, staff) = (codes(client, &id, "leaders", 12).await, codes(client, &id, "staff", 12).await);
    let opened = client.post(&format!("/api/plans/{id}/open"), &json!({})).await.ok(200);
    let key = opened["blind_keys"][0]["key"].as_str().unwrap();
    let voter = client.stranger();
    let mut tokens = Vec::new();
    for (number, code) in leaders.iter().enumerate() {
        let browser = Browser::new();
        let token = browser.token(&voter.post("/api/tokens", &browser.request(&id, code)).await.ok(200), key);
        let option = if number < 9 { "good" } else { "poor" };
        voter.post("/api/ballots", &with_token(&id, &token, number, option)).await.ok(201);
        tokens.push(token);
    }
    for (number, code) in (1..).zip(&staff) {
        voter.post("/api/ballots", &crate::served::ballot(&id, code, number, "good", "poor")).await.ok(201);
    }
    client.post(&format!("/api/plans/{id}/close"), &json!({})).await.ok(200);
    for unit in ["forestry", "building"] {
        client.put(&format!("/api/plans/{id}/entries/year/hotline/{unit}"), &json!({ "value": "20" })).await.ok(200);
    }
    client.post(&format!("/api/plans/{id}/publish"), &json!({})).await.ok(200);
    (id, tokens)
}

#[tokio::test]
async fn spent_tokens_are_published_and_anybody_checks_them_with_the_revealed_key() {
    let client = served().await.client;
    let (id, spent) = published(&client).await;
    let stranger = client.stranger();
    let answer = stranger.get(&format!("/api/public/{id}")).await;
    let publication = answer.json();
    let tokens = publication["spent_tokens"].as_array().unwrap();
    assert_eq!((tokens.len(), &publication["tokens"][0]["listed"]), (12, &json!(12)));
    // By the OPRF itself, not by the package that verifies: each is what the key makes of its nonce.
    let secret = unhex::<32>(publication["blind_keys"][0]["secret"].as_str().unwrap()).unwrap();
    let key = VoprfServer::<Ristretto255>::new_with_key(&secret).unwrap();
    for token in tokens {
        let nonce = unhex::<32>(token["nonce"].as_str().unwrap()).unwrap();
        assert_eq!(hex(&key.evaluate(&nonce).unwrap()), token["output"].as_str().unwrap());
        assert!(spent.contains(token), "only what was spent is listed");
        let members: Vec<&String> = token.as_object().unwrap().keys().collect();
        assert_eq!(members, ["group", "nonce", "output", "period"], "nothing that joins it to anything");
    }
    // In the order of a hash of their own, not of their spending.
    let order = |token: &Value| {
        let mut sha = Sha256::new();
        sha.update(b"pingyi-token\0year\0leaders\0");
        sha.update(unhex::<32>(token["nonce"].as_str().unwrap()).unwrap());
        hex(&sha.finalize())
    };
    assert!(tokens.windows(2).all(|pair| order(&pair[0]) < order(&pair[1])));
    let value = verify::read(&answer.bytes).unwrap();
    let report = Publication::new(&value).unwrap().verify();
    assert_eq!(report.faults, []);
    let holds = |path: &str, detail: &str| report.checked.iter().any(|line| line.path == path && line.detail == detail);
    assert!(holds("/blind_keys", "1") && holds("/tokens", "12"), "{:?}", report.checked);

    // The same at their own address, in parts.
    let at = format!("/api/public/{id}/tokens");
    let part = stranger.get(&at).await.ok(200);
    assert_eq!((&part["tokens"], &part["next"]), (&publication["spent_tokens"], &Value::Null));
    let rest = stranger.get(&format!("{at}?edition=1&from=10")).await.ok(200);
    assert_eq!(rest["tokens"].as_array().unwrap()[..], tokens[10..]);
    assert_eq!(stranger.get(&format!("{at}?from=12")).await.ok(200)["tokens"], json!([]));
    stranger.get(&format!("{at}?edition=2")).await.error(404, "not_found");
    stranger.get(&format!("{at}?from=x")).await.error(422, "invalid_body");
}

/// Five leaders: their number is not told, so neither are their tokens.
#[tokio::test]
async fn tokens_of_few_ballots_are_not_listed_and_the_check_says_so() {
    let client = served().await.client;
    let (id, leaders, keys) = crate::blind::blind(&client).await;
    let voter = client.stranger();
    for (number, code) in leaders.iter().enumerate() {
        let browser = Browser::new();
        let answer = voter.post("/api/tokens", &browser.request(&id, code)).await.ok(200);
        let token = browser.token(&answer, keys[0]["key"].as_str().unwrap());
        voter.post("/api/ballots", &with_token(&id, &token, number, "good")).await.ok(201);
    }
    let staff = codes(&client, &id, "staff", 12).await;
    for (number, code) in (100..).zip(&staff) {
        voter.post("/api/ballots", &crate::served::ballot(&id, code, number, "good", "poor")).await.ok(201);
    }
    client.post(&format!("/api/plans/{id}/close"), &json!({})).await.ok(200);
    for unit in ["forestry", "building"] {
        client.put(&format!("/api/plans/{id}/entries/year/hotline/{unit}"), &json!({ "value": "20" })).await.ok(200);
    }
    client.post(&format!("/api/plans/{id}/publish"), &json!({ "allow_small": ["leaders"] })).await.ok(200);
    let answer = voter.get(&format!("/api/public/{id}")).await;
    let publication = answer.json();
    assert_eq!(publication["tokens"], Value::Null);
    assert!(publication.get("spent_tokens").is_none());
    let value = verify::read(&answer.bytes).unwrap();
    let report = Publication::new(&value).unwrap().verify();
    assert_eq!(report.faults, []);
    assert!(
        report.unchecked.iter().any(|line| line.words.zh.contains("选票很少的人群不列出"))
            || publication["tokens"].is_null()
    );
}
