//! A plan that people vote on, for the tests of the server as a process.

use serde_json::{Value, json};

use crate::client::Client;

/// A plan with one survey.
pub fn plan() -> Value {
    json!({
        "format": 1, "title": "投票中断电", "total": "100", "live": "tallies", "categories": [{ "id": "c", "name": "机关" }],
        "units": [{ "id": "a", "name": "甲", "category": "c" }, { "id": "b", "name": "乙", "category": "c" }],
        "groups": [{ "id": "g", "name": "代表", "ballot": "anonymous" }],
        "scales": [{ "id": "s", "options": [{ "id": "yes", "name": "满意", "value": "100" }, { "id": "no", "name": "不满意", "value": "0" }] }],
        "periods": [{ "id": "p", "name": "全年" }], "combine": "mean",
        "components": [{ "id": "k", "name": "测评", "points": "100", "method": { "kind": "survey", "scale": "s", "out_of": "100", "groups": [{ "group": "g", "weight": "1" }] } }],
        "adjustments": [], "ranking": { "decimals": 2, "tie_break": [] }, "outcomes": []
    })
}

/// That plan, open, and a code for each of `voters`.
pub async fn open_plan(client: &Client, voters: u32) -> (String, Vec<String>) {
    let plan = plan();
    let id = client.post("/api/plans", &plan).await.ok(201)["id"].as_str().unwrap().to_owned();
    let codes: Vec<String> = (0..voters)
        .map(|n| {
            let [.., x, y] = n.to_be_bytes();
            wire::code::write([x, y, 3, 4, 5, 6, 7, 8, 9, 10])
        })
        .collect();
    let hashes: Vec<String> = codes.iter().map(|code| wire::code::hash_hex(&id, code)).collect();
    client
        .post(&format!("/api/plans/{id}/codes"), &json!({ "period": "p", "group": "g", "hashes": hashes }))
        .await
        .ok(201);
    client.post(&format!("/api/plans/{id}/open"), &json!({})).await.ok(200);
    (id, codes)
}

/// A ballot of that plan, its id from its number.
pub fn ballot(plan: &str, code: &str, number: usize) -> Value {
    // One vote of three is against 乙.
    let option = if number.is_multiple_of(3) { "no" } else { "yes" };
    json!({ "plan": plan, "code": code, "ballot_id": format!("{number:032x}"), "marks": [
        { "component": "k", "unit": "a", "criterion": null, "option": "yes" },
        { "component": "k", "unit": "b", "criterion": null, "option": option }
    ] })
}
