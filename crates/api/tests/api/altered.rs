//! What was altered behind the server's back: a key that is not the pinned one is never given out, and a publication that
//! cannot be read keeps nothing else from being shown.

use rand_core::OsRng;
use serde_json::{Value, json};
use voprf::{Ristretto255, VoprfServer};
use wire::code::hex;

use crate::blind::{Browser, blind};
use crate::editions::published;
use crate::served::{Served, served};

impl Served {
    /// DynamoDB's operation, past the store.
    async fn raw(&self, operation: &str, request: Value) -> Value {
        let (status, answer) = self.engine.call(operation, &request.to_string()).await;
        assert_eq!(status, 200, "{answer}");
        serde_json::from_str(&answer).unwrap()
    }

    /// Sets attributes of an item of the main table.
    async fn alter(&self, pk: &str, sk: &str, attributes: &[(&str, Value)]) {
        let names = attributes.iter().enumerate().map(|(at, _)| format!("#a{at} = :v{at}")).collect::<Vec<_>>();
        let of = |prefix: &str, value: &dyn Fn(&(&str, Value)) -> Value| -> Value {
            attributes.iter().enumerate().map(|(at, one)| (format!("{prefix}{at}"), value(one))).collect()
        };
        let request = json!({ "TableName": "main", "Key": { "PK": { "S": pk }, "SK": { "S": sk } },
            "UpdateExpression": format!("SET {}", names.join(", ")),
            "ExpressionAttributeNames": of("#a", &|one| json!(one.0)),
            "ExpressionAttributeValues": of(":v", &|one| one.1.clone()) });
        self.raw("UpdateItem", request).await;
    }
}

/// The server's data name another key for the group than the one that was frozen: nobody is asked to vote under it.
#[tokio::test]
async fn another_key_than_the_frozen_one_is_neither_given_out_nor_used() {
    let served = served().await;
    let (id, leaders, keys) = blind(&served.client).await;
    let voter = served.client.stranger();
    let browser = Browser::new();
    let request = browser.request(&id, &leaders[0]);
    let token = browser.token(&voter.post("/api/tokens", &request).await.ok(200), keys[0]["key"].as_str().unwrap());
    let other = VoprfServer::<Ristretto255>::new(&mut OsRng).unwrap().serialize();
    let secret = base64(&other[..32]);
    let halves = [("public", json!({ "S": hex(&other[32..]) })), ("secret", json!({ "B": secret }))];
    // Both halves, or the secret one alone, which answers under a key that nobody was told of.
    for altered in [&halves[..], &halves[1..]] {
        served.alter(&format!("PLAN#{id}#BLIND"), "year#leaders", altered).await;
        voter.post("/api/tokens", &Browser::new().request(&id, &leaders[1])).await.error(500, "internal");
        voter.post("/api/ballots", &crate::blind::ballot(&id, &token, 1)).await.error(500, "internal");
    }
    let whole = [("public", json!({ "S": hex(&other[32..]) }))];
    served.alter(&format!("PLAN#{id}#BLIND"), "year#leaders", &whole).await;
    for path in [format!("/api/public/{id}/keys"), format!("/api/plans/{id}")] {
        served.client.get(&path).await.error(500, "internal");
    }
    voter.post("/api/ballot-paper", &json!({ "plan": id, "code": leaders[2] })).await.error(500, "internal");
}

/// Base64 as DynamoDB's JSON has bytes.
fn base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let bits = three.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        for place in 0..4 {
            let sign = SIGNS[(bits >> (18 - 6 * place) & 63) as usize];
            text.push(if place <= three.len() { char::from(sign) } else { '=' });
        }
    }
    text
}

/// `林业站` in an address.
const FORESTRY: &str = "%E6%9E%97%E4%B8%9A%E7%AB%99";

#[tokio::test]
async fn a_publication_that_cannot_be_read_is_left_out_of_units_pages_in_words() {
    let served = served().await;
    let (good, bad) = (published(&served.client).await, published(&served.client).await);
    let page = format!("/public/units/{FORESTRY}");
    // Before anybody looks: what was read once is kept in memory.
    let partition = format!("PLAN#{bad}#PUB");
    let query = json!({ "TableName": "main", "KeyConditionExpression": "PK = :pk",
        "ExpressionAttributeValues": { ":pk": { "S": partition } } });
    let items = served.raw("Query", query).await;
    let keys = items["Items"].as_array().unwrap().iter().map(|item| item["SK"]["S"].as_str().unwrap());
    let parts: Vec<String> = keys.filter(|key| key.len() > 64 && !key.starts_with("R#")).map(str::to_owned).collect();
    assert_eq!(parts.len(), 1, "a small publication is one part");
    served.alter(&partition, &parts[0], &[("part", json!({ "B": base64(b"{}") }))]).await;

    let stranger = served.client.stranger();
    stranger.get(&format!("/api/public/{bad}")).await.error(500, "internal");
    let answer = stranger.get(&page).await;
    assert_eq!((answer.status.as_u16(), answer.headers["cache-control"].to_str().unwrap()), (200, "no-store"));
    let text = answer.text();
    assert!(text.contains(&format!("/public/{good}")) && !text.contains(&format!("/public/{bad}")), "{text}");
    assert!(text.contains("读不出来"), "{text}");
    let english = stranger.get(&format!("{page}?lang=en")).await.text();
    assert!(english.contains("cannot be read now"), "{english}");
}
