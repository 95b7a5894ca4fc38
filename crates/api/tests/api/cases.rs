//! `/api/plans/{id}/cases`: outcomes that ask for something, until it is done.

use serde_json::{Value, json};

use crate::served::{ballot, draft, open, plan, served};

#[tokio::test]
async fn an_outcome_becomes_a_case_that_is_done_once() {
    let client = served().await.client;
    let (id, leaders, staff) = open(&client).await;
    let path = format!("/api/plans/{id}/cases");
    client.get(&format!("{path}/proposed")).await.error(409, "wrong_state");
    for (number, code) in leaders.iter().chain(&staff).enumerate() {
        client.post("/api/ballots", &ballot(&id, code, number as u64, "good", "fair")).await.ok(201);
    }
    for unit in ["forestry", "building"] {
        client.put(&format!("/api/plans/{id}/entries/year/hotline/{unit}"), &json!({ "value": "30" })).await.ok(200);
    }
    client.post(&format!("/api/plans/{id}/close"), &json!({})).await.ok(200);
    // All marked forestry good and building fair: first and last.
    let proposed = client.get(&format!("{path}/proposed")).await.ok(200);
    let both = json!([{ "unit": "forestry", "outcome": "first" }, { "unit": "building", "outcome": "last" }]);
    assert_eq!(proposed["proposed"], both);

    let sent = json!({ "unit": "building", "outcome": "last", "due": "2019-01-31", "text": "诫勉谈话" });
    let made = client.post(&path, &sent).await.ok(201);
    assert_eq!(client.post(&path, &sent).await.ok(200), json!({ "number": made["number"], "repeated": true }));
    let later = json!({ "key": "second_1", "unit": "building", "outcome": "last", "due": "9999-12-31" });
    client.post(&path, &later).await.ok(201);
    let proposed = client.get(&format!("{path}/proposed")).await.ok(200);
    assert_eq!(proposed["proposed"], json!([{ "unit": "forestry", "outcome": "first" }]));
    let listed = client.get(&path).await.ok(200);
    let overdue: Vec<&Value> = listed["cases"].as_array().unwrap().iter().map(|case| &case["overdue"]).collect();
    assert_eq!(overdue, [&json!(true), &json!(false)]);

    let one = format!("{path}/{}", made["number"]);
    let done = json!({ "text": "一月二十日谈话" });
    let case = client.post(&format!("{one}/done"), &done).await.ok(200);
    assert_eq!((&case["done"]["text"], &case["overdue"]), (&json!("一月二十日谈话"), &json!(false)));
    client.post(&format!("{one}/done"), &done).await.ok(200);
    client.post(&format!("{one}/done"), &json!({ "text": "没有谈话" })).await.error(409, "already_exists");
    client.post(&format!("{path}/9/done"), &done).await.error(404, "not_found");
    client.delete(&format!("{path}/2"), &json!({ "reason": "重复" })).await.ok(200);
    client.post(&format!("{path}/2/done"), &done).await.error(404, "not_found");
    assert_eq!(client.get(&path).await.ok(200)["cases"][1]["struck"]["reason"], "重复");
}

#[tokio::test]
async fn a_case_is_of_an_outcome_and_a_unit_of_a_plan_that_is_no_draft() {
    let client = served().await.client;
    let id = draft(&client, &plan()).await;
    let path = format!("/api/plans/{id}/cases");
    let wrong = json!({ "unit": "nobody", "outcome": "nothing", "due": "soon", "text": "\u{7}" });
    let fields = client.post(&path, &wrong).await.error(422, "invalid_body");
    let told: Vec<(&str, &str)> = fields.iter().map(|(path, code)| (path.as_str(), code.as_str())).collect();
    let expected =
        [("/due", "bad_day"), ("/outcome", "unknown_outcome"), ("/text", "out_of_range"), ("/unit", "unknown_unit")];
    assert_eq!(told, expected);
    let sent = json!({ "unit": "building", "outcome": "last", "due": "2019-01-31" });
    client.post(&path, &sent).await.error(409, "wrong_state");
}
