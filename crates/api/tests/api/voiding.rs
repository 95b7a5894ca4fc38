//! Batches of codes, and codes that were voided: what the office sees, and what the voter is told.

use serde_json::{Value, json};

use crate::blind::{Browser, blind};
use crate::client::Client;
use crate::served::{ballot, codes, draft, open, plan, served};

fn hashes(plan: &str, codes: &[String]) -> Vec<String> {
    codes.iter().map(|code| wire::code::hash_hex(plan, code)).collect()
}

async fn batches(client: &Client, plan: &str) -> Vec<Value> {
    let page = client.get(&format!("/api/plans/{plan}/codes")).await.ok(200);
    assert_eq!(page["next"], Value::Null);
    page["batches"].as_array().unwrap().clone()
}

async fn turnout(client: &Client, plan: &str, group: &str) -> (u64, u64) {
    let turnout = client.get(&format!("/api/plans/{plan}/turnout")).await.ok(200);
    let row = turnout["groups"].as_array().unwrap().iter().find(|row| row["group"] == group).unwrap();
    (row["issued"].as_u64().unwrap(), row["cast"].as_u64().unwrap())
}

#[tokio::test]
async fn a_batch_is_listed_voided_and_gone_from_turnout() {
    let client = served().await.client;
    let (id, leaders, _) = open(&client).await;
    let body =
        json!({ "period": "year", "group": "leaders", "hashes": hashes(&id, &leaders), "units": null, "unit": null });
    let again = client.post(&format!("/api/plans/{id}/codes"), &body).await.ok(201);
    assert_eq!(again["added"], 7);
    let batch = again["batch"].as_str().unwrap();
    let listed = batches(&client, &id).await;
    assert_eq!(listed.len(), 2);
    let expected = json!({ "batch": batch, "period": "year", "group": "leaders", "units": null, "unit": null,
        "count": 7, "voided": 0 });
    assert!(listed.contains(&expected), "{listed:?}");
    let voter = client.stranger();
    voter.post("/api/ballots", &ballot(&id, &leaders[0], 1, "good", "poor")).await.ok(201);

    let path = format!("/api/plans/{id}/codes/void");
    // One leader has voted: one would be left who may mark.
    let refused = client.post(&path, &json!({ "batch": batch, "reason": "印错" })).await;
    assert_eq!(refused.json()["fields"][0]["detail"], "leaders");
    refused.error(422, "small_group");
    let request = json!({ "batch": batch, "reason": "印错", "allow_small": ["leaders"] });
    assert_eq!(client.post(&path, &request).await.ok(200), json!({ "voided": 6, "used": 1 }));
    assert_eq!(client.post(&path, &request).await.ok(200), json!({ "voided": 6, "used": 1 }));
    assert_eq!(turnout(&client, &id, "leaders").await, (1, 1));
    assert_eq!(batches(&client, &id).await.iter().find(|row| row["batch"] == batch).unwrap()["voided"], 6);
    client.post(&format!("/api/plans/{id}/codes"), &body).await.error(409, "code_voided");

    voter.post("/api/ballot-paper", &json!({ "plan": id, "code": leaders[1] })).await.error(409, "code_voided");
    voter.post("/api/ballots", &ballot(&id, &leaders[1], 2, "good", "good")).await.error(409, "code_voided");
    let receipt = voter.post("/api/ballots", &ballot(&id, &leaders[1], 1, "good", "poor")).await.ok(200);
    assert_eq!(receipt["repeated"], true, "a ballot that is in the box is answered whatever comes with it");
    let audit = client.get(&format!("/api/plans/{id}/audit")).await.ok(200);
    let events = audit["events"].as_array().unwrap().iter().filter(|event| event["action"] == "codes_voided");
    let details: Vec<&Value> = events.map(|event| &event["detail"]).collect();
    assert_eq!(details, [&json!({ "batch": batch, "reason": "印错", "allow_small": ["leaders"] })]);
}

#[tokio::test]
async fn a_voided_code_says_so_in_words_on_the_plain_ballot() {
    let client = served().await.client;
    let (id, _, staff) = open(&client).await;
    let request = json!({ "hashes": hashes(&id, &staff[..1]), "reason": "遗失" });
    client.post(&format!("/api/plans/{id}/codes/void"), &request).await.ok(200);
    for (language, words) in [("zh", "这个投票码已经作废"), ("en", "This code has been voided")] {
        let headers = [("content-type", "application/x-www-form-urlencoded")];
        let path = format!("/ballot/{id}/plain?lang={language}");
        let page = client.stranger().send("POST", &path, &headers, format!("code={}", staff[0])).await;
        assert_eq!(page.status.as_u16(), 409);
        assert!(page.text().contains(words), "{}", page.text());
    }
}

#[tokio::test]
async fn a_voided_code_of_a_blind_group_buys_no_token() {
    let client = served().await.client;
    let (id, leaders, _) = blind(&client).await;
    let request = json!({ "hashes": hashes(&id, &leaders[..1]), "reason": "遗失" });
    client.post(&format!("/api/plans/{id}/codes/void"), &request).await.ok(200);
    let voter = client.stranger();
    voter.post("/api/tokens", &Browser::new().request(&id, &leaders[0])).await.error(409, "code_voided");
    voter.post("/api/tokens", &Browser::new().request(&id, &leaders[1])).await.ok(200);
    let request = json!({ "hashes": hashes(&id, &leaders[..2]), "reason": "遗失" });
    let done = client.post(&format!("/api/plans/{id}/codes/void"), &request).await.ok(200);
    assert_eq!(done, json!({ "voided": 1, "used": 1 }), "what was exchanged may vote");
}

#[tokio::test]
async fn a_voiding_that_is_wrong_is_told_all_of_it_and_only_planners_void() {
    let served = served().await;
    let client = &served.client;
    let (id, _, staff) = open(client).await;
    let path = format!("/api/plans/{id}/codes/void");
    let known = hashes(&id, &staff[..1]).remove(0);
    let unknown = "0".repeat(64);
    for (request, place, code) in [
        (json!({ "reason": "r" }), "/batch", "missing_field"),
        (json!({ "reason": "r", "batch": "0123456789abcdef", "hashes": [known] }), "/hashes", "unknown_field"),
        (json!({ "reason": "r", "batch": "no such" }), "/batch", "unknown_batch"),
        (json!({ "reason": "r", "batch": "0123456789abcdef" }), "/batch", "unknown_batch"),
        (json!({ "reason": "r", "hashes": [] }), "/hashes", "empty_list"),
        (json!({ "reason": "r", "hashes": [known, "short"] }), "/hashes/1", "wrong_type"),
        (json!({ "reason": "r", "hashes": [known, unknown] }), "/hashes/1", "unknown_code"),
        (json!({ "reason": "r", "hashes": vec![known.clone(); 1001] }), "/hashes", "out_of_range"),
        (json!({ "reason": "  ", "hashes": [known] }), "/reason", "missing_field"),
        (json!({ "hashes": [known] }), "/reason", "missing_field"),
        (json!({ "reason": "r", "hashes": [known], "allow_small": ["none"] }), "/allow_small/0", "unknown_group"),
    ] {
        let fields = client.post(&path, &request).await.error(422, "invalid_body");
        assert_eq!(fields.get(place).map(String::as_str), Some(code), "{request}");
    }
    assert_eq!(turnout(client, &id, "staff").await, (10, 0));
    let request = json!({ "reason": "r", "hashes": [known] });
    served.client.stranger().post(&path, &request).await.error(401, "not_signed_in");
    served.member("office", &["office"]).await.post(&path, &request).await.error(403, "forbidden");
    let auditor = served.member("auditor", &["auditor"]).await;
    auditor.post(&path, &request).await.error(403, "forbidden");
    assert_eq!(batches(&auditor, &id).await.len(), 2);
    client.post(&path, &request).await.ok(200);
    client.post(&format!("/api/plans/{id}/close"), &json!({})).await.ok(200);
    client.post(&path, &request).await.error(409, "wrong_state");
}

#[tokio::test]
async fn codes_that_a_draft_no_longer_fits_are_named_by_batch_and_can_be_voided() {
    let client = served().await.client;
    let whole = plan();
    let id = draft(&client, &whole).await;
    codes(&client, &id, "staff", 10).await;
    let mut changed = whole.clone();
    changed["groups"][1]["ballot"] = json!("named");
    let saved = client.put_based_on(&format!("/api/plans/{id}"), "\"1\"", &changed).await.ok(200);
    let detail = saved["problems"][0]["detail"].as_str().unwrap().to_owned();
    let batch = detail.split(' ').nth(4).unwrap();
    assert_eq!(batch, batches(&client, &id).await[0]["batch"]);
    let request = json!({ "batch": batch, "reason": "改为实名" });
    assert_eq!(client.post(&format!("/api/plans/{id}/codes/void"), &request).await.ok(200)["voided"], 10);
    client.post(&format!("/api/plans/{id}/open"), &json!({})).await.ok(200);
}
